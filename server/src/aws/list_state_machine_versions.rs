//! ListStateMachineVersions: newest first.

use super::limits::{ARN, PAGE_SIZE, PAGE_TOKEN};
use super::shape::{Member, optional, required};
use super::{AwsError, arn, page};
use crate::app::App;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("stateMachineArn", ARN),
    optional("maxResults", PAGE_SIZE),
    optional("nextToken", PAGE_TOKEN),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_arn: String,
    max_results: Option<i64>,
    next_token: Option<String>,
}

/// A machine that does not exist has no versions: the model knows no error for it.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let arn = arn::target(&request.state_machine_arn)?.machine;
    let purpose = ["ListStateMachineVersions", arn.as_str()];
    let from = request
        .next_token
        .as_deref()
        .map(|token| page::number(&purpose, token))
        .transpose()?;
    let length = page::length(request.max_results);
    let found = app.store.versions(&arn, from, length).await?;
    let versions: Vec<Value> = found
        .versions
        .iter()
        .map(|version| {
            json!({
                "stateMachineVersionArn": arn.version(version.number),
                "creationDate": seconds(version.created_ms),
            })
        })
        .collect();
    let mut answer = json!({"stateMachineVersions": versions});
    if let Some(next) = found.next {
        answer["nextToken"] = page::token(&purpose, &next.to_string()).into();
    }
    Ok(answer)
}
