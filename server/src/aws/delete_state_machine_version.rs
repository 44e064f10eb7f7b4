//! DeleteStateMachineVersion (feature map, VER-03).

use super::limits::LONG_ARN;
use super::shape::{Member, required};
use super::{AwsError, arn};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("stateMachineVersionArn", LONG_ARN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_version_arn: String,
}

/// Deletes a version that no alias leads to; one that does not exist counts as deleted: the model knows no error for it.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let (machine, number) = arn::version(&request.state_machine_version_arn)?;
    let aliases = app.store.delete_version(&machine, number).await?;
    if aliases.is_empty() {
        return Ok(json!({}));
    }
    Err(AwsError::Conflict(format!(
        "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [{}]",
        aliases.join(", ")
    )))
}
