//! DescribeActivity.

use super::activities::existing;
use super::limits::ARN;
use super::settings::Encryption;
use super::shape::{Member, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("activityArn", ARN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    activity_arn: String,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let activity = existing(app, &arn::activity(&request.activity_arn)?).await?;
    Ok(json!({
        "activityArn": activity.arn.as_str(),
        "name": activity.name,
        "creationDate": seconds(activity.created_ms),
        "encryptionConfiguration": Encryption::default(),
    }))
}
