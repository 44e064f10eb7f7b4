//! What must hold in the end: everything has the right result, nothing is missing, and nothing was done twice. That a
//! function or an activity is asked twice is allowed, since its answer may be lost; that two answers are taken is not.

use super::steady::{Addresses, Steady};
use super::work::{Events, ITEM_EVENTS, Kind, Work};
use crate::LoadError;
use crate::client::text;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);
/// Longest time that an execution may take once nobody kills the server any more.
const PATIENCE: Duration = Duration::from_secs(180);

/// Ends of the types of those events that say that work begins or ends. How often work that is under way was begun
/// (`…Started`, `TaskSubmitted`) depends on the kills.
const WORK: [&str; 6] = [
    "StateEntered",
    "StateExited",
    "Scheduled",
    "Succeeded",
    "Failed",
    "TimedOut",
];

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
        let kind = Kind::of(number);
        let expected = kind.output(number as u64);
        if output != expected {
            return Err(wrong(
                &arn,
                &format!("ended with {output} instead of {expected}"),
            ));
        }
        seen.events += history(&mut client, &arn, kind.events()).await?;
        if kind == Kind::Distributed {
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
async fn history(client: &mut Steady, arn: &str, expected: Events) -> Result<usize, LoadError> {
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
    once(arn, &events, expected)?;
    Ok(events.len())
}

/// Each piece of work has one beginning and one end in the history.
fn once(arn: &str, events: &[Value], expected: Events) -> Result<(), LoadError> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for name in events.iter().filter_map(|event| event["type"].as_str()) {
        if WORK.iter().any(|end| name.ends_with(end)) {
            *found.entry(name).or_default() += 1;
        }
    }
    let expected = BTreeMap::from_iter(expected.iter().copied());
    if found != expected {
        return Err(wrong(
            arn,
            &format!("has the events {found:?} instead of {expected:?}"),
        ));
    }
    Ok(())
}

/// Every item of its map run succeeded once, in a child execution of its own.
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
        items_once(client, arn, &body).await?;
    }
    match runs.len() {
        1 => Ok(1),
        count => Err(wrong(arn, &format!("has {count} map runs"))),
    }
}

/// The map run has one child execution for each item.
async fn items_once(client: &mut Steady, arn: &str, map_run: &Value) -> Result<(), LoadError> {
    let found = client.must("ListExecutions", map_run).await?;
    let children = found["executions"].as_array().cloned().unwrap_or_default();
    if children.len() != 3 {
        return Err(wrong(
            arn,
            &format!("has other children than one for each item: {found}"),
        ));
    }
    for child in &children {
        history(client, &text(child, "executionArn")?, ITEM_EVENTS).await?;
    }
    Ok(())
}

/// Nothing runs any more, and each machine has as many executions as were started, and as many children as there were runs
/// that start one.
async fn counts(client: &mut Steady, work: &Work, executions: usize) -> Result<(), LoadError> {
    let kinds = work.machines().len();
    for (first, machine) in work.machines().iter().enumerate() {
        let found = listed(client, machine).await?;
        let runs = |kind: usize| (kind..executions).step_by(kinds).count();
        let children = match Kind::of(first) {
            Kind::Parallel => runs(Kind::Nested as usize),
            Kind::Wait
            | Kind::Map
            | Kind::Retry
            | Kind::Activity
            | Kind::Callback
            | Kind::Distributed
            | Kind::Nested => 0,
        };
        let counted = (found.named, found.children.len());
        let expected = (runs(first), children);
        if counted != expected {
            return Err(wrong(
                machine,
                &format!("has {counted:?} executions and children instead of {expected:?}"),
            ));
        }
        for child in &found.children {
            history(client, child, Kind::of(first).events()).await?;
        }
    }
    Ok(())
}

/// Executions of a machine.
#[derive(Default)]
struct Listed {
    /// How many were started by name from outside.
    named: usize,
    /// ARNs of those that other executions started.
    children: Vec<String>,
}

/// Lists them; an error when one still runs.
async fn listed(client: &mut Steady, machine: &str) -> Result<Listed, LoadError> {
    let mut body = json!({"stateMachineArn": machine, "maxResults": 1000});
    let mut found = Listed::default();
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
            if name.starts_with("run-") {
                found.named += 1;
            } else {
                found.children.push(text(execution, "executionArn")?);
            }
        }
        match page.get("nextToken") {
            Some(token) => body["nextToken"] = token.clone(),
            None => return Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(expected: Events) -> Vec<Value> {
        let repeated = |&(kind, count): &(&str, usize)| vec![json!({"type": kind}); count];
        expected.iter().flat_map(repeated).collect()
    }

    #[test]
    fn a_history_with_work_done_twice_or_not_at_all_is_wrong() {
        for number in 0..8 {
            let expected = Kind::of(number).events();
            let whole = events(expected);
            assert!(once("arn", &whole, expected).is_ok());
            for event in &whole {
                let twice = [&whole[..], std::slice::from_ref(event)].concat();
                assert!(once("arn", &twice, expected).is_err(), "{event}");
            }
            assert!(once("arn", &whole[1..], expected).is_err());
        }
    }

    #[test]
    fn a_history_with_a_failure_that_nothing_asked_for_is_wrong() {
        let expected = Kind::Activity.events();
        let failed = [events(expected), vec![json!({"type": "ActivityTimedOut"})]].concat();
        assert!(once("arn", &failed, expected).is_err());
    }

    #[test]
    fn a_call_that_was_begun_twice_is_allowed() {
        let expected = Kind::Activity.events();
        let started = vec![json!({"type": "ActivityStarted"}); 2];
        let asked = [events(expected), started].concat();
        assert!(once("arn", &asked, expected).is_ok());
    }
}
