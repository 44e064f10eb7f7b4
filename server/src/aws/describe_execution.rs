//! DescribeExecution.

use super::describe_state_machine::IncludedData;
use super::limits::{ARN, INCLUDED_DATA};
use super::shape::{Member, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::arn::ExecutionArn;
use crate::store::{Execution, ExecutionStatus, ExecutionSummary};
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
    add_redrive(&mut answer, &execution.summary);
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
    if let Some((map_run, _)) = &summary.child_of {
        answer["mapRunArn"] = map_run.as_str().into();
    }
    answer
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

/// Nothing was redriven here; what could be is said as AWS says it (recorded).
fn add_redrive(answer: &mut Value, summary: &ExecutionSummary) {
    answer["redriveCount"] = 0.into();
    let status = summary.status;
    match status {
        ExecutionStatus::Running | ExecutionStatus::Succeeded => {
            answer["redriveStatus"] = "NOT_REDRIVABLE".into();
            let reason = format!("Execution is {} and cannot be redriven", status.name());
            answer["redriveStatusReason"] = reason.into();
        }
        ExecutionStatus::Failed | ExecutionStatus::TimedOut | ExecutionStatus::Aborted => {
            let by_map_run = summary.child_of.is_some();
            let name = if by_map_run {
                "REDRIVABLE_BY_MAP_RUN"
            } else {
                "REDRIVABLE"
            };
            answer["redriveStatus"] = name.into();
        }
    }
}
