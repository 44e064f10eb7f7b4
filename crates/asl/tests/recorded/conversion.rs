//! Converts public and recorded definitions to JSONata and holds the results to what is known of them.
//!
//! Without the definitions the tests pass.

use super::case::Case as Recorded;
use super::{compare as judge, replay};
use asl::check::{self, MachineType};
use asl::convert::{Code, Conversion, Scenario, Scope, Severity, compare, to_jsonata};
use asl::definition::StateMachine;
use asl::dry_run::mocks::{Answer, Case, Response};
use asl::query::ReferencePath;
use asl::text::Document;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Share of the runs on made-up data that may differ, in percent: the data have lists where paths expect none.
const MOST_DIFFERING: usize = 5;

/// The lines of a file of the shared folder; none when it is not there.
fn lines(file: &str) -> Vec<String> {
    let text = crate::shared(file).and_then(|file| std::fs::read_to_string(file).ok());
    let lines = text.iter().flat_map(|text| text.lines());
    lines.map(str::to_owned).collect()
}

fn errors(document: &Document) -> Vec<String> {
    let found = check::check(document, MachineType::Standard).into_iter();
    found
        .filter(|finding| finding.severity == check::Severity::Error)
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect()
}

fn is_full(conversion: &Conversion) -> bool {
    conversion.left.is_empty() && !conversion.converted.is_empty()
}

fn shows(id: &str) -> bool {
    std::env::var("STATECRAFT_SHOW").is_ok_and(|shown| id.contains(&shown))
}

#[test]
fn public_definitions_are_valid_after_conversion() {
    let (mut full, mut part, mut states, mut left) = (0, 0, 0, 0);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines("corpora/definitions.jsonl") {
        let entry: Value = serde_json::from_str(&line).expect("a line is JSON");
        let text = serde_json::to_string_pretty(&entry["definition"]).expect("JSON can be written");
        let document = Document::parse(text);
        let conversion = to_jsonata(&document, &Scope::Machine);
        if conversion.converted.is_empty()
            && conversion.left.is_empty()
            && conversion.findings.is_empty()
        {
            continue;
        }
        let id = entry["id"].as_str().unwrap_or_default();
        let new = document
            .apply(&conversion.edits)
            .expect("edits do not overlap");
        if shows(id) {
            println!("{}\n", new.text());
        }
        let before = errors(&document);
        let more: Vec<_> = errors(&new)
            .into_iter()
            .filter(|error| !before.contains(error))
            .collect();
        assert!(more.is_empty(), "{id}: {more:?}\n{}", new.text());
        states += conversion.converted.len();
        left += conversion.left.len();
        if is_full(&conversion) {
            full += 1;
        } else {
            part += 1;
        }
        for finding in conversion
            .findings
            .iter()
            .filter(|finding| finding.severity() == Severity::Error)
        {
            println!("{id} {} {}", finding.pointer, finding.message);
        }
        for finding in &conversion.findings {
            *reasons.entry(finding.code.name().to_owned()).or_default() += 1;
        }
    }
    println!(
        "{full} definitions converted, {part} in part; {states} states converted, {left} left"
    );
    println!("{reasons:?}");
}

/// Paths of a definition to one place in the input, in any field.
fn paths(value: &Value, found: &mut Vec<ReferencePath>) {
    match value {
        Value::String(text) => found.extend(
            ReferencePath::parse(text)
                .ok()
                .filter(ReferencePath::is_in_input),
        ),
        Value::Array(items) => items.iter().for_each(|item| paths(item, found)),
        Value::Object(members) => members.values().for_each(|member| paths(member, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Data in which most paths of a definition lead to something; `turn` varies what.
fn made_up(paths: &[ReferencePath], turn: usize) -> Value {
    let values = [
        json!("text"),
        json!(7),
        json!(true),
        json!([1, "a"]),
        json!({"S": "x", "N": "1"}),
        json!(null),
        json!("2030-01-01T00:00:00Z"),
    ];
    let mut data = json!({});
    for (index, path) in paths.iter().enumerate() {
        if (index + turn).is_multiple_of(11) || path.text() == "$" {
            continue;
        }
        let value = values[(index * (turn + 1) + turn) % values.len()].clone();
        data = path.set(data.clone(), value).unwrap_or(data);
    }
    data
}

#[test]
fn public_definitions_do_the_same_on_made_up_data_after_conversion() {
    let (mut runs, mut differing) = (0, 0);
    for line in lines("corpora/definitions.jsonl") {
        let entry: Value = serde_json::from_str(&line).expect("a line is JSON");
        let document = Document::parse(entry["definition"].to_string());
        let conversion = to_jsonata(&document, &Scope::Machine);
        let new = document
            .apply(&conversion.edits)
            .expect("edits do not overlap");
        let (Ok(before), Ok(after)) = (StateMachine::build(&document), StateMachine::build(&new))
        else {
            continue;
        };
        let (before, after) = (Arc::new(before), Arc::new(after));
        let mut found = Vec::new();
        paths(&entry["definition"], &mut found);
        for turn in 0..2 {
            let data = made_up(&found, turn);
            let mut case = Case::default();
            for state in before.states() {
                let answer = Answer::Return(data.clone());
                case.set(&state.name, &state.name, vec![Response::at_once(answer); 3]);
            }
            let scenario = Scenario {
                name: turn.to_string(),
                input: data,
                case,
            };
            runs += 1;
            for difference in compare(&before, &after, &[scenario]) {
                differing += 1;
                if shows(entry["id"].as_str().unwrap_or_default()) {
                    println!("{} {difference}", entry["id"]);
                }
            }
        }
    }
    println!("{runs} runs on made-up data, {differing} of them differ");
    assert!(
        differing * 100 <= runs * MOST_DIFFERING,
        "{differing} of {runs} runs differ"
    );
}

#[test]
fn recorded_executions_end_the_same_after_conversion() {
    let (mut cases, mut same, mut said, mut left) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for line in lines("conformance/aws-cases.jsonl") {
        let Some(mut case) = Recorded::read(&line) else {
            continue;
        };
        if !is_true(&case) {
            continue;
        }
        let text = serde_json::to_string_pretty(&case.definition).expect("JSON can be written");
        let document = Document::parse(text);
        let conversion = to_jsonata(&document, &Scope::Machine);
        if conversion.converted.is_empty() && conversion.left.is_empty() {
            continue;
        }
        cases += 1;
        if !is_full(&conversion) {
            left += 1;
            println!(
                "left: {} {:?}",
                case.id,
                conversion
                    .findings
                    .iter()
                    .filter(|f| f.severity() == Severity::Error)
                    .map(|f| &f.message)
                    .collect::<Vec<_>>()
            );
        }
        let new = document
            .apply(&conversion.edits)
            .expect("edits do not overlap");
        if shows(&case.id) {
            println!("{}\n{}\n{:?}", case.id, new.text(), conversion.findings);
        }
        case.definition = serde_json::from_str(new.text()).expect("the result is JSON");
        if ends_as_recorded(&mut case) {
            same += 1;
        } else if explains(&conversion) {
            said += 1;
            println!(
                "said: {} {:?}",
                case.id,
                conversion
                    .findings
                    .iter()
                    .map(|f| f.code.name())
                    .collect::<Vec<_>>()
            );
        } else {
            wrong.push(case.id.clone());
        }
    }
    println!(
        "{cases} recorded executions: {same} end the same, {said} as a finding says, {left} not converted as a whole"
    );
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

/// Whether a case ends as recorded; the errors of failing queries have another name in JSONata.
fn ends_as_recorded(case: &mut Recorded) -> bool {
    let result = replay::run(case);
    if judge::judge(case, &result).is_final_equal {
        return true;
    }
    let Some(error) = case.result.get_mut("error") else {
        return false;
    };
    if !["States.Runtime", "States.IntrinsicFailure"].contains(&error.as_str().unwrap_or_default())
    {
        return false;
    }
    *error = Value::from("States.QueryEvaluationError");
    judge::judge(case, &result).is_final_equal
}

/// Whether the interpreter itself gives what was recorded.
fn is_true(case: &Recorded) -> bool {
    judge::judge(case, &replay::run(case)).is_final_equal
}

/// Whether a finding says that this execution may end otherwise.
fn explains(conversion: &Conversion) -> bool {
    conversion.findings.iter().any(|finding| {
        !matches!(
            finding.code,
            Code::ErrorName | Code::ListOnTheWay | Code::Numbers
        )
    })
}
