//! Tasks that wait for a person, from the question to the decision.

use super::{Server, soon, text};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

impl Server {
    /// A run that waits for a person; gives its ARN and the review's id.
    async fn waiting(&self, input: &Value) -> (String, String) {
        let tags = json!([{"key": "statecraft:answered-by", "value": "people"}]);
        let created = self
            .ok("CreateActivity", json!({"name": "approve", "tags": tags}))
            .await;
        let state = json!({"Type": "Task", "Resource": created["activityArn"], "End": true});
        let definition = json!({"StartAt": "Approve model", "States": {"Approve model": state}});
        let machine = self.machine("train", &definition.to_string()).await;
        let mut news = self.app.engine.subscribe_live();
        let execution = self.execution(&machine, input).await;
        loop {
            let waiting = self.reviews("waiting").await;
            if let Some(review) = waiting.first() {
                return (execution, text(review, "id"));
            }
            soon(news.recv()).await.unwrap();
        }
    }

    async fn reviews(&self, status: &str) -> Vec<Value> {
        let answer = self
            .studio(Method::GET, &format!("/api/reviews?status={status}"), None)
            .await;
        answer.json()["reviews"].as_array().unwrap().clone()
    }

    async fn decide(&self, review: &str, body: Value) -> (StatusCode, Value) {
        let path = format!("/api/reviews/{review}/decision");
        let answer = self.studio(Method::POST, &path, Some(body)).await;
        (answer.status, answer.json())
    }
}

fn question() -> Value {
    json!({"Question": "Deploy?", "Evidence": {"Score": 0.81}, "Reviewers": ["Maria"], "IfApproved": "It goes live."})
}

#[tokio::test]
async fn an_approval_is_shown_decided_and_lets_the_run_go_on() {
    let server = Server::start().await;
    let (execution, id) = server.waiting(&question()).await;
    let shown = server
        .studio(Method::GET, &format!("/api/reviews/{id}"), None)
        .await
        .json();
    assert_eq!(shown["status"], "waiting");
    assert_eq!(shown["question"], "Deploy?");
    assert_eq!(
        shown["evidence"],
        json!([{"label": "Score", "value": 0.81}])
    );
    assert_eq!(
        (shown["machine"].as_str(), shown["state"].as_str()),
        (Some("train"), Some("Approve model"))
    );
    assert_eq!(
        (&shown["title"], &shown["decidedBy"]),
        (&Value::Null, &Value::Null)
    );
    let body = json!({"decision": "approve", "by": " Maria ", "comment": "Looks good."});
    let (status, decided) = server.decide(&id, body.clone()).await;
    assert_eq!(status, StatusCode::OK, "{decided}");
    assert_eq!(
        (decided["status"].as_str(), decided["decidedBy"].as_str()),
        (Some("approved"), Some("Maria"))
    );
    let described = server.end_of(&execution).await;
    let output: Value = serde_json::from_str(described["output"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&output["decision"], &output["comment"]),
        (&json!("approved"), &json!("Looks good."))
    );
    let (status, again) = server.decide(&id, body).await;
    assert_eq!(
        (status, again["error"]["code"].as_str()),
        (StatusCode::CONFLICT, Some("already_decided"))
    );
    assert!(server.reviews("waiting").await.is_empty());
    assert_eq!(server.reviews("decided").await[0]["id"], json!(id));
}

#[tokio::test]
async fn a_rejection_fails_the_task_for_a_catch_to_take() {
    let server = Server::start().await;
    let (execution, id) = server.waiting(&question()).await;
    server
        .decide(&id, json!({"decision": "reject", "by": "Maria"}))
        .await;
    let described = server.end_of(&execution).await;
    assert_eq!(
        (described["status"].as_str(), described["error"].as_str()),
        (Some("FAILED"), Some("Approval.Rejected"))
    );
    let cause: Value = serde_json::from_str(described["cause"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&cause["decision"], &cause["decidedBy"]),
        (&json!("rejected"), &json!("Maria"))
    );
}

#[tokio::test]
async fn bad_decisions_are_refused_and_decide_nothing() {
    let server = Server::start().await;
    let (_, id) = server.waiting(&question()).await;
    for (body, wanted) in [
        (
            json!({"decision": "approve", "by": "Somebody else"}),
            (StatusCode::FORBIDDEN, "not_allowed"),
        ),
        (
            json!({"decision": "approve", "by": "  "}),
            (StatusCode::BAD_REQUEST, "bad_request"),
        ),
        (
            json!({"decision": "maybe", "by": "Maria"}),
            (StatusCode::BAD_REQUEST, "bad_request"),
        ),
        (
            json!({"by": "Maria"}),
            (StatusCode::BAD_REQUEST, "bad_request"),
        ),
        (json!([]), (StatusCode::BAD_REQUEST, "bad_request")),
        (
            json!({"decision": "reject", "by": "Maria", "comment": "x".repeat(9000)}),
            (StatusCode::BAD_REQUEST, "bad_request"),
        ),
    ] {
        let (status, answer) = server.decide(&id, body).await;
        assert_eq!(
            (status, answer["error"]["code"].as_str().unwrap()),
            wanted,
            "{answer}"
        );
    }
    let (status, _) = server
        .decide("nobody", json!({"decision": "approve", "by": "Maria"}))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(server.reviews("waiting").await.len(), 1);
}

#[tokio::test]
async fn reading_an_approval_decides_nothing() {
    let server = Server::start().await;
    let (_, id) = server.waiting(&question()).await;
    for path in [
        format!("/api/reviews/{id}"),
        format!("/api/reviews/{id}/decision?decision=approve&by=Maria"),
    ] {
        server.studio(Method::GET, &path, None).await;
        server.studio(Method::HEAD, &path, None).await;
    }
    assert_eq!(server.reviews("waiting").await.len(), 1);
}

#[tokio::test]
async fn an_approval_of_a_stopped_run_is_gone() {
    let server = Server::start().await;
    let (execution, id) = server.waiting(&json!({"anything": 1})).await;
    server
        .ok("StopExecution", json!({"executionArn": execution}))
        .await;
    let (status, answer) = server
        .decide(&id, json!({"decision": "approve", "by": "Maria"}))
        .await;
    assert_eq!(
        (status, answer["error"]["code"].as_str()),
        (StatusCode::GONE, Some("gone"))
    );
}
