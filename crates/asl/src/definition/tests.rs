use super::*;
use serde_json::{Value, json};

fn build(definition: &Value) -> Result<StateMachine, Vec<DefinitionError>> {
    StateMachine::build(&Document::parse(definition.to_string()))
}

/// Where the errors are.
fn places(definition: &Value) -> Vec<String> {
    let errors = build(definition).expect_err("it should be refused");
    errors.iter().map(|error| shown(&error.pointer)).collect()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the state is written in place"
)]
fn machine(state: Value) -> Value {
    json!({"StartAt": "A", "States": {"A": state}})
}

#[test]
fn a_definition_with_open_placeholders_names_them() {
    let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": ${Pause}, "Next": ${Then}}}}"#;
    let errors = StateMachine::build(&Document::parse(text)).unwrap_err();
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        messages,
        ["These placeholders must be filled in first: Pause, Then"]
    );
}

#[test]
fn what_is_missing_or_wrong_is_said_with_its_place() {
    assert_eq!(places(&json!({})), ["/", "/"]);
    assert_eq!(places(&json!([])), ["/"]);
    assert_eq!(
        places(&json!({"StartAt": "B", "States": {"A": {"Type": "Succeed"}}})),
        ["/StartAt"]
    );
    assert_eq!(
        places(&machine(json!({"Type": "Pas", "End": true}))),
        ["/States/A/Type"]
    );
    assert_eq!(places(&machine(json!({"Type": "Pass"}))), ["/States/A"]);
    assert_eq!(
        places(&machine(json!({"Type": "Pass", "Next": "B"}))),
        ["/States/A/Next"]
    );
    assert_eq!(
        places(&machine(
            json!({"Type": "Pass", "End": true, "InputPath": "a"})
        )),
        ["/States/A/InputPath"]
    );
    assert_eq!(
        places(&machine(
            json!({"Type": "Wait", "Seconds": -1, "End": true})
        )),
        ["/States/A/Seconds"]
    );
    assert_eq!(
        places(&machine(
            json!({"Type": "Wait", "Timestamp": "x", "End": true})
        )),
        ["/States/A/Timestamp"]
    );
}

#[test]
fn faults_inside_templates_and_nested_blocks_have_deep_places() {
    let template = json!({"Type": "Pass", "Parameters": {"a": [{"b.$": 1}]}, "End": true});
    assert_eq!(places(&machine(template)), ["/States/A/Parameters/a/0/b.$"]);
    let branch = json!({"StartAt": "B", "States": {"B": {"Type": "Pass"}}});
    let parallel = json!({"Type": "Parallel", "Branches": [branch], "End": true});
    assert_eq!(
        places(&machine(parallel)),
        ["/States/A/Branches/0/States/B"]
    );
}

#[test]
fn all_faults_are_said_at_once() {
    let states =
        json!({"A": {"Type": "Task", "End": true}, "B": {"Type": "Choice", "Choices": []}});
    assert_eq!(
        places(&json!({"StartAt": "A", "States": states})),
        ["/States/A", "/States/B/Choices"]
    );
}

#[test]
fn a_text_that_is_no_json_is_refused_with_the_fault_of_its_text() {
    let errors =
        StateMachine::build(&Document::parse("{\"StartAt\": ")).expect_err("it should be refused");
    assert!(!errors.is_empty());
    assert!(StateMachine::build(&Document::parse("")).is_err());
}

#[test]
fn states_are_numbered_in_the_order_of_the_document() {
    let inner = json!({"StartAt": "C", "States": {"C": {"Type": "Succeed"}}});
    let states = json!({"A": {"Type": "Map", "ItemProcessor": inner, "Next": "B"}, "B": {"Type": "Succeed"}});
    let machine = build(&json!({"StartAt": "A", "States": states})).unwrap();
    let names: Vec<_> = machine.states().map(|state| &*state.name).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert_eq!(
        machine.state_named("C").map(|state| state.block),
        Some(BlockId(1))
    );
}

#[test]
fn resources_are_told_apart_by_their_arn() {
    let service = |text: &str| match Resource::parse(text) {
        Resource::Service { names, pattern, .. } => (
            names.resource_type.to_string(),
            names.resource.to_string(),
            pattern,
        ),
        other => panic!("{other:?}"),
    };
    let parts = |a: &str, b: &str, pattern| (a.to_owned(), b.to_owned(), pattern);
    assert_eq!(
        service("arn:aws:states:::aws-sdk:s3:listObjects"),
        parts("aws-sdk:s3", "listObjects", Pattern::RequestResponse)
    );
    assert_eq!(
        service("arn:aws:states:::states:startExecution.sync:2"),
        parts("states", "startExecution.sync:2", Pattern::Sync)
    );
    assert_eq!(
        service("arn:aws:states:::lambda:invoke.waitForTaskToken"),
        parts("lambda", "invoke.waitForTaskToken", Pattern::Callback)
    );
    assert!(matches!(
        Resource::parse("arn:aws:states:eu-west-1:1:activity:a"),
        Resource::Activity(_)
    ));
    assert!(matches!(
        Resource::parse("arn:aws:lambda:eu-west-1:1:function:f"),
        Resource::Function(_)
    ));
    assert!(matches!(
        Resource::parse("${Function}"),
        Resource::Function(_)
    ));
}

#[test]
fn blocks_nested_without_end_are_refused_and_do_not_crash() {
    let leaf = json!({"StartAt": "L", "States": {"L": {"Type": "Succeed"}}});
    let nested = (0..MAX_DEPTH + 5).fold(leaf, |block, level| {
        let name = format!("S{level}");
        let state = json!({"Type": "Map", "ItemProcessor": block, "End": true});
        json!({"StartAt": name, "States": {name: state}})
    });
    assert!(build(&nested).is_err());
}

#[test]
fn an_expression_needs_its_delimiters_at_the_very_ends() {
    assert_eq!(expression("{% $x %}"), Some("$x"));
    assert_eq!(expression(" {% $x %}"), None);
    assert_eq!(expression("{%"), None);
    assert_eq!(expression("{%}"), None);
}
