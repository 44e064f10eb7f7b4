//! GetActivityTask: hands tasks to workers, and only to workers.

use super::limits::{ARN, NAME};
use super::shape::{Member, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("activityArn", ARN), optional("workerName", NAME)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    activity_arn: String,
    worker_name: Option<String>,
}

/// Waits up to a minute for a task (API-112); an answer without a token says that none came.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let activity = arn::activity(&request.activity_arn)?;
    let task = app
        .engine
        .poll_activity(&activity, request.worker_name)
        .await?;
    Ok(task.map_or_else(
        || json!({}),
        |task| json!({"taskToken": task.token, "input": task.input.as_ref()}),
    ))
}
