//! Each rule on its own, and random machines on random inputs.

mod fields;
mod paths;
#[cfg(not(target_family = "wasm"))]
mod random;
mod text;

use super::{Conversion, Difference, Scenario, Scope, compare, to_jsonata};
use crate::definition::StateMachine;
use crate::dry_run::mocks::{Answer, Case, Response};
use crate::text::Document;
use serde_json::{Value, json};
use std::sync::Arc;

/// A machine with one state `S`, which ends it.
fn machine(state: &Value) -> Document {
    let mut state = state.clone();
    if !matches!(state["Type"].as_str(), Some("Choice" | "Succeed" | "Fail")) {
        state["End"] = Value::from(true);
    }
    let text = json!({"StartAt": "S", "States": {
        "S": state, "Yes": {"Type": "Pass", "End": true}, "No": {"Type": "Pass", "End": true}
    }});
    Document::parse(serde_json::to_string_pretty(&text).unwrap())
}

fn converted(document: &Document) -> (Document, Conversion) {
    let conversion = to_jsonata(document, &Scope::Machine);
    (document.apply(&conversion.edits).unwrap(), conversion)
}

/// The state `S` after the conversion.
fn state(before: &Value) -> Value {
    let (new, conversion) = converted(&machine(before));
    assert!(conversion.left.is_empty(), "{:?}", conversion.findings);
    let value: Value = serde_json::from_str(new.text()).unwrap();
    let mut state = value["States"]["S"].clone();
    if let Some(members) = state.as_object_mut() {
        members.shift_remove("Type");
        members.shift_remove("End");
    }
    state
}

/// The names of the findings, general ones left out.
fn codes(before: &Value) -> Vec<&'static str> {
    let (_, conversion) = converted(&machine(before));
    let names = conversion
        .findings
        .iter()
        .map(|finding| finding.code.name());
    names
        .filter(|name| !matches!(*name, "ERROR_NAME" | "NUMBERS" | "LIST_ON_THE_WAY"))
        .collect()
}

fn built(document: &Document) -> Arc<StateMachine> {
    match StateMachine::build(document) {
        Ok(machine) => Arc::new(machine),
        Err(errors) => panic!("{errors:?}\n{}", document.text()),
    }
}

/// Where both definitions differ on an input; the task `S` answers with `result`.
fn differences(
    document: &Document,
    new: &Document,
    input: &Value,
    result: &Value,
) -> Vec<Difference> {
    let mut case = Case::default();
    case.set(
        "S",
        "S",
        vec![Response::at_once(Answer::Return(result.clone()))],
    );
    let scenario = Scenario {
        name: input.to_string(),
        input: input.clone(),
        case,
    };
    compare(&built(document), &built(new), &[scenario])
}

/// Both definitions do the same on this input.
fn same(before: &Value, input: &Value) {
    let document = machine(before);
    let (new, conversion) = converted(&document);
    assert!(conversion.left.is_empty(), "{:?}", conversion.findings);
    let differences = differences(&document, &new, input, &json!({"r": 1}));
    assert!(differences.is_empty(), "{}\n{}", differences[0], new.text());
}
