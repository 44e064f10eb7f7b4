//! Text fields that hold one value, as an inspector has them, and the names in data.

use super::{accept, cursor, labels};
use crate::editor::{Knowledge, complete_field, signature_help_in_field};
use crate::text::{Document, Pointer};
use serde_json::json;

const TEXT: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"x.$": "old"}, "Next": "B"},
    "B \"2\"": {"Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::lambda:invoke", "End": true}}}"#;

fn offers(pointer: &str, typed: &str) -> Vec<(String, String)> {
    let document = Document::parse(TEXT);
    let pointer: Pointer = pointer.parse().unwrap();
    let (typed, offset) = cursor(typed);
    let knowledge = Knowledge {
        input: Some(json!({"order": 1})),
        ..Knowledge::default()
    };
    let found = complete_field(&document, &pointer, &typed, offset, &knowledge);
    let taken = found.items.into_iter().map(|item| {
        let mut text = typed.clone();
        text.replace_range(item.edit.span.start..item.edit.span.end, &item.edit.text);
        (item.label, text)
    });
    taken.collect()
}

#[test]
fn a_field_is_completed_without_quotes_and_escapes() {
    let found = offers("/States/A/InputPath", "$.or|");
    assert_eq!(found[0], ("$.order".to_owned(), "$.order".to_owned()));
    let found = offers("/States/A/Next", "|");
    assert_eq!(found[0], ("B \"2\"".to_owned(), "B \"2\"".to_owned()));
    let found = offers("/States/A/Parameters/x.$", "States.Array('\"', $.or|)");
    assert_eq!(found[0].1, "States.Array('\"', $.order)");
    let found = offers("/States/B \"2\"/Output", "{% \"x\" & $states.in| %}");
    assert_eq!(found[0].1, "{% \"x\" & $states.input %}");
    assert_eq!(offers("/States/Nowhere/Next", "|"), Vec::new());
}

#[test]
fn a_field_has_help_with_arguments() {
    let document = Document::parse(TEXT);
    let pointer: Pointer = "/States/A/Parameters/x.$".parse().unwrap();
    let help = signature_help_in_field(&document, &pointer, "States.MathAdd(1, ", 18).unwrap();
    assert_eq!(
        (help.label.as_str(), help.active),
        ("States.MathAdd(first, second)", 1)
    );
}

fn task(resource: &str, fields: &str) -> String {
    format!(
        r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "arn:aws:states:::{resource}", {fields}, "End": true}}}}}}"#
    )
}

#[test]
fn the_parameters_of_a_call_are_offered_until_they_stand() {
    let found = labels(&task(
        "lambda:invoke",
        r#""Parameters": {"FunctionName": "f", |}"#,
    ));
    assert_eq!(found[..2], ["Payload", "Qualifier"]);
    assert!(
        found.contains(&"Payload.$".to_owned()) && !found.contains(&"FunctionName.$".to_owned())
    );
    let reader = labels(
        r#"{"States": {"A": {"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {|}}}}}"#,
    );
    assert_eq!(reader[..2], ["Bucket", "Key"]);
    assert_eq!(
        labels(&task("lambda:invoke", r#""Parameters": {"Payload": {|}}"#)),
        Vec::<String>::new()
    );
}

#[test]
fn a_callback_is_offered_its_token_at_any_depth() {
    let text = task(
        "sqs:sendMessage.waitForTaskToken",
        r#""Parameters": {"MessageBody": {"To|"}}"#,
    );
    assert_eq!(
        accept(&text, "TaskToken.$"),
        task(
            "sqs:sendMessage.waitForTaskToken",
            r#""Parameters": {"MessageBody": {"TaskToken.$": "$$.Task.Token"}}"#
        )
    );
}
