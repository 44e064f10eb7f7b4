//! Tags in requests and answers (API-915).

use super::error::AwsError;
use super::limits::MAX_TAGS;
use crate::store::Tags;
use serde::Deserialize;
use serde_json::{Value, json};

/// A tag in a request.
#[derive(Debug, Deserialize)]
pub(super) struct Tag {
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    value: Option<String>,
}

/// The tags of a request: of two with the same key the last wins (recorded).
pub(super) fn read(tags: Option<Vec<Tag>>) -> Result<Tags, AwsError> {
    let mut read = Tags::new();
    for (at, tag) in tags.unwrap_or_default().into_iter().enumerate() {
        let Some(key) = tag.key else {
            return Err(AwsError::Validation(format!(
                "1 validation error detected: Value null at 'tags.{}.member.key' failed to satisfy constraint: Member must not be null",
                at + 1
            )));
        };
        read.insert(key, tag.value.unwrap_or_default());
    }
    Ok(read)
}

/// Refuses more tags than a resource may have.
pub(super) fn check_count(count: usize, arn: &str) -> Result<(), AwsError> {
    if count > MAX_TAGS {
        Err(AwsError::TooManyTags(arn.to_owned()))
    } else {
        Ok(())
    }
}

/// Tags as ListTagsForResource answers them.
pub(super) fn to_wire(tags: &Tags) -> Value {
    tags.iter()
        .map(|(key, value)| json!({"key": key, "value": value}))
        .collect()
}
