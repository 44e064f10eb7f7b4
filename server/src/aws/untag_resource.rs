//! UntagResource.

use super::AwsError;
use super::arn::taggable;
use super::limits::{ARN, TAG_KEYS};
use super::shape::{Member, required};
use super::tag_resource::{change, existing, keep_who_answers};
use crate::app::App;
use crate::store::{ANSWERED_BY, Tags};
use serde::Deserialize;
use serde_json::Value;

pub(super) const INPUT: &[Member] = &[required("resourceArn", ARN), required("tagKeys", TAG_KEYS)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    resource_arn: String,
    tag_keys: Vec<String>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let resource = taggable(&request.resource_arn)?;
    let present = existing(app, &resource).await?;
    let remove = request.tag_keys;
    if present.contains_key(ANSWERED_BY) && remove.iter().any(|key| key == ANSWERED_BY) {
        keep_who_answers(&resource)?;
    }
    change(app, &resource, Tags::new(), remove).await
}
