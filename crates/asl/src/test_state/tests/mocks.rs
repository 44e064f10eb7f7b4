use super::*;

fn task(resource: &str) -> Value {
    json!({"Type": "Task", "Resource": resource, "End": true, "Parameters": {"FunctionName": "f"}})
}

fn parallel() -> Value {
    let branch =
        |name: &str| json!({"StartAt": name, "States": {name: {"Type": "Pass", "End": true}}});
    json!({"Type": "Parallel", "Branches": [branch("A"), branch("B")], "End": true})
}

fn map(more: &Value) -> Value {
    let processor = json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}});
    let mut map = json!({"Type": "Map", "ItemProcessor": processor, "End": true});
    map.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    map
}

#[test]
fn states_that_work_by_themselves_take_no_mock() {
    let states = [
        json!({"Type": "Pass", "End": true}),
        json!({"Type": "Fail"}),
        json!({"Type": "Succeed"}),
        json!({"Type": "Wait", "Seconds": 1, "End": true}),
        json!({"Type": "Choice", "Default": "B", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "B"}]}),
    ];
    for state in states {
        let expected = format!(
            "State type '{}' is not supported when a mock is specified",
            state["Type"].as_str().unwrap()
        );
        assert_eq!(
            refused(&with_result(&state, &json!({}), &json!({}))),
            expected
        );
        assert_eq!(refused(&with_error(&state, &json!({}), "E")), expected);
    }
}

#[test]
fn a_map_and_a_parallel_need_a_mock() {
    for state in [map(&json!({})), parallel()] {
        let refusal = begun(&request(&state, &json!([]))).unwrap_err();
        assert_eq!(refusal.kind(), RefusalKind::InvalidDefinition);
        assert!(
            refusal
                .to_string()
                .starts_with("TestState API does not support Map or Parallel states.")
        );
    }
}

#[test]
fn tasks_that_somebody_else_answers_need_a_mock() {
    for resource in [
        "arn:aws:states:us-east-1:123456789012:activity:ask",
        "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "arn:aws:states:::states:startExecution.sync",
    ] {
        let mut state = task(resource);
        state["Parameters"]["StateMachineArn"] =
            json!("arn:aws:states:us-east-1:123456789012:stateMachine:m");
        let mut asked = request(&state, &json!({}));
        asked.role_arn = Some("arn:aws:iam::123456789012:role/r".to_owned());
        assert!(refused(&asked).contains(resource));
    }
}

#[test]
fn a_task_that_runs_for_real_needs_a_role() {
    assert!(refused(&request(&task(INVOKE), &json!({}))).contains("RoleArn"));
}

#[test]
fn what_only_a_mock_gives_sense_is_refused_without_one() {
    let refusal = |change: fn(&mut Request)| {
        let mut asked = request(&map(&json!({})), &json!([]));
        change(&mut asked);
        refused(&asked)
    };
    let failures = refusal(|asked| asked.configuration.map_iteration_failure_count = Some(0));
    assert_eq!(
        failures,
        "TestState does not support MapIterationFailureCount when a mock is not specified."
    );
    assert!(
        refusal(|asked| asked.configuration.retrier_retry_count = Some(0))
            .contains("RetrierRetryCount")
    );
    assert!(refusal(|asked| asked.context = Some("{}".to_owned())).contains("Context"));
}

#[test]
fn a_mock_is_a_result_or_an_error_and_shows_no_secrets() {
    let mut asked = with_result(&task(INVOKE), &json!({}), &json!({}));
    asked.reveal_secrets = true;
    assert_eq!(
        refused(&asked),
        "TestState does not support RevealSecrets when a mock is specified."
    );
    asked.mock.as_mut().unwrap().error_output = Some(ErrorOutput::default());
    assert!(refused(&asked).contains("[result, errorOutput]"));
    asked.mock = Some(Mock::default());
    assert!(refused(&asked).contains("[result, errorOutput]"));
}

#[test]
fn the_result_must_have_the_form_of_the_state() {
    let refusal = |state: &Value, result: Value| refused(&with_result(state, &json!([]), &result));
    assert_eq!(
        refusal(&map(&json!({})), json!({})),
        "Mocked result must be an array."
    );
    let writer = json!({"ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b"}},
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}});
    assert_eq!(
        refusal(&map(&writer), json!([])),
        "Mocked result must be a JSON object."
    );
    assert_eq!(
        refusal(&parallel(), json!({})),
        "Mocked result must be an array."
    );
    assert_eq!(
        refusal(&parallel(), json!([1])),
        "Mocked result must contain the same number of items as number of Parallel branches."
    );
    assert_eq!(
        refusal(&task(INVOKE), json!([])),
        "Mocked result must be a JSON object."
    );
    let mut asked = with_result(&task(INVOKE), &json!({}), &json!({}));
    asked.mock.as_mut().unwrap().result = Some("{".to_owned());
    assert_eq!(refused(&asked), "Mocked result must be a valid JSON.");
}

#[test]
fn functions_and_holders_of_a_token_answer_with_anything() {
    for resource in [
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        "arn:aws:states:us-east-1:123456789012:activity:ask",
        "arn:aws:states:::lambda:invoke.waitForTaskToken",
    ] {
        let mut asked = with_result(&task(resource), &json!({}), &json!("yes"));
        if resource.ends_with("Token") {
            let payload = json!({"FunctionName": "f", "Payload": {"t.$": "$$.Task.Token"}});
            let state =
                json!({"Type": "Task", "Resource": resource, "End": true, "Parameters": payload});
            asked.definition = state.to_string();
        }
        assert_eq!(reply(&asked)["output"], "yes", "{resource}");
    }
}

#[test]
fn configuration_that_the_state_has_no_use_for_is_refused() {
    let mut asked = with_error(&task(INVOKE), &json!({}), "E");
    asked.configuration.map_iteration_failure_count = Some(1);
    assert!(refused(&asked).contains("MapIterationFailureCount"));
    asked.configuration = Configuration {
        error_caused_by_state: Some("A".to_owned()),
        ..Configuration::default()
    };
    assert!(refused(&asked).contains("ErrorCausedByState"));
}
