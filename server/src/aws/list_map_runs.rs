//! ListMapRuns: newest first.

use super::describe_execution;
use super::limits::{ARN, PAGE_SIZE, PAGE_TOKEN};
use super::shape::{Member, optional, required};
use super::{AwsError, arn, map_runs, page};
use crate::app::App;
use crate::store::MapRun;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("executionArn", ARN),
    optional("maxResults", PAGE_SIZE),
    optional("nextToken", PAGE_TOKEN),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    execution_arn: String,
    max_results: Option<i64>,
    next_token: Option<String>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let execution = arn::execution(&request.execution_arn)?;
    describe_execution::existing(app, &execution).await?;
    let purpose = ["ListMapRuns", execution.as_str()];
    let from = request
        .next_token
        .as_deref()
        .map(|token| page::number(&purpose, token))
        .transpose()?;
    let length = page::length(request.max_results);
    let found = app.store.map_runs(&execution, from, length).await?;
    let items: Result<Vec<Value>, AwsError> = found.map_runs.iter().map(item).collect();
    let mut answer = json!({"mapRuns": items?});
    if let Some(next) = found.next {
        answer["nextToken"] = page::token(&purpose, &next.to_string()).into();
    }
    Ok(answer)
}

fn item(map_run: &MapRun) -> Result<Value, AwsError> {
    let plan = map_runs::plan(map_run)?;
    let mut item = json!({
        "executionArn": map_run.execution.as_str(),
        "mapRunArn": map_run.arn.as_str(),
        "stateMachineArn": plan.machine_arn(),
        "startDate": seconds(map_run.start_ms),
    });
    if let Some(stop_ms) = map_run.stop_ms {
        item["stopDate"] = seconds(stop_ms);
    }
    Ok(item)
}
