//! DeleteStateMachine.

use super::limits::ARN;
use super::shape::{Member, required};
use super::{AwsError, arn};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("stateMachineArn", ARN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_arn: String,
}

/// Deletes a machine, at once or when its last execution has ended (API-108); one that does not exist counts as deleted
/// (recorded).
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    app.engine
        .delete_machine(&arn::machine(&request.state_machine_arn)?)
        .await?;
    Ok(json!({}))
}
