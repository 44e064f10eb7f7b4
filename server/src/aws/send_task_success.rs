//! SendTaskSuccess.

use super::AwsError;
use super::failures::{check_form, of_answer};
use super::json_text;
use super::limits::{DATA, MAX_DATA, TASK_TOKEN};
use super::shape::{Member, required};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("taskToken", TASK_TOKEN), required("output", DATA)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    task_token: String,
    output: String,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    check_form(&request.task_token)?;
    if request.output.len() > MAX_DATA {
        let text = format!("The output is longer than {MAX_DATA} bytes");
        return Err(AwsError::InvalidOutput(text));
    }
    json_text::check(&request.output)
        .map_err(|fault| AwsError::InvalidOutput(fault.to_string()))?;
    let taken = app
        .engine
        .task_success(&request.task_token, request.output)
        .await;
    taken.map_err(|error| of_answer(&error, &request.task_token))?;
    Ok(json!({}))
}
