//! The cases on which native and WebAssembly must agree: authored ones, random ones, and recorded ones when they are there.

use crate::case::{Case, TaskOutcome};
use crate::draw::Draw;
use crate::random::{self, EXPRESSIONS, INTRINSICS, PATHS, VALUES};
use serde_json::{Value, json};

/// Random machines.
const RANDOM: u64 = 400;

/// Numbers in all forms of writing.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "1",
    "1.0",
    "1.10",
    "1e3",
    "1E+3",
    "1e-7",
    "0.1",
    "0.30000000000000004",
    "123456789012345678901234567890",
    "9007199254740991",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "-9223372036854775808",
    "1.7976931348623157e308",
    "1E400",
    "5e-324",
    "2.2250738585072014e-308",
    "100000000000000000000",
    "1e21",
    "1e22",
    "0.000001",
    "0.0000001",
    "3.0e0",
    "1.23456789012345678",
];

/// What is done with each number.
const ARITHMETIC: &[(&str, &str)] = &[
    ("JSONPath", "$.n"),
    ("JSONPath", "States.MathAdd($.n, 1)"),
    ("JSONPath", "States.Format('{}', $.n)"),
    ("JSONPath", "States.JsonToString($)"),
    ("JSONPath", "States.Array($.n, $.n)"),
    ("JSONPath", "States.Hash($, 'SHA-512')"),
    ("JSONPath", "$.sum()"),
    ("JSONata", "$states.input.n"),
    ("JSONata", "$states.input.n + 0.1"),
    ("JSONata", "$string($states.input.n)"),
    ("JSONata", "$round($states.input.n, 1)"),
    ("JSONata", "$power($states.input.n, 0.3)"),
    ("JSONata", "$formatNumber($states.input.n, '0.0##e0')"),
    ("JSONata", "$formatBase($states.input.n, 16)"),
    ("JSONata", "$states.input.n % 7"),
    ("JSONata", "$states.input.n = 1"),
];

/// Times in all forms of writing.
const TIMES: &[&str] = &[
    "2026-03-10T23:20:00Z",
    "2026-03-10T23:20:00.123456789Z",
    "2026-03-11T00:20:00+01:00",
    "2026-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2016-12-31T23:59:60Z",
    "2026-03-10 23:20:00Z",
    "2026-03-10T23:20Z",
    "2026-03-10T23:20:00",
    "2026-03-10",
    "1773184800",
    "",
];

/// All cases that are made by code.
pub fn generated() -> Vec<Case> {
    let mut cases: Vec<Case> = (0..RANDOM).map(random_case).collect();
    for value in VALUES {
        cases.extend(
            PATHS
                .iter()
                .chain(INTRINSICS)
                .map(|query| json_path_case(query, value)),
        );
        cases.extend(EXPRESSIONS.iter().map(|query| jsonata_case(query, value)));
    }
    for number in NUMBERS {
        let input = format!("{{\"n\": {number}}}");
        cases.extend(ARITHMETIC.iter().map(|(language, query)| match *language {
            "JSONPath" => json_path_case(query, &input),
            _ => jsonata_case(query, &input),
        }));
    }
    cases.extend(TIMES.iter().map(|time| time_case(time)));
    cases
}

/// A random machine with a random fate.
pub fn random_case(seed: u64) -> Case {
    let mut draw = Draw::new(seed);
    let definition = random::definition(&mut draw).to_string();
    let input = random::value(&mut draw).to_owned();
    Case {
        name: format!("random {seed}"),
        definition,
        input,
        seed,
        outcomes: None,
    }
}

fn of_states(name: String, definition: &Value, input: &str) -> Case {
    Case {
        name,
        definition: definition.to_string(),
        input: input.to_owned(),
        seed: 7,
        outcomes: Some(Vec::new()),
    }
}

fn json_path_case(query: &str, input: &str) -> Case {
    let definition = json!({"StartAt": "A", "States": {"A": {
        "Type": "Pass", "Parameters": {"x.$": query}, "Assign": {"v.$": query}, "End": true
    }}});
    of_states(format!("{query} on {input}"), &definition, input)
}

fn jsonata_case(query: &str, input: &str) -> Case {
    let definition = json!({"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {
        "Type": "Pass", "Output": {"x": format!("{{% {query} %}}")}, "Assign": {"v": [format!("{{% {query} %}}")]}, "End": true
    }}});
    of_states(format!("{query} on {input}"), &definition, input)
}

fn time_case(time: &str) -> Case {
    let rule = |operator: &str, operand: &str| json!({"Variable": "$.t", (operator): operand, "Next": "W"});
    let definition = json!({"StartAt": "C", "States": {
        "C": {"Type": "Choice", "Choices": [
            {"Not": {"Variable": "$.t", "IsTimestamp": true}, "Next": "J"}, rule("TimestampEquals", "2026-03-10T23:20:00Z"),
            rule("TimestampLessThan", "2026-03-11T00:00:00+01:00"), rule("TimestampGreaterThanPath", "$.t"),
        ], "Default": "J"},
        "W": {"Type": "Wait", "TimestampPath": "$.t", "Next": "J"},
        "J": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% [$toMillis($states.input.t), $states.context.State.EnteredTime] %}", "End": true},
    }});
    of_states(
        format!("time {time}"),
        &definition,
        &json!({"t": time}).to_string(),
    )
}

/// The case of a line of recorded behaviour; `None` for lines of other kinds. Tasks end as they did when it was recorded.
pub fn recorded(line: &str) -> Option<Case> {
    let line: Value = serde_json::from_str(line).ok()?;
    let history = line["expected"]["history"].as_array()?;
    Some(Case {
        name: line["id"].as_str()?.to_owned(),
        definition: line["definition"].to_string(),
        input: line["input_text"].as_str()?.to_owned(),
        seed: 7,
        outcomes: Some(history.iter().filter_map(outcome).collect()),
    })
}

fn outcome(event: &Value) -> Option<TaskOutcome> {
    let name = event["type"].as_str()?;
    let is_work = ["Task", "Lambda", "Activity"]
        .iter()
        .any(|work| name.starts_with(work));
    if !is_work || name.contains("State") {
        return None;
    }
    let members = event.as_object()?;
    let details = members
        .iter()
        .find(|(name, _)| name.ends_with("Details"))
        .map_or(&Value::Null, |(_, details)| details);
    let text = |name: &str| {
        let value = details.get(name)?;
        Some(
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned),
        )
    };
    match name {
        _ if name.ends_with("Succeeded") => {
            Some(TaskOutcome::Succeeded(text("output").unwrap_or_default()))
        }
        _ if name.ends_with("Failed") => Some(TaskOutcome::Failed {
            error: text("error"),
            cause: text("cause"),
        }),
        _ if name.ends_with("TimedOut") => Some(TaskOutcome::Silent),
        _ => None,
    }
}
