//! Express machines: run to their end in one request, or started and not heard of again.

use super::{PASS, ROLE, Server, text};
use serde_json::{Value, json};
use std::time::Duration;

impl Server {
    /// The ARN of a deployed Express machine.
    async fn express(&self, definition: &str) -> String {
        let request =
            json!({"name": "quick", "definition": definition, "roleArn": ROLE, "type": "EXPRESS"});
        text(
            &self.ok("CreateStateMachine", request).await,
            "stateMachineArn",
        )
    }
}

fn one(state: &Value) -> String {
    json!({"StartAt": "A", "States": {"A": state, "B": {"Type": "Succeed"}}}).to_string()
}

#[tokio::test]
async fn a_run_is_answered_with_its_end() {
    let server = Server::start().await;
    let machine = server.express(PASS).await;
    let request = json!({"stateMachineArn": machine, "name": "n", "input": "{\"a\": 1}"});
    let mut answer = server.ok("StartSyncExecution", request).await;
    let arn = text(&answer, "executionArn");
    let id = arn.strip_prefix("arn:aws:states:eu-west-1:123456789012:express:quick:n:");
    assert_eq!(id.map(str::len), Some(36), "{arn}");
    for member in ["executionArn", "startDate", "stopDate", "billingDetails"] {
        assert!(!answer[member].take().is_null(), "{member}");
    }
    assert_eq!(
        answer,
        json!({
            "executionArn": null, "startDate": null, "stopDate": null, "billingDetails": null,
            "stateMachineArn": machine, "name": "n", "status": "SUCCEEDED",
            "input": "{\"a\": 1}", "inputDetails": {"included": true},
            "output": "{\"a\": 1}", "outputDetails": {"included": true},
        })
    );
}

#[tokio::test]
async fn a_failed_run_is_answered_all_the_same() {
    let server = Server::start().await;
    let fail =
        json!({"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "Boom", "Cause": "why"}}});
    let machine = server.express(&fail.to_string()).await;
    let request = json!({"stateMachineArn": machine});
    let answer = server.ok("StartSyncExecution", request).await;
    assert_eq!(answer["status"], "FAILED");
    assert_eq!(
        (&answer["error"], &answer["cause"]),
        (&json!("Boom"), &json!("why"))
    );
    assert_eq!(answer.get("output"), None);
    assert_eq!(answer["outputDetails"], json!({"included": true}));
}

#[tokio::test]
async fn waits_retries_and_catchers_happen_in_a_run() {
    let server = Server::start().await;
    let task = json!({
        "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "End": true,
        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "B"}],
    });
    let machine = server.express(&one(&task)).await;
    let request = json!({"stateMachineArn": machine});
    let answer = server.ok("StartSyncExecution", request).await;
    assert_eq!(answer["status"], "SUCCEEDED", "{answer}");
    let output: Value = serde_json::from_str(answer["output"].as_str().unwrap()).unwrap();
    assert_eq!(output["error"]["Error"], "States.TaskFailed");
}

#[tokio::test]
async fn a_run_that_takes_longer_than_its_machine_allows_is_timed_out() {
    let server = Server::start().await;
    let mut machine: Value =
        serde_json::from_str(&one(&json!({"Type": "Wait", "Seconds": 100, "Next": "B"}))).unwrap();
    machine["TimeoutSeconds"] = json!(1);
    let machine = server.express(&machine.to_string()).await;
    let request = json!({"stateMachineArn": machine});
    let answer = server.ok("StartSyncExecution", request).await;
    assert_eq!(answer["status"], "TIMED_OUT");
}

#[tokio::test]
async fn without_data_only_the_outcome_is_answered() {
    let server = Server::start().await;
    let machine = server.express(PASS).await;
    let request = json!({"stateMachineArn": machine, "includedData": "METADATA_ONLY"});
    let answer = server.ok("StartSyncExecution", request).await;
    assert_eq!(answer["inputDetails"], json!({"included": false}));
    assert_eq!((answer.get("input"), answer.get("output")), (None, None));
}

#[tokio::test]
async fn a_bad_input_or_name_is_refused_before_anything_runs() {
    let server = Server::start().await;
    let machine = server.express(PASS).await;
    for (member, value, code) in [
        ("input", "{", "InvalidExecutionInput"),
        ("name", "a b", "InvalidName"),
    ] {
        let mut request = json!({"stateMachineArn": machine});
        request[member] = value.into();
        assert_eq!(server.refused("StartSyncExecution", request).await.0, code);
    }
}

#[tokio::test]
async fn a_started_run_has_an_arn_about_which_nothing_can_be_asked() {
    let server = Server::start().await;
    let machine = server.express(PASS).await;
    let request = json!({"stateMachineArn": machine});
    let started = server.ok("StartExecution", request.clone()).await;
    let arn = text(&started, "executionArn");
    for operation in ["DescribeExecution", "GetExecutionHistory", "StopExecution"] {
        let request = json!({"executionArn": arn});
        let (code, message) = server.refused(operation, request).await;
        assert_eq!(code, "InvalidArn");
        assert!(message.contains("express"), "{message}");
    }
    let (code, _) = server.refused("ListExecutions", request).await;
    assert_eq!(code, "StateMachineTypeNotSupported");
}

#[tokio::test]
async fn a_started_run_does_its_work() {
    let server = Server::start().await;
    let target = server.machine("target", PASS).await;
    let task = json!({
        "Type": "Task", "Resource": "arn:aws:states:::states:startExecution", "End": true,
        "Parameters": {"StateMachineArn": target, "Name": "made"},
    });
    let machine = json!({"StartAt": "A", "States": {"A": task}}).to_string();
    let machine = server.express(&machine).await;
    let request = json!({"stateMachineArn": machine});
    server.ok("StartExecution", request).await;
    let executions = json!({"stateMachineArn": target});
    let seen = async {
        loop {
            let listed = server.ok("ListExecutions", executions.clone()).await;
            if listed["executions"][0]["name"] == "made" {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(20), seen).await;
    assert!(waited.is_ok(), "the run never came to its task");
}

#[tokio::test]
async fn the_context_object_of_a_run_names_it_and_counts_no_redrives() {
    let server = Server::start().await;
    let pass = json!({"Type": "Pass", "Parameters": {"it.$": "$$.Execution"}, "Next": "B"});
    let machine = server.express(&one(&pass)).await;
    let request = json!({"stateMachineArn": machine});
    let answer = server.ok("StartSyncExecution", request).await;
    let output: Value = serde_json::from_str(answer["output"].as_str().unwrap()).unwrap();
    assert_eq!(output["it"]["Id"], answer["executionArn"]);
    assert_eq!(output["it"].get("RedriveCount"), None);
}
