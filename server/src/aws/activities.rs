//! What several operations on activities share.

use super::error::AwsError;
use crate::app::App;
use crate::arn::ActivityArn;
use crate::store::Activity;

/// The activity of this ARN, or AWS's refusal.
pub(super) async fn existing(app: &App, arn: &ActivityArn) -> Result<Activity, AwsError> {
    let found = app.store.activity(arn).await?;
    found.ok_or_else(|| AwsError::ActivityDoesNotExist(arn.to_string()))
}
