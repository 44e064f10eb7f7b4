//! DescribeMapRun.

use super::limits::LONG_ARN;
use super::map_runs::{existing, plan, progress, status_name};
use super::shape::{Member, required};
use super::{AwsError, arn};
use crate::app::App;
use crate::time::seconds;
use asl::machine::map_run::Counts;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[required("mapRunArn", LONG_ARN)];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    map_run_arn: String,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let map_run = existing(app, &arn::map_run(&request.map_run_arn)?).await?;
    let (plan, progress) = (plan(&map_run)?, progress(&map_run)?);
    let settings = progress.settings();
    let mut answer = json!({
        "mapRunArn": map_run.arn.as_str(),
        "executionArn": map_run.execution.as_str(),
        "status": status_name(progress.status()),
        "startDate": seconds(map_run.start_ms),
        "maxConcurrency": settings.shown_concurrency(),
        "toleratedFailurePercentage": settings.tolerance.percentage.unwrap_or(0.0),
        "toleratedFailureCount": settings.tolerance.count.unwrap_or(0),
        "itemCounts": counts(&progress.item_counts()),
        "executionCounts": counts(&plan.execution_counts(&progress)),
        "redriveCount": progress.redrive_count(),
    });
    if let Some(redriven_ms) = progress.redriven_ms() {
        answer["redriveDate"] = seconds(redriven_ms);
    }
    if let Some(stop_ms) = map_run.stop_ms {
        answer["stopDate"] = seconds(stop_ms);
    }
    Ok(answer)
}

fn counts(counts: &Counts) -> Value {
    json!({
        "pending": counts.pending,
        "running": counts.running,
        "succeeded": counts.succeeded,
        "failed": counts.failed,
        "timedOut": counts.timed_out,
        "aborted": counts.aborted,
        "total": counts.total,
        "resultsWritten": counts.results_written,
        "failuresNotRedrivable": counts.failures_not_redrivable,
        "pendingRedrive": counts.pending_redrive,
    })
}
