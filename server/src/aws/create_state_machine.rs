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
use crate::store::{CreateMachine, Machine};
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
    /// Refuses a description without a version (API-107), and versions, which this server does not keep.
    pub(super) fn check(&self) -> Result<(), AwsError> {
        match (self.publish, &self.version_description) {
            (Some(true), _) => Err(AwsError::Validation(
                "This server does not keep versions of state machines. Leave 'publish' out".into(),
            )),
            (_, Some(_)) => Err(AwsError::Validation(
                "Version description can only be set when publish is true".into(),
            )),
            (_, None) => Ok(()),
        }
    }
}

/// Creates a machine. Asked again with the same settings, it answers as before (API-105).
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    check_name(&request.name)?;
    request.version.check()?;
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
    };
    let (machine, created) = app
        .store
        .create_machine(wanted.clone(), app.engine.now_ms())
        .await?;
    if !created && !is_same(&wanted, &machine) {
        return Err(AwsError::StateMachineAlreadyExists(machine.arn.to_string()));
    }
    Ok(
        json!({"stateMachineArn": machine.arn.as_str(), "creationDate": seconds(machine.created_ms)}),
    )
}

/// Role and tags are not compared (API-105).
fn is_same(wanted: &CreateMachine, present: &Machine) -> bool {
    wanted.definition == present.definition
        && wanted.machine_type == present.machine_type
        && Settings::read(&wanted.settings) == Settings::read(&present.settings)
}
