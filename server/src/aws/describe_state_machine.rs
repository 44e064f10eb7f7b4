//! DescribeStateMachine.

use super::limits::{ARN, INCLUDED_DATA};
use super::settings::Settings;
use super::shape::{Member, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::arn::MachineArn;
use crate::store::Machine;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("stateMachineArn", ARN),
    optional("includedData", INCLUDED_DATA),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_arn: String,
    included_data: Option<IncludedData>,
}

/// Whether definition, input and output come with the answer (API-110).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum IncludedData {
    #[default]
    AllData,
    MetadataOnly,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let machine = existing(app, &arn::machine(&request.state_machine_arn)?).await?;
    let mut answer = Settings::read(&machine.settings).to_value();
    answer["stateMachineArn"] = machine.arn.as_str().into();
    answer["name"] = machine.name.as_str().into();
    answer["status"] = "ACTIVE".into();
    answer["roleArn"] = machine.role_arn.as_str().into();
    answer["type"] = json!(machine.machine_type);
    answer["creationDate"] = seconds(machine.created_ms);
    if let Some(revision) = revision(&machine) {
        answer["revisionId"] = revision.into();
    }
    // The model demands the member, so that without data it is an empty text.
    answer["definition"] = match request.included_data.unwrap_or_default() {
        IncludedData::AllData => machine.definition.into(),
        IncludedData::MetadataOnly => "".into(),
    };
    Ok(answer)
}

/// The machine of this ARN, or AWS's refusal.
pub(super) async fn existing(app: &App, arn: &MachineArn) -> Result<Machine, AwsError> {
    let found = app.store.machine(arn).await?;
    found.ok_or_else(|| AwsError::StateMachineDoesNotExist(arn.to_string()))
}

/// The revision's id, which a machine has once it was updated (recorded).
pub(super) fn revision(machine: &Machine) -> Option<&str> {
    (machine.updated_ms > machine.created_ms).then_some(machine.revision_id.as_str())
}
