//! CreateActivity.

use super::AwsError;
use super::limits::{ENCRYPTION, NAME, TAGS, check_name};
use super::settings::Encryption;
use super::shape::{Member, optional, required};
use super::tags::{self, Tag};
use crate::app::App;
use crate::store::ANSWERED_BY;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("name", NAME),
    optional("tags", TAGS),
    optional("encryptionConfiguration", ENCRYPTION),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    name: String,
    tags: Option<Vec<Tag>>,
    encryption_configuration: Option<Encryption>,
}

/// Creates an activity. Asked again with the same name, it answers as before and leaves the tags as they are, as AWS does.
/// The one exception is who answers it: code that counts on people must not get an activity of workers, nor the reverse.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    check_name(&request.name)?;
    if let Some(encryption) = &request.encryption_configuration {
        encryption.check()?;
    }
    let arn = app.config.home.activity(&request.name);
    let tags = tags::read(request.tags)?;
    tags::check_count(tags.len(), arn.as_str())?;
    let wanted = tags.get(ANSWERED_BY).cloned();
    let activity = app
        .store
        .create_activity(&arn, tags, app.engine.now_ms())
        .await?;
    if wanted.is_some() && activity.tags.get(ANSWERED_BY) != wanted.as_ref() {
        return Err(AwsError::ActivityAlreadyExists(arn.to_string()));
    }
    Ok(json!({"activityArn": arn.as_str(), "creationDate": seconds(activity.created_ms)}))
}
