//! DescribeExecution.

use super::describe_state_machine::IncludedData;
use super::limits::{ARN, INCLUDED_DATA};
use super::shape::{Member, optional, required};
use super::{AwsError, arn, map_runs};
use crate::app::App;
use crate::arn::ExecutionArn;
use crate::engine::redrive_status;
use crate::store::{Execution, ExecutionSummary};
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("executionArn", ARN),
    optional("includedData", INCLUDED_DATA),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    execution_arn: String,
    included_data: Option<IncludedData>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let execution = existing(app, &arn::execution(&request.execution_arn)?).await?;
    let mut answer = metadata(&execution);
    if let Some(child) = &execution.summary.child_of {
        let map_run = map_runs::existing(app, &child.map_run).await?;
        let waiting_from = map_runs::progress(&map_run)?.pending_redrive_from();
        let status = map_runs::execution_status(&execution.summary, waiting_from);
        answer["mapRunArn"] = child.map_run.as_str().into();
        answer["status"] = status.into();
    }
    add_redrive(&mut answer, &execution, app.engine.now_ms());
    match request.included_data.unwrap_or_default() {
        IncludedData::AllData => add_data(&mut answer, execution),
        IncludedData::MetadataOnly => {}
    }
    Ok(answer)
}

/// The execution of this ARN, or AWS's refusal.
pub(super) async fn existing(app: &App, arn: &ExecutionArn) -> Result<Execution, AwsError> {
    let found = app.store.execution(arn).await?;
    found.ok_or_else(|| AwsError::ExecutionDoesNotExist(arn.to_string()))
}

fn metadata(execution: &Execution) -> Value {
    let summary = &execution.summary;
    let mut answer = json!({
        "executionArn": summary.arn.as_str(),
        "stateMachineArn": summary.machine_arn.as_str(),
        "name": summary.arn.name(),
        "status": summary.status.name(),
        "startDate": seconds(summary.start_ms),
    });
    if let Some(stop_ms) = summary.stop_ms {
        answer["stopDate"] = seconds(stop_ms);
    }
    add_versions(&mut answer, summary);
    answer
}

/// The version and the alias that an execution was started on (VER-07).
pub(super) fn add_versions(answer: &mut Value, summary: &ExecutionSummary) {
    if let Some(version) = &summary.version_arn {
        answer["stateMachineVersionArn"] = version.as_str().into();
    }
    if let Some(alias) = &summary.alias_arn {
        answer["stateMachineAliasArn"] = alias.as_str().into();
    }
}

fn add_data(answer: &mut Value, execution: Execution) {
    answer["input"] = execution.input.into();
    answer["inputDetails"] = json!({"included": true});
    if let Some(output) = execution.output {
        answer["output"] = output.into();
        answer["outputDetails"] = json!({"included": true});
    }
    if let Some(error) = execution.error {
        answer["error"] = error.into();
    }
    if let Some(cause) = execution.cause {
        answer["cause"] = cause.into();
    }
}

/// How often it was redriven, and whether it can be (RED-05).
fn add_redrive(answer: &mut Value, execution: &Execution, now_ms: i64) {
    answer["redriveCount"] = execution.summary.redrive_count.into();
    if let Some(redrive_ms) = execution.summary.redrive_ms {
        answer["redriveDate"] = seconds(redrive_ms);
    }
    let status = redrive_status(execution, now_ms);
    answer["redriveStatus"] = status.name().into();
    if let Some(reason) = status.reason() {
        answer["redriveStatusReason"] = reason.to_string().into();
    }
}
