//! UpdateStateMachineAlias (feature map, VER-05 and 08).

use super::aliases::{self, Route};
use super::limits::{ALIAS_DESCRIPTION, ARN, ROUTES};
use super::shape::{Member, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::arn::MachineArn;
use crate::store::{AliasChange, Routes};
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("stateMachineAliasArn", ARN),
    optional("description", ALIAS_DESCRIPTION),
    optional("routingConfiguration", ROUTES),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_alias_arn: String,
    description: Option<String>,
    routing_configuration: Option<Vec<Route>>,
}

/// Changes an alias; the next start already follows it. What changes nothing answers with the date of the last change.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let (machine, name) = arn::alias(&request.state_machine_alias_arn)?;
    if request.description.is_none() && request.routing_configuration.is_none() {
        return Err(AwsError::Validation(
            "Either 'description' or 'routingConfiguration' must be specified".into(),
        ));
    }
    let change = AliasChange {
        description: request.description,
        routes: routes(&machine, request.routing_configuration.as_deref())?,
    };
    let now_ms = app.engine.now_ms();
    let updated = app
        .store
        .update_alias(&machine, &name, change, now_ms)
        .await?;
    let alias = updated.map_err(|why| aliases::not_written(&why, &machine, &name))?;
    Ok(json!({"updateDate": seconds(alias.updated_ms)}))
}

/// Where the alias is to lead; versions of another machine are refused.
fn routes(machine: &MachineArn, given: Option<&[Route]>) -> Result<Option<Routes>, AwsError> {
    let Some(given) = given else {
        return Ok(None);
    };
    let (of, routes) = aliases::read(given)?;
    if of == *machine {
        return Ok(Some(routes));
    }
    Err(AwsError::InvalidRouting(format!(
        "Routing configuration must contain versions of the alias's state machine '{machine}'. Received versions of '{of}'"
    )))
}
