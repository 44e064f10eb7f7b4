//! `statecraft serve`: the server with the studio inside.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `statecraft serve` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder of the database; made when it is missing
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Settings as JSON: region, accountId
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: ServeArgs) -> ExitCode {
    let _ = (args.listen, args.data, args.config);
    ExitCode::from(2)
}
