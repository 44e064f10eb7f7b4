//! Explanations.

use super::cursor;
use crate::editor::{Knowledge, Seen, hover};
use serde_json::json;
use std::sync::Arc;

fn knowledge() -> Knowledge {
    let seen = Seen {
        variables: json!({"limit": 0.8})
            .as_object()
            .cloned()
            .unwrap_or_default(),
        ..Seen::default()
    };
    Knowledge {
        input: Some(json!({"order": {"id": 7, "lines": ["a"]}})),
        seen: [(Arc::from("Check"), seen)].into(),
        ..Knowledge::default()
    }
}

/// The part of the text that is explained, and the words.
fn explained(text: &str) -> Option<(String, String)> {
    let (text, offset) = cursor(text);
    let found = hover(&text, offset, &knowledge())?;
    Some((
        text.get(found.span.start..found.span.end)?.to_owned(),
        found.text,
    ))
}

fn words(text: &str) -> String {
    explained(text).map(|(_, words)| words).unwrap_or_default()
}

fn state(inner: &str) -> String {
    format!(
        r#"{{"StartAt": "Begin", "States": {{"Begin": {inner}, "Check": {{"Type": "Pass", "Comment": "Looks at it", "End": true}}}}}}"#
    )
}

#[test]
fn a_field_is_explained_with_its_bounds() {
    let (span, words) = explained(&state(r#"{"Type": "Task", "Timeout|Seconds": 5}"#)).unwrap();
    assert_eq!(span, "\"TimeoutSeconds\"");
    assert!(
        words.starts_with("**TimeoutSeconds** in a Task state\n\nThe longest time"),
        "{words}"
    );
    assert!(
        words.ends_with("Takes a whole number from 1 to 99999999."),
        "{words}"
    );
    assert!(
        super::hovering::words(&state(r#"{"Type": "Task", "Res|ource": "x"}"#))
            .contains("Required. Takes a text.")
    );
    assert!(super::hovering::words(r#"{"Timeout|Seconds": 5}"#).contains("whole execution"));
}

#[test]
fn a_state_is_explained_where_it_stands_and_where_it_is_named() {
    let text = state(
        r#"{"Type": "Task", "Resource": "r", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Ch|eck"}], "End": true}"#,
    );
    let expected = "**Check**, Pass state\n\nLooks at it\n\nReached from Begin after an error.";
    assert_eq!(
        explained(&text),
        Some(("\"Check\"".to_owned(), expected.to_owned()))
    );
    let named = text
        .replace('|', "")
        .replace(r#""Check": {"#, r#""Che|ck": {"#);
    assert_eq!(words(&named), expected);
    assert!(words(r#"{"StartAt": "Beg|in", "States": {}}"#).contains("no state **Begin**"));
}

#[test]
fn words_types_errors_and_resources_are_explained() {
    assert!(words(&state(r#"{"Type": "Pa|ss"}"#)).contains("Passes its input on"));
    assert!(words(r#"{"QueryLanguage": "JSON|ata"}"#).contains("Expressions between"));
    assert!(
        words(&state(
            r#"{"Type": "Task", "Retry": [{"ErrorEquals": ["States.Time|out"]}]}"#
        ))
        .contains("TimeoutSeconds")
    );
    let lambda = state(
        r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:in|voke", "Retry": [{"ErrorEquals": ["Lambda.Unknown"]}]}"#,
    );
    assert!(words(&lambda).contains("AWS Lambda"));
    assert!(
        words(&lambda.replace('|', "").replace("Lambda.Un", "Lambda.U|n"))
            .contains("without an answer")
    );
    assert!(
        words(&state(
            r#"{"Type": "Task", "Credentials": {"RoleArn": "arn:aws:iam::123456789012:role/x|"}}"#
        ))
        .contains("role/x")
    );
}

#[test]
fn times_are_spelled_out() {
    assert_eq!(
        words(&state(r#"{"Type": "Wait", "Seconds": 864|00}"#)),
        "1 day."
    );
    assert!(
        words(&state(
            r#"{"Type": "Wait", "Timestamp": "2026-01-31T12:|00:00Z"}"#
        ))
        .starts_with("Saturday")
    );
}

#[test]
fn a_path_is_explained_up_to_the_step_at_the_cursor() {
    let task = |path: &str| {
        state(&format!(
            r#"{{"Type": "Pass", "Parameters": {{"x.$": "{path}"}}, "Next": "Check"}}"#
        ))
    };
    assert!(words(&task("$.ord|er.id")).starts_with("`$.order`\n\nLast value: `{\"id\":7"));
    assert_eq!(
        words(&task("$.order.i|d")),
        "`$.order.id`\n\nLast value: `7`"
    );
    assert_eq!(
        words(&task("$.order.lines[|0]")),
        "`$.order.lines[0]`\n\nLast value: `\"a\"`"
    );
    assert_eq!(
        words(&task("States.Format('{}', $.order|.id)")),
        "`$.order.id`\n\nLast value: `7`"
    );
    assert!(
        words(&task("States.For|mat('{}', $.order.id)"))
            .starts_with("`States.Format(template, value, …)`")
    );
    assert!(
        words(&task("$$.State.Na|me")).starts_with("`$$.State.Name`\n\nThe name of the state.")
    );
    assert_eq!(words(&task("plain 'te|xt'")), "");
}

#[test]
fn a_variable_is_explained_with_who_sets_it() {
    let text = r#"{"StartAt": "Begin", "States": {"Begin": {"Type": "Pass", "Assign": {"limit": 0.5}, "Next": "Check"},
        "Check": {"Type": "Pass", "InputPath": "$li|mit", "End": true}}}"#;
    assert_eq!(
        words(text),
        "Variable **limit**\n\nSet by Begin.\n\nLast value: `0.8`"
    );
    let set = text.replace('|', "").replace("\"limit\"", "\"li|mit\"");
    assert!(words(&set).starts_with("Variable **limit**, seen from the next state on"));
}

#[test]
fn expressions_are_explained_token_by_token() {
    let text = |expression: &str| {
        state(&format!(
            r#"{{"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{{% {expression} %}}", "End": true}}"#
        ))
    };
    let (span, words) = explained(&text(r#"\"ä\\\"\" & $states.input.order.i|d"#)).unwrap();
    assert_eq!(span, "id");
    assert!(words.contains("Likely value: `7`"), "{words}");
    assert!(super::hovering::words(&text("$su|m([1])")).starts_with("`$sum("));
}
