//! Tests of single states: what is refused, what comes out, and what the reply shows.

mod context;
mod definitions;
mod errors;
mod http;
mod maps;
mod mocks;
mod shapes;
mod stages;

use super::*;
use crate::machine::Moment;
use serde_json::{Value, json};

const INVOKE: &str = "arn:aws:states:::lambda:invoke";

fn moment() -> Moment {
    Moment {
        now_ms: 1_700_000_000_000,
        entropy: [7; 32],
    }
}

fn surroundings() -> Surroundings {
    Surroundings {
        region: "eu-west-1".to_owned(),
        account_id: "123456789012".to_owned(),
        machine_name: "machine".to_owned(),
        execution_name: "execution".to_owned(),
    }
}

/// A request at the level DEBUG.
fn request(definition: &Value, input: &Value) -> Request {
    Request {
        definition: definition.to_string(),
        input: Some(input.to_string()),
        inspection_level: InspectionLevel::Debug,
        ..Request::default()
    }
}

fn with_result(definition: &Value, input: &Value, result: &Value) -> Request {
    Request {
        mock: Some(Mock {
            result: Some(result.to_string()),
            ..Mock::default()
        }),
        ..request(definition, input)
    }
}

fn with_error(definition: &Value, input: &Value, error: &str) -> Request {
    Request {
        mock: Some(Mock {
            error_output: Some(ErrorOutput {
                error: Some(error.to_owned()),
                cause: Some("because".to_owned()),
            }),
            ..Mock::default()
        }),
        ..request(definition, input)
    }
}

fn begun(request: &Request) -> Result<(TestState, Progress), Refusal> {
    let mut test = TestState::new(request, &surroundings(), moment())?;
    let progress = test.begin(moment())?;
    Ok((test, progress))
}

/// The reply as AWS writes it, with the JSON texts in it read.
fn reply(request: &Request) -> Value {
    match begun(request) {
        Ok((_, Progress::Done(reply))) => opened(reply.to_wire()),
        Ok((_, Progress::Task(task))) => panic!("a task was left: {task:?}"),
        Err(refusal) => panic!("refused: {refusal}"),
    }
}

fn refused(request: &Request) -> String {
    match begun(request) {
        Ok((_, progress)) => panic!("not refused: {progress:?}"),
        Err(refusal) => refusal.to_string(),
    }
}

fn opened(value: Value) -> Value {
    match value {
        Value::String(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        Value::Object(members) => {
            let members = members.into_iter();
            Value::Object(members.map(|(name, value)| (name, opened(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => value,
    }
}

/// The names of the members of `inspectionData`.
fn shown(reply: &Value) -> Vec<&str> {
    let data = reply["inspectionData"].as_object().unwrap();
    let mut names: Vec<&str> = data.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}
