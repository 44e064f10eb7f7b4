//! A page of 1,000 events out of a history as long as one may be.

use crate::LoadError;
use crate::client::{Client, text};
use crate::figures::latencies;
use crate::machines;
use crate::run::accepted;
use crate::server::{Server, folder};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

const PAGE: u64 = 1_000;
/// Events of a history that is full (API-903).
const FULL: usize = 25_000;
/// How often the whole history is read, page by page.
const ROUNDS: usize = 4;
const POLL: Duration = Duration::from_millis(20);

/// Runs a loop until its history is full, then reads the history page by page.
pub(crate) async fn history(program: &Path) -> Result<Value, LoadError> {
    let folder = folder()?;
    let server = Server::start(program, folder.path()).await?;
    let mut client = Client::connect(&server.address).await?;
    let machine =
        machines::create(&mut client, "endless", &machines::endless(), "STANDARD").await?;
    let body = json!({"stateMachineArn": machine, "input": "{\"n\":1}"});
    let begin = Instant::now();
    let execution = text(&client.ask("StartExecution", &body).await?, "executionArn")?;
    end_of(&mut client, &execution).await?;
    let ran = begin.elapsed();
    let (mut times, mut events) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        events = read(&mut client, &execution, &mut times).await?;
        if events != FULL {
            return Err(LoadError::Answer(format!(
                "the history has {events} events instead of {FULL}"
            )));
        }
    }
    let mut found = latencies(times);
    found["events"] = events.into();
    found["runMs"] = crate::figures::milliseconds(ran).into();
    server.kill().await?;
    Ok(found)
}

/// Waits until its history is full, which fails it.
async fn end_of(client: &mut Client, execution: &str) -> Result<(), LoadError> {
    let body = json!({"executionArn": execution, "includedData": "METADATA_ONLY"});
    loop {
        let answer = client.ask("DescribeExecution", &body).await?;
        match text(&answer, "status")?.as_str() {
            "RUNNING" => tokio::time::sleep(POLL).await,
            "FAILED" => return Ok(()),
            status => {
                return Err(LoadError::Answer(format!(
                    "the execution is {status} instead of FAILED: {answer}"
                )));
            }
        }
    }
}

/// Reads all pages; gives the count of events.
async fn read(
    client: &mut Client,
    execution: &str,
    times: &mut Vec<Duration>,
) -> Result<usize, LoadError> {
    let mut body = json!({"executionArn": execution, "maxResults": PAGE});
    let mut events = 0;
    loop {
        let begin = Instant::now();
        let (status, reply) = client.send("GetExecutionHistory", body.to_string()).await?;
        times.push(begin.elapsed());
        let page = accepted("GetExecutionHistory", status, &reply)?;
        events += page["events"].as_array().map_or(0, Vec::len);
        match page.get("nextToken") {
            Some(token) => body["nextToken"] = token.clone(),
            None => return Ok(events),
        }
    }
}
