//! ListTagsForResource.

use super::arn::taggable;
use super::limits::ARN;
use super::shape::{Member, required};
use super::tag_resource::existing;
use super::{AwsError, tags};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("resourceArn", ARN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    resource_arn: String,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let found = existing(app, &taggable(&request.resource_arn)?).await?;
    Ok(json!({"tags": tags::to_wire(&found)}))
}
