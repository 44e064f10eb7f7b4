//! `statecraft run`: a dry run on virtual time.

use std::process::ExitCode;

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
    /// Which case of the mock file
    #[arg(long, requires = "mocks")]
    case: Option<String>,
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
    let _ = (args.file, args.input, args.mocks, args.case, args.format);
    eprintln!("statecraft run: not built in yet");
    ExitCode::from(2)
}
