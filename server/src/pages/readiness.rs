//! `GET /api/machines/{machine}/readiness`: which tasks something serves, and why not.

use super::extract::Names;
use super::failure::Failure;
use crate::app::App;
use crate::connectors::TaskReadiness;
use crate::store::Machine;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

/// Every task of the machine, in the order of the text.
pub(crate) async fn readiness(
    State(app): State<Arc<App>>,
    Names(name): Names<String>,
) -> Result<Json<Value>, Failure> {
    let machine = machine(&app, &name).await?;
    let tasks = app.engine.readiness(&machine.definition).await?;
    let tasks: Vec<Value> = tasks.iter().map(to_json).collect();
    Ok(Json(json!({"tasks": tasks})))
}

/// The machine of this name.
pub(super) async fn machine(app: &App, name: &str) -> Result<Machine, Failure> {
    let found = app.store.machine(&app.config.home.machine(name)).await?;
    found
        .ok_or_else(|| Failure::not_found(format!("There is no deployed pipeline named '{name}'.")))
}

fn to_json(task: &TaskReadiness) -> Value {
    let (served, by, reason) = match &task.served {
        Ok(by) => (true, Some(by), None),
        Err(reason) => (false, None, Some(reason)),
    };
    json!({"state": task.state, "resource": task.resource, "served": served, "by": by, "reason": reason})
}
