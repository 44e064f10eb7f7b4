//! StartSyncExecution (feature map, API-104): runs an Express machine and answers when it has ended, whether well or not.
//! The refusals come in AWS's order.

use super::describe_state_machine::{IncludedData, runnable};
use super::limits::{ARN, DATA, INCLUDED_DATA, NAME, TRACE_HEADER, check_name};
use super::shape::{Member, optional, required};
use super::start_execution::check_input;
use super::{AwsError, arn};
use crate::app::App;
use crate::engine::{ExpressEnded, StartRequest};
use crate::time::seconds;
use asl::check::MachineType;
use asl::machine::Finish;
use serde::Deserialize;
use serde_json::{Value, json};

/// AWS bills Express executions in steps of this many milliseconds (API-104).
const BILLED_STEP_MS: i64 = 100;
/// What AWS bills at least, in megabytes (API-104).
const BILLED_MEMORY_MB: i64 = 64;

pub(super) const INPUT: &[Member] = &[
    required("stateMachineArn", ARN),
    optional("name", NAME),
    optional("input", DATA),
    optional("traceHeader", TRACE_HEADER),
    optional("includedData", INCLUDED_DATA),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_arn: String,
    name: Option<String>,
    input: Option<String>,
    trace_header: Option<String>,
    included_data: Option<IncludedData>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let target = arn::machine_target(&request.state_machine_arn)?;
    let machine = runnable(app, &target.target).await?;
    match machine.machine_type {
        MachineType::Standard => return Err(AwsError::StateMachineTypeNotSupported),
        MachineType::Express => {}
    }
    request.name.as_deref().map_or(Ok(()), check_name)?;
    let input = request.input.unwrap_or_else(|| "{}".to_owned());
    check_input(&input)?;
    let wanted = StartRequest {
        target: target.target,
        name: request.name,
        input: input.clone(),
        case: target.case,
        trace_header: request.trace_header.clone(),
    };
    let ended = app.engine.run_express(wanted).await?;
    let mut answer = metadata(machine.arn.as_str(), &ended);
    if let Some(header) = request.trace_header {
        answer["traceHeader"] = header.into();
    }
    match request.included_data.unwrap_or_default() {
        IncludedData::AllData => add_data(&mut answer, input, ended.finish),
        IncludedData::MetadataOnly => {
            answer["inputDetails"] = json!({"included": false});
            answer["outputDetails"] = json!({"included": false});
        }
    }
    Ok(answer)
}

fn metadata(machine: &str, ended: &ExpressEnded) -> Value {
    let started = &ended.started;
    let took_ms = ended.stop_ms.saturating_sub(started.start_ms).max(1);
    let billed_ms = (took_ms + BILLED_STEP_MS - 1) / BILLED_STEP_MS * BILLED_STEP_MS;
    json!({
        "executionArn": started.arn.as_str(),
        "stateMachineArn": machine,
        "name": started.name,
        "startDate": seconds(started.start_ms),
        "stopDate": seconds(ended.stop_ms),
        "status": status(&ended.finish),
        "billingDetails": {
            "billedDurationInMilliseconds": billed_ms,
            "billedMemoryUsedInMB": BILLED_MEMORY_MB,
        },
    })
}

fn status(finish: &Finish) -> &'static str {
    match finish {
        Finish::Succeeded { .. } => "SUCCEEDED",
        Finish::Failed { .. } | Finish::Aborted { .. } => "FAILED",
        Finish::TimedOut { .. } => "TIMED_OUT",
    }
}

/// A failed run has no output, and details of one all the same (recorded).
fn add_data(answer: &mut Value, input: String, finish: Finish) {
    answer["input"] = input.into();
    answer["inputDetails"] = json!({"included": true});
    answer["outputDetails"] = json!({"included": true});
    match finish {
        Finish::Succeeded { output } => answer["output"] = Value::from(&*output),
        Finish::Failed { error, cause }
        | Finish::TimedOut { error, cause }
        | Finish::Aborted { error, cause } => {
            if let Some(error) = error {
                answer["error"] = error.into();
            }
            if let Some(cause) = cause {
                answer["cause"] = cause.into();
            }
        }
    }
}
