//! DeleteStateMachineAlias.

use super::limits::ARN;
use super::shape::{Member, required};
use super::{AwsError, arn};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("stateMachineAliasArn", ARN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_alias_arn: String,
}

/// Deletes an alias; its versions stay.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let (machine, name) = arn::alias(&request.state_machine_alias_arn)?;
    if app.store.delete_alias(&machine, &name).await? {
        return Ok(json!({}));
    }
    Err(AwsError::ResourceNotFound(machine.alias(&name)))
}
