//! DeleteConnection.

use super::super::error::AwsError;
use super::super::shape::{Member, required};
use super::authorized;
use super::shapes::NAME;
use crate::app::App;
use crate::connections::ConnectionError;
use serde::Deserialize;
use serde_json::Value;

pub(super) const INPUT: &[Member] = &[required("Name", NAME)];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Request {
    name: String,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let deleted = app.store.delete_connection(&request.name).await?;
    let deleted = deleted.ok_or(ConnectionError::DoesNotExist(request.name))?;
    let mut answer = authorized(&deleted);
    answer["ConnectionState"] = "DELETING".into();
    Ok(answer)
}
