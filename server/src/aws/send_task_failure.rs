//! SendTaskFailure.

use super::AwsError;
use super::failures::of_answer;
use super::limits::{CAUSE, ERROR, TASK_TOKEN};
use super::shape::{Member, optional, required};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("taskToken", TASK_TOKEN),
    optional("error", ERROR),
    optional("cause", CAUSE),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    task_token: String,
    error: Option<String>,
    cause: Option<String>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let taken = app
        .engine
        .task_failure(&request.task_token, request.error, request.cause)
        .await;
    taken.map_err(|error| of_answer(&error, &request.task_token))?;
    Ok(json!({}))
}
