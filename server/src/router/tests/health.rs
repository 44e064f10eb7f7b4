//! Whether the server says how it is, and what it does on a full disk.

use super::{PASS, ROLE, Server, text};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

async fn readiness(server: &Server) -> (StatusCode, Value) {
    let answer = server.studio(Method::GET, "/readyz", None).await;
    (answer.status, answer.json())
}

/// Letters that do not pack.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let mut letter = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + (state >> 33) as u8 % 26)
    };
    (0..length).map(|_| letter()).collect()
}

/// Starts executions until the disk is full; gives the ARNs of those acknowledged and the first refusal.
async fn start_until_full(server: &Server, machine: &str) -> (Vec<String>, Value) {
    let input = json!({"large": noise(100_000)}).to_string();
    let mut acknowledged = Vec::new();
    for number in 0..1_000 {
        let name = format!("run-{number}");
        let request = json!({"stateMachineArn": machine, "name": name, "input": input});
        let answer = server.raw("StartExecution", request.to_string()).await;
        match answer.status {
            StatusCode::OK => acknowledged.push(text(&answer.json(), "executionArn")),
            StatusCode::SERVICE_UNAVAILABLE => return (acknowledged, answer.json()),
            other => panic!("{other}: {}", answer.text),
        }
    }
    panic!("the disk did not become full");
}

#[tokio::test]
async fn a_server_with_a_full_disk_refuses_writes_and_goes_on_reading() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    let execution = server.execution(&machine, &json!({})).await;
    server.end_of(&execution).await;
    assert_eq!(
        readiness(&server).await,
        (StatusCode::OK, json!({"status": "ready"}))
    );
    server.app.store.fill_disk().await;
    let (acknowledged, refusal) = start_until_full(&server, &machine).await;
    assert_eq!(refusal["__type"], "ServiceUnavailable");
    assert!(text(&refusal, "message").contains("full"), "{refusal}");
    let (status, body) = readiness(&server).await;
    assert_eq!(
        (status, body["status"].as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, Some("readOnly"))
    );
    assert!(text(&body, "reason").contains("full") && text(&body, "action").contains("disk space"));
    let writes = [
        (
            "CreateStateMachine",
            json!({"name": "other", "definition": PASS, "roleArn": ROLE}),
        ),
        (
            "UpdateStateMachine",
            json!({"stateMachineArn": machine, "roleArn": "arn:aws:iam::123456789012:role/new"}),
        ),
        ("DeleteStateMachine", json!({"stateMachineArn": machine})),
        ("CreateActivity", json!({"name": "ask"})),
        (
            "TagResource",
            json!({"resourceArn": machine, "tags": [{"key": "a", "value": "b"}]}),
        ),
        ("StartExecution", json!({"stateMachineArn": machine})),
    ];
    for (operation, request) in writes {
        let answer = server.raw(operation, request.to_string()).await;
        assert_eq!(
            answer.status,
            StatusCode::SERVICE_UNAVAILABLE,
            "{operation}"
        );
        assert_eq!(answer.json()["__type"], "ServiceUnavailable", "{operation}");
        assert!(text(&answer.json(), "message").contains("only reads"));
    }
    for execution in acknowledged.iter().chain([&execution]) {
        let found = server.end_of(execution).await;
        assert_eq!(found["status"], "SUCCEEDED");
    }
    let alive = server.studio(Method::GET, "/healthz", None).await;
    assert_eq!(alive.status, StatusCode::OK);
}

#[tokio::test]
async fn a_server_that_is_ending_takes_no_work() {
    let server = Server::start().await;
    server.app.engine.shut_down().await;
    let (status, body) = readiness(&server).await;
    assert_eq!(
        (status, body["status"].as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, Some("ending"))
    );
}
