//! UpdateMapRun: concurrency and thresholds of a map run that is under way.

use super::limits::LONG_ARN;
use super::map_runs::{existing, progress};
use super::shape::{Member, Shape, optional, required};
use super::{AwsError, arn};
use crate::app::App;
use asl::machine::map_run::{Status, Update};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("mapRunArn", LONG_ARN),
    optional(
        "maxConcurrency",
        Shape::Integer {
            min: 0,
            max: i64::MAX,
        },
    ),
    optional(
        "toleratedFailurePercentage",
        Shape::Number { min: 0, max: 100 },
    ),
    optional(
        "toleratedFailureCount",
        Shape::Integer {
            min: 0,
            max: i64::MAX,
        },
    ),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    map_run_arn: String,
    max_concurrency: Option<u64>,
    tolerated_failure_percentage: Option<f64>,
    tolerated_failure_count: Option<u64>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let map_run = existing(app, &arn::map_run(&request.map_run_arn)?).await?;
    if progress(&map_run)?.status() != Status::Running {
        return Err(AwsError::MapRunCompleted(map_run.arn.to_string()));
    }
    let update = Update {
        max_concurrency: request
            .max_concurrency
            .map(|most| u32::try_from(most).unwrap_or(u32::MAX)),
        tolerated_failure_count: request.tolerated_failure_count,
        tolerated_failure_percentage: request.tolerated_failure_percentage,
    };
    app.engine.update_map_run(map_run.id, update);
    Ok(json!({}))
}
