//! SendTaskHeartbeat.

use super::AwsError;
use super::failures::of_answer;
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
    let taken = app.engine.task_heartbeat(&request.task_token).await;
    taken.map_err(|error| of_answer(&error, &request.task_token))?;
    Ok(json!({}))
}
