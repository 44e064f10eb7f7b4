//! `statecraft check`: diagnostics for definitions.

use std::process::ExitCode;

/// What `statecraft check` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Definitions to check; `-` is standard input
    #[arg(required_unless_present = "batch")]
    files: Vec<String>,
    /// What kind of machine they are checked for
    #[arg(long = "type", value_parser = ["standard", "express"], default_value = "standard")]
    machine_type: String,
    /// How the findings are written
    #[arg(long, value_parser = ["text", "json", "sarif"], default_value = "text")]
    format: String,
    /// Read JSON lines from standard input and write one line for each
    #[arg(long)]
    batch: bool,
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: CheckArgs) -> ExitCode {
    let _ = (args.files, args.machine_type, args.format, args.batch);
    eprintln!("statecraft check: not built in yet");
    ExitCode::from(2)
}
