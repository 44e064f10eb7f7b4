//! CreateStateMachineAlias (feature map, VER-04 and 06).

use super::AwsError;
use super::aliases::{self, Route};
use super::limits::{ALIAS_DESCRIPTION, ALIAS_NAME, ROUTES};
use super::shape::{Member, optional, required};
use crate::app::App;
use crate::store::CreateAlias;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    optional("description", ALIAS_DESCRIPTION),
    required("name", ALIAS_NAME),
    required("routingConfiguration", ROUTES),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    description: Option<String>,
    name: String,
    routing_configuration: Vec<Route>,
}

/// Creates an alias. Asked again with the same settings, it answers as before.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let (machine, routes) = aliases::read(&request.routing_configuration)?;
    let wanted = CreateAlias {
        machine: machine.clone(),
        name: request.name.clone(),
        description: request.description,
        routes,
    };
    let created = app.store.create_alias(wanted, app.engine.now_ms()).await?;
    let alias = created.map_err(|why| aliases::not_written(&why, &machine, &request.name))?;
    Ok(json!({
        "stateMachineAliasArn": machine.alias(&alias.name),
        "creationDate": seconds(alias.created_ms),
    }))
}
