//! TagResource.

use super::AwsError;
use super::arn::{Taggable, taggable};
use super::limits::{ARN, TAGS};
use super::shape::{Member, required};
use super::tags::{self, Tag};
use crate::app::App;
use crate::store::{ANSWERED_BY, Tags};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("resourceArn", ARN), required("tags", TAGS)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    resource_arn: String,
    tags: Option<Vec<Tag>>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let resource = taggable(&request.resource_arn)?;
    let arn = resource.as_str();
    let set = tags::read(request.tags)?;
    let present = existing(app, &resource).await?;
    if set
        .get(ANSWERED_BY)
        .is_some_and(|value| present.get(ANSWERED_BY) != Some(value))
    {
        keep_who_answers(&resource)?;
    }
    let added = set.keys().filter(|key| !present.contains_key(*key)).count();
    tags::check_count(present.len() + added, arn)?;
    change(app, &resource, set, Vec::new()).await
}

/// The tags of what exists under this ARN, or AWS's refusal.
pub(super) async fn existing(app: &App, resource: &Taggable) -> Result<Tags, AwsError> {
    let found = app.store.tags(resource.as_str()).await?;
    found.ok_or_else(|| AwsError::ResourceNotFound(resource.as_str().to_owned()))
}

/// Who answers an activity is decided when it is created: otherwise a tag would be a way round approvals.
pub(super) fn keep_who_answers(resource: &Taggable) -> Result<(), AwsError> {
    match resource {
        Taggable::Machine(_) => Ok(()),
        Taggable::Activity(_) => Err(AwsError::Validation(format!(
            "The tag '{ANSWERED_BY}' says who answers the activity. It is set when the activity is created and cannot be changed"
        ))),
    }
}

/// Sets and removes tags.
pub(super) async fn change(
    app: &App,
    resource: &Taggable,
    set: Tags,
    remove: Vec<String>,
) -> Result<Value, AwsError> {
    if app
        .store
        .change_tags(resource.as_str(), set, remove)
        .await?
    {
        return Ok(json!({}));
    }
    Err(AwsError::ResourceNotFound(resource.as_str().to_owned()))
}
