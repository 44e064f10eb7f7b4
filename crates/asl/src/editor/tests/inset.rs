//! Texts that hold the JSON at one place, as the boxes of an inspector do.

use super::cursor;
use crate::editor::{
    Basis, Knowledge, Trial, complete_json, hover_in_json, signature_help_in_json, try_in_json,
};
use crate::text::{Document, Pointer};
use serde_json::{Value, json};

const TEXT: &str = r#"{"StartAt": "B", "States": {
    "A": {"Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"old": 1}, "Next": "C"},
    "B": {"Type": "Pass", "Parameters": {"x": "old"}, "ResultPath": null, "Next": "A"}, "C": {"Type": "Succeed"}}}"#;

const ARGUMENTS: &str = "/States/A/Arguments";
const PARAMETERS: &str = "/States/B/Parameters";

fn knowledge() -> Knowledge {
    Knowledge {
        input: Some(json!({"score": 2, "a \"b\"": 1})),
        ..Knowledge::default()
    }
}

fn place(pointer: &str) -> (Document, Pointer) {
    (Document::parse(TEXT), pointer.parse().expect("a pointer"))
}

/// The text after the offer with this label has been taken.
fn taken(pointer: &str, typed: &str, label: &str) -> String {
    let (document, pointer) = place(pointer);
    let (typed, offset) = cursor(typed);
    let found = complete_json(&document, &pointer, &typed, offset, &knowledge());
    let item = found.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("{label} is not among {:?}", found.items));
    super::apply(&typed, item, &found.also)
}

fn labels(pointer: &str, typed: &str) -> Vec<String> {
    let (document, pointer) = place(pointer);
    let (typed, offset) = cursor(typed);
    let found = complete_json(&document, &pointer, &typed, offset, &knowledge());
    found.items.into_iter().map(|item| item.label).collect()
}

fn tried(pointer: &str, typed: &str) -> Option<Trial> {
    let (document, pointer) = place(pointer);
    let (typed, offset) = cursor(typed);
    try_in_json(&document, &pointer, &typed, offset, &knowledge())
}

fn gives(value: Value) -> Option<Trial> {
    let basis = Basis::Sample;
    Some(Trial::Value { value, basis })
}

#[test]
fn an_expression_is_completed_in_a_text_that_is_being_written() {
    assert_eq!(
        taken(ARGUMENTS, "{\"n\": [1, \"{% $states.input.sc|", "score"),
        "{\"n\": [1, \"{% $states.input.score‹›\""
    );
    assert_eq!(
        taken(
            ARGUMENTS,
            "{\"a\":,\n \"n\": \"{% $states.input.sc| %}\"\n",
            "score"
        ),
        "{\"a\":,\n \"n\": \"{% $states.input.score %}\"\n"
    );
    assert_eq!(labels(ARGUMENTS, "{\"n\": \"$states.input.sc|\"}").len(), 0);
}

#[test]
fn a_path_is_completed_behind_a_name_that_says_so() {
    assert_eq!(
        taken(PARAMETERS, "{\"s.$\": \"$.sc|\"}", "$.score"),
        "{\"s.$\": \"$.score\"}"
    );
    let call = taken(PARAMETERS, "{\"s.$\": \"States.MathA|\"}", "States.MathAdd");
    assert!(call.starts_with("{\"s.$\": \"States.MathAdd("), "{call}");
    assert_eq!(labels(PARAMETERS, "{\"s\": \"$.sc|\"}").len(), 0);
}

#[test]
fn what_is_put_in_is_escaped_and_what_stands_before_it_counts_unescaped() {
    let typed = r#"{"n": "{% \"x\" & $states.input.a| %}"}"#;
    let label = labels(ARGUMENTS, typed).into_iter().next();
    let text = taken(ARGUMENTS, typed, &label.expect("an offer"));
    let value: Value = serde_json::from_str(&text).expect("it is still JSON");
    assert_eq!(value["n"], r#"{% "x" & $states.input.`a "b"` %}"#);
}

#[test]
fn the_names_of_members_are_offered_with_a_comma_before_them() {
    let text = taken(ARGUMENTS, "{\"FunctionName\": \"f\" \"Payl|\"}", "Payload");
    assert!(
        text.starts_with("{\"FunctionName\": \"f\", \"Payload\":"),
        "{text}"
    );
    assert!(!labels(ARGUMENTS, "{\"FunctionName\": 1, \"|\"}").contains(&"FunctionName".into()));
    let of_state = labels("/States/B", "{\"Type\": \"Pass\", \"Resu|\"}");
    assert!(of_state.contains(&"Result".to_owned()), "{of_state:?}");
}

#[test]
fn one_expression_is_tried_alone_finished_or_not() {
    assert_eq!(
        tried(ARGUMENTS, "{\"a\": , \"n\": \"{% $states.input.score| + 1"),
        gives(json!(3))
    );
    assert_eq!(
        tried(
            ARGUMENTS,
            "{\"bad\": \"{% ( %}\", \"n\": \"{% $states.input.|score %}\"}"
        ),
        gives(json!(2))
    );
    assert_eq!(tried(PARAMETERS, "{\"s.$\": \"$.sc|ore\""), gives(json!(2)));
    for none in [
        "{\"n\": \"pla|in\"}",
        "{\"n\": 1|2}",
        "{|}",
        "{\"n|\": 1}",
        "|\"{% 1 %}\"",
    ] {
        assert_eq!(tried(ARGUMENTS, none), None, "{none}");
        assert_eq!(tried(PARAMETERS, none), None, "{none}");
    }
}

#[test]
fn a_text_that_is_one_expression_is_helped_with_too() {
    assert_eq!(
        tried(ARGUMENTS, "\"{% $states.in|put.score %}\""),
        gives(json!(2))
    );
    assert_eq!(
        taken(ARGUMENTS, "\"{% $states.input.sc|", "score"),
        "\"{% $states.input.score‹›\""
    );
}

#[test]
fn what_stands_at_a_place_is_explained() {
    let (document, pointer) = place(ARGUMENTS);
    let explained = |pointer: &Pointer, typed: &str| {
        let (typed, offset) = cursor(typed);
        hover_in_json(&document, pointer, &typed, offset, &knowledge()).map(|found| found.text)
    };
    let text = explained(&pointer, "{\"n\": \"{% \\\"x\\\" & $su|m([1]) %}\"}").expect("words");
    assert!(text.contains("$sum"), "{text}");
    let state = "/States/B".parse().expect("a pointer");
    let text = explained(&state, "{\"Type\": \"Pass\", \"Res|ult\": 1}").expect("words");
    assert!(text.contains("**Result**"), "{text}");
    assert_eq!(explained(&pointer, "{\"n|\": 1}"), None);
    let (typed, offset) = cursor("{\"n\": \"{% $sum(|");
    let help = signature_help_in_json(&document, &pointer, &typed, offset).expect("help");
    assert!(help.label.starts_with("$sum("));
}

#[test]
fn a_definition_in_yaml_is_asked_the_same_way() {
    let yaml = "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Output: {a: 1}\n    End: true\n";
    let document = Document::parse_yaml(yaml);
    let at = "/States/A/Output".parse().expect("a pointer");
    let (typed, offset) = cursor("{\n  \"n\": \"{% $states.input.sc|");
    let found = complete_json(&document, &at, &typed, offset, &knowledge());
    let item = found.items.first().expect("an offer");
    assert_eq!(
        super::apply(&typed, item, &found.also),
        "{\n  \"n\": \"{% $states.input.score‹›\""
    );
}

#[test]
fn no_text_and_no_cursor_is_too_broken() {
    let (document, _) = place(ARGUMENTS);
    let typed = "{\"ä\\u00\": [\"{% $\\\"😀\\\\\", ${A}, {\"x.$\": \"$..[\" ]}, 'q' // c\n \"";
    for pointer in [ARGUMENTS, PARAMETERS, "/States/A", "", "/States/Nowhere/X"] {
        let at: Pointer = pointer.parse().expect("a pointer");
        for offset in 0..typed.len() + 2 {
            complete_json(&document, &at, typed, offset, &knowledge());
            hover_in_json(&document, &at, typed, offset, &knowledge());
            signature_help_in_json(&document, &at, typed, offset);
            try_in_json(&document, &at, typed, offset, &knowledge());
        }
    }
}
