//! Executions that start executions, and tasks that call this server's own API.

use super::{PASS, ROLE, Server, WAIT, soon, text};
use serde_json::{Value, json};

/// A machine with one task, and a state behind it when the task has a catcher.
fn calls(resource: &str, parameters: &Value, more: &Value) -> String {
    let mut states = json!({
        "T": {"Type": "Task", "Resource": resource, "Parameters": parameters, "End": true},
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        states["T"][name] = value.clone();
    }
    if more.get("Catch").is_some() {
        states["Caught"] = json!({"Type": "Pass", "End": true});
    }
    json!({"StartAt": "T", "States": states}).to_string()
}

const START: &str = "arn:aws:states:::states:startExecution";

impl Server {
    /// Runs a machine with this one task to its end.
    async fn run_task(&self, resource: &str, parameters: &Value, input: &Value) -> Value {
        let machine = self
            .machine("parent", &calls(resource, parameters, &json!({})))
            .await;
        let execution = self.execution(&machine, input).await;
        let described = self.end_of(&execution).await;
        self.ok("DeleteStateMachine", json!({"stateMachineArn": machine}))
            .await;
        described
    }

    /// Starts a child in this pattern, answers its task with 7 by the token that the child was given, and describes the end
    /// of the parent; the child runs on.
    async fn answered_by_token(&self, pattern: &str) -> Value {
        let child = self.machine("child", WAIT).await;
        let parameters = json!({"StateMachineArn": child, "Input": {"token.$": "$$.Task.Token"}});
        let definition = calls(&format!("{START}.{pattern}"), &parameters, &json!({}));
        let parent = self.machine("parent", &definition).await;
        let parent = self.execution(&parent, &json!({})).await;
        self.event(&parent, "TaskSubmitted").await;
        let child = json!({"executionArn": self.only_execution(&child).await});
        let started = self.ok("DescribeExecution", child.clone()).await;
        let input: Value = serde_json::from_str(started["input"].as_str().unwrap()).unwrap();
        let answer = json!({"taskToken": input["token"], "output": "7"});
        self.ok("SendTaskSuccess", answer).await;
        let ended = self.end_of(&parent).await;
        let child = self.ok("DescribeExecution", child).await;
        assert_eq!(child["status"], "RUNNING");
        ended
    }

    /// The only execution of a machine, once it is there.
    async fn only_execution(&self, machine: &str) -> String {
        let request = json!({"stateMachineArn": machine});
        soon(async {
            loop {
                let listed = self.ok("ListExecutions", request.clone()).await;
                if let Some(found) = listed["executions"].get(0) {
                    return text(found, "executionArn");
                }
                tokio::task::yield_now().await;
            }
        })
        .await
    }

    /// Waits until an execution has had an event of this type.
    async fn event(&self, execution: &str, kind: &str) -> Value {
        let request = json!({"executionArn": execution});
        soon(async {
            loop {
                let history = self.ok("GetExecutionHistory", request.clone()).await;
                let events = history["events"].as_array().unwrap();
                if let Some(event) = events.iter().find(|event| event["type"] == kind) {
                    return event.clone();
                }
                tokio::task::yield_now().await;
            }
        })
        .await
    }
}

fn output(described: &Value) -> Value {
    let output = described["output"].as_str();
    serde_json::from_str(output.unwrap_or_else(|| panic!("no output: {described}"))).unwrap()
}

#[tokio::test]
async fn a_request_response_start_answers_at_once_and_passes_the_parents_id_on() {
    let server = Server::start().await;
    let child = server.machine("child", WAIT).await;
    let parameters = json!({"StateMachineArn": child, "Name": "made", "Input": {
        "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id",
    }});
    let parent = server.run_task(START, &parameters, &json!({})).await;
    let started = output(&parent);
    let child = server
        .ok(
            "DescribeExecution",
            json!({"executionArn": started["ExecutionArn"]}),
        )
        .await;
    assert_eq!(
        (&child["name"], &child["status"]),
        (&json!("made"), &json!("RUNNING"))
    );
    let input: Value = serde_json::from_str(child["input"].as_str().unwrap()).unwrap();
    assert_eq!(
        input,
        json!({"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": parent["executionArn"]})
    );
}

#[tokio::test]
async fn a_waited_child_gives_its_output_as_text_or_as_json() {
    let server = Server::start().await;
    let child = server.machine("child", PASS).await;
    let parameters = json!({"StateMachineArn": child, "Input": {"a": 1}});
    let text = server
        .run_task(&format!("{START}.sync"), &parameters, &json!({}))
        .await;
    assert_eq!(output(&text)["Output"], "{\"a\":1}");
    let json = server
        .run_task(&format!("{START}.sync:2"), &parameters, &json!({}))
        .await;
    assert_eq!(output(&json)["Output"], json!({"a": 1}));
    assert_eq!(output(&json)["Status"], "SUCCEEDED");
    assert_eq!(output(&json)["RedriveCount"], 0);
    assert_eq!(output(&json)["RedriveStatus"], "NOT_REDRIVABLE");
}

#[tokio::test]
async fn a_callback_child_is_started_with_the_token_that_ends_the_task() {
    let server = Server::start().await;
    let parent = server.answered_by_token("waitForTaskToken").await;
    assert_eq!(parent["output"], "7");
}

#[tokio::test]
async fn stopping_the_parent_stops_the_child_that_it_waits_for() {
    let server = Server::start().await;
    let child = server.machine("child", WAIT).await;
    let definition = calls(
        &format!("{START}.sync"),
        &json!({"StateMachineArn": child}),
        &json!({}),
    );
    let parent = server.machine("parent", &definition).await;
    let parent = server.execution(&parent, &json!({})).await;
    server.event(&parent, "TaskSubmitted").await;
    server
        .ok("StopExecution", json!({"executionArn": parent}))
        .await;
    let child = server.only_execution(&child).await;
    assert_eq!(server.end_of(&child).await["status"], "ABORTED");
}

#[tokio::test]
async fn a_waiting_task_whose_time_is_over_stops_its_child_and_the_parent_goes_on() {
    let server = Server::start().await;
    let child = server.machine("child", WAIT).await;
    let more = json!({"TimeoutSeconds": 1, "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Caught"}]});
    let definition = calls(
        &format!("{START}.sync"),
        &json!({"StateMachineArn": child}),
        &more,
    );
    let parent = server.machine("parent", &definition).await;
    let parent = server.execution(&parent, &json!({})).await;
    let child = server.only_execution(&child).await;
    assert_eq!(server.end_of(&child).await["status"], "ABORTED");
    assert_eq!(server.end_of(&parent).await["status"], "SUCCEEDED");
}

#[tokio::test]
async fn a_child_whose_task_was_answered_by_its_token_runs_on() {
    let server = Server::start().await;
    let parent = server.answered_by_token("sync").await;
    assert_eq!(parent["status"], "SUCCEEDED");
    assert!(server.app.store.orphans(None).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_starting_a_child_refuses_is_named_by_both_integrations() {
    let server = Server::start().await;
    let child = server.machine("child", PASS).await;
    let done = server
        .ok(
            "StartExecution",
            json!({"stateMachineArn": child, "name": "made"}),
        )
        .await;
    server.end_of(&text(&done, "executionArn")).await;
    let nowhere = child.replace(":child", ":nowhere");
    for (parameters, code) in [
        (
            json!({"StateMachineArn": child, "Name": "made"}),
            "ExecutionAlreadyExists",
        ),
        (
            json!({"StateMachineArn": nowhere}),
            "StateMachineDoesNotExist",
        ),
        (json!({"StateMachineArn": "nonsense"}), "InvalidArn"),
        (
            json!({"StateMachineArn": child, "Name": "a b"}),
            "InvalidName",
        ),
        (
            json!({"StateMachineArn": child, "Name": "x".repeat(81)}),
            "Validation",
        ),
        (
            json!({"StateMachineArn": child, "Input": "{"}),
            "InvalidExecutionInput",
        ),
    ] {
        for (resource, prefix) in [
            (START, "StepFunctions"),
            ("arn:aws:states:::aws-sdk:sfn:startExecution", "Sfn"),
        ] {
            let ended = server.run_task(resource, &parameters, &json!({})).await;
            assert_eq!(
                ended["error"],
                format!("{prefix}.{code}Exception"),
                "{parameters}"
            );
        }
    }
}

#[tokio::test]
async fn an_express_child_is_started_but_not_waited_for() {
    let server = Server::start().await;
    let request = json!({"name": "quick", "definition": PASS, "roleArn": ROLE, "type": "EXPRESS"});
    let child = text(
        &server.ok("CreateStateMachine", request).await,
        "stateMachineArn",
    );
    let parameters = json!({"StateMachineArn": child, "Input": {"a": 1}});
    let started = server.run_task(START, &parameters, &json!({})).await;
    assert!(text(&output(&started), "ExecutionArn").contains(":express:quick:"));
    let waited = server
        .run_task(&format!("{START}.sync"), &parameters, &json!({}))
        .await;
    assert_eq!(
        waited["error"],
        "StepFunctions.StateMachineTypeNotSupportedException"
    );
    let sdk = "arn:aws:states:::aws-sdk:sfn:startSyncExecution";
    let ended = output(&server.run_task(sdk, &parameters, &json!({})).await);
    assert_eq!(
        (&ended["Status"], &ended["Output"]),
        (&json!("SUCCEEDED"), &json!("{\"a\":1}"))
    );
}

#[tokio::test]
async fn tasks_call_the_operations_of_this_server() {
    let server = Server::start().await;
    let child = server.machine("child", PASS).await;
    let execution = server.execution(&child, &json!({"n": 1})).await;
    server.end_of(&execution).await;
    let sdk = |operation: &str| format!("arn:aws:states:::aws-sdk:sfn:{operation}");
    let parameters = json!({"ExecutionArn.$": "$.arn"});
    let input = json!({"arn": execution});
    let described = output(
        &server
            .run_task(&sdk("describeExecution"), &parameters, &input)
            .await,
    );
    assert_eq!(described["Output"], "{\"n\":1}");
    assert_eq!(described["OutputDetails"], json!({"Included": true}));
    assert!(text(&described, "StartDate").ends_with('Z'), "{described}");
    let parameters = json!({"StateMachineArn": child});
    let listed = output(
        &server
            .run_task(&sdk("listExecutions"), &parameters, &json!({}))
            .await,
    );
    assert_eq!(listed["Executions"][0]["ExecutionArn"], execution);
    let gone = json!({"ExecutionArn": execution.replace(":child:", ":other:")});
    let failed = server
        .run_task(&sdk("describeExecution"), &gone, &json!({}))
        .await;
    assert_eq!(failed["error"], "Sfn.ExecutionDoesNotExistException");
    let cause = text(&failed, "cause");
    assert!(
        cause.starts_with("Execution Does Not Exist: '")
            && cause.ends_with(") (SDK Attempt Count: 1)"),
        "{cause}"
    );
}

#[tokio::test]
async fn a_task_answers_another_task_by_its_token_and_only_with_json() {
    let server = Server::start().await;
    let activity = server.ok("CreateActivity", json!({"name": "work"})).await;
    let asks = json!({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": activity["activityArn"], "End": true}}});
    let asks = server.machine("asks", &asks.to_string()).await;
    let asking = server.execution(&asks, &json!({})).await;
    let task = server
        .ok(
            "GetActivityTask",
            json!({"activityArn": activity["activityArn"]}),
        )
        .await;
    let resource = "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess";
    let token = &task["taskToken"];
    let broken = json!({"TaskToken": token, "Output": "{"});
    let failed = server.run_task(resource, &broken, &json!({})).await;
    assert_eq!(failed["error"], "Sfn.InvalidOutputException");
    let forged = json!({"TaskToken": "NoSuchTaskToken", "Output": "text"});
    let failed = server.run_task(resource, &forged, &json!({})).await;
    assert_eq!(failed["error"], "Sfn.InvalidTokenException");
    let answer = json!({"TaskToken": token, "Output": {"a": 1}});
    assert_eq!(
        output(&server.run_task(resource, &answer, &json!({})).await),
        json!({})
    );
    assert_eq!(server.end_of(&asking).await["output"], "{\"a\":1}");
}
