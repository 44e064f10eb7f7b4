//! The operations of AWS Step Functions that the studio uses, under AWS's own names.

use super::wire::{
    ExecutionDetail, MachineDetail, MachineItem, PublishedVersion, RunEvent, RunItem, RunStatus,
};
use super::{ApiError, transport, versions};
use crate::drafts::{Settings, Tag};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// The tag that makes an activity one that people answer (ARCHITECTURE.md, "Approvals").
pub const ANSWERED_BY: &str = "statecraft:answered-by";

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

pub(super) async fn call<T: DeserializeOwned>(
    operation: &str,
    input: Value,
) -> Result<T, ApiError> {
    let text = transport::aws(operation, compact(input).to_string()).await?;
    transport::read(&text)
}

/// Leaves members out that are null: AWS refuses them.
fn compact(input: Value) -> Value {
    match input {
        Value::Object(members) => {
            Value::Object(members.into_iter().filter(|(_, v)| !v.is_null()).collect())
        }
        other => other,
    }
}

/// ListStateMachines: all pages.
pub async fn list_state_machines() -> Result<Vec<MachineItem>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        state_machines: Vec<MachineItem>,
        next_token: Option<String>,
    }
    let mut all = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let page: Answer = call(
            "ListStateMachines",
            json!({"maxResults": 1000, "nextToken": next}),
        )
        .await?;
        all.extend(page.state_machines);
        next = page.next_token;
        if next.is_none() {
            return Ok(all);
        }
    }
}

/// DescribeStateMachine, also of a version.
pub async fn describe_state_machine(arn: &str) -> Result<MachineDetail, ApiError> {
    call("DescribeStateMachine", json!({"stateMachineArn": arn})).await
}

/// ListStateMachineVersions: all pages, newest first.
pub async fn list_state_machine_versions(arn: &str) -> Result<Vec<PublishedVersion>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        state_machine_versions: Vec<PublishedVersion>,
        next_token: Option<String>,
    }
    let mut all = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let input = json!({"stateMachineArn": arn, "maxResults": 1000, "nextToken": next});
        let page: Answer = call("ListStateMachineVersions", input).await?;
        all.extend(page.state_machine_versions);
        next = page.next_token;
        if next.is_none() {
            return Ok(all);
        }
    }
}

/// DescribeStateMachineForExecution: the definition that a run was started with.
pub async fn describe_state_machine_for_execution(arn: &str) -> Result<MachineDetail, ApiError> {
    call(
        "DescribeStateMachineForExecution",
        json!({"executionArn": arn}),
    )
    .await
}

/// What a machine is besides its definition: DescribeStateMachine without the definition, and ListTagsForResource.
pub async fn machine_settings(arn: &str) -> Result<Settings, ApiError> {
    let input = json!({"stateMachineArn": arn, "includedData": "METADATA_ONLY"});
    let machine: Value = call("DescribeStateMachine", input).await?;
    Ok(Settings::of_server(
        &machine,
        versions::list_tags(arn).await?,
    ))
}

/// The version that an answer names.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Published {
    #[serde(default)]
    state_machine_version_arn: Option<String>,
}

/// CreateStateMachine, with a version when one is described; gives the version's ARN.
pub async fn create_state_machine(
    name: &str,
    definition: &str,
    kind: &str,
    settings: &Settings,
    publish: Option<&str>,
) -> Result<Option<String>, ApiError> {
    let mut input = settings.wire();
    input.insert("name".into(), name.into());
    input.insert("definition".into(), definition.into());
    input.insert("type".into(), kind.into());
    if !settings.tags.is_empty() {
        let tags: Vec<Value> = settings.tags.iter().map(wire_tag).collect();
        input.insert("tags".into(), tags.into());
    }
    insert_version(&mut input, publish);
    call::<Published>("CreateStateMachine", Value::Object(input))
        .await
        .map(|answer| answer.state_machine_version_arn)
}

/// UpdateStateMachine: the definition and these members, with a version when one is described; gives the version's ARN.
pub async fn update_state_machine(
    arn: &str,
    definition: &str,
    members: Map<String, Value>,
    publish: Option<&str>,
) -> Result<Option<String>, ApiError> {
    let mut input = members;
    input.insert("stateMachineArn".into(), arn.into());
    input.insert("definition".into(), definition.into());
    insert_version(&mut input, publish);
    call::<Published>("UpdateStateMachine", Value::Object(input))
        .await
        .map(|answer| answer.state_machine_version_arn)
}

fn wire_tag(tag: &Tag) -> Value {
    json!({"key": tag.key, "value": tag.value})
}

fn insert_version(input: &mut Map<String, Value>, publish: Option<&str>) {
    let Some(description) = publish else { return };
    input.insert("publish".into(), true.into());
    if !description.is_empty() {
        input.insert("versionDescription".into(), description.into());
    }
}

/// DeleteStateMachine.
pub async fn delete_state_machine(arn: &str) -> Result<(), ApiError> {
    call::<Value>("DeleteStateMachine", json!({"stateMachineArn": arn}))
        .await
        .map(drop)
}

/// A finding of ValidateStateMachineDefinition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Finding {
    /// `ERROR` or `WARNING`.
    pub severity: String,
    /// AWS's code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// A pointer into the definition.
    #[serde(default)]
    pub location: Option<String>,
}

/// ValidateStateMachineDefinition.
pub async fn validate(definition: &str, kind: &str) -> Result<Vec<Finding>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        diagnostics: Vec<Finding>,
    }
    let input = json!({"definition": definition, "type": kind});
    call::<Answer>("ValidateStateMachineDefinition", input)
        .await
        .map(|a| a.diagnostics)
}

/// StartExecution; `machine` may end in `#case`. Gives the execution's ARN.
pub async fn start_execution(
    machine: &str,
    name: Option<&str>,
    input: &str,
) -> Result<String, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        execution_arn: String,
    }
    let input = json!({"stateMachineArn": machine, "name": name, "input": input});
    call::<Answer>("StartExecution", input)
        .await
        .map(|a| a.execution_arn)
}

/// StopExecution.
pub async fn stop_execution(arn: &str, cause: &str) -> Result<(), ApiError> {
    let input = json!({"executionArn": arn, "error": "Stopped", "cause": cause});
    call::<Value>("StopExecution", input).await.map(drop)
}

/// RedriveExecution; requests with the same token are one redrive.
pub async fn redrive_execution(arn: &str, token: &str) -> Result<(), ApiError> {
    let input = json!({"executionArn": arn, "clientToken": token});
    call::<Value>("RedriveExecution", input).await.map(drop)
}

/// A token that makes repeated requests one: 32 hexadecimal digits, unlike any other, but not secret.
pub fn client_token() -> String {
    token_of([js_sys::Math::random(), js_sys::Math::random()])
}

fn token_of([first, second]: [f64; 2]) -> String {
    format!("{:016x}{:016x}", first.to_bits(), second.to_bits())
}

/// DescribeExecution.
pub async fn describe_execution(arn: &str) -> Result<ExecutionDetail, ApiError> {
    call("DescribeExecution", json!({"executionArn": arn})).await
}

/// One page of ListExecutions, newest first.
pub async fn list_executions(
    machine: &str,
    status: Option<RunStatus>,
    size: u32,
    next: Option<String>,
) -> Result<Page<RunItem>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        executions: Vec<RunItem>,
        next_token: Option<String>,
    }
    let input = json!({
        "stateMachineArn": machine,
        "statusFilter": status.map(RunStatus::wire_name),
        "maxResults": size,
        "nextToken": next,
    });
    let answer: Answer = call("ListExecutions", input).await?;
    Ok(Page {
        items: answer.executions,
        next: answer.next_token,
    })
}

/// One page of GetExecutionHistory, oldest first, a thousand events at most.
pub async fn history_page(arn: &str, next: Option<String>) -> Result<Page<RunEvent>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        events: Vec<RunEvent>,
        next_token: Option<String>,
    }
    let input = json!({"executionArn": arn, "maxResults": 1000, "nextToken": next});
    let answer: Answer = call("GetExecutionHistory", input).await?;
    Ok(Page {
        items: answer.events,
        next: answer.next_token,
    })
}

/// CreateActivity with the tag that makes people answer it. Doing it again changes nothing.
pub async fn create_people_activity(name: &str) -> Result<(), ApiError> {
    let tags = json!([{"key": ANSWERED_BY, "value": "people"}]);
    call::<Value>("CreateActivity", json!({"name": name, "tags": tags}))
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_without_a_value_are_not_sent() {
        assert_eq!(compact(json!({"a": 1, "b": null})), json!({"a": 1}));
    }

    #[test]
    fn a_client_token_fits_what_aws_takes_and_differs_with_its_numbers() {
        let token = token_of([0.0, 0.25]);
        assert_eq!(token.len(), 32);
        assert!(token.bytes().all(|byte| byte.is_ascii_graphic()));
        assert_ne!(token, token_of([0.0, 0.5]));
    }
}
