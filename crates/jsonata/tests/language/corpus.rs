//! The cases of the reference implementation's own suite, all of them.
//!
//! They are not part of this repository. They are looked for in the folder named by `STATECRAFT_SHARED`, else beside the repository; without them the
//! test says so and passes.

use jsonata::{Code, Environment, Expression, Limits, Value};
use serde_json::Value as Json;
use std::path::PathBuf;

fn cases() -> Option<String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("STATECRAFT_SHARED").map_or_else(beside, PathBuf::from);
    std::fs::read_to_string(folder.join("corpora/jsonata.jsonl")).ok()
}

/// What a case wants, in the same words as what comes out.
fn wanted(case: &Json) -> String {
    match (case["code"].as_str(), case.get("undefinedResult")) {
        (Some(code), _) => code.to_owned(),
        (None, Some(_)) => "nothing".to_owned(),
        (None, None) => Value::from(&case["result"])
            .to_json()
            .map_or_else(|error| error.to_string(), |json| ordered(&json).to_string()),
    }
}

/// Objects have no order here.
fn ordered(json: &Json) -> Json {
    match json {
        Json::Array(items) => items.iter().map(ordered).collect(),
        Json::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(name, value)| (name.clone(), ordered(value)))
                .collect();
            members.sort_by(|one, two| one.0.cmp(&two.0));
            Json::Object(members.into_iter().collect())
        }
        other => other.clone(),
    }
}

fn outcome(case: &Json) -> String {
    let expression = match Expression::parse(case["expr"].as_str().unwrap_or_default()) {
        Ok(expression) => expression,
        Err(error) => return error.code().to_string(),
    };
    let mut limits = Limits::default();
    if let Some(depth) = case["depth"].as_u64() {
        limits.depth = u32::try_from(depth).expect("a depth is small");
    }
    let mut environment = Environment::new().with_limits(limits);
    for (name, value) in case["bindings"].as_object().into_iter().flatten() {
        environment.bind(name, value.into());
    }
    let input = if case.get("data_undefined").is_some() {
        Value::Undefined
    } else {
        Value::from(&case["data"])
    };
    match expression.evaluate(input, &environment, &mut crate::common::host()) {
        Ok(Value::Undefined) => "nothing".to_owned(),
        Ok(value) => value
            .to_json()
            .map_or_else(|error| error.to_string(), |json| ordered(&json).to_string()),
        // The suite's own limits have a code of their own; here they are a depth and a number of steps.
        Err(error) => match error.code() {
            Code::D1011 | Code::D1014 if case.get("depth").is_some() => "U1001".to_owned(),
            code => code.to_string(),
        },
    }
}

#[test]
fn every_case_of_the_reference_suite_comes_out() {
    let Some(text) = cases() else {
        println!("no cases found: set STATECRAFT_SHARED");
        return;
    };
    let mut failed = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let case: Json = serde_json::from_str(line).expect("a case is JSON");
        count += 1;
        let (wanted, outcome) = (wanted(&case), outcome(&case));
        if wanted != outcome {
            failed.push(format!(
                "{} {}: {}\n  wanted {wanted}\n  got    {outcome}",
                case["group"], case["case"], case["expr"]
            ));
        }
    }
    println!("{} of {count} cases come out", count - failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
