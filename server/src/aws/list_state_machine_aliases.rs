//! ListStateMachineAliases: those of a machine, or those that lead to one of its versions; oldest first (recorded).

use super::describe_state_machine::runnable;
use super::limits::{ARN, PAGE_SIZE, PAGE_TOKEN};
use super::shape::{Member, optional, required};
use super::{AwsError, arn, page};
use crate::app::App;
use crate::arn::Qualifier;
use crate::store::MachineStatus;
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

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let target = arn::target(&request.state_machine_arn)?;
    let text = target.to_string();
    let version = match &target.qualifier {
        None => None,
        Some(Qualifier::Version(number)) => Some(*number),
        Some(Qualifier::Alias(_)) => {
            let why = format!("Not the ARN of a state machine or of one of its versions: {text}");
            return Err(AwsError::InvalidArn(why));
        }
    };
    if runnable(app, &target).await?.status == MachineStatus::Deleting {
        return Err(AwsError::StateMachineDeleting(target.machine.to_string()));
    }
    let purpose = ["ListStateMachineAliases", &text];
    let from = request
        .next_token
        .as_deref()
        .map(|token| page::number(&purpose, token))
        .transpose()?;
    let length = page::length(request.max_results);
    let machine = &target.machine;
    let found = app.store.aliases(machine, version, from, length).await?;
    let aliases: Vec<Value> = found
        .aliases
        .iter()
        .map(|alias| {
            json!({
                "stateMachineAliasArn": machine.alias(&alias.name),
                "creationDate": seconds(alias.created_ms),
            })
        })
        .collect();
    let mut answer = json!({"stateMachineAliases": aliases});
    if let Some(next) = found.next {
        answer["nextToken"] = page::token(&purpose, &next.to_string()).into();
    }
    Ok(answer)
}
