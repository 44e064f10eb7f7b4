//! DescribeStateMachineForExecution: the revision that an execution runs.

use super::describe_execution::existing;
use super::describe_state_machine::IncludedData;
use super::limits::{ARN, INCLUDED_DATA};
use super::settings::Settings;
use super::shape::{Member, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::Value;

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
    let arn = arn::execution(&request.execution_arn)?;
    let execution = existing(app, &arn).await?;
    let machine = app.store.machine(&execution.summary.machine_arn).await?;
    let mut answer = Settings::read(&execution.settings).to_value();
    answer["stateMachineArn"] = execution.summary.machine_arn.as_str().into();
    answer["name"] = execution.summary.machine_arn.name().into();
    if let Some(child) = &execution.summary.child_of {
        answer["mapRunArn"] = child.map_run.as_str().into();
        answer["label"] = child.map_run.label().into();
    }
    answer["roleArn"] = execution.role_arn.into();
    answer["updateDate"] = seconds(execution.revision_ms);
    // The first revision has no id, as in DescribeStateMachine; a machine that is gone cannot tell which was first.
    if machine.is_none_or(|machine| execution.revision_ms > machine.created_ms) {
        answer["revisionId"] = execution.revision_id.into();
    }
    answer["definition"] = match request.included_data.unwrap_or_default() {
        IncludedData::AllData => app.store.definition_of(&arn).await?.into(),
        IncludedData::MetadataOnly => "".into(),
    };
    Ok(answer)
}
