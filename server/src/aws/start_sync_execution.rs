//! StartSyncExecution: refused, since this server runs no Express machines. The refusals come in AWS's order.

use super::describe_state_machine::existing;
use super::limits::{ARN, DATA, INCLUDED_DATA, NAME, TRACE_HEADER, check_name};
use super::shape::{Member, optional, required};
use super::start_execution::check_input;
use super::{AwsError, arn};
use crate::app::App;
use asl::check::MachineType;
use serde::Deserialize;
use serde_json::Value;

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
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let target = arn::machine_target(&request.state_machine_arn)?;
    let machine = existing(app, &target.machine).await?;
    match machine.machine_type {
        MachineType::Standard => Err(AwsError::StateMachineTypeNotSupported),
        MachineType::Express => {
            request.name.as_deref().map_or(Ok(()), check_name)?;
            request.input.as_deref().map_or(Ok(()), check_input)?;
            Err(AwsError::ExpressNotRun(machine.arn.to_string()))
        }
    }
}
