//! Many executions that wait: what they cost in memory, and how long a restart takes until the server answers.

use crate::LoadError;
use crate::client::Client;
use crate::figures::milliseconds;
use crate::server::{Server, folder};
use crate::{Program, machines};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::task::JoinSet;

/// Long enough to outlast the measurement.
const WAIT_SECONDS: u64 = 100_000;
const CONNECTIONS: usize = 64;

/// How many wait.
#[derive(Debug, clap::Args)]
pub(crate) struct WaitingArgs {
    #[command(flatten)]
    program: Program,
    /// Executions that wait
    #[arg(long, default_value_t = 100_000)]
    executions: usize,
}

/// Starts them, reads the memory, kills the server, and starts it again.
pub(crate) async fn waiting(args: &WaitingArgs) -> Result<Value, LoadError> {
    let folder = folder()?;
    let server = Server::start(&args.program.server, folder.path()).await?;
    let begin = Instant::now();
    start_all(&server.address, args.executions).await?;
    let filled = begin.elapsed();
    let resident = server.resident_mib()?;
    server.kill().await?;
    let begin = Instant::now();
    let server = Server::start(&args.program.server, folder.path()).await?;
    let mut client = Client::connect(&server.address).await?;
    client.ask("ListStateMachines", &json!({})).await?;
    let restart = begin.elapsed();
    let found = json!({
        "perSecond": (args.executions as f64 / filled.as_secs_f64()).round(),
        "residentMiB": resident,
        "restartMs": milliseconds(restart),
        "residentAfterRestartMiB": server.resident_mib()?,
    });
    server.kill().await?;
    Ok(found)
}

async fn start_all(endpoint: &str, executions: usize) -> Result<(), LoadError> {
    let mut client = Client::connect(endpoint).await?;
    let definition = machines::wait(WAIT_SECONDS);
    let machine = machines::create(&mut client, "waiting", &definition, "STANDARD").await?;
    let body: Arc<Value> = Arc::new(json!({"stateMachineArn": machine, "input": "{\"n\":1}"}));
    let left = Arc::new(AtomicUsize::new(executions));
    let mut workers = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let mut client = Client::connect(endpoint).await?;
        let (body, left) = (Arc::clone(&body), Arc::clone(&left));
        workers.spawn(async move {
            let less = |left: usize| left.checked_sub(1);
            while left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
                .is_ok()
            {
                client.ask("StartExecution", &body).await?;
            }
            Ok::<_, LoadError>(())
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker.map_err(|error| LoadError::Answer(error.to_string()))??;
    }
    Ok(())
}
