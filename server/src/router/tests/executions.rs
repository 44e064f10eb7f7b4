//! Operations on executions.

use super::{PASS, Server, WAIT, text};
use serde_json::{Value, json};

#[tokio::test]
async fn an_execution_runs_to_its_end_and_tells_its_history() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    let execution = server.execution(&machine, &json!({"n": 1})).await;
    let described = server.end_of(&execution).await;
    assert_eq!(described["status"], "SUCCEEDED");
    assert_eq!(described["output"], json!({"n": 1}).to_string());
    assert_eq!(described["outputDetails"], json!({"included": true}));
    assert_eq!(
        described["redriveStatusReason"],
        "Execution is SUCCEEDED and cannot be redriven"
    );
    let history = server
        .ok("GetExecutionHistory", json!({"executionArn": execution}))
        .await;
    let types: Vec<&str> = history["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        [
            "ExecutionStarted",
            "PassStateEntered",
            "PassStateExited",
            "ExecutionSucceeded"
        ]
    );
    let metadata = json!({"executionArn": execution, "includedData": "METADATA_ONLY"});
    let bare = server.ok("DescribeExecution", metadata).await;
    assert!(bare.get("input").is_none() && bare.get("output").is_none());
}

#[tokio::test]
async fn a_history_comes_page_by_page_in_both_orders_and_without_data_on_request() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    let execution = server.execution(&machine, &json!({})).await;
    server.end_of(&execution).await;
    for (reverse, wanted) in [(false, vec![1, 2, 3, 4]), (true, vec![4, 3, 2, 1])] {
        let (mut ids, mut token) = (Vec::new(), Value::Null);
        loop {
            let request = json!({"executionArn": execution, "maxResults": 3, "reverseOrder": reverse, "nextToken": token});
            let page = server.ok("GetExecutionHistory", request).await;
            ids.extend(
                page["events"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|event| event["id"].as_u64().unwrap()),
            );
            token = page["nextToken"].clone();
            if token.is_null() {
                break;
            }
        }
        assert_eq!(ids, wanted);
    }
    let bare = json!({"executionArn": execution, "includeExecutionData": false});
    let bare = server.ok("GetExecutionHistory", bare).await;
    assert!(!bare.to_string().contains("\"input\""));
}

#[tokio::test]
async fn the_same_name_and_input_give_the_first_answer_while_it_runs() {
    let server = Server::start().await;
    let machine = server.machine("train", WAIT).await;
    let request = json!({"stateMachineArn": machine, "name": "one", "input": "{\"a\": 1}"});
    let first = server.ok("StartExecution", request.clone()).await;
    assert_eq!(server.ok("StartExecution", request.clone()).await, first);
    let mut other = request.clone();
    other["input"] = "{\"a\": 2}".into();
    let arn = text(&first, "executionArn");
    let taken = (
        "ExecutionAlreadyExists".to_owned(),
        format!("Execution Already Exists: '{arn}'"),
    );
    assert_eq!(server.refused("StartExecution", other).await, taken);
    server
        .ok("StopExecution", json!({"executionArn": arn}))
        .await;
    server.end_of(&arn).await;
    assert_eq!(server.refused("StartExecution", request).await, taken);
}

#[tokio::test]
async fn a_stopped_execution_is_aborted_with_its_error_and_cause() {
    let server = Server::start().await;
    let machine = server.machine("train", WAIT).await;
    let execution = server.execution(&machine, &json!({})).await;
    let running = server
        .ok("DescribeExecution", json!({"executionArn": execution}))
        .await;
    assert_eq!(
        (running["status"].as_str(), running.get("stopDate")),
        (Some("RUNNING"), None)
    );
    let stop = json!({"executionArn": execution, "error": "Enough", "cause": "by hand"});
    let stopped = server.ok("StopExecution", stop.clone()).await;
    let described = server.end_of(&execution).await;
    assert_eq!(described["status"], "ABORTED");
    assert_eq!(
        (described["error"].as_str(), described["cause"].as_str()),
        (Some("Enough"), Some("by hand"))
    );
    assert_eq!(described["stopDate"], stopped["stopDate"]);
    assert_eq!(server.ok("StopExecution", stop).await, stopped);
}

#[tokio::test]
async fn inputs_that_are_no_json_are_refused_in_the_recorded_words() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    for (input, message) in [
        (
            "not some json",
            "Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')'",
        ),
        (
            "{'not': 'json'",
            "Invalid State Machine Execution Input: 'Unexpected character (''' (code 39)): was expecting double-quote to start field name'",
        ),
        (
            "",
            "Invalid State Machine Execution Input: 'Invalid execution input.'",
        ),
    ] {
        let request = json!({"stateMachineArn": machine, "input": input});
        let refused = server.refused("StartExecution", request).await;
        assert_eq!(
            refused,
            ("InvalidExecutionInput".to_owned(), message.to_owned())
        );
    }
    let deep = "[".repeat(100_000);
    let request = json!({"stateMachineArn": machine, "input": deep});
    assert_eq!(
        server.refused("StartExecution", request).await.0,
        "InvalidExecutionInput"
    );
    let long = json!({"stateMachineArn": machine, "input": format!("\"{}\"", "ü".repeat(200_000))});
    assert_eq!(
        server.refused("StartExecution", long).await.0,
        "InvalidExecutionInput"
    );
    for input in ["2", "\"some text\"", "null"] {
        server
            .ok(
                "StartExecution",
                json!({"stateMachineArn": machine, "input": input}),
            )
            .await;
    }
}

#[tokio::test]
async fn executions_are_listed_newest_first_by_status_and_page() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    let mut started = Vec::new();
    for at in 0..5 {
        let execution = server.execution(&machine, &json!(at)).await;
        server.end_of(&execution).await;
        started.insert(0, execution);
    }
    let (mut found, mut token) = (Vec::new(), Value::Null);
    loop {
        let request = json!({"stateMachineArn": machine, "maxResults": 2, "statusFilter": "SUCCEEDED", "nextToken": token});
        let page = server.ok("ListExecutions", request).await;
        let items = page["executions"].as_array().unwrap();
        found.extend(items.iter().map(|item| text(item, "executionArn")));
        token = page["nextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(found, started);
    let running = json!({"stateMachineArn": machine, "statusFilter": "RUNNING"});
    assert_eq!(
        server.ok("ListExecutions", running).await,
        json!({"executions": []})
    );
}

#[tokio::test]
async fn bad_requests_about_executions_are_refused() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    let nobody = "arn:aws:states:eu-west-1:123456789012:execution:train:nobody";
    for (operation, request, code, part) in [
        (
            "ListExecutions",
            json!({"stateMachineArn": machine, "maxResults": 1001}),
            "ValidationException",
            "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
        ),
        (
            "ListExecutions",
            json!({"stateMachineArn": machine, "statusFilter": "succeeded"}),
            "ValidationException",
            "enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
        ),
        (
            "ListExecutions",
            json!({"stateMachineArn": machine, "nextToken": "x".repeat(3097)}),
            "ValidationException",
            "less than or equal to 3096",
        ),
        (
            "ListExecutions",
            json!({"stateMachineArn": machine, "nextToken": "x"}),
            "InvalidToken",
            "Invalid token",
        ),
        (
            "ListExecutions",
            json!({}),
            "ValidationException",
            "Exactly one of",
        ),
        (
            "ListExecutions",
            json!({"stateMachineArn": "invalid"}),
            "InvalidArn",
            "Invalid ARN prefix: invalid",
        ),
        (
            "DescribeExecution",
            json!({"executionArn": nobody}),
            "ExecutionDoesNotExist",
            nobody,
        ),
        (
            "DescribeExecution",
            json!({"executionArn": machine}),
            "InvalidArn",
            "Resource type not valid in this context: stateMachine",
        ),
        (
            "DescribeExecution",
            json!({"executionArn": "arn:aws:states:eu-west-1:1:express:a:b:c"}),
            "InvalidArn",
            "Resource type not valid in this context: express",
        ),
        (
            "GetExecutionHistory",
            json!({"executionArn": nobody}),
            "ExecutionDoesNotExist",
            nobody,
        ),
        (
            "GetExecutionHistory",
            json!({"executionArn": 7}),
            "SerializationException",
            "'executionArn' must be a string",
        ),
        (
            "StopExecution",
            json!({"executionArn": nobody}),
            "ExecutionDoesNotExist",
            nobody,
        ),
        (
            "StopExecution",
            json!({"executionArn": nobody, "error": "x".repeat(257)}),
            "ValidationException",
            "less than or equal to 256",
        ),
        (
            "StartExecution",
            json!({"stateMachineArn": format!("{machine}x")}),
            "StateMachineDoesNotExist",
            "State Machine Does Not Exist",
        ),
        (
            "StartExecution",
            json!({"stateMachineArn": machine, "name": "a:b"}),
            "InvalidName",
            "Invalid Name: 'a:b'",
        ),
        (
            "StartExecution",
            json!({"stateMachineArn": format!("{machine}#nope")}),
            "ValidationException",
            "nope",
        ),
        (
            "DescribeStateMachineForExecution",
            json!({"executionArn": nobody}),
            "ExecutionDoesNotExist",
            nobody,
        ),
        (
            "StartSyncExecution",
            json!({"stateMachineArn": machine}),
            "StateMachineTypeNotSupported",
            "This operation is not supported",
        ),
    ] {
        let (found, message) = server.refused(operation, request).await;
        assert_eq!(found, code, "{operation}: {message}");
        assert!(message.contains(part), "{operation}: {message}");
    }
}

#[tokio::test]
async fn an_execution_keeps_the_definition_it_started_with() {
    let server = Server::start().await;
    let machine = server.machine("train", WAIT).await;
    let execution = server.execution(&machine, &json!({})).await;
    server
        .ok(
            "UpdateStateMachine",
            json!({"stateMachineArn": machine, "definition": PASS}),
        )
        .await;
    let request = json!({"executionArn": execution});
    let described = server.ok("DescribeStateMachineForExecution", request).await;
    assert_eq!(described["definition"], WAIT);
    assert_eq!(described["stateMachineArn"], json!(machine));
    assert!(described.get("revisionId").is_none());
}
