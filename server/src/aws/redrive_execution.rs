//! RedriveExecution: an unsuccessful execution goes on from where it failed (feature map, RED-01 to RED-05).

use super::limits::{ARN, CLIENT_TOKEN};
use super::shape::{Member, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("executionArn", ARN),
    optional("clientToken", CLIENT_TOKEN),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    execution_arn: String,
    client_token: Option<String>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let execution = arn::execution(&request.execution_arn)?;
    let redriven_ms = app
        .engine
        .redrive_execution(&execution, request.client_token)
        .await?;
    Ok(json!({"redriveDate": seconds(redriven_ms)}))
}
