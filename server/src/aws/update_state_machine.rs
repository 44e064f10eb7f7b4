//! UpdateStateMachine.

use super::create_state_machine::Version;
use super::describe_state_machine::{existing, revision};
use super::limits::{ARN, DEFINITION, ENCRYPTION, LOGGING, TRACING, VERSION_DESCRIPTION};
use super::settings::{Given, Settings};
use super::shape::{Member, Shape, optional, required};
use super::{AwsError, arn, check};
use crate::app::App;
use crate::store::{Machine, MachineChange};
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

/// Makes a new revision (API-106). When nothing changes, the present revision stays (recorded).
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let arn = arn::machine(&request.state_machine_arn)?;
    if request.definition.is_none() && request.role_arn.is_none() && request.settings.is_empty() {
        return Err(AwsError::MissingRequiredParameter);
    }
    request.version.check()?;
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
    let machine = if change == MachineChange::default() {
        present
    } else {
        // A revision is later than the machine, even when the clock stands still: that is how the first one is told apart.
        let now_ms = app.engine.now_ms().max(present.created_ms + 1);
        let updated = app.store.update_machine(&arn, change, now_ms).await?;
        updated.ok_or_else(|| AwsError::StateMachineDoesNotExist(arn.to_string()))?
    };
    Ok(updated(&machine))
}

fn updated(machine: &Machine) -> Value {
    let mut answer = json!({"updateDate": seconds(machine.updated_ms)});
    if let Some(revision) = revision(machine) {
        answer["revisionId"] = revision.into();
    }
    answer
}
