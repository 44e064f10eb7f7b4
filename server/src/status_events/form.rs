//! How an event is written: EventBridge's envelope, and in it what DescribeExecution tells (feature map, 11.3).

use super::Change;
use crate::arn::Home;
use crate::engine::redrive_status;
use crate::store::{Execution, ExecutionStatus};
use crate::time::rfc3339_seconds;
use serde_json::{Value, json};

/// Input and output may be as long together when they are written as JSON strings, in bytes (feature map, 11.3).
const LONGEST: usize = 248 * 1024;

/// The event of a change. `execution` is what the store holds of the execution.
pub(super) fn event(home: &Home, id: &str, change: &Change, mut execution: Execution) -> Value {
    set_back(&mut execution, change);
    json!({
        "version": "0",
        "id": id,
        "detail-type": "Step Functions Execution Status Change",
        "source": "aws.states",
        "account": home.account_id,
        "time": rfc3339_seconds(change.at_ms),
        "region": home.region,
        "resources": [change.execution.as_str()],
        "detail": detail(&execution, change.at_ms),
    })
}

/// The execution as it was at the change: meanwhile, it may have ended or have been redriven.
fn set_back(execution: &mut Execution, change: &Change) {
    let is_running = change.status == ExecutionStatus::Running;
    let summary = &mut execution.summary;
    summary.status = change.status;
    summary.stop_ms = (!is_running).then_some(change.at_ms);
    summary.redrive_count = change.redrive_count;
    summary.redrive_ms = change.redrive_ms;
    if change.status != ExecutionStatus::Succeeded {
        execution.output = None;
    }
    let failure = change.failure.clone().unwrap_or_default();
    execution.error = failure.error.as_deref().map(str::to_owned);
    execution.cause = failure.cause.as_deref().map(str::to_owned);
    execution.leftover.has_state = change.has_state;
    execution.leftover.last_event = change.event;
}

/// What is absent is `null` here, other than in the API's answers.
fn detail(execution: &Execution, at_ms: i64) -> Value {
    let summary = &execution.summary;
    let redrive = redrive_status(execution, at_ms);
    let [(input, input_details), (output, output_details)] = payloads(execution);
    json!({
        "executionArn": summary.arn.as_str(),
        "stateMachineArn": summary.machine_arn.as_str(),
        "name": summary.arn.name(),
        "status": summary.status.name(),
        "startDate": summary.start_ms,
        "stopDate": summary.stop_ms,
        "input": input,
        "output": output,
        "stateMachineVersionArn": summary.version_arn,
        "stateMachineAliasArn": summary.alias_arn,
        "redriveCount": summary.redrive_count,
        "redriveDate": summary.redrive_ms,
        "redriveStatus": redrive.name(),
        "redriveStatusReason": redrive.reason().map(|reason| reason.to_string()),
        "inputDetails": input_details,
        "outputDetails": output_details,
        "error": execution.error,
        "cause": execution.cause,
    })
}

/// Input and output, each with its details. When they are too long together, the input is left out; an output that is too
/// long alone is left out, too.
fn payloads(execution: &Execution) -> [(Value, Value); 2] {
    let output_length = execution.output.as_deref().map_or(0, escaped_length);
    let is_output_in = output_length <= LONGEST;
    let is_input_in = output_length + escaped_length(&execution.input) <= LONGEST;
    [
        payload(Some(&execution.input), is_input_in),
        payload(execution.output.as_deref(), is_output_in),
    ]
}

fn payload(text: Option<&str>, is_included: bool) -> (Value, Value) {
    let Some(text) = text else {
        return (Value::Null, Value::Null);
    };
    let text = is_included.then_some(text);
    (json!(text), json!({"included": is_included}))
}

/// Bytes of a text that is written as a JSON string, without the quotes.
fn escaped_length(text: &str) -> usize {
    let length = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 2,
        0..=0x1f => 6,
        _ => 1,
    };
    text.bytes().map(length).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_escaped_length_is_that_of_the_text_as_it_is_written() {
        let all: String = (0..300_u32).filter_map(char::from_u32).collect();
        for text in ["", "{\"a\": \"ä\\n\"}", all.as_str()] {
            assert_eq!(escaped_length(text) + 2, json!(text).to_string().len());
        }
    }
}
