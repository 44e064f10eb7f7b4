use super::*;

fn machine() -> Value {
    let inner = json!({"StartAt": "Item", "States": {
        "Item": {"Type": "Task", "Resource": INVOKE, "Next": "Rest",
            "Parameters": {"FunctionName": "f", "Payload.$": "$$.Map.Item"}},
        "Rest": {"Type": "Succeed"},
    }});
    json!({"StartAt": "Each", "States": {
        "Each": {"Type": "Map", "ItemProcessor": inner, "Next": "Last"},
        "Last": {"Type": "Pass", "End": true},
    }})
}

fn named(name: &str) -> Request {
    Request {
        state_name: Some(name.to_owned()),
        ..request(&machine(), &json!({"a": 1}))
    }
}

#[test]
fn a_state_is_found_by_its_name_at_any_depth() {
    assert_eq!(reply(&named("Last"))["output"], json!({"a": 1}));
    let mut inner = named("Item");
    inner.mock = with_result(&json!({}), &json!({}), &json!({})).mock;
    let reply = reply(&inner);
    assert_eq!(reply["nextState"], "Rest");
    assert_eq!(
        reply["inspectionData"]["afterParameters"]["Payload"],
        json!({"Index": 0, "Value": {"a": 1}}),
        "a state inside a Map sees the first item"
    );
}

#[test]
fn a_name_that_is_not_there_is_refused() {
    assert_eq!(refused(&named("dne")), "State not found in definition");
}

#[test]
fn a_whole_definition_is_checked_before_the_state_is_looked_for() {
    let broken = json!({"StartAt": "A", "States": {"A": {"Type": "Nope", "End": true}}});
    let mut asked = request(&broken, &json!({}));
    asked.state_name = Some("A".to_owned());
    let refusal = begun(&asked).unwrap_err();
    assert_eq!(refusal.kind(), RefusalKind::InvalidDefinition);
    assert_eq!(
        refusal.to_string(),
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these \
         values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type'"
    );
}

#[test]
fn a_lone_state_may_go_to_states_that_are_not_there() {
    let task = json!({
        "Type": "Task", "Resource": INVOKE, "Next": "A",
        "Parameters": {"FunctionName": "f"},
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}],
    });
    assert_eq!(
        reply(&with_result(&task, &json!({}), &json!({})))["nextState"],
        "A"
    );
    assert_eq!(reply(&with_error(&task, &json!({}), "E"))["nextState"], "B");
}

#[test]
fn a_lone_state_with_errors_is_refused() {
    let pass = json!({"Type": "Pass"});
    let refusal = begun(&request(&pass, &json!({}))).unwrap_err();
    assert_eq!(refusal.kind(), RefusalKind::InvalidDefinition);
    assert!(
        !refusal.to_string().contains("MISSING_END_STATE"),
        "whether a machine ends is no question of one state: {refusal}"
    );
    for text in ["{", "[]", "7", "", "nope"] {
        let mut asked = request(&pass, &json!({}));
        asked.definition = text.to_owned();
        let refusal = begun(&asked).unwrap_err();
        assert_eq!(refusal.kind(), RefusalKind::InvalidDefinition, "{text}");
    }
}

#[test]
fn a_lone_state_cannot_bring_other_states_with_it() {
    let mut asked = request(&json!({}), &json!({}));
    asked.definition = r#"{"Type": "Pass", "End": true}, "Other": {"Type": "Succeed"}"#.to_owned();
    assert_eq!(
        begun(&asked).unwrap_err().kind(),
        RefusalKind::InvalidDefinition
    );
}

#[test]
fn an_input_that_is_no_json_is_refused() {
    let mut asked = request(&json!({"Type": "Succeed"}), &json!({}));
    asked.input = Some("{".to_owned());
    assert_eq!(
        begun(&asked).unwrap_err().kind(),
        RefusalKind::InvalidExecutionInput
    );
    asked.input = None;
    assert_eq!(reply(&asked)["output"], json!({}));
}
