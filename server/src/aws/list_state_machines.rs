//! ListStateMachines.

use super::limits::{PAGE_SIZE, PAGE_TOKEN};
use super::shape::{Member, optional};
use super::{AwsError, page};
use crate::app::App;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    optional("maxResults", PAGE_SIZE),
    optional("nextToken", PAGE_TOKEN),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    max_results: Option<i64>,
    next_token: Option<String>,
}

const PURPOSE: &[&str] = &["ListStateMachines"];

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let after = request
        .next_token
        .map(|token| page::position(PURPOSE, &token))
        .transpose()?;
    let found = app
        .store
        .machines(after, page::length(request.max_results))
        .await?;
    let machines: Vec<Value> = found
        .machines
        .iter()
        .map(|machine| {
            json!({
                "stateMachineArn": machine.arn.as_str(),
                "name": machine.name,
                "type": machine.machine_type,
                "creationDate": seconds(machine.created_ms),
            })
        })
        .collect();
    let mut answer = json!({"stateMachines": machines});
    if let Some(next) = found.next {
        answer["nextToken"] = page::token(PURPOSE, &next).into();
    }
    Ok(answer)
}
