//! DescribeStateMachineAlias.

use super::limits::ARN;
use super::shape::{Member, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("stateMachineAliasArn", ARN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_alias_arn: String,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let text = request.state_machine_alias_arn;
    let (machine, name) = arn::alias(&text)?;
    let found = app.store.alias(&machine, &name).await?;
    let alias = found.ok_or(AwsError::ResourceNotFound(text))?;
    let routes: Vec<Value> = alias
        .routes
        .weights()
        .map(|(version, weight)| {
            json!({"stateMachineVersionArn": machine.version(version), "weight": weight})
        })
        .collect();
    let mut answer = json!({
        "stateMachineAliasArn": machine.alias(&name),
        "name": name,
        "routingConfiguration": routes,
        "creationDate": seconds(alias.created_ms),
        "updateDate": seconds(alias.updated_ms),
    });
    if let Some(description) = alias.description {
        answer["description"] = description.into();
    }
    Ok(answer)
}
