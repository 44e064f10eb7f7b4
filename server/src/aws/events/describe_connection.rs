//! DescribeConnection. Secrets are not shown.

use super::super::error::AwsError;
use super::super::shape::{Member, required};
use super::authorized;
use super::shapes::NAME;
use crate::app::App;
use serde::Deserialize;
use serde_json::Value;

pub(super) const INPUT: &[Member] = &[required("Name", NAME)];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Request {
    name: String,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let connection = app.connections.stored(&request.name).await?;
    let mut answer = authorized(&connection);
    answer["AuthParameters"] = serde_json::from_str(&connection.shown).unwrap_or_default();
    answer["AuthorizationType"] = connection.authorization.into();
    if let Some(description) = connection.description {
        answer["Description"] = description.into();
    }
    answer["Name"] = connection.name.into();
    Ok(answer)
}
