//! Who may ask when the settings name access keys; what a signature must look like is tested beside its module.

use super::Server;
use crate::config::AccessKeys;
use axum::body::Body;
use axum::http::Request;
use serde_json::json;

async fn server() -> Server {
    let keys = AccessKeys::read(&json!({"AKIDEXAMPLE_0001": "hush"})).unwrap();
    Server::start_with(|config| config.access_keys = Some(keys)).await
}

/// A request with one more header.
fn list(name: &str, value: &str) -> Request<Body> {
    let request = Request::post("/")
        .header("host", "127.0.0.1:8080")
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amz-target", "AWSStepFunctions.ListStateMachines")
        .header(name, value);
    request.body(Body::from("{}")).unwrap()
}

#[tokio::test]
async fn an_unsigned_request_is_refused_for_every_service() {
    let server = server().await;
    for target in [
        "AWSStepFunctions.ListStateMachines",
        "AWSEvents.ListConnections",
    ] {
        let answer = server.raw_to(target, "{}").await;
        assert_eq!(answer.status, 400);
        assert_eq!(
            answer.json()["__type"],
            "MissingAuthenticationTokenException"
        );
        let named = answer.headers["x-amzn-errortype"].to_str().unwrap();
        assert_eq!(named, "MissingAuthenticationTokenException");
    }
}

#[tokio::test]
async fn pages_of_the_studio_ask_unsigned_and_other_pages_do_not() {
    let server = server().await;
    let own = server.send(list("sec-fetch-site", "same-origin")).await;
    assert_eq!(own.status, 200, "{}", own.text);
    for site in ["none", "same-site", "cross-site"] {
        let answer = server.send(list("sec-fetch-site", site)).await;
        assert_eq!(
            answer.json()["__type"],
            "MissingAuthenticationTokenException"
        );
    }
}

#[tokio::test]
async fn a_server_without_keys_takes_any_credentials() {
    let server = Server::start().await;
    let answer = server
        .send(list("authorization", "AWS4-HMAC-SHA256 any"))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}
