//! Requests that no client should send: every one gets an AWS error, none a failure of the server.

use super::{PASS, ROLE, Server};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};

/// Names of the operations of Step Functions.
fn operations() -> Vec<String> {
    let targets = crate::aws::targets().into_iter();
    let own =
        |(target, _): (String, _)| target.strip_prefix("AWSStepFunctions.").map(str::to_owned);
    targets.filter_map(own).collect()
}

#[tokio::test]
async fn broken_bodies_are_serialization_errors_for_every_operation() {
    let server = Server::start().await;
    let deep = "[".repeat(200_000);
    let bodies: Vec<Vec<u8>> = vec![
        b"{".to_vec(),
        b"nope".to_vec(),
        b"\"\xff\xfe\"".to_vec(),
        deep.into_bytes(),
        b"[]".to_vec(),
        b"7".to_vec(),
        b"{\"name\": \"\\ud800\"}".to_vec(),
        b"\x00".to_vec(),
        b"{} {}".to_vec(),
    ];
    for operation in &operations() {
        for body in &bodies {
            let answer = server.raw(operation, body.clone()).await;
            assert_eq!(
                answer.status,
                StatusCode::BAD_REQUEST,
                "{operation}: {}",
                answer.text
            );
            assert_eq!(
                answer.json()["__type"],
                "SerializationException",
                "{operation}"
            );
            assert_eq!(answer.headers["content-type"], "application/x-amz-json-1.0");
            assert_eq!(answer.headers["x-amzn-requestid"].len(), 36);
        }
    }
}

#[tokio::test]
async fn every_member_of_a_wrong_type_is_a_serialization_error() {
    let server = Server::start().await;
    let names = [
        "name",
        "definition",
        "roleArn",
        "stateMachineArn",
        "executionArn",
        "activityArn",
        "resourceArn",
        "mapRunArn",
        "stateMachineVersionArn",
        "stateMachineAliasArn",
        "routingConfiguration",
        "taskToken",
        "output",
        "input",
        "error",
        "cause",
        "nextToken",
        "type",
        "statusFilter",
        "severity",
        "includedData",
        "workerName",
    ];
    for operation in &operations() {
        let wrong: Value = names
            .iter()
            .map(|name| ((*name).to_owned(), json!([{"a": 1}])))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let answer = server.raw(operation, wrong.to_string()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{operation}");
        assert_eq!(
            answer.json()["__type"],
            "SerializationException",
            "{operation}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn empty_and_null_members_are_refused_without_a_failure() {
    let server = Server::start().await;
    for operation in &operations() {
        for body in [
            "",
            "{}",
            r#"{"name": null, "stateMachineArn": null, "tags": null, "tagKeys": [null]}"#,
        ] {
            let answer = server.raw(operation, body).await;
            assert!(
                answer.status.as_u16() < 500,
                "{operation} {body}: {}",
                answer.text
            );
        }
    }
}

#[tokio::test]
async fn unknown_operations_and_missing_targets_are_named() {
    let server = Server::start().await;
    for operation in ["Nothing", "createStateMachine", "", "TestState "] {
        let (code, _) = server.refused(operation, json!({})).await;
        assert_eq!(code, "UnknownOperationException", "{operation}");
    }
    let request = Request::post("/")
        .header("host", "localhost")
        .header("content-type", "application/x-amz-json-1.0");
    let answer = server.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!(answer.json()["__type"], "UnknownOperationException");
    assert!(answer.text.contains("X-Amz-Target"));
}

#[tokio::test]
async fn a_body_over_the_limit_is_a_413_in_the_apis_form() {
    let server = Server::start().await;
    let answer = server
        .raw("CreateStateMachine", vec![b'x'; 1024 * 1024 + 1])
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json()["__type"], "RequestEntityTooLargeException");
    let mocks = Request::put("/api/machines/train/mocks")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(Body::from(vec![b'x'; 1024 * 1024 + 1]));
    let answer = server.send(mocks.unwrap()).await;
    assert_eq!(
        (answer.status, answer.json()["error"]["code"].as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, Some("too_long"))
    );
}

#[tokio::test]
async fn pages_of_other_sites_can_neither_read_nor_write() {
    let server = Server::start().await;
    let create = json!({"name": "evil", "definition": PASS, "roleArn": ROLE}).to_string();
    let ask = |headers: &[(&str, &str)]| {
        let mut request =
            Request::post("/").header("x-amz-target", "AWSStepFunctions.CreateStateMachine");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::from(create.clone())).unwrap()
    };
    let json = ("content-type", "application/x-amz-json-1.0");
    for headers in [
        vec![("host", "evil.example:8080"), json],
        vec![("host", "127.0.0.1.evil.example"), json],
        vec![
            ("host", "127.0.0.1:8080"),
            ("origin", "http://evil.example"),
            json,
        ],
        vec![("host", "127.0.0.1:8080"), ("origin", "null"), json],
        vec![
            ("host", "127.0.0.1:8080"),
            ("origin", "http://127.0.0.1:9090"),
            json,
        ],
        vec![json],
    ] {
        let answer = server.send(ask(&headers)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert_eq!(answer.json()["__type"], "AccessDeniedException");
    }
    let form = server
        .send(ask(&[
            ("host", "127.0.0.1:8080"),
            ("content-type", "text/plain"),
        ]))
        .await;
    assert_eq!(form.json()["__type"], "SerializationException");
    assert_eq!(
        server.ok("ListStateMachines", json!({})).await,
        json!({"stateMachines": []})
    );
    let own = server
        .send(ask(&[
            ("host", "127.0.0.1:8080"),
            ("origin", "http://127.0.0.1:8080"),
            json,
        ]))
        .await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.text);
}

#[tokio::test]
async fn the_studios_api_is_guarded_alike() {
    let server = Server::start().await;
    for (host, origin) in [
        ("evil.example", None),
        ("localhost:1", Some("http://evil.example")),
    ] {
        let mut request = Request::builder()
            .method(Method::GET)
            .uri("/api/info")
            .header("host", host);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let answer = server.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(
            (answer.status, answer.json()["error"]["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("forbidden"))
        );
    }
    let form = Request::post("/api/reviews/x/decision")
        .header("host", "localhost")
        .header("content-type", "text/plain");
    let answer = server.send(form.body(Body::from("{}")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
