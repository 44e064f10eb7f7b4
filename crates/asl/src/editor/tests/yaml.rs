//! The same for YAML.

use super::{accept, accept_with, cursor, labels, offers_with};
use crate::editor::{Knowledge, hover, references, rename, symbols};
use crate::text::Document;
use serde_json::json;

fn order() -> Knowledge {
    Knowledge {
        input: Some(json!({"order": {"id": 7}})),
        ..Knowledge::default()
    }
}

const FLOW: &str = "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: arn:aws:states:::lambda:invoke # what works\n    §\n    Next: B\n  B:\n    Type: Succeed\n";

/// The flow with these lines in the first state.
fn flow(lines: &str) -> String {
    FLOW.replace('§', lines)
}

#[test]
fn fields_are_offered_on_lines_of_their_own() {
    let found = labels(&flow("|"));
    assert!(
        found.contains(&"TimeoutSeconds".to_owned()) && !found.contains(&"Resource".to_owned()),
        "{found:?}"
    );
    assert_eq!(
        accept(&flow("Time|"), "TimeoutSeconds"),
        flow("TimeoutSeconds: ‹300›")
    );
    assert_eq!(
        accept(&flow("Ca|"), "Catch"),
        flow("Catch:\n      - ErrorEquals:\n          - ‹States.ALL›\n        Next: ‹›")
    );
    assert_eq!(
        accept(&flow("Time|: 5"), "TimeoutSeconds"),
        flow("TimeoutSeconds: 5")
    );
    assert_eq!(labels("StartAt: A\n|")[..1], ["States"]);
}

#[test]
fn values_are_offered_behind_the_colon_with_quotes_only_where_they_are_needed() {
    assert_eq!(labels("StartAt: |\nStates:\n  A:\n    Type: Pass\n"), ["A"]);
    assert_eq!(
        accept("StartAt: |\nStates:\n  yes: {}\n", "yes"),
        "StartAt: \"yes\"\nStates:\n  yes: {}\n"
    );
    assert_eq!(
        accept("States:\n  A:\n    Type: Pa| # x\n", "Pass"),
        "States:\n  A:\n    Type: Pass # x\n"
    );
    assert_eq!(
        accept("States:\n  A:\n    Type: 'Pa|'\n", "Pass"),
        "States:\n  A:\n    Type: Pass\n"
    );
    assert_eq!(
        accept("States:\n  A:\n    Type: \"Pa|\n", "Pass"),
        "States:\n  A:\n    Type: Pass\n"
    );
}

#[test]
fn elements_are_offered_behind_dashes() {
    let retry = flow("Retry:\n      - ErrorEquals:\n          - Lambda.U|");
    assert_eq!(labels(&retry)[0], "Lambda.Unknown");
    assert_eq!(
        accept(&retry, "Lambda.Unknown"),
        flow("Retry:\n      - ErrorEquals:\n          - Lambda.Unknown")
    );
    let fields = labels(&flow("Retry:\n      - Err|"));
    assert_eq!(fields[0], "ErrorEquals");
    assert_eq!(
        accept(&flow("Retry:\n      - Err|"), "ErrorEquals"),
        flow("Retry:\n      - ErrorEquals:\n          - ‹›")
    );
}

#[test]
fn flow_collections_are_read_as_json() {
    let text = flow("Retry: [{ErrorEquals: [\"Lambda.U|\"]}]");
    assert_eq!(
        accept(&text, "Lambda.Unknown"),
        flow("Retry: [{ErrorEquals: [\"Lambda.Unknown\"]}]")
    );
    let keys = labels(&flow("Retry: [{\"Max|\"}]"));
    assert_eq!(keys[..1], ["MaxAttempts"]);
}

#[test]
fn paths_and_expressions_are_completed() {
    let path = flow("InputPath: $.or|");
    assert_eq!(
        accept_with(&path, "$.order", &order()),
        flow("InputPath: $.order")
    );
    let template = flow("Parameters:\n      x.$: States.Format('{}', $.order.i|)");
    let found: Vec<String> = offers_with(&template, &order())
        .items
        .into_iter()
        .map(|item| item.label)
        .collect();
    assert_eq!(found, ["$.order.id"]);
    let jsonata = flow("QueryLanguage: JSONata\n    Output: '{% $states.input.or| & ''x'' %}'");
    assert_eq!(
        accept_with(&jsonata, "order", &order()),
        flow("QueryLanguage: JSONata\n    Output: '{% $states.input.order & ''x'' %}'")
    );
}

#[test]
fn nothing_is_offered_in_comments_and_block_scalars() {
    assert_eq!(labels(&flow("# Time|")), Vec::<String>::new());
    let scalar = flow("Comment: >-\n      Ne§").replace('§', "x|");
    assert_eq!(labels(&scalar), Vec::<String>::new());
}

#[test]
fn a_new_state_is_written_in_block_style() {
    assert_eq!(
        accept("StartAt: A\nStates:\n  |\n", "Wait state"),
        "StartAt: A\nStates:\n  ‹Wait›:\n    Type: Wait\n    Seconds: ‹60›\n    End: true\n"
    );
}

#[test]
fn yaml_is_explained_and_renamed() {
    let (text, offset) = cursor(&flow("InputPath: $.ord|er"));
    let found = hover(&text, offset, &order()).unwrap();
    assert_eq!(&text[found.span.start..found.span.end], "$.order");
    assert!(
        found.text.contains("Last value: `{\"id\":7}`"),
        "{}",
        found.text
    );
    let text = flow("End: false");
    let offset = text.find("Next: B").unwrap() + 6;
    let edits = rename(&text, offset, "no").unwrap();
    let renamed = Document::parse_yaml(text.clone())
        .apply(&edits)
        .unwrap()
        .text()
        .to_string();
    assert_eq!(
        renamed,
        text.replace("Next: B", "Next: \"no\"")
            .replace("  B:", "  \"no\":")
    );
    assert_eq!(symbols(&text).len(), 2);
}

#[test]
fn variables_in_every_kind_of_scalar_are_found() {
    let text = "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Assign:\n      rate: 1\n    Next: B\n  B:\n    Type: Pass\n    Output:\n      a: '{% ''x'' & $rate %}'\n      b: \"{% \\\"x\\\" & $rate %}\"\n      c: >-\n        {% $sum(\n          [$rate, $rate]) %}\n    End: true\n";
    let names = references(text, text.find("rate").unwrap()).unwrap();
    let found: Vec<&str> = names
        .references
        .iter()
        .map(|span| &text[span.start..span.end])
        .collect();
    assert_eq!(found, ["rate"; 4]);
}
