//! Paths, variables, functions and JSONata.

use super::{accept_with, labels, offers_with};
use crate::editor::{Knowledge, Seen};
use serde_json::{Value, json};
use std::sync::Arc;

fn known(input: Value) -> Knowledge {
    Knowledge {
        input: Some(input),
        ..Knowledge::default()
    }
}

fn order() -> Knowledge {
    known(json!({"order": {"id": 7, "lines": [{"sku": "a", "price": 2.5}]}, "two words": true}))
}

fn labels_with(text: &str, knowledge: &Knowledge) -> Vec<String> {
    offers_with(text, knowledge)
        .items
        .into_iter()
        .map(|item| item.label)
        .collect()
}

/// A machine: `A`, then `B`, both as given.
fn machine(a: &str, b: &str) -> String {
    format!(r#"{{"StartAt": "A", "States": {{"A": {a}, "B": {b}}}}}"#)
}

/// The same, with JSONata.
fn jsonata(a: &str, b: &str) -> String {
    machine(a, b).replacen('{', r#"{"QueryLanguage": "JSONata", "#, 1)
}

const END: &str = r#"{"Type": "Pass", "End": true}"#;

#[test]
fn paths_lead_into_the_sample_input() {
    let text = machine(r#"{"Type": "Pass", "InputPath": "|", "Next": "B"}"#, END);
    let found = labels_with(&text, &order());
    assert_eq!(found[..4], ["$", "$.order", "$['two words']", "$.order.id"]);
    assert!(found.contains(&"$$.Execution.Name".to_owned()));
    let deep = machine(
        r#"{"Type": "Pass", "InputPath": "$.order.li|", "Next": "B"}"#,
        END,
    );
    assert_eq!(
        labels_with(&deep, &order())[..2],
        ["$.order.lines", "$.order.lines[0]"]
    );
    let list = machine(
        r#"{"Type": "Pass", "InputPath": "$.order.lines[*].|", "Next": "B"}"#,
        END,
    );
    assert_eq!(
        labels_with(&list, &order())[..2],
        ["$.order.lines[*].sku", "$.order.lines[*].price"]
    );
    assert_eq!(
        accept_with(&deep, "$.order.lines[0]", &order()),
        machine(
            r#"{"Type": "Pass", "InputPath": "$.order.lines[0]", "Next": "B"}"#,
            END
        )
    );
}

#[test]
fn what_states_before_give_is_known() {
    let text = machine(
        r#"{"Type": "Pass", "Result": {"score": 0.9}, "ResultPath": "$.checked", "Next": "B"}"#,
        r#"{"Type": "Choice", "Choices": [{"Variable": "$.ch|"}]}"#,
    );
    assert_eq!(
        labels_with(&text, &order())[..2],
        ["$.checked", "$.checked.score"]
    );
    let lambda = machine(
        r#"{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "B"}"#,
        r#"{"Type": "Pass", "OutputPath": "$.Pay|"}"#,
    );
    assert_eq!(labels(&lambda), ["$.Payload"]);
    let caught = machine(
        r#"{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "B"}]}"#,
        r#"{"Type": "Fail", "CausePath": "$.fai|"}"#,
    );
    assert_eq!(
        labels_with(&caught, &order())[..3],
        ["$.failure", "$.failure.Error", "$.failure.Cause"]
    );
}

#[test]
fn what_a_run_has_shown_wins() {
    let seen = Seen {
        input: Some(json!({"fromRun": {"a": 1}})),
        ..Seen::default()
    };
    let mut knowledge = order();
    knowledge.seen.insert(Arc::from("B"), seen);
    let text = machine(
        r#"{"Type": "Pass", "Next": "B"}"#,
        r#"{"Type": "Pass", "InputPath": "$.|"}"#,
    );
    let items = offers_with(&text, &knowledge).items;
    assert_eq!(items[0].label, "$.fromRun");
    assert_eq!(items[0].documentation, r#"{"a":1}"#);
}

#[test]
fn each_field_looks_at_the_data_that_it_works_on() {
    let task = |fields: &str| {
        machine(
            &format!(
                r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "InputPath": "$.order", {fields}, "Next": "B"}}"#
            ),
            END,
        )
    };
    let first = |fields: &str| labels_with(&task(fields), &order()).into_iter().next();
    assert_eq!(
        first(r#""Parameters": {"a.$": "$.i|"}"#).as_deref(),
        Some("$.id")
    );
    assert_eq!(
        first(r#""ResultSelector": {"a.$": "$.Pa|"}"#).as_deref(),
        Some("$.Payload")
    );
    assert_eq!(
        first(r#""Assign": {"a.$": "$.Pa|"}"#).as_deref(),
        Some("$.Payload")
    );
    assert_eq!(
        first(r#""ResultPath": "$.or|""#).as_deref(),
        Some("$.order")
    );
    let raw = labels_with(&task(r#""ResultPath": "|""#), &order());
    assert!(
        !raw.iter().any(|label| label.starts_with("$$")),
        "nothing is written into the context object"
    );
}

#[test]
fn a_map_hands_its_items_on() {
    let text = machine(
        r#"{"Type": "Map", "ItemsPath": "$.order.lines", "ItemSelector": {"line.$": "$$.Map.Item.Value"}, "End": true,
            "ItemProcessor": {"StartAt": "X", "States": {"X": {"Type": "Pass", "InputPath": "$.line.|", "End": true}}}}"#,
        END,
    );
    assert_eq!(labels_with(&text, &order()), ["$.line.sku", "$.line.price"]);
    let selector = machine(
        r#"{"Type": "Map", "ItemsPath": "$.order.lines", "ItemSelector": {"line.$": "$$.Map.Item.Value.|"}, "End": true,
            "ItemProcessor": {"StartAt": "X", "States": {"X": {"Type": "Pass", "End": true}}}}"#,
        END,
    );
    let found = labels_with(&selector, &order());
    assert!(
        found.contains(&"$$.Map.Item.Value.sku".to_owned()),
        "{found:?}"
    );
}

#[test]
fn variables_are_those_that_states_before_set() {
    let text = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Assign": {"first": {"x": 1}, "second.$": "$.order.id"}, "Next": "B"},
        "B": {"Type": "Pass", "Assign": {"later": 1}, "InputPath": "$|", "Next": "C"},
        "C": {"Type": "Pass", "Assign": {"last": 1}, "End": true}}}"#;
    let items = offers_with(text, &order()).items;
    let found: Vec<&str> = items.iter().map(|item| item.label.as_str()).collect();
    assert!(
        found.contains(&"$first") && found.contains(&"$second"),
        "{found:?}"
    );
    assert!(
        !found.contains(&"$later") && !found.contains(&"$last"),
        "{found:?}"
    );
    let second = items.iter().find(|item| item.label == "$second").unwrap();
    assert_eq!(
        (second.detail.as_str(), second.documentation.as_str()),
        ("set by A", "7")
    );
    assert_eq!(
        labels_with(&text.replace("$|", "$first.|"), &order()),
        ["$first.x"]
    );
}

#[test]
fn inner_blocks_see_outer_variables_unless_they_are_distributed() {
    let text = |config: &str| {
        format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Pass", "Assign": {{"outer": 1}}, "Next": "M"}},
            "M": {{"Type": "Map", "End": true, "ItemProcessor": {{"ProcessorConfig": {config}, "StartAt": "X",
            "States": {{"X": {{"Type": "Pass", "InputPath": "$o|", "End": true}}}}}}}}}}}}"#
        )
    };
    assert_eq!(labels(&text("{}"))[..1], ["$outer"]);
    let distributed = labels(&text(
        r#"{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}"#,
    ));
    assert!(!distributed.contains(&"$outer".to_owned()));
}

#[test]
fn functions_come_with_their_arguments_and_only_where_they_may_stand() {
    let text = machine(
        r#"{"Type": "Pass", "Parameters": {"a.$": "Form|"}, "Next": "B"}"#,
        END,
    );
    assert_eq!(
        accept_with(&text, "States.Format", &order()),
        machine(
            r#"{"Type": "Pass", "Parameters": {"a.$": "States.Format('‹›', ‹value›)"}, "Next": "B"}"#,
            END
        )
    );
    let argument = machine(
        r#"{"Type": "Pass", "Parameters": {"a.$": "States.Format('x', $.order.i|)"}, "Next": "B"}"#,
        END,
    );
    assert_eq!(
        accept_with(&argument, "$.order.id", &order()),
        machine(
            r#"{"Type": "Pass", "Parameters": {"a.$": "States.Format('x', $.order.id)"}, "Next": "B"}"#,
            END
        )
    );
    let inside = machine(
        r#"{"Type": "Pass", "Parameters": {"a.$": "States.Format('$|')"}, "Next": "B"}"#,
        END,
    );
    assert_eq!(labels_with(&inside, &order()), Vec::<String>::new());
    let plain = machine(
        r#"{"Type": "Pass", "Parameters": {"a": "|"}, "Next": "B"}"#,
        END,
    );
    assert_eq!(labels_with(&plain, &order()), Vec::<String>::new());
    let cause = labels(&machine(
        r#"{"Type": "Fail", "CausePath": "States.|"}"#,
        END,
    ));
    assert!(
        cause.contains(&"States.Format".to_owned())
            && !cause.contains(&"States.MathAdd".to_owned())
    );
}

#[test]
fn expressions_know_states_and_variables() {
    let text = jsonata(
        r#"{"Type": "Pass", "Output": "{% $states.input.or| %}", "Next": "B"}"#,
        END,
    );
    assert_eq!(labels_with(&text, &order()), ["order", "two words"]);
    assert_eq!(
        accept_with(&text, "order", &order()),
        jsonata(
            r#"{"Type": "Pass", "Output": "{% $states.input.order %}", "Next": "B"}"#,
            END
        )
    );
    let quoted = jsonata(
        r#"{"Type": "Pass", "Output": "{% \"é\" & $states.input.tw| %}", "Next": "B"}"#,
        END,
    );
    assert_eq!(
        accept_with(&quoted, "two words", &order()),
        jsonata(
            r#"{"Type": "Pass", "Output": "{% \"é\" & $states.input.`two words` %}", "Next": "B"}"#,
            END
        )
    );
    let variable = jsonata(
        r#"{"Type": "Pass", "Assign": {"limit": "{% $states.input.order.id %}"}, "Next": "B"}"#,
        r#"{"Type": "Pass", "Output": {"deep": ["{% $lim| %}"]}, "End": true}"#,
    );
    let items = offers_with(&variable, &order()).items;
    assert_eq!(
        (
            items[0].label.as_str(),
            items[0].detail.as_str(),
            items[0].documentation.as_str()
        ),
        ("$limit", "set by A", "7")
    );
}

#[test]
fn result_and_error_output_are_offered_only_where_they_are_allowed() {
    let task = |fields: &str| {
        labels(&jsonata(
            &format!(
                r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", {fields}, "Next": "B"}}"#
            ),
            END,
        ))
    };
    assert_eq!(
        task(r#""Output": "{% $states.| %}""#),
        ["input", "context", "result"]
    );
    assert_eq!(
        task(r#""Arguments": "{% $states.| %}""#),
        ["input", "context"]
    );
    assert_eq!(
        task(r#""Catch": [{"Output": "{% $states.| %}"}]"#),
        ["input", "context", "errorOutput"]
    );
    assert_eq!(
        task(r#""Output": "{% $states.result.Pay| %}""#),
        ["Payload"]
    );
}

#[test]
fn an_expression_without_its_end_is_completed_all_the_same() {
    let text = jsonata(r#"{"Type": "Pass", "Output": "{% $su|"#, "");
    let text = text
        .split_once('|')
        .map(|(before, _)| format!("{before}|"))
        .unwrap();
    assert!(accept_with(&text, "$sum", &order()).ends_with(r#""{% $sum‹›""#));
    let empty = jsonata(r#"{"Type": "Pass", "Output": "|", "Next": "B"}"#, END);
    assert_eq!(labels(&empty), ["{% %}"]);
}

#[test]
fn a_path_without_quotes_gets_them() {
    let text = machine(r#"{"Type": "Pass", "InputPath": $.or|, "Next": "B"}"#, END);
    assert_eq!(
        accept_with(&text, "$.order", &order()),
        machine(
            r#"{"Type": "Pass", "InputPath": "$.order‹›", "Next": "B"}"#,
            END
        )
    );
}

#[test]
fn operators_that_fit_the_tested_value_come_first() {
    let rule = |path: &str| {
        let rule = format!(
            r#"{{"Type": "Choice", "Choices": [{{"Variable": "{path}", "Next": "B", |}}]}}"#
        );
        labels_with(&machine(&rule, END), &order())
            .into_iter()
            .next()
    };
    assert_eq!(rule("$.order.id").as_deref(), Some("NumericEquals"));
    assert_eq!(rule("$['two words']").as_deref(), Some("BooleanEquals"));
    assert_eq!(
        rule("$.order.lines[0].sku").as_deref(),
        Some("StringEquals")
    );
}
