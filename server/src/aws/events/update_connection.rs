//! UpdateConnection.

use super::super::error::AwsError;
use super::super::shape::{Member, Shape, optional, required};
use super::authorized;
use super::shapes::{AUTH_PARAMETERS, AUTHORIZATION, DESCRIPTION, NAME, check_connectivity};
use crate::app::App;
use crate::connections::{Authorization, Wanted};
use serde::Deserialize;
use serde_json::Value;

pub(super) const INPUT: &[Member] = &[
    required("Name", NAME),
    optional("AuthorizationType", AUTHORIZATION),
    optional("AuthParameters", AUTH_PARAMETERS),
    optional("Description", DESCRIPTION),
    optional("InvocationConnectivityParameters", Shape::Structure(&[])),
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Request {
    name: String,
    authorization_type: Option<Authorization>,
    auth_parameters: Option<Value>,
    description: Option<String>,
    invocation_connectivity_parameters: Option<Value>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    check_connectivity(request.invocation_connectivity_parameters.as_ref())?;
    let wanted = Wanted {
        name: request.name,
        description: request.description,
        authorization: request.authorization_type,
        parameters: request.auth_parameters,
    };
    let updated = app.connections.update(wanted, app.engine.now_ms()).await?;
    Ok(authorized(&updated))
}
