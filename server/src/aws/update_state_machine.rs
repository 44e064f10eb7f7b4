//! UpdateStateMachine.

use super::create_state_machine::Version;
use super::describe_state_machine::existing;
use super::limits::{ARN, DEFINITION, ENCRYPTION, LOGGING, TRACING, VERSION_DESCRIPTION};
use super::settings::{Given, Settings};
use super::shape::{Member, Shape, optional, required};
use super::{AwsError, arn, check, versions};
use crate::app::App;
use crate::store::MachineChange;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("stateMachineArn", ARN),
    optional("definition", DEFINITION),
    optional("roleArn", ARN),
    optional("loggingConfiguration", LOGGING),
    optional("tracingConfiguration", TRACING),
    optional("encryptionConfiguration", ENCRYPTION),
    optional("publish", Shape::Flag),
    optional("versionDescription", VERSION_DESCRIPTION),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_arn: String,
    definition: Option<String>,
    role_arn: Option<String>,
    #[serde(flatten)]
    settings: Given,
    #[serde(flatten)]
    version: Version,
}

/// Makes a new revision, and a version of it when that is asked for (API-106). When nothing changes, the present revision
/// stays (recorded).
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let arn = arn::machine(&request.state_machine_arn)?;
    if request.definition.is_none() && request.role_arn.is_none() && request.settings.is_empty() {
        return Err(AwsError::MissingRequiredParameter);
    }
    let publish = request.version.publish()?;
    let present = existing(app, &arn).await?;
    let settings = request.settings.over(Settings::read(&present.settings))?;
    if let Some(definition) = &request.definition {
        check::must_pass(definition, present.machine_type).await?;
    }
    let change = MachineChange {
        definition: request
            .definition
            .filter(|definition| *definition != present.definition),
        role_arn: request.role_arn.filter(|role| *role != present.role_arn),
        settings: Some(settings.to_value())
            .filter(|_| settings != Settings::read(&present.settings)),
    };
    let now_ms = app.engine.now_ms();
    let updated = app
        .store
        .update_machine(&arn, change, publish, now_ms)
        .await?;
    let (machine, version) = updated.map_err(|why| versions::unpublished(why, &arn, None))?;
    let mut answer = json!({"updateDate": seconds(machine.updated_ms)});
    if let Some(revision) = machine.shown_revision() {
        answer["revisionId"] = revision.into();
    }
    if let Some(version) = version {
        answer["stateMachineVersionArn"] = machine.arn.version(version.number).into();
    }
    Ok(answer)
}
