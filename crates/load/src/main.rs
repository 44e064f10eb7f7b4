//! Loads a server from outside, as its clients would, and prints what was measured as one line of JSON.
//!
//! `load MEASURE --server PROGRAM` starts `PROGRAM serve` in a folder of its own; `load run --endpoint URL` takes any
//! server that speaks the AWS Step Functions API. Of speed it judges nothing: bars and tables are `cargo xtask bench engine`'s.

mod client;
mod disk;
mod figures;
mod history;
mod idle;
mod machines;
mod run;
mod server;
mod timers;
mod torture;
mod waiting;

use clap::{Parser, Subcommand};
use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// The server's program or its files.
    #[error("{0}: {1}")]
    System(&'static str, #[source] std::io::Error),
    /// The server is no more, and nobody killed it.
    #[error("the server ended by itself: {0}")]
    Ended(std::process::ExitStatus),
    /// The connection.
    #[error("the server could not be asked: {0}")]
    Http(#[from] hyper::Error),
    /// The server refused something that it should do.
    #[error("{operation} was refused with {status}: {body}")]
    Refused {
        /// The operation.
        operation: &'static str,
        /// The HTTP status.
        status: u16,
        /// What the server said.
        body: String,
    },
    /// The answer makes no sense.
    #[error("{0}")]
    Answer(String),
    /// The bare database.
    #[error("the bare database failed: {0}")]
    Database(#[from] rusqlite::Error),
}

#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    measure: Measure,
}

#[derive(Debug, Subcommand)]
enum Measure {
    /// Executions a second, from start to end, on a server that runs already
    Run(run::RunArgs),
    /// The same on a server of its own, empty or with many finished executions in its database
    Own(run::OwnArgs),
    /// Memory and start of an idle server
    Idle(Program),
    /// Memory and restart with many waiting executions
    Waiting(waiting::WaitingArgs),
    /// How late waits end while the server is busy
    Timers(timers::TimersArgs),
    /// A page of a long history
    History(Program),
    /// What the disk gives a bare SQLite that writes the same bytes in groups of the same size
    Disk(disk::DiskArgs),
    /// Whether a server that is killed again and again loses anything
    Torture(torture::TortureArgs),
}

/// The server's program.
#[derive(Debug, clap::Args)]
pub(crate) struct Program {
    /// The `statecraft` command
    #[arg(long, value_name = "FILE")]
    server: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match measure(Arguments::parse().measure).await {
        Ok(found) => {
            println!("{found}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(measure: Measure) -> Result<Value, LoadError> {
    match measure {
        Measure::Run(args) => run::run(&args.endpoint, &args.plan).await,
        Measure::Own(args) => run::own(&args).await,
        Measure::Idle(program) => idle::idle(&program.server).await,
        Measure::Waiting(args) => waiting::waiting(&args).await,
        Measure::Timers(args) => timers::timers(&args).await,
        Measure::History(program) => history::history(&program.server).await,
        Measure::Disk(args) => disk::disk(&args),
        Measure::Torture(args) => torture::torture(&args).await,
    }
}
