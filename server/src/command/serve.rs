//! `statecraft serve`: the server with the studio inside.

use crate::app::App;
use crate::config::Config;
use crate::router::{Gate, router};
use crate::serving::{self, Limits};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tracing_subscriber::EnvFilter;

/// How long open answers may take to end once the server is told to.
const GRACE: Duration = Duration::from_secs(3);
/// How long all of the end may take: after open answers, what waits to be written to logs and sent as status events and spans.
/// Whoever ends servers kills them after five seconds.
const END: Duration = Duration::from_millis(4_300);

/// What `statecraft serve` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder of the database; made when it is missing
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Settings as JSON: region, accountId, retentionDays, accessKeys, statusEvents, traces
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Runs the server until it is told to end.
pub(crate) fn run(args: ServeArgs) -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match serve(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("statecraft serve: {message}");
            ExitCode::from(2)
        }
    }
}

fn serve(args: ServeArgs) -> Result<(), String> {
    if !args.listen.ip().is_loopback() {
        return Err(format!(
            "{} can be reached from other machines, and this server has no authentication. \
             Listen on 127.0.0.1 or [::1], and let a proxy that authenticates stand in front",
            args.listen
        ));
    }
    let variable = |name: &str| std::env::var(name).ok();
    let config = Config::gather(args.data, args.config.as_deref(), &variable)
        .map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| format!("the server's threads cannot be started: {error}"))?;
    let result = runtime.block_on(listen(args.listen, config));
    // Whatever still runs goes on at the next start.
    runtime.shutdown_timeout(Duration::from_millis(500));
    result
}

async fn listen(address: SocketAddr, config: Config) -> Result<(), String> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| refused(address, &error))?;
    let address = listener
        .local_addr()
        .map_err(|error| refused(address, &error))?;
    let (gate, end) = (Gate::default(), Arc::new(Notify::new()));
    let told = Arc::clone(&end);
    let limits = Limits::of_system();
    let stop = async move { told.notified().await };
    let server = tokio::spawn(serving::serve(listener, gate.router(), limits, stop));
    let app = App::open(config).await.map_err(|error| error.to_string())?;
    gate.open(router(Arc::clone(&app)));
    let signal = end_signal()?;
    announce(address)?;
    answer(server, &app, signal, &end).await
}

fn refused(address: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("{address} is in use. Choose another port with --listen, or 0 for a free one")
        }
        _ => format!("{address} cannot be listened on: {error}"),
    }
}

/// Says the address on standard output, where a program that started the server can read it.
fn announce(address: SocketAddr) -> Result<(), String> {
    let mut out = std::io::stdout();
    writeln!(out, "Statecraft is listening on http://{address}")
        .and_then(|()| out.flush())
        .map_err(|error| format!("the address cannot be printed: {error}"))
}

/// Answers requests until a signal comes, then gives open answers some time to end.
async fn answer(
    mut server: JoinHandle<()>,
    app: &Arc<App>,
    signal: impl Future<Output = ()>,
    end: &Notify,
) -> Result<(), String> {
    let broke = |error| format!("the server broke down: {error}");
    tokio::select! {
        result = &mut server => return result.map_err(broke),
        () = signal => {}
    }
    let end_by = Instant::now() + END;
    if tokio::time::timeout(GRACE, app.engine.shut_down())
        .await
        .is_err()
    {
        tracing::warn!("the disk is too slow to wait for the last writes");
    }
    end.notify_one();
    let grace = GRACE.min(end_by.saturating_duration_since(Instant::now()));
    let ended = match tokio::time::timeout(grace, server).await {
        Ok(result) => result.map_err(broke),
        // Answers that are still open end with the process.
        Err(_) => Ok(()),
    };
    let rest = end_by.saturating_duration_since(Instant::now());
    app.engine.deliver_rest(rest).await;
    ended
}

/// Gets ready for Ctrl+C and a request to terminate; the future waits for the first of them. From the call on, no signal
/// ends the process before its work is in order.
#[cfg(unix)]
fn end_signal() -> Result<impl Future<Output = ()>, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|error| format!("signals cannot be awaited: {error}"));
    let (mut interrupt, mut terminate) = (
        listen(SignalKind::interrupt())?,
        listen(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Waits for Ctrl+C.
#[cfg(not(unix))]
fn end_signal() -> Result<impl Future<Output = ()>, String> {
    Ok(async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "signals cannot be awaited");
            std::future::pending::<()>().await;
        }
    })
}
