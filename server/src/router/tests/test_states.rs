//! TestState: single states over HTTP, mocked and for real.

use super::{PASS, ROLE, Server};
use serde_json::{Value, json};

fn task(resource: &str, parameters: &Value) -> String {
    json!({"Type": "Task", "Resource": resource, "Parameters": parameters, "End": true}).to_string()
}

#[tokio::test]
async fn a_state_is_tested_without_being_kept() {
    let server = Server::start().await;
    let definition = r#"{"Type": "Pass", "InputPath": "$.a", "Next": "B"}"#;
    let request =
        json!({"definition": definition, "input": r#"{"a": 7}"#, "inspectionLevel": "DEBUG"});
    assert_eq!(
        server.ok("TestState", request).await,
        json!({
            "output": "7", "nextState": "B", "status": "SUCCEEDED",
            "inspectionData": {
                "input": r#"{"a": 7}"#, "afterInputPath": "7", "afterParameters": "7",
                "afterResultSelector": "7", "afterResultPath": "7",
            },
        })
    );
    let machines = server.ok("ListStateMachines", json!({})).await;
    assert_eq!(machines, json!({"stateMachines": []}));
}

#[tokio::test]
async fn a_mocked_error_is_answered_with_what_takes_it() {
    let server = Server::start().await;
    let definition = json!({
        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
        "Parameters": {"FunctionName": "f"},
        "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3}],
    });
    let request = json!({
        "definition": definition.to_string(), "inspectionLevel": "TRACE",
        "mock": {"errorOutput": {"error": "Busy", "cause": "later"}, "fieldValidationMode": "NONE"},
        "stateConfiguration": {"retrierRetryCount": 1},
    });
    let reply = server.ok("TestState", request).await;
    assert_eq!(reply["status"], "RETRIABLE");
    assert_eq!(
        reply["inspectionData"]["errorDetails"],
        json!({"retryIndex": 0, "retryBackoffIntervalSeconds": 6})
    );
}

#[tokio::test]
async fn a_task_without_a_mock_is_run_by_its_connector() {
    let server = Server::start().await;
    let machine = server.machine("child", PASS).await;
    let definition = task(
        "arn:aws:states:::states:startExecution",
        &json!({"StateMachineArn": machine, "Input": {"a": 1}}),
    );
    let request = json!({"definition": definition, "roleArn": ROLE});
    let reply = server.ok("TestState", request).await;
    assert_eq!(reply["status"], "SUCCEEDED", "{reply}");
    let output: Value = serde_json::from_str(reply["output"].as_str().unwrap()).unwrap();
    let started = output["ExecutionArn"].as_str().unwrap();
    let described = json!({"executionArn": started});
    let described = server.ok("DescribeExecution", described).await;
    assert_eq!(described["input"], r#"{"a":1}"#);
}

#[tokio::test]
async fn a_task_that_nothing_serves_fails_with_what_to_configure() {
    let server = Server::start().await;
    let function = "arn:aws:lambda:eu-west-1:123456789012:function:f";
    let definition = task(function, &json!({}));
    let request = json!({"definition": definition, "roleArn": ROLE});
    let reply = server.ok("TestState", request).await;
    assert_eq!(reply["status"], "FAILED");
    let cause = reply["cause"].as_str().unwrap();
    assert!(cause.contains("AWS_ENDPOINT_URL_LAMBDA"), "{cause}");
}

#[tokio::test]
async fn what_cannot_be_tested_is_refused_by_the_right_error() {
    let server = Server::start().await;
    let pass = r#"{"Type": "Pass", "End": true}"#;
    let parallel = json!({"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}},
    ]});
    for (request, code) in [
        (
            json!({"definition": parallel.to_string()}),
            "InvalidDefinition",
        ),
        (json!({"definition": "{"}), "InvalidDefinition"),
        (
            json!({"definition": pass, "input": "{"}),
            "InvalidExecutionInput",
        ),
        (
            json!({"definition": PASS, "stateName": "B"}),
            "ValidationException",
        ),
        (
            json!({"definition": pass, "inspectionLevel": "ALL"}),
            "ValidationException",
        ),
        (
            json!({"definition": pass, "mock": {"result": "{}"}}),
            "ValidationException",
        ),
        (json!({"definition": 7}), "SerializationException"),
    ] {
        let (found, message) = server.refused("TestState", request.clone()).await;
        assert_eq!(found, code, "{request}: {message}");
    }
}
