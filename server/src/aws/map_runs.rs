//! What the operations on map runs have in common.

use super::AwsError;
use crate::app::App;
use crate::arn::MapRunArn;
use crate::store::{ExecutionStatus, ExecutionSummary, MapRun};
use asl::machine::map_run::{Plan, Progress, Status};
use serde::de::DeserializeOwned;

/// The status of a child that waits to be redriven.
pub(super) const PENDING_REDRIVE: &str = "PENDING_REDRIVE";

/// The map run of this ARN, or AWS's refusal.
pub(super) async fn existing(app: &App, arn: &MapRunArn) -> Result<MapRun, AwsError> {
    let found = app.store.map_run(arn).await?;
    found.ok_or_else(|| AwsError::ResourceNotFound(arn.to_string()))
}

/// How far a map run is.
pub(super) fn progress(map_run: &MapRun) -> Result<Progress, AwsError> {
    read(&map_run.progress)
}

/// What a map run was told.
pub(super) fn plan(map_run: &MapRun) -> Result<Plan, AwsError> {
    read(&map_run.plan)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, AwsError> {
    serde_json::from_str(text)
        .map_err(|error| AwsError::Internal(format!("A map run cannot be read: {error}")))
}

/// AWS's name of an execution's status. The child of a map run that waits to be redriven, because its number is not below
/// `waiting_from`, says so (RED-06).
pub(super) fn execution_status(
    execution: &ExecutionSummary,
    waiting_from: Option<u32>,
) -> &'static str {
    let status = execution.status;
    let waits = match (status, &execution.child_of, waiting_from) {
        (
            ExecutionStatus::Failed | ExecutionStatus::TimedOut | ExecutionStatus::Aborted,
            Some(child),
            Some(from),
        ) => child.child >= from,
        _ => false,
    };
    if waits {
        PENDING_REDRIVE
    } else {
        status.name()
    }
}

/// AWS's name of a status (feature map, API-115).
pub(super) fn status_name(status: Status) -> &'static str {
    match status {
        Status::Running => "RUNNING",
        Status::Succeeded => "SUCCEEDED",
        Status::Failed => "FAILED",
        Status::Aborted => "ABORTED",
    }
}
