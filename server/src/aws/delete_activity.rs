//! DeleteActivity.

use super::limits::ARN;
use super::shape::{Member, required};
use super::{AwsError, arn};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("activityArn", ARN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    activity_arn: String,
}

/// Deletes an activity; one that does not exist counts as deleted.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    app.store
        .delete_activity(&arn::activity(&request.activity_arn)?)
        .await?;
    Ok(json!({}))
}
