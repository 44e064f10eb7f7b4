//! Writing expectations anew from what happened.

use super::compare::same;
use super::{Actual, RunStatus, ScenarioFile};
use crate::text::{Pointer, TextEdit};
use serde_json::{Map, Value, json};

pub(super) fn updated(file: &ScenarioFile, actual: &[Actual]) -> String {
    let list = Pointer::root().join("Scenarios");
    let edits: Vec<TextEdit> = actual
        .iter()
        .enumerate()
        .flat_map(|(index, actual)| edits(file, &list.join(index).join("Expect"), actual))
        .collect();
    let document = file.document.apply(&edits);
    let document = document.as_ref().unwrap_or(&file.document);
    document.text().to_string()
}

fn edits(file: &ScenarioFile, place: &Pointer, actual: &Actual) -> Vec<TextEdit> {
    let written = file.document.get(place).and_then(|node| node.to_value());
    let expect = match &written {
        Some(Value::Object(members)) => follow(members, actual),
        _ => first(actual),
    };
    let expect = Value::Object(expect);
    if written.is_some_and(|written| written == expect) {
        return Vec::new();
    }
    // An edit that cannot be made leaves the text as it was.
    file.document.set(place, &expect, None).unwrap_or_default()
}

/// What a scenario expects that expected nothing yet.
fn first(actual: &Actual) -> Map<String, Value> {
    let mut expect = Map::new();
    expect.insert("Status".to_owned(), status(actual));
    put_end(&mut expect, actual);
    expect.insert("Path".to_owned(), path(actual));
    expect
}

/// The same members with what happened; the end of another kind brings its own.
fn follow(members: &Map<String, Value>, actual: &Actual) -> Map<String, Value> {
    let mut expect = Map::new();
    for (name, value) in members {
        let found = match name.as_str() {
            "Status" => Some(status(actual)),
            "Output" => actual.output.clone(),
            "OutputContains" => actual.output.as_ref().map(|output| part(value, output)),
            "Error" => actual.error.clone().map(Value::from),
            "Cause" => actual.cause.clone().map(Value::from),
            "Path" => Some(path(actual)),
            "WaitsFor" => (actual.status == RunStatus::Waiting).then(|| json!(actual.waits_for)),
            "Variables" => Some(part(value, &Value::Object(actual.variables.clone()))),
            _ => Some(value.clone()),
        };
        match found {
            Some(found) if same(value, &found) => expect.insert(name.clone(), value.clone()),
            Some(found) => expect.insert(name.clone(), found),
            None => None,
        };
    }
    let is_other = members
        .get("Status")
        .is_some_and(|written| *written != status(actual));
    if is_other {
        put_end(&mut expect, actual);
    }
    expect
}

/// Output, error or waiting states.
fn put_end(expect: &mut Map<String, Value>, actual: &Actual) {
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            expect.insert(name.to_owned(), value);
        }
    };
    put("Output", actual.output.clone());
    put("Error", actual.error.clone().map(Value::from));
    put("Cause", actual.cause.clone().map(Value::from));
    let waits = actual.status == RunStatus::Waiting;
    put("WaitsFor", waits.then(|| json!(actual.waits_for)));
}

fn status(actual: &Actual) -> Value {
    Value::from(actual.status.word())
}

fn path(actual: &Actual) -> Value {
    let names: Vec<&str> = actual.path.iter().map(|name| &**name).collect();
    json!(names)
}

/// `actual` with only those members that `written` names.
fn part(written: &Value, actual: &Value) -> Value {
    match (written, actual) {
        (Value::Object(wanted), Value::Object(members)) => {
            let named = wanted
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), part(value, members.get(name)?))));
            Value::Object(named.collect())
        }
        (Value::Array(wanted), Value::Array(items)) if wanted.len() == items.len() => {
            let parts = wanted.iter().zip(items);
            Value::Array(parts.map(|(wanted, item)| part(wanted, item)).collect())
        }
        _ => actual.clone(),
    }
}
