//! CreateStateMachine.

use super::limits::{
    ARN, DEFINITION, ENCRYPTION, LOGGING, MACHINE_TYPE, NAME, TAGS, TRACING, VERSION_DESCRIPTION,
    check_name,
};
use super::settings::{Given, Settings};
use super::shape::{Member, Shape, optional, required};
use super::tags::{self, Tag};
use super::{AwsError, check};
use crate::app::App;
use crate::store::{CreateMachine, Created, MachineStatus, Publish};
use crate::time::seconds;
use asl::check::MachineType;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("name", NAME),
    required("definition", DEFINITION),
    required("roleArn", ARN),
    optional("type", MACHINE_TYPE),
    optional("loggingConfiguration", LOGGING),
    optional("tracingConfiguration", TRACING),
    optional("encryptionConfiguration", ENCRYPTION),
    optional("tags", TAGS),
    optional("publish", Shape::Flag),
    optional("versionDescription", VERSION_DESCRIPTION),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    name: String,
    definition: String,
    role_arn: String,
    r#type: Option<MachineType>,
    #[serde(flatten)]
    settings: Given,
    tags: Option<Vec<Tag>>,
    #[serde(flatten)]
    version: Version,
}

/// What a request says about versions.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Version {
    publish: Option<bool>,
    version_description: Option<String>,
}

impl Version {
    /// What is to be published. Refuses a description without a version (API-107).
    pub(super) fn publish(self) -> Result<Option<Publish>, AwsError> {
        match (self.publish.unwrap_or_default(), self.version_description) {
            (true, description) => Ok(Some(Publish { description })),
            (false, None) => Ok(None),
            (false, Some(_)) => Err(AwsError::Validation(
                "Version description can only be set when publish is true".into(),
            )),
        }
    }
}

/// Creates a machine. Asked again with the same settings, it answers as before (API-105).
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    check_name(&request.name)?;
    let publish = request.version.publish()?;
    let machine_type = request.r#type.unwrap_or_default();
    let settings = request.settings.over(Settings::default())?;
    let arn = app.config.home.machine(&request.name);
    let tags = tags::read(request.tags)?;
    tags::check_count(tags.len(), arn.as_str())?;
    check::must_pass(&request.definition, machine_type).await?;
    let wanted = CreateMachine {
        arn,
        machine_type,
        definition: request.definition,
        role_arn: request.role_arn,
        settings: settings.to_value(),
        tags,
        publish,
    };
    let created = app.engine.create_machine(wanted.clone()).await?;
    let machine = &created.machine;
    if machine.status == MachineStatus::Deleting {
        return Err(AwsError::StateMachineDeleting(machine.arn.to_string()));
    }
    if created.was_there && !is_same(&wanted, &created) {
        return Err(AwsError::StateMachineAlreadyExists(machine.arn.to_string()));
    }
    let mut answer = json!({"stateMachineArn": machine.arn.as_str(), "creationDate": seconds(machine.created_ms)});
    if let Some(version) = &created.version {
        answer["stateMachineVersionArn"] = machine.arn.version(version.number).into();
    }
    Ok(answer)
}

/// Role and tags are not compared (API-105).
fn is_same(wanted: &CreateMachine, created: &Created) -> bool {
    let present = &created.machine;
    let version = created.version.as_ref().map(|version| Publish {
        description: version.description.clone(),
    });
    wanted.publish == version
        && wanted.definition == present.definition
        && wanted.machine_type == present.machine_type
        && Settings::read(&wanted.settings) == Settings::read(&present.settings)
}
