//! Deleting machines whose executions run.

use super::{PASS, ROLE, Server, soon, text};
use serde_json::{Value, json};

/// A task of an activity, and a state behind it.
fn asks_then_passes(activity: &str) -> String {
    let states = json!({
        "Ask": {"Type": "Task", "Resource": activity, "Next": "Then"},
        "Then": {"Type": "Pass", "End": true},
    });
    json!({"StartAt": "Ask", "States": states}).to_string()
}

impl Server {
    async fn until_gone(&self, machine: &str) {
        let request = json!({"stateMachineArn": machine});
        while self
            .raw("DescribeStateMachine", request.to_string())
            .await
            .status
            .is_success()
        {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_machine_that_is_deleted_while_it_runs_goes_with_its_last_execution() {
    let server = Server::start().await;
    let activity = server.ok("CreateActivity", json!({"name": "work"})).await;
    let activity = text(&activity, "activityArn");
    let definition = asks_then_passes(&activity);
    let machine = server.machine("train", &definition).await;
    let execution = server.execution(&machine, &json!({})).await;
    let task = server
        .ok("GetActivityTask", json!({"activityArn": activity}))
        .await;
    let request = json!({"stateMachineArn": machine});
    for _ in 0..2 {
        let answer = server.ok("DeleteStateMachine", request.clone()).await;
        assert_eq!(answer, json!({}));
        let described = server.ok("DescribeStateMachine", request.clone()).await;
        assert_eq!(described["status"], "DELETING");
    }
    let answered = json!({"taskToken": text(&task, "taskToken"), "output": "1"});
    server.ok("SendTaskSuccess", answered).await;
    let end = server.end_of(&execution).await;
    assert_eq!(end["status"], "ABORTED");
    assert_eq!(
        end["cause"],
        format!("The state machine is being deleted: {machine}")
    );
    let history = json!({"executionArn": execution});
    let history = server.ok("GetExecutionHistory", history).await.to_string();
    assert!(!history.contains("\"name\":\"Then\""), "{history}");
    soon(server.until_gone(&machine)).await;
    server.machine("train", PASS).await;
}

#[tokio::test]
async fn nothing_begins_on_a_machine_that_is_being_deleted_and_nothing_changes_it() {
    let server = Server::start().await;
    let activity = server.ok("CreateActivity", json!({"name": "work"})).await;
    let definition = asks_then_passes(&text(&activity, "activityArn"));
    let machine = server.machine("train", &definition).await;
    let published = server
        .ok(
            "PublishStateMachineVersion",
            json!({"stateMachineArn": machine}),
        )
        .await;
    let version = text(&published, "stateMachineVersionArn");
    let routes = json!([{"stateMachineVersionArn": version, "weight": 100}]);
    let alias = json!({"name": "PROD", "routingConfiguration": routes});
    let alias = text(
        &server.ok("CreateStateMachineAlias", alias).await,
        "stateMachineAliasArn",
    );
    let execution = server.execution(&machine, &json!({})).await;
    server
        .ok("DeleteStateMachine", json!({"stateMachineArn": machine}))
        .await;
    let refused: [(&str, Value); 9] = [
        ("StartExecution", json!({"stateMachineArn": machine})),
        ("StartExecution", json!({"stateMachineArn": version})),
        ("StartExecution", json!({"stateMachineArn": alias})),
        (
            "CreateStateMachine",
            json!({"name": "train", "definition": definition, "roleArn": ROLE}),
        ),
        (
            "UpdateStateMachine",
            json!({"stateMachineArn": machine, "definition": PASS}),
        ),
        (
            "PublishStateMachineVersion",
            json!({"stateMachineArn": machine}),
        ),
        (
            "CreateStateMachineAlias",
            json!({"name": "OTHER", "routingConfiguration": routes}),
        ),
        (
            "UpdateStateMachineAlias",
            json!({"stateMachineAliasArn": alias, "description": "new"}),
        ),
        (
            "ListStateMachineAliases",
            json!({"stateMachineArn": machine}),
        ),
    ];
    for (operation, request) in refused {
        let (code, message) = server.refused(operation, request).await;
        assert_eq!(code, "StateMachineDeleting", "{operation}: {message}");
        assert!(message.contains(&machine), "{operation}: {message}");
    }
    server
        .ok("StopExecution", json!({"executionArn": execution}))
        .await;
    soon(server.until_gone(&machine)).await;
    let request = json!({"executionArn": execution});
    let (code, message) = server.refused("RedriveExecution", request).await;
    assert_eq!(code, "ExecutionNotRedrivable", "{message}");
}
