//! How late waits end while the server is busy with something else.

use crate::LoadError;
use crate::client::{Client, text};
use crate::figures::latencies;
use crate::run::{self, Plan};
use crate::server::{Server, folder};
use crate::{Program, machines};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::task::JoinSet;

/// Connections that start the waits.
const CONNECTIONS: u64 = 8;
/// Waits take from one to so many seconds.
const LONGEST: u64 = 5;
const POLL: Duration = Duration::from_millis(50);

/// How many waits, beside which load.
#[derive(Debug, clap::Args)]
pub(crate) struct TimersArgs {
    #[command(flatten)]
    program: Program,
    #[command(flatten)]
    plan: Plan,
    /// Executions that wait from one to five seconds
    #[arg(long, default_value_t = 5_000)]
    waits: u64,
}

/// An execution that waits.
struct Waiting {
    execution: String,
    seconds: u64,
}

/// Starts the waits beside the load, and reads from their histories how late they ended.
pub(crate) async fn timers(args: &TimersArgs) -> Result<Value, LoadError> {
    let folder = folder()?;
    let server = Server::start(&args.program.server, folder.path()).await?;
    let address = &server.address;
    let (load, times) = tokio::join!(run::run(address, &args.plan), waits(address, args.waits));
    let mut found = latencies(times?);
    found["besidePerSecond"] = load?["perSecond"].clone();
    server.kill().await?;
    Ok(found)
}

async fn waits(endpoint: &str, count: u64) -> Result<Vec<Duration>, LoadError> {
    let mut client = Client::connect(endpoint).await?;
    let definition = machines::wait_as_told();
    let machine = machines::create(&mut client, "waits", &definition, "STANDARD").await?;
    let mut workers = JoinSet::new();
    for worker in 0..CONNECTIONS {
        let (mut client, machine) = (Client::connect(endpoint).await?, machine.clone());
        workers.spawn(async move {
            let mut started = Vec::new();
            for number in (worker..count).step_by(CONNECTIONS as usize) {
                started.push(start(&mut client, &machine, number).await?);
            }
            let mut late = Vec::new();
            for waiting in started {
                late.push(lateness(&mut client, &waiting).await?);
            }
            Ok(late)
        });
    }
    Ok(run::all(workers).await?.into_iter().flatten().collect())
}

async fn start(client: &mut Client, machine: &str, number: u64) -> Result<Waiting, LoadError> {
    // Neighbours wait for different times, and every run of the measurement for the same ones.
    let seconds = 1 + number.wrapping_mul(0x9E37_79B9_7F4A_7C15) % LONGEST;
    let input = json!({"seconds": seconds}).to_string();
    let body = json!({"stateMachineArn": machine, "input": input});
    let answer = client.ask("StartExecution", &body).await?;
    let execution = text(&answer, "executionArn")?;
    Ok(Waiting { execution, seconds })
}

/// Ends after which nothing is measured any more.
const UNSUCCESSFUL: [&str; 3] = ["ExecutionFailed", "ExecutionTimedOut", "ExecutionAborted"];

/// How much longer than told it was in its state, once it has ended. An error when it ended without success.
async fn lateness(client: &mut Client, waiting: &Waiting) -> Result<Duration, LoadError> {
    let body = json!({"executionArn": waiting.execution});
    loop {
        let history = client.ask("GetExecutionHistory", &body).await?;
        if let Some(end) = failure(&history) {
            let execution = &waiting.execution;
            return Err(LoadError::Answer(format!(
                "{execution} waited in vain: {end}"
            )));
        }
        let at = |kind: &str| {
            let events = history["events"].as_array()?;
            let event = events.iter().find(|event| event["type"] == kind)?;
            event["timestamp"].as_f64()
        };
        if let (Some(entered), Some(exited)) = (at("WaitStateEntered"), at("WaitStateExited")) {
            let late = exited - entered - waiting.seconds as f64;
            // Times have milliseconds, and as fractions of seconds they are not exact.
            return Ok(Duration::from_secs_f64(late.max(0.0)));
        }
        tokio::time::sleep(POLL).await;
    }
}

/// The event by which an execution ended without success.
fn failure(history: &Value) -> Option<&Value> {
    let mut events = history["events"].as_array()?.iter();
    events.find(|event| UNSUCCESSFUL.iter().any(|end| event["type"] == *end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_execution_that_failed_is_told_from_one_that_waits_or_succeeded() {
        let history = |end: &str| json!({"events": [{"type": "WaitStateEntered"}, {"type": end}]});
        for end in UNSUCCESSFUL {
            assert_eq!(failure(&history(end)).unwrap()["type"], end);
        }
        for end in ["WaitStateExited", "ExecutionSucceeded"] {
            assert!(failure(&history(end)).is_none());
        }
    }
}
