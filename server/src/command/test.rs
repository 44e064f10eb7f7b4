//! `statecraft test`: runs the scenarios saved beside definitions ([`asl::dry_run::scenario`] says what they are).
//!
//! Exit code 0 says that every scenario holds and enough was covered, 1 that something differs, 2 that something given
//! cannot be used. Nothing is called and nothing waits, as in `statecraft run`.

mod find;
mod json;
mod junit;
mod suite;
#[cfg(test)]
mod tests;
mod text;

use std::io::Write as _;
use std::process::ExitCode;
use suite::{Suite, Verdict};

/// What `statecraft test` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The scenarios of train.asl.json stand in train.scenarios.json beside it. Exits 0 when every scenario \
holds, 1 when one differs or too little is covered, 2 when something cannot be used."
)]
pub(crate) struct TestArgs {
    /// Definitions, scenario files, or folders with scenario files
    #[arg(required = true)]
    files: Vec<String>,
    /// How the results are written
    #[arg(long, value_parser = ["text", "json", "junit"], default_value = "text")]
    format: String,
    /// Say how much of each definition was reached, and what was not
    #[arg(long)]
    coverage: bool,
    /// Least percentage of each definition that must be reached
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_coverage: Option<u8>,
    /// Write what happens into the scenario files as what is expected
    #[arg(long)]
    update: bool,
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: TestArgs) -> ExitCode {
    let mut suites: Vec<Suite> = match find::scenario_files(&args.files) {
        Ok(files) => files.iter().map(|file| Suite::run(file)).collect(),
        Err(message) => {
            eprintln!("statecraft test: {message}");
            return ExitCode::from(2);
        }
    };
    if args.update {
        suites.iter_mut().for_each(Suite::update);
    }
    let report = match args.format.as_str() {
        "json" => json::report(&suites),
        "junit" => junit::report(&suites, args.min_coverage),
        _ => text::report(&suites, args.coverage, args.min_coverage),
    };
    // A reader that has gone away is no fault of the scenarios.
    let _ = std::io::stdout().write_all(report.as_bytes());
    exit_code(&suites, args.min_coverage)
}

fn exit_code(suites: &[Suite], min_coverage: Option<u8>) -> ExitCode {
    let mut verdicts = suites.iter().flat_map(Suite::verdicts);
    if suites.iter().any(|suite| suite.trouble.is_some())
        || verdicts.any(|verdict| matches!(verdict, Verdict::Broken(_)))
    {
        return ExitCode::from(2);
    }
    let mut verdicts = suites.iter().flat_map(Suite::verdicts);
    let fails = verdicts.any(|verdict| match verdict {
        Verdict::Failed(_) | Verdict::ExpectsNothing => true,
        Verdict::Passed | Verdict::Updated | Verdict::Broken(_) => false,
    });
    let is_low = suites.iter().any(|suite| suite.is_below(min_coverage));
    if fails || is_low {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
