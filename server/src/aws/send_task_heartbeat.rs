//! SendTaskHeartbeat.

use super::AwsError;
use super::limits::TASK_TOKEN;
use super::shape::{Member, required};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("taskToken", TASK_TOKEN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    task_token: String,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    app.engine.task_heartbeat(&request.task_token).await?;
    Ok(json!({}))
}
