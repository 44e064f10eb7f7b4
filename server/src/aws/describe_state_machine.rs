//! DescribeStateMachine, also of a version.

use super::limits::{ARN, INCLUDED_DATA};
use super::settings::Settings;
use super::shape::{Member, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::arn::{MachineArn, Qualifier, Target};
use crate::store::{Machine, Version};
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
    let target = arn::target(&request.state_machine_arn)?;
    let (machine, version) = described(app, &target).await?;
    let mut answer = Settings::read(&machine.settings).to_value();
    answer["stateMachineArn"] = target.to_string().into();
    answer["name"] = machine.name.as_str().into();
    answer["status"] = machine.status.name().into();
    answer["roleArn"] = machine.role_arn.as_str().into();
    answer["type"] = json!(machine.machine_type);
    answer["creationDate"] = seconds(machine.created_ms);
    if let Some(revision) = machine.shown_revision() {
        answer["revisionId"] = revision.into();
    }
    if let Some(version) = version {
        answer["creationDate"] = seconds(version.created_ms);
        if let Some(description) = version.description {
            answer["description"] = description.into();
        }
    }
    // The model demands the member, so that without data it is an empty text.
    answer["definition"] = match request.included_data.unwrap_or_default() {
        IncludedData::AllData => machine.definition.into(),
        IncludedData::MetadataOnly => "".into(),
    };
    Ok(answer)
}

/// The machine in its newest revision or in that of the version asked for; an alias is described by its own operation.
async fn described(app: &App, target: &Target) -> Result<(Machine, Option<Version>), AwsError> {
    let found = match &target.qualifier {
        None => return Ok((existing(app, &target.machine).await?, None)),
        Some(Qualifier::Version(number)) => app.store.version(&target.machine, *number).await?,
        Some(Qualifier::Alias(_)) => None,
    };
    let (machine, version) =
        found.ok_or_else(|| AwsError::StateMachineDoesNotExist(target.to_string()))?;
    Ok((machine, Some(version)))
}

/// The machine of this ARN, or AWS's refusal.
pub(super) async fn existing(app: &App, arn: &MachineArn) -> Result<Machine, AwsError> {
    let found = app.store.machine(arn).await?;
    found.ok_or_else(|| AwsError::StateMachineDoesNotExist(arn.to_string()))
}

/// The machine that executions on this target run, or AWS's refusal: also of a version or an alias that is not there.
pub(super) async fn runnable(app: &App, target: &Target) -> Result<Machine, AwsError> {
    let found = app.store.runnable(target, 0).await?;
    let found = found.ok_or_else(|| AwsError::StateMachineDoesNotExist(target.to_string()))?;
    Ok(found.machine)
}
