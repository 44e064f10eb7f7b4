//! ListExecutions: newest first (API-111).

use super::describe_execution::add_versions;
use super::describe_state_machine::runnable;
use super::limits::{ARN, EXECUTION_STATUS, EXECUTIONS_PAGE_TOKEN, LONG_ARN, PAGE_SIZE};
use super::map_runs::{PENDING_REDRIVE, execution_status};
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
    let status = request.status_filter.as_deref().unwrap_or_default();
    let redriven = request.redrive_filter.as_deref();
    let purpose = [
        "ListExecutions",
        &listed.name(),
        status,
        redriven.unwrap_or_default(),
    ];
    let from = request
        .next_token
        .as_deref()
        .map(|token| place(&purpose, token))
        .transpose()?;
    let found = match listed.filter(status)? {
        Some(filter) => {
            let wanted = ExecutionFilter {
                redriven: redriven.map(|filter| filter == REDRIVEN),
                ..filter
            };
            let length = page::length(request.max_results);
            app.store.executions(wanted, from, length).await?
        }
        None => ExecutionPage::default(),
    };
    let waiting_from = listed.waiting_from();
    let executions = found.executions.iter();
    let executions: Vec<Value> = executions.map(|found| item(found, waiting_from)).collect();
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
    /// The children of a map run; those without success wait to be redriven from this number on.
    MapRun(MapRunArn, Option<u32>),
}

impl Listed {
    fn name(&self) -> String {
        match self {
            Self::Machine(target) => target.to_string(),
            Self::MapRun(map_run, _) => map_run.to_string(),
        }
    }

    fn waiting_from(&self) -> Option<u32> {
        match self {
            Self::Machine(_) => None,
            Self::MapRun(_, waiting_from) => *waiting_from,
        }
    }

    /// Those with this status, or with any when it is empty; `None` when there can be none.
    fn filter(&self, status: &str) -> Result<Option<ExecutionFilter>, AwsError> {
        let is_pending = status == PENDING_REDRIVE;
        let filter = match self {
            Self::Machine(_) if is_pending => {
                let text = "The status filter PENDING_REDRIVE can only be used with a Map Run";
                return Err(AwsError::Validation(text.into()));
            }
            Self::MapRun(_, None) if is_pending => return Ok(None),
            Self::Machine(target) => ExecutionFilter {
                target: Some(target.clone()),
                ..ExecutionFilter::default()
            },
            Self::MapRun(map_run, waiting_from) => ExecutionFilter {
                map_run: Some(map_run.clone()),
                waiting: waiting_from
                    .filter(|_| !status.is_empty())
                    .map(|from| (from, is_pending)),
                ..ExecutionFilter::default()
            },
        };
        Ok(Some(ExecutionFilter {
            status: ExecutionStatus::parse(status),
            ..filter
        }))
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
            let waiting_from = map_runs::progress(&map_run)?.pending_redrive_from();
            Ok(Listed::MapRun(map_run.arn, waiting_from))
        }
        (None, None) | (Some(_), Some(_)) => Err(AwsError::Validation(
            "Exactly one of 'stateMachineArn' and 'mapRunArn' must be specified".into(),
        )),
    }
}

fn item(execution: &ExecutionSummary, waiting_from: Option<u32>) -> Value {
    let mut item = json!({
        "executionArn": execution.arn.as_str(),
        "stateMachineArn": execution.machine_arn.as_str(),
        "name": execution.arn.name(),
        "status": execution_status(execution, waiting_from),
        "startDate": seconds(execution.start_ms),
        "redriveCount": execution.redrive_count,
    });
    if let Some(redrive_ms) = execution.redrive_ms {
        item["redriveDate"] = seconds(redrive_ms);
    }
    if let Some(stop_ms) = execution.stop_ms {
        item["stopDate"] = seconds(stop_ms);
    }
    if let Some(child) = &execution.child_of {
        item["mapRunArn"] = child.map_run.as_str().into();
        item["itemCount"] = child.items.into();
    }
    add_versions(&mut item, execution);
    item
}
