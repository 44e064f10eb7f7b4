//! What must hold in the end.

use super::steady::{Addresses, Steady};
use super::work::{Kind, Work};
use crate::LoadError;
use crate::client::text;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);
/// Longest time that an execution may take once nobody kills the server any more.
const PATIENCE: Duration = Duration::from_secs(180);

/// What was looked at.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) events: usize,
    pub(super) map_runs: usize,
}

/// Looks at every execution; the first that is not as it must be is an error.
pub(super) async fn look(
    addresses: &Addresses,
    work: &Work,
    executions: usize,
) -> Result<Seen, LoadError> {
    let (mut client, mut seen) = (addresses.client(), Seen::default());
    for number in 0..executions {
        let arn = work.execution(number);
        let output = end_of(&mut client, &arn).await?;
        let expected = Kind::of(number).output(number as u64);
        if output != expected {
            return Err(wrong(
                &arn,
                &format!("ended with {output} instead of {expected}"),
            ));
        }
        seen.events += history(&mut client, &arn).await?;
        if Kind::of(number) == Kind::Distributed {
            seen.map_runs += map_runs(&mut client, &arn).await?;
        }
    }
    counts(&mut client, work, executions).await?;
    Ok(seen)
}

fn wrong(arn: &str, what: &str) -> LoadError {
    LoadError::Answer(format!("{arn} {what}"))
}

/// The output of an execution that succeeds.
async fn end_of(client: &mut Steady, arn: &str) -> Result<Value, LoadError> {
    let begin = Instant::now();
    loop {
        let found = client
            .must("DescribeExecution", &json!({"executionArn": arn}))
            .await?;
        match text(&found, "status")?.as_str() {
            "SUCCEEDED" => {
                return serde_json::from_str(&text(&found, "output")?)
                    .map_err(|error| wrong(arn, &error.to_string()));
            }
            "RUNNING" if begin.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
            status => return Err(wrong(arn, &format!("is {status}: {found}"))),
        }
    }
}

/// Ids count from 1 without a gap, each event follows from an earlier one, and the history begins and ends once.
async fn history(client: &mut Steady, arn: &str) -> Result<usize, LoadError> {
    let body = json!({"executionArn": arn, "maxResults": 1000});
    let found = client.must("GetExecutionHistory", &body).await?;
    let events = found["events"].as_array().cloned().unwrap_or_default();
    for (event, id) in events.iter().zip(1_u64..) {
        let previous = event["previousEventId"].as_u64().unwrap_or(u64::MAX);
        if event["id"] != id || previous >= id {
            return Err(wrong(arn, &format!("has a gap before {event}")));
        }
    }
    let is = |kind: &str| events.iter().filter(|event| event["type"] == kind).count();
    let last = events.last().map(|event| &event["type"]);
    let is_whole = last.is_some_and(|kind| kind == "ExecutionSucceeded");
    if (is("ExecutionStarted"), is("ExecutionSucceeded")) != (1, 1) || !is_whole {
        return Err(wrong(arn, &format!("has no whole history: {found}")));
    }
    Ok(events.len())
}

/// Every item of its map run succeeded once.
async fn map_runs(client: &mut Steady, arn: &str) -> Result<usize, LoadError> {
    let found = client
        .must("ListMapRuns", &json!({"executionArn": arn}))
        .await?;
    let runs = found["mapRuns"].as_array().cloned().unwrap_or_default();
    for run in &runs {
        let body = json!({"mapRunArn": run["mapRunArn"]});
        let found = client.must("DescribeMapRun", &body).await?;
        let (items, status) = (&found["itemCounts"], text(&found, "status")?);
        if status != "SUCCEEDED" || items["succeeded"] != 3 || items["total"] != 3 {
            return Err(wrong(
                arn,
                &format!("has a map run that is not whole: {found}"),
            ));
        }
    }
    match runs.len() {
        1 => Ok(1),
        count => Err(wrong(arn, &format!("has {count} map runs"))),
    }
}

/// Nothing runs any more, and each machine has as many executions as were started, besides children.
async fn counts(client: &mut Steady, work: &Work, executions: usize) -> Result<(), LoadError> {
    let kinds = work.machines().len();
    for (first, machine) in work.machines().iter().enumerate() {
        let named = listed(client, machine).await?;
        let expected = (first..executions).step_by(kinds).count();
        if named != expected {
            return Err(wrong(
                machine,
                &format!("has {named} executions instead of {expected}"),
            ));
        }
    }
    Ok(())
}

/// Executions that were started by name; an error when one still runs.
async fn listed(client: &mut Steady, machine: &str) -> Result<usize, LoadError> {
    let (mut body, mut named) = (json!({"stateMachineArn": machine, "maxResults": 1000}), 0);
    loop {
        let page = client.must("ListExecutions", &body).await?;
        for execution in page["executions"].as_array().into_iter().flatten() {
            if execution["status"] == "RUNNING" {
                return Err(wrong(
                    machine,
                    &format!("has one that still runs: {execution}"),
                ));
            }
            let name = execution["name"].as_str().unwrap_or_default();
            named += usize::from(name.starts_with("run-"));
        }
        match page.get("nextToken") {
            Some(token) => body["nextToken"] = token.clone(),
            None => return Ok(named),
        }
    }
}
