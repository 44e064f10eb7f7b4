//! StartExecution, also on sample results (`<machine ARN>#<case>`). An Express machine runs in memory, and is not heard
//! of again.

use super::dispatch::read;
use super::integration::request_of;
use super::limits::{ARN, DATA, MAX_DATA, NAME, TRACE_HEADER, check_name};
use super::shape::{Member, optional, required};
use super::{AwsError, arn, json_text};
use crate::app::App;
use crate::engine::{StartError, StartRequest};
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("stateMachineArn", ARN),
    optional("name", NAME),
    optional("input", DATA),
    optional("traceHeader", TRACE_HEADER),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_arn: String,
    name: Option<String>,
    input: Option<String>,
    trace_header: Option<String>,
}

/// What a task that starts an execution asks for, judged as a request would be. A parameter that is `null` is left out, and
/// an input that is no text is written as JSON (asl-rules 18).
pub(crate) fn start_request(parameters: &Value) -> Result<StartRequest, AwsError> {
    wanted(read(request_of(parameters, INPUT), INPUT)?)
}

fn wanted(request: Request) -> Result<StartRequest, AwsError> {
    let target = arn::machine_target(&request.state_machine_arn)?;
    if let Some(name) = &request.name {
        check_name(name)?;
    }
    let input = request.input.unwrap_or_else(|| "{}".to_owned());
    check_input(&input)?;
    Ok(StartRequest {
        target: target.target,
        name: request.name,
        input,
        case: target.case,
        trace_header: request.trace_header,
    })
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let wanted = wanted(request)?;
    let (arn, start_ms) = match app.engine.start_execution(wanted.clone()).await {
        Err(StartError::Express(_)) => {
            let started = app.engine.start_express(wanted).await?;
            (started.arn.to_string(), started.start_ms)
        }
        started => started.map(|started| (started.arn.to_string(), started.start_ms))?,
    };
    Ok(json!({"executionArn": arn, "startDate": seconds(start_ms)}))
}

/// Refuses an input that is no JSON or too long (API-901).
pub(super) fn check_input(input: &str) -> Result<(), AwsError> {
    if input.trim().is_empty() {
        return Err(AwsError::InvalidExecutionInput(
            "Invalid execution input.".into(),
        ));
    }
    if input.len() > MAX_DATA {
        let text = format!("The input is longer than {MAX_DATA} bytes");
        return Err(AwsError::InvalidExecutionInput(text));
    }
    json_text::check(input).map_err(|fault| AwsError::InvalidExecutionInput(fault.to_string()))
}
