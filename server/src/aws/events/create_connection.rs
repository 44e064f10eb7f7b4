//! CreateConnection.

use super::super::error::AwsError;
use super::super::shape::{Member, Shape, optional, required};
use super::shapes::{
    AUTH_PARAMETERS, AUTHORIZATION, DESCRIPTION, NAME, check_connectivity, check_name,
};
use super::summary;
use crate::app::App;
use crate::connections::{Authorization, Wanted};
use serde::Deserialize;
use serde_json::Value;

pub(super) const INPUT: &[Member] = &[
    required("Name", NAME),
    required("AuthorizationType", AUTHORIZATION),
    required("AuthParameters", AUTH_PARAMETERS),
    optional("Description", DESCRIPTION),
    optional("InvocationConnectivityParameters", Shape::Structure(&[])),
];

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Request {
    name: String,
    authorization_type: Authorization,
    auth_parameters: Value,
    description: Option<String>,
    invocation_connectivity_parameters: Option<Value>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    check_name(&request.name)?;
    check_connectivity(request.invocation_connectivity_parameters.as_ref())?;
    let authorization = request.authorization_type;
    let wanted = Wanted {
        name: request.name,
        description: request.description,
        authorization: Some(authorization),
        parameters: Some(request.auth_parameters),
    };
    let created = app
        .connections
        .create(wanted, authorization, app.engine.now_ms())
        .await?;
    Ok(summary(&created))
}
