//! `statecraft eval`: one expression.

use std::process::ExitCode;

/// What `statecraft eval` takes.
#[derive(Debug, clap::Args)]
#[group(id = "language", required = true, multiple = false, args = ["jsonata", "jsonpath", "intrinsic"])]
pub(crate) struct EvalArgs {
    /// The expression is JSONata
    #[arg(long)]
    jsonata: bool,
    /// The expression is a JSONPath
    #[arg(long)]
    jsonpath: bool,
    /// The expression is a call of an intrinsic function
    #[arg(long)]
    intrinsic: bool,
    /// The expression
    #[arg(required_unless_present = "batch")]
    expression: Option<String>,
    /// The input: JSON, or `@FILE`
    #[arg(long, default_value = "{}")]
    input: String,
    /// Read JSON lines from standard input and write one line for each
    #[arg(long)]
    batch: bool,
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: EvalArgs) -> ExitCode {
    let _ = (
        args.jsonata,
        args.jsonpath,
        args.intrinsic,
        args.expression,
        args.input,
        args.batch,
    );
    eprintln!("statecraft eval: not built in yet");
    ExitCode::from(2)
}
