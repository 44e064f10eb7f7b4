//! StopExecution.

use super::limits::{ARN, CAUSE, ERROR};
use super::shape::{Member, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("executionArn", ARN),
    optional("error", ERROR),
    optional("cause", CAUSE),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    execution_arn: String,
    error: Option<String>,
    cause: Option<String>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let execution = arn::execution(&request.execution_arn)?;
    let stopped_ms = app
        .engine
        .stop_execution(&execution, request.error, request.cause)
        .await?;
    Ok(json!({"stopDate": seconds(stopped_ms)}))
}
