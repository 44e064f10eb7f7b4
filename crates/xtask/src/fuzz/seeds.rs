//! What fuzzing begins with: real definitions, and the paths, functions and templates in them.

use crate::check::shared;
use crate::step::Failure;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Longer seeds are left out; the fuzzer would cut them.
const LONGEST: usize = 4_096;

/// The document that paths and templates are tried on.
const DOCUMENT: &str = r#"{"a": 1, "b": {"c": "text", "d": [1, 2.5, null]}, "list": [{"k": "x", "v": 1}, {"k": "y", "v": 2}], "s": "a,b"}"#;

/// Writes the seeds of a target into its corpus; nothing where the corpora are not present.
pub(super) fn plant(target: &str, corpus: &Path) -> Result<(), Failure> {
    let seeds = match target {
        "jsonata" => lines("jsonata").iter().map(jsonata).collect(),
        "definition" | "notation" => definitions().iter().map(ToString::to_string).collect(),
        "jsonpath" => of_parts(queries),
        _ => of_parts(templates),
    };
    let fitting = seeds.iter().filter(|seed| seed.len() <= LONGEST);
    for (number, seed) in fitting.enumerate() {
        std::fs::write(corpus.join(format!("seed-{number}")), seed)?;
    }
    Ok(())
}

fn lines(corpus: &str) -> Vec<Value> {
    let path = shared().join(format!("corpora/{corpus}.jsonl"));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// A case of the reference suite: the expression, a zero byte, the data.
fn jsonata(case: &Value) -> String {
    let expression = case["expr"].as_str().unwrap_or_default();
    format!("{expression}\0{}", case["data"])
}

fn definitions() -> Vec<Value> {
    let lines = lines("definitions").into_iter().chain(lines("validator"));
    lines.map(|line| line["definition"].clone()).collect()
}

/// The parts of all definitions, each once, with a document to try them on.
fn of_parts(collect: fn(&Value, &mut BTreeSet<String>)) -> Vec<String> {
    let mut parts = BTreeSet::new();
    for definition in definitions() {
        let mut open = vec![&definition];
        while let Some(value) = open.pop() {
            collect(value, &mut parts);
            match value {
                Value::Array(items) => open.extend(items),
                Value::Object(members) => open.extend(members.values()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }
    parts
        .into_iter()
        .map(|part| format!("{part}\0{DOCUMENT}"))
        .collect()
}

fn queries(value: &Value, found: &mut BTreeSet<String>) {
    let text = value.as_str().unwrap_or_default();
    if text.starts_with('$') || text.starts_with("States.") {
        found.insert(text.to_owned());
    }
}

fn templates(value: &Value, found: &mut BTreeSet<String>) {
    for field in [
        "Parameters",
        "ResultSelector",
        "ItemSelector",
        "Assign",
        "Arguments",
        "Output",
    ] {
        let template = value.get(field).filter(|template| **template != json!({}));
        found.extend(template.map(ToString::to_string));
    }
}
