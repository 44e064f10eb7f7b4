//! The state machines that loads run.

use crate::LoadError;
use crate::client::{Client, text};
use serde_json::{Map, Value, json};

const ROLE: &str = "arn:aws:iam::123456789012:role/load";

/// So many Pass states in a row.
pub(crate) fn chain(states: usize) -> Value {
    let state = |number: usize| {
        let next = if number == states {
            json!({"Type": "Pass", "End": true})
        } else {
            json!({"Type": "Pass", "Next": format!("S{}", number + 1)})
        };
        (format!("S{number}"), next)
    };
    let states: Map<String, Value> = (1..=states).map(state).collect();
    json!({"StartAt": "S1", "States": states})
}

/// One Wait state of so many seconds.
pub(crate) fn wait(seconds: u64) -> Value {
    json!({"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": seconds, "End": true}}})
}

/// One Wait state of as many seconds as the input's `seconds` says.
pub(crate) fn wait_as_told() -> Value {
    json!({"StartAt": "W", "States": {"W": {"Type": "Wait", "SecondsPath": "$.seconds", "End": true}}})
}

/// A loop that goes on until its history is as long as one may be.
pub(crate) fn endless() -> Value {
    json!({"StartAt": "Again", "States": {
        "Again": {"Type": "Pass", "Next": "Once more"},
        "Once more": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 0, "Next": "End"}], "Default": "Again"},
        "End": {"Type": "Succeed"},
    }})
}

/// Creates a machine and gives its ARN.
pub(crate) async fn create(
    client: &mut Client,
    name: &str,
    definition: &Value,
    kind: &str,
) -> Result<String, LoadError> {
    let body =
        json!({"name": name, "definition": definition.to_string(), "type": kind, "roleArn": ROLE});
    let answer = client.ask("CreateStateMachine", &body).await?;
    text(&answer, "stateMachineArn")
}
