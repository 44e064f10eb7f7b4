//! Any JSON as a payload template and as a JSONata value, on any input: it ends, gives the same twice, and a Pass state gives what the template gives.
//!
//! The input is the template, a zero byte, and the input as JSON; an input that cannot be read is null.

#![no_main]

use asl::definition::StateMachine;
use asl::machine::{Execution, Finish, Identity, Input, Moment, step};
use asl::query::{Entropy, Scope, Template};
use asl::text::Document;
use indexmap::IndexMap;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use std::sync::Arc;

/// Longer texts find nothing that shorter ones do not, only slower.
const LONGEST: usize = 4_096;

/// The longest payload, in bytes.
const PAYLOAD: usize = 262_144;

/// The same number again and again.
struct Same;

impl Entropy for Same {
    fn next_u64(&mut self) -> u64 {
        0x9E37_79B9_7F4A_7C15
    }
}

fuzz_target!(|input: &[u8]| {
    let input = &input[..input.len().min(LONGEST)];
    let mut parts = input.splitn(2, |byte| *byte == 0);
    let (Some(text), data) = (parts.next(), parts.next()) else {
        return;
    };
    let Ok(template) = serde_json::from_slice::<Value>(text) else {
        return;
    };
    let document: Value = data
        .and_then(|data| serde_json::from_slice(data).ok())
        .unwrap_or_default();
    let evaluated = evaluate(&template, &document);
    compare(&template, &document, evaluated);
    for state in [
        json!({"Type": "Pass", "Assign": template, "Next": "B"}),
        json!({"Type": "Pass", "QueryLanguage": "JSONata", "Output": template, "Assign": {"v": template}, "Next": "B"}),
        json!({"Type": "Pass", "Result": document, "Parameters": template, "ResultPath": "$.a", "OutputPath": "$.a", "Next": "B"}),
    ] {
        run(state, &document);
    }
});

fn evaluate(template: &Value, document: &Value) -> Option<Value> {
    let template = Template::parse(template).ok()?;
    let context = json!({"Execution": {"Input": document}, "State": {"Name": "A"}});
    let variables = IndexMap::new();
    let scope = Scope {
        input: document,
        context: &context,
        variables: &variables,
    };
    let once = template.eval(&scope, &mut Same);
    assert_eq!(
        once,
        template.eval(&scope, &mut Same),
        "the same evaluation gives the same"
    );
    let _ = template.variables();
    once.ok()
}

/// A Pass state gives what the template gives, unless it reads what differs between the two.
fn compare(template: &Value, document: &Value, evaluated: Option<Value>) {
    let text = template.to_string();
    let differs = ["$$", "UUID", "MathRandom"]
        .iter()
        .any(|word| text.contains(word));
    let Some(expected) = evaluated.filter(|value| !differs && value.to_string().len() <= PAYLOAD)
    else {
        return;
    };
    let finish = run(
        json!({"Type": "Pass", "Parameters": template, "Next": "B"}),
        document,
    );
    if let Some(Finish::Succeeded { output }) = finish {
        assert_eq!(*output, *expected.to_string());
    }
}

/// Runs a state twice; both times it ends, and in the same way.
fn run(state: Value, document: &Value) -> Option<Finish> {
    let definition = json!({"StartAt": "A", "States": {"A": state, "B": {"Type": "Succeed"}}});
    let machine = StateMachine::build(&Document::parse(definition.to_string())).ok()?;
    let once = finish(&machine, document);
    assert_eq!(
        once,
        finish(&machine, document),
        "the same run ends in the same way"
    );
    assert!(once.is_some(), "two states end at once");
    once
}

fn finish(machine: &StateMachine, document: &Value) -> Option<Finish> {
    let identity = Identity {
        execution_arn: "e".to_owned(),
        execution_name: "e".to_owned(),
        machine_arn: "m".to_owned(),
        machine_name: "m".to_owned(),
        role_arn: "r".to_owned(),
        region: "us-east-1".to_owned(),
        alias_arn: None,
        version_arn: None,
        trace_header: None,
    };
    let mut execution = Execution::new(machine, identity, Arc::from(document.to_string()));
    step(
        machine,
        &mut execution,
        Input::Start,
        Moment {
            now_ms: 1_773_184_800_000,
            entropy: [7; 32],
        },
    );
    execution.finish().cloned()
}
