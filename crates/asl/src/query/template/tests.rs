//! Tests of payload templates.

use super::*;
use indexmap::IndexMap;
use proptest::prelude::*;
use serde_json::json;

struct Zero;

impl Entropy for Zero {
    fn next_u64(&mut self) -> u64 {
        0
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "literals read better without a reference"
)]
fn eval(template: Value, input: Value) -> Result<Value, QueryError> {
    let variables = IndexMap::from([("v".to_owned(), json!([1]))]);
    let scope = Scope {
        input: &input,
        context: &json!({"Task": {"Token": "t"}}),
        variables: &variables,
    };
    Template::parse(&template).unwrap().eval(&scope, &mut Zero)
}

#[test]
fn keys_that_end_in_dollar_are_evaluated_at_any_depth() {
    let template = json!({
        "plain": "$.a",
        "list": [{"x.$": "$.a"}, "$.a", {"token.$": "$$.Task.Token"}],
        "made.$": "States.Format('<{}>', $.a)",
        "variable.$": "$v",
    });
    let expected = json!({
        "plain": "$.a",
        "list": [{"x": 7}, "$.a", {"token": "t"}],
        "made": "<7>",
        "variable": [1],
    });
    assert_eq!(eval(template, json!({"a": 7})).unwrap(), expected);
}

#[test]
fn plain_keys_come_first_and_evaluated_ones_in_the_order_of_a_hash_map() {
    let text = |template| eval(template, json!(1)).unwrap().to_string();
    assert_eq!(
        text(json!({"FunctionName.$": "$", "Payload": 2})),
        r#"{"Payload":2,"FunctionName":1}"#
    );
    assert_eq!(
        text(json!({"StateMachineArn.$": "$", "Input.$": "$", "Name.$": "$"})),
        r#"{"Input":1,"StateMachineArn":1,"Name":1}"#
    );
    assert_eq!(text(json!({"z": 1, "a": 2})), r#"{"z":1,"a":2}"#);
}

#[test]
fn a_path_that_finds_nothing_names_its_key() {
    let error = eval(json!({"a": {"b.$": "$.gone"}}), json!({})).unwrap_err();
    assert_eq!(
        error.cause("{}"),
        "The JSONPath '$.gone' specified for the field 'b.$' could not be found in the input '{}'"
    );
}

#[test]
fn faults_name_the_key() {
    for (template, place) in [
        (json!({"a.$": 1}), vec![step("a.$")]),
        (
            json!({"x": [0, {"a.$": "no call"}]}),
            vec![step("x"), Step::Index(1), step("a.$")],
        ),
        (json!({"a": 1, "a.$": "$"}), vec![step("a.$")]),
        (json!({"a.$": "$."}), vec![step("a.$")]),
    ] {
        assert_eq!(
            Template::parse(&template).unwrap_err().0,
            place,
            "{template}"
        );
    }
}

#[test]
fn a_template_that_copies_too_much_is_stopped() {
    let calls = vec!["$"; 5_000].join(",");
    let result = eval(
        json!({"a.$": format!("States.Array({calls})")}),
        json!("x".repeat(100_000)),
    );
    assert!(matches!(result, Err(QueryError::Limit(_))));
}

#[test]
fn the_variables_that_it_reads_are_listed() {
    let template = json!({"a.$": "$v.x", "b": {"c.$": "States.Array($w, $.y)"}, "d": "$z"});
    let mut names = Template::parse(&template)
        .unwrap()
        .variables()
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    names.sort();
    assert_eq!(names, ["v", "w"]);
}

proptest! {
    #[test]
    fn a_template_without_marked_keys_gives_itself(keys in prop::collection::vec("[a-z$.]{0,5}x", 0..6), text in "\\PC{0,8}") {
        let template: Value = keys.into_iter().map(|key| (key, json!([text, {"in": text}]))).collect::<Map<_, _>>().into();
        prop_assert_eq!(eval(template.clone(), json!({})).unwrap(), template);
    }
}
