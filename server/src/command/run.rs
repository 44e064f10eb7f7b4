//! `statecraft run`: a dry run on virtual time.
//!
//! Exit code 0 says that the execution succeeded, 1 that it failed or needs an answer that no mock gives, 2 that
//! something given cannot be used. Nothing is called and nothing waits: tasks are answered by mocks, time is virtual.

mod timeline;

use super::files::{self, Wanted};
use asl::dry_run::mocks::Case;
use asl::dry_run::{DryRun, Options, Status};
use asl::history::Event;
use asl::machine::{Finish, TaskRequest};
use asl::query::timestamp::Instant;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Steps after which a dry run is given up: more than any history can have.
const MAX_STEPS: usize = 200_000;

/// What `statecraft run` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exits 0 when the execution succeeded, 1 when it failed or a task has no mock, 2 when something cannot be used."
)]
pub(crate) struct RunArgs {
    /// The definition to run, JSON or YAML
    file: String,
    /// Fill in a placeholder such as ${Timeout} as CloudFormation does, by its name; can be given again
    #[arg(long, value_name = "NAME=VALUE", value_parser = substitution)]
    substitute: Vec<(String, String)>,
    /// The input: JSON, or `@FILE`
    #[arg(long, default_value = "{}")]
    input: String,
    /// A mock file (AWS's MockConfigFile.json format)
    #[arg(long)]
    mocks: Option<String>,
    /// Which case of the mock file; needed when it has several
    #[arg(long, requires = "mocks")]
    case: Option<String>,
    /// Sample objects for the readers of distributed Maps: a folder with a folder for each bucket
    #[arg(long, value_name = "FOLDER")]
    objects: Option<String>,
    /// Where all chance comes from: the same seed gives the same run; the mock file's own by default, else 0
    #[arg(long)]
    seed: Option<u64>,
    /// The virtual time at which the run begins, such as 2026-01-31T09:00:00Z; the present one by default
    #[arg(long, value_name = "TIME", alias = "start")]
    start_time: Option<String>,
    /// How the run is written: for a reader, or as GetExecutionHistory answers it
    #[arg(long, value_parser = ["text", "json"], default_value = "text")]
    format: String,
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: RunArgs) -> ExitCode {
    let mut dry_run = match prepare(&args) {
        Ok(dry_run) => dry_run,
        Err(message) => {
            eprintln!("statecraft run: {message}");
            return ExitCode::from(2);
        }
    };
    let status = dry_run.run(&|_| false);
    let report = if args.format == "json" {
        format!("{}\n", history(dry_run.events()))
    } else {
        let lines = timeline::timeline(dry_run.events());
        format!("{lines}\n{}\n", ending(&status))
    };
    // A reader that has gone away is no fault of the run.
    let _ = std::io::stdout().write_all(report.as_bytes());
    if args.format == "json" && !matches!(status, Status::Finished(_)) {
        eprintln!("statecraft run: {}", ending(&status));
    }
    match status {
        Status::Finished(Finish::Succeeded { .. }) => ExitCode::SUCCESS,
        Status::Finished(_) | Status::Waiting(_) | Status::Exhausted | Status::Ready => {
            ExitCode::from(1)
        }
    }
}

fn prepare(args: &RunArgs) -> Result<DryRun, String> {
    let file = Path::new(&args.file);
    let values = args.substitute.iter().cloned().collect();
    let machine = files::filled_definition(file, &values)?.machine;
    let input = files::input(&args.input)?;
    let machine_name = files::machine_name(file);
    let case = match &args.mocks {
        None => Case::default(),
        Some(mocks) => {
            let (path, config) = (Path::new(mocks), files::mocks(Path::new(mocks))?);
            let wanted = Wanted {
                machine: &machine_name,
                case: args.case.as_deref(),
            };
            files::case(path, &config, wanted, &machine)?
        }
    };
    let options = Options {
        start_ms: start_ms(args.start_time.as_deref())?,
        seed: args.seed.or(case.seed()).unwrap_or(0),
        machine_name,
        max_steps: MAX_STEPS,
    };
    let objects = args.objects.as_deref();
    let objects = objects.map(|folder| files::objects(Path::new(folder)));
    let run = DryRun::new(machine, input, case, options);
    Ok(run.with_objects(objects.transpose()?.unwrap_or_default()))
}

/// Splits `NAME=VALUE`.
fn substitution(given: &str) -> Result<(String, String), String> {
    match given.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        Some(_) | None => Err("write it as NAME=VALUE".to_owned()),
    }
}

fn start_ms(given: Option<&str>) -> Result<i64, String> {
    let Some(text) = given else {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        return Ok(i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
    };
    let instant = Instant::parse(text);
    instant.map(Instant::millis).ok_or_else(|| {
        format!("--start-time {text} is no time; write one such as 2026-01-31T09:00:00Z")
    })
}

/// The history as GetExecutionHistory answers it.
fn history(events: &[Event]) -> String {
    let events: Vec<Value> = events.iter().map(Event::to_wire).collect();
    let history = json!({ "events": events });
    serde_json::to_string_pretty(&history).unwrap_or_else(|_| history.to_string())
}

/// How it ended, as a sentence.
fn ending(status: &Status) -> String {
    match status {
        Status::Finished(Finish::Succeeded { output }) => format!("Succeeded with {output}"),
        Status::Finished(Finish::Failed { error, cause }) => {
            format!("Failed: {}", reason(error.as_deref(), cause.as_deref()))
        }
        Status::Finished(Finish::TimedOut { .. }) => {
            "Timed out: the time limit of the whole workflow has passed".to_owned()
        }
        Status::Finished(Finish::Aborted { error, cause }) => {
            format!("Stopped: {}", reason(error.as_deref(), cause.as_deref()))
        }
        Status::Waiting(tasks) => waiting(tasks),
        Status::Exhausted | Status::Ready => {
            format!("Given up after {MAX_STEPS} steps: the workflow may never end")
        }
    }
}

fn reason(error: Option<&str>, cause: Option<&str>) -> String {
    match (error, cause) {
        (Some(error), Some(cause)) => format!("{error}: {cause}"),
        (Some(text), None) | (None, Some(text)) => text.to_owned(),
        (None, None) => "no error was given".to_owned(),
    }
}

/// What is asked and not answered, each state once, and how to answer it.
fn waiting(tasks: &[TaskRequest]) -> String {
    let mut text = "Not finished: no mock answers these tasks\n".to_owned();
    let mut seen = Vec::new();
    for task in tasks {
        if !seen.contains(&task.state) {
            // Writing into a text cannot fail.
            let _ = writeln!(
                text,
                "  \"{}\" asks {} with {}",
                task.state, task.resource, task.input
            );
            seen.push(task.state.clone());
        }
    }
    text.push_str("Mock them in a case of a mock file and name it with --mocks FILE --case NAME");
    text
}
