//! ListConnections, in the order of the names.

use super::super::error::AwsError;
use super::super::page;
use super::super::shape::{Member, Shape, optional};
use super::shapes::NAME;
use super::{STATE, authorized};
use crate::app::App;
use serde::Deserialize;
use serde_json::{Value, json};

/// Connections of a page when the request does not say.
const PAGE: u16 = 100;

pub(super) const INPUT: &[Member] = &[
    optional("NamePrefix", NAME),
    optional(
        "ConnectionState",
        Shape::OneOf(&[
            "CREATING",
            "UPDATING",
            "DELETING",
            "AUTHORIZED",
            "DEAUTHORIZED",
            "AUTHORIZING",
            "DEAUTHORIZING",
            "ACTIVE",
            "FAILED_CONNECTIVITY",
        ]),
    ),
    optional(
        "NextToken",
        Shape::Text {
            min: 1,
            max: 2048,
            secret: false,
        },
    ),
    optional("Limit", Shape::Integer { min: 1, max: 100 }),
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Request {
    name_prefix: Option<String>,
    connection_state: Option<String>,
    /// The name behind which the page begins.
    next_token: Option<String>,
    limit: Option<u16>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    if request.connection_state.is_some_and(|state| state != STATE) {
        return Ok(json!({"Connections": []}));
    }
    let limit = usize::from(request.limit.unwrap_or(PAGE));
    let prefix = request.name_prefix.unwrap_or_default();
    let purpose = ["ListConnections", prefix.as_str()];
    let after = request
        .next_token
        .map(|token| page::position(&purpose, &token))
        .transpose()
        .map_err(|_| AwsError::Validation("NextToken is of no such list".into()))?
        .unwrap_or_default();
    let mut found = app.store.connections(&prefix, &after, limit + 1).await?;
    let has_more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| has_more);
    let next = next.map(|connection| connection.name.clone());
    let connections = found.into_iter().map(|connection| {
        let mut shown = authorized(&connection);
        shown["Name"] = connection.name.into();
        shown["AuthorizationType"] = connection.authorization.into();
        shown
    });
    let mut answer = json!({"Connections": connections.collect::<Vec<_>>()});
    if let Some(next) = next {
        answer["NextToken"] = page::token(&purpose, &next).into();
    }
    Ok(answer)
}
