//! Versions, aliases and tags of a deployed pipeline, under AWS's own names (feature map, VER-01 to 08).

use super::ApiError;
use super::aws::call;
use crate::drafts::Tag;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The number of a version, or the name of an alias: the end of its ARN.
pub fn number_of(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

/// Where an alias leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    /// The version's ARN.
    pub state_machine_version_arn: String,
    /// How many of a hundred runs get it.
    pub weight: u8,
}

/// DescribeStateMachineAlias.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alias {
    /// Its ARN.
    pub state_machine_alias_arn: String,
    /// Its name.
    pub name: String,
    /// What is said about it.
    #[serde(default)]
    pub description: Option<String>,
    /// Where it leads: one version or two.
    pub routing_configuration: Vec<Route>,
}

/// The description of a version, by DescribeStateMachine without its definition.
pub async fn version_description(version: &str) -> Result<Option<String>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(default)]
        description: Option<String>,
    }
    let input = json!({"stateMachineArn": version, "includedData": "METADATA_ONLY"});
    let answer: Answer = call("DescribeStateMachine", input).await?;
    Ok(answer.description.filter(|words| !words.is_empty()))
}

/// PublishStateMachineVersion; gives the ARN of the version.
pub async fn publish_version(machine: &str, description: &str) -> Result<String, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        state_machine_version_arn: String,
    }
    let description = Some(description).filter(|words| !words.is_empty());
    let input = json!({"stateMachineArn": machine, "description": description});
    call::<Answer>("PublishStateMachineVersion", input)
        .await
        .map(|answer| answer.state_machine_version_arn)
}

/// ListStateMachineAliases and DescribeStateMachineAlias: all aliases of a machine, oldest first.
pub async fn list_aliases(machine: &str) -> Result<Vec<Alias>, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Item {
        state_machine_alias_arn: String,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        state_machine_aliases: Vec<Item>,
    }
    // A machine has at most a hundred.
    let input = json!({"stateMachineArn": machine, "maxResults": 1000});
    let answer: Answer = call("ListStateMachineAliases", input).await?;
    let mut all = Vec::new();
    for item in answer.state_machine_aliases {
        let input = json!({"stateMachineAliasArn": item.state_machine_alias_arn});
        all.push(call("DescribeStateMachineAlias", input).await?);
    }
    Ok(all)
}

/// CreateStateMachineAlias.
pub async fn create_alias(name: &str, routes: &[Route]) -> Result<(), ApiError> {
    let input = json!({"name": name, "routingConfiguration": routes});
    call::<Value>("CreateStateMachineAlias", input)
        .await
        .map(drop)
}

/// UpdateStateMachineAlias: leads an alias elsewhere.
pub async fn lead_alias(alias: &str, routes: &[Route]) -> Result<(), ApiError> {
    let input = json!({"stateMachineAliasArn": alias, "routingConfiguration": routes});
    call::<Value>("UpdateStateMachineAlias", input)
        .await
        .map(drop)
}

/// DeleteStateMachineAlias. One that is not there counts as deleted.
pub async fn delete_alias(alias: &str) -> Result<(), ApiError> {
    let input = json!({"stateMachineAliasArn": alias});
    match call::<Value>("DeleteStateMachineAlias", input).await {
        Err(error) if error.code() != "ResourceNotFound" => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// DeleteStateMachineVersion. One that is not there counts as deleted.
///
/// # Errors
/// `ConflictException` while an alias leads to it.
pub async fn delete_version(version: &str) -> Result<(), ApiError> {
    let input = json!({"stateMachineVersionArn": version});
    call::<Value>("DeleteStateMachineVersion", input)
        .await
        .map(drop)
}

/// ListTagsForResource.
pub async fn list_tags(resource: &str) -> Result<Vec<Tag>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(default)]
        tags: Vec<Tag>,
    }
    call::<Answer>("ListTagsForResource", json!({"resourceArn": resource}))
        .await
        .map(|answer| answer.tags)
}

/// Makes the tags of a resource these, by TagResource and UntagResource.
pub async fn set_tags(resource: &str, present: &[Tag], wanted: &[Tag]) -> Result<(), ApiError> {
    let gone: Vec<&str> = present
        .iter()
        .map(|tag| tag.key.as_str())
        .filter(|key| wanted.iter().all(|tag| tag.key != *key))
        .collect();
    let set: Vec<&Tag> = wanted.iter().filter(|tag| !present.contains(tag)).collect();
    if !gone.is_empty() {
        let input = json!({"resourceArn": resource, "tagKeys": gone});
        call::<Value>("UntagResource", input).await?;
    }
    if !set.is_empty() {
        let input = json!({"resourceArn": resource, "tags": set});
        call::<Value>("TagResource", input).await?;
    }
    Ok(())
}
