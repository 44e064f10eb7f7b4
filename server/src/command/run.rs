//! `statecraft run`: a dry run on virtual time.
//!
//! Exit code 0 says that the execution succeeded, 1 that it failed or needs an answer that no mock gives, 2 that
//! something given cannot be used. Nothing is called and nothing waits: tasks are answered by mocks, time is virtual.

use asl::definition::{DefinitionError, StateMachine};
use asl::dry_run::mocks::{Case, MockConfig};
use asl::dry_run::{DryRun, Options, Status};
use asl::history::Event;
use asl::machine::{Finish, TaskRequest};
use asl::query::timestamp::Instant;
use asl::text::Document;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Steps after which a dry run is given up: more than any history can have.
const MAX_STEPS: usize = 200_000;

/// What `statecraft run` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    /// The definition to run
    file: String,
    /// The input: JSON, or `@FILE`
    #[arg(long, default_value = "{}")]
    input: String,
    /// A mock file (AWS's MockConfigFile.json format)
    #[arg(long)]
    mocks: Option<String>,
    /// Which case of the mock file; needed when it has several
    #[arg(long, requires = "mocks")]
    case: Option<String>,
    /// The virtual time at which the run begins, such as 2026-01-31T09:00:00Z; the present one by default
    #[arg(long)]
    start: Option<String>,
    /// How the run is written
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
        format!("{}\n{}\n", table(dry_run.events()), ending(&status))
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
    let machine = Arc::new(definition(&args.file)?);
    let input = input(&args.input)?;
    let machine_name = machine_name(&args.file);
    let case = match &args.mocks {
        Some(file) => case(file, &machine_name, args.case.as_deref(), &machine)?,
        None => Case::default(),
    };
    let start_ms = start_ms(args.start.as_deref())?;
    let options = Options {
        start_ms,
        seed: case.seed().unwrap_or(0),
        machine_name,
        max_steps: MAX_STEPS,
    };
    Ok(DryRun::new(machine, input, case, options))
}

fn read(file: &str) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|error| format!("{file} cannot be read: {error}"))
}

fn definition(file: &str) -> Result<StateMachine, String> {
    let document = Document::parse(read(file)?);
    StateMachine::build(&document).map_err(|errors| {
        let list = errors
            .iter()
            .map(DefinitionError::to_string)
            .collect::<Vec<_>>();
        format!("{file} cannot be run:\n  {}", list.join("\n  "))
    })
}

fn input(given: &str) -> Result<Arc<str>, String> {
    let (text, place) = match given.strip_prefix('@') {
        Some(file) => (read(file)?, format!("the input in {file}")),
        None => (given.to_owned(), "the input".to_owned()),
    };
    match serde_json::from_str::<Value>(&text) {
        Ok(_) => Ok(Arc::from(text.trim())),
        Err(error) => Err(format!("{place} is no JSON: {error}")),
    }
}

/// The file's name without its endings: `train.asl.json` is the machine `train`.
fn machine_name(file: &str) -> String {
    let name = Path::new(file)
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("machine");
    let stem = name.strip_suffix(".json").unwrap_or(name);
    let stem = stem.strip_suffix(".asl").unwrap_or(stem);
    if stem.is_empty() {
        "machine".to_owned()
    } else {
        stem.to_owned()
    }
}

fn case(
    file: &str,
    machine_name: &str,
    wanted: Option<&str>,
    machine: &StateMachine,
) -> Result<Case, String> {
    let config = MockConfig::parse(&read(file)?)
        .map_err(|error| format!("{file} cannot be used: {error}"))?;
    let machines: Vec<&str> = config.machines().collect();
    let name = match machines.as_slice() {
        names if names.contains(&machine_name) => machine_name,
        [only] => *only,
        names => {
            let names = names.join(", ");
            return Err(format!(
                "{file} has no cases for \"{machine_name}\", only for: {names}"
            ));
        }
    };
    let cases = config.cases(name);
    let known = cases.join(", ");
    let chosen = match (wanted, cases.as_slice()) {
        (Some(wanted), _) => wanted,
        (None, [only]) => only.as_str(),
        (None, []) => return Err(format!("{file} has no case for \"{name}\"")),
        (None, _) => return Err(format!("choose one of the cases with --case: {known}")),
    };
    let case = config.case(name, chosen);
    let case = case.ok_or_else(|| format!("{file} has no case \"{chosen}\", only: {known}"))?;
    let unknown = case
        .states()
        .find(|state| machine.state_named(state).is_none());
    if let Some(state) = unknown {
        return Err(format!(
            "the case \"{chosen}\" in {file} mocks \"{state}\", but the definition has no such state"
        ));
    }
    Ok(case)
}

fn start_ms(given: Option<&str>) -> Result<i64, String> {
    let Some(text) = given else {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        return Ok(i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
    };
    let instant = Instant::parse(text);
    instant
        .map(Instant::millis)
        .ok_or_else(|| format!("--start {text} is no time; write one such as 2026-01-31T09:00:00Z"))
}

/// The history as GetExecutionHistory answers it.
fn history(events: &[Event]) -> String {
    let events: Vec<Value> = events.iter().map(Event::to_wire).collect();
    let history = json!({ "events": events });
    serde_json::to_string_pretty(&history).unwrap_or_else(|_| history.to_string())
}

/// One line for each event: virtual time since the start, id, cause, type, and what it is about.
fn table(events: &[Event]) -> String {
    let start_ms = events.first().map_or(0, |event| event.timestamp_ms);
    let mut table = format!(
        "{:>12}  {:>5}  {:>5}  {:<26}  About\n",
        "Time", "Id", "After", "Event"
    );
    for event in events {
        let time = elapsed(event.timestamp_ms - start_ms);
        let (id, after, name) = (event.id, event.previous_event_id, event.type_name());
        let about = about(event);
        // Writing into a text cannot fail.
        let _ = writeln!(
            table,
            "{time:>12}  {id:>5}  {after:>5}  {name:<26}  {about}"
        );
    }
    table
}

/// `1:02:03.004`
fn elapsed(ms: i64) -> String {
    let (seconds, ms) = (ms / 1000, ms % 1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    format!("{}:{:02}:{seconds:02}.{ms:03}", minutes / 60, minutes % 60)
}

/// Longest payload in the table, in characters.
const SHOWN: usize = 60;

/// The state's name, the payload, the error: whatever the event has.
fn about(event: &Event) -> String {
    let wire = event.to_wire();
    let members = wire.as_object().into_iter().flatten();
    let Some((_, details)) = members
        .into_iter()
        .find(|(name, _)| name.ends_with("EventDetails"))
    else {
        return String::new();
    };
    let fields = [
        "name",
        "index",
        "length",
        "resource",
        "error",
        "cause",
        "input",
        "parameters",
        "output",
    ];
    let shown = fields
        .iter()
        .filter_map(|field| details.get(field))
        .map(|value| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            shorten(&text.split_whitespace().collect::<Vec<_>>().join(" "))
        });
    shown.collect::<Vec<_>>().join("  ")
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
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

fn waiting(tasks: &[TaskRequest]) -> String {
    let mut states: Vec<&str> = tasks.iter().map(|task| task.state.as_str()).collect();
    states.dedup();
    let states = states.join(", ");
    format!(
        "Needs an answer that no mock gives, from: {states}. Mock it with --mocks FILE --case NAME"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_named_after_its_file() {
        assert_eq!(machine_name("a/b/train.asl.json"), "train");
        assert_eq!(machine_name("train.json"), "train");
        assert_eq!(machine_name("train"), "train");
    }

    #[test]
    fn time_is_written_as_a_clock_writes_it() {
        assert_eq!(elapsed(3_723_004), "1:02:03.004");
    }

    #[test]
    fn an_input_that_is_no_json_is_refused_with_the_place() {
        assert_eq!(input(" [1] ").as_deref(), Ok("[1]"));
        assert!(input("{").is_err_and(|message| message.starts_with("the input is no JSON")));
        assert!(input("@/no/such/file").is_err_and(|message| message.contains("cannot be read")));
    }

    #[test]
    fn long_payloads_are_cut_between_characters() {
        assert_eq!(shorten(&"ü".repeat(70)).chars().count(), SHOWN + 1);
    }
}
