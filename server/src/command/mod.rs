//! The `statecraft` command: reads the arguments and hands each subcommand to its own file.
//!
//! Exit codes are the same everywhere: 0 fine, 1 findings, 2 misuse or something that kept the command from working.

mod backup;
mod check;
mod convert;
mod eval;
mod files;
mod fmt;
mod input;
mod output;
mod run;
mod serve;
mod test;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A studio and an engine for Amazon States Language.
#[derive(Debug, Parser)]
#[command(name = "statecraft", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find faults in workflow definitions
    Check(check::CheckArgs),
    /// Dry-run a workflow on virtual time, with mocked tasks
    Run(run::RunArgs),
    /// Run the scenarios saved beside workflow definitions
    Test(test::TestArgs),
    /// Lay definitions out in the usual way, in place
    Fmt(fmt::FmtArgs),
    /// Write a definition as JSON or YAML, or in JSONata
    Convert(convert::ConvertArgs),
    /// Evaluate one expression
    Eval(eval::EvalArgs),
    /// Start the server with the studio inside
    Serve(serve::ServeArgs),
    /// Copy the database, also while a server runs
    Backup(backup::BackupArgs),
}

/// Reads the process's arguments and runs the subcommand that they name.
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Check(args) => check::run(args),
        Command::Run(args) => run::run(args),
        Command::Test(args) => test::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::Convert(args) => convert::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Backup(args) => backup::run(args),
    }
}
