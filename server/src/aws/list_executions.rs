//! ListExecutions: newest first (API-111).

use super::describe_execution::add_versions;
use super::describe_state_machine::runnable;
use super::limits::{ARN, EXECUTION_STATUS, EXECUTIONS_PAGE_TOKEN, LONG_ARN, PAGE_SIZE};
use super::shape::{Member, Shape, optional};
use super::{AwsError, arn, map_runs, page};
use crate::app::App;
use crate::arn::{MapRunArn, Target};
use crate::store::{ExecutionFilter, ExecutionPage, ExecutionStatus, ExecutionSummary, ListPlace};
use crate::time::seconds;
use asl::check::MachineType;
use serde::Deserialize;
use serde_json::{Value, json};

/// The filter that takes only executions that were redriven.
const REDRIVEN: &str = "REDRIVEN";

pub(super) const INPUT: &[Member] = &[
    optional("stateMachineArn", ARN),
    optional("statusFilter", EXECUTION_STATUS),
    optional("maxResults", PAGE_SIZE),
    optional("nextToken", EXECUTIONS_PAGE_TOKEN),
    optional("mapRunArn", LONG_ARN),
    optional("redriveFilter", Shape::OneOf(&[REDRIVEN, "NOT_REDRIVEN"])),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_arn: Option<String>,
    status_filter: Option<String>,
    max_results: Option<i64>,
    next_token: Option<String>,
    map_run_arn: Option<String>,
    redrive_filter: Option<String>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let listed = listed(app, &request).await?;
    let filter = request.status_filter.as_deref().unwrap_or_default();
    let redrive_filter = request.redrive_filter.as_deref();
    let is_pending_redrive = filter == "PENDING_REDRIVE";
    let of = match &listed {
        Listed::Machine(_) if is_pending_redrive => {
            let text = "The status filter PENDING_REDRIVE can only be used with a Map Run";
            return Err(AwsError::Validation(text.into()));
        }
        Listed::Machine(target) => target.to_string(),
        Listed::MapRun(map_run) => map_run.to_string(),
    };
    let purpose = [
        "ListExecutions",
        &of,
        filter,
        redrive_filter.unwrap_or_default(),
    ];
    let from = request
        .next_token
        .as_deref()
        .map(|token| place(&purpose, token))
        .transpose()?;
    // Nothing waits to be redriven here.
    let found = if is_pending_redrive {
        ExecutionPage::default()
    } else {
        let wanted = ExecutionFilter {
            status: ExecutionStatus::parse(filter),
            redriven: redrive_filter.map(|filter| filter == REDRIVEN),
            ..listed.filter()
        };
        app.store
            .executions(wanted, from, page::length(request.max_results))
            .await?
    };
    let executions: Vec<Value> = found.executions.iter().map(item).collect();
    let mut answer = json!({"executions": executions});
    if let Some(next) = found.next {
        answer["nextToken"] = page::token(&purpose, &format!("{} {}", next.at_ms, next.id)).into();
    }
    Ok(answer)
}

/// Where a page begins.
fn place(purpose: &[&str], token: &str) -> Result<ListPlace, AwsError> {
    let position = page::position(purpose, token)?;
    let (at_ms, id) = position.split_once(' ').ok_or(AwsError::InvalidToken)?;
    let number = |text: &str| text.parse().map_err(|_| AwsError::InvalidToken);
    Ok(ListPlace {
        at_ms: number(at_ms)?,
        id: number(id)?,
    })
}

/// Whose executions are asked for.
enum Listed {
    /// Those of a Standard machine, or of one of its versions or aliases.
    Machine(Target),
    /// The children of a map run.
    MapRun(MapRunArn),
}

impl Listed {
    fn filter(&self) -> ExecutionFilter {
        let (target, map_run) = match self {
            Self::Machine(target) => (Some(target.clone()), None),
            Self::MapRun(map_run) => (None, Some(map_run.clone())),
        };
        ExecutionFilter {
            target,
            map_run,
            ..ExecutionFilter::default()
        }
    }
}

async fn listed(app: &App, request: &Request) -> Result<Listed, AwsError> {
    match (&request.state_machine_arn, &request.map_run_arn) {
        (Some(text), None) => {
            let target = arn::target(text)?;
            match runnable(app, &target).await?.machine_type {
                MachineType::Standard => Ok(Listed::Machine(target)),
                MachineType::Express => Err(AwsError::StateMachineTypeNotSupported),
            }
        }
        (None, Some(text)) => {
            let map_run = map_runs::existing(app, &arn::map_run(text)?).await?;
            Ok(Listed::MapRun(map_run.arn))
        }
        (None, None) | (Some(_), Some(_)) => Err(AwsError::Validation(
            "Exactly one of 'stateMachineArn' and 'mapRunArn' must be specified".into(),
        )),
    }
}

fn item(execution: &ExecutionSummary) -> Value {
    let mut item = json!({
        "executionArn": execution.arn.as_str(),
        "stateMachineArn": execution.machine_arn.as_str(),
        "name": execution.arn.name(),
        "status": execution.status.name(),
        "startDate": seconds(execution.start_ms),
        "redriveCount": execution.redrive_count,
    });
    if let Some(redrive_ms) = execution.redrive_ms {
        item["redriveDate"] = seconds(redrive_ms);
    }
    if let Some(stop_ms) = execution.stop_ms {
        item["stopDate"] = seconds(stop_ms);
    }
    if let Some((map_run, items)) = &execution.child_of {
        item["mapRunArn"] = map_run.as_str().into();
        item["itemCount"] = (*items).into();
    }
    add_versions(&mut item, execution);
    item
}
