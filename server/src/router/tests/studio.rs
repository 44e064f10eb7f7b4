//! The studio's own API, live updates, and its files.

use super::{PASS, Server, WAIT, router, soon};
use axum::body::{Body, BodyDataStream};
use axum::http::{Method, Request, StatusCode};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// An open stream of server-sent events.
struct Stream {
    body: BodyDataStream,
    rest: String,
}

impl Server {
    async fn open(&self, path: &str, headers: &[(&str, &str)]) -> Result<Stream, StatusCode> {
        let mut request = Request::get(path).header("host", "localhost:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = router(self.app.clone()).oneshot(request).await.unwrap();
        match response.status() {
            StatusCode::OK => Ok(Stream {
                body: response.into_body().into_data_stream(),
                rest: String::new(),
            }),
            other => Err(other),
        }
    }
}

impl Stream {
    /// The next event's name and data; `None` at the end.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((message, rest)) = self.rest.split_once("\n\n") {
                let field = |name: &str| {
                    message
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(|text| text.trim().to_owned())
                };
                let found = (field("event:"), field("data:"));
                self.rest = rest.to_owned();
                if let (Some(name), Some(data)) = found {
                    return Some((name, serde_json::from_str(&data).unwrap()));
                }
                continue;
            }
            let chunk = soon(self.body.next()).await?.unwrap();
            self.rest.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    async fn all(mut self) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        while let Some(event) = self.next().await {
            found.push(event);
        }
        found
    }
}

fn ids(events: &[(String, Value)]) -> Vec<u64> {
    let histories = events.iter().filter(|(name, _)| name == "history");
    histories
        .flat_map(|(_, data)| {
            data.as_array()
                .unwrap()
                .iter()
                .map(|event| event["id"].as_u64().unwrap())
        })
        .collect()
}

fn live(execution: &str, after: u64) -> String {
    let name = execution.rsplit(':').next().unwrap();
    format!("/api/executions/train/{name}/live?after={after}")
}

#[tokio::test]
async fn info_says_which_server_it_is() {
    let server = Server::start().await;
    let info = server.studio(Method::GET, "/api/info", None).await;
    assert_eq!(
        info.json(),
        json!({"version": env!("CARGO_PKG_VERSION"), "region": "eu-west-1", "accountId": "123456789012"})
    );
    assert_eq!(info.headers["content-type"], "application/json");
    assert_eq!(
        server.studio(Method::GET, "/healthz", None).await.text,
        "ok\n"
    );
}

#[tokio::test]
async fn a_listener_gets_every_event_of_a_run_once_wherever_it_begins() {
    let server = Server::start().await;
    let machine = server.machine("train", WAIT).await;
    let execution = server.execution(&machine, &json!({})).await;
    let mut early = server.open(&live(&execution, 0), &[]).await.unwrap();
    let (name, status) = early.next().await.unwrap();
    assert_eq!(
        (name.as_str(), status["status"].as_str()),
        ("status", Some("RUNNING"))
    );
    let (name, first) = early.next().await.unwrap();
    assert_eq!(
        (name.as_str(), first[0]["type"].as_str()),
        ("history", Some("ExecutionStarted"))
    );
    let known = u64::try_from(first.as_array().unwrap().len()).unwrap();
    server
        .ok(
            "StopExecution",
            json!({"executionArn": execution, "error": "Enough"}),
        )
        .await;
    let rest = early.all().await;
    let (name, status) = rest.last().unwrap();
    assert_eq!(
        (name.as_str(), status["status"].as_str()),
        ("status", Some("ABORTED"))
    );
    assert_eq!(status["error"], "Enough");
    let last = *ids(&rest).last().unwrap();
    assert_eq!(ids(&rest), (known + 1..=last).collect::<Vec<_>>());
    let late = server
        .open(&live(&execution, 0), &[])
        .await
        .unwrap()
        .all()
        .await;
    assert_eq!(ids(&late), (1..=last).collect::<Vec<_>>());
    let resumed = server
        .open(&live(&execution, 1), &[])
        .await
        .unwrap()
        .all()
        .await;
    assert_eq!(ids(&resumed), (2..=last).collect::<Vec<_>>());
    let over = server
        .open(
            &live(&execution, 0),
            &[("last-event-id", &last.to_string())],
        )
        .await;
    assert_eq!(over.err(), Some(StatusCode::NO_CONTENT));
}

#[tokio::test]
async fn streams_end_when_the_server_does() {
    let server = Server::start().await;
    let machine = server.machine("train", WAIT).await;
    let execution = server.execution(&machine, &json!({})).await;
    let run = server.open(&live(&execution, 0), &[]).await.unwrap();
    let lists = server.open("/api/live", &[]).await.unwrap();
    server.app.engine.shut_down().await;
    assert!(
        run.all()
            .await
            .iter()
            .all(|(_, data)| data["status"] != "ABORTED")
    );
    assert!(lists.all().await.is_empty());
}

#[tokio::test]
async fn the_live_page_of_a_redriven_run_goes_on_where_it_ended() {
    let server = Server::start().await;
    let machine = server.machine("train", WAIT).await;
    let execution = server.execution(&machine, &json!({})).await;
    let request = json!({"executionArn": execution});
    server.ok("StopExecution", request.clone()).await;
    server.ok("RedriveExecution", request.clone()).await;
    let last_seen = [("last-event-id", "3")];
    let resumed = server.open(&live(&execution, 0), &last_seen).await;
    let mut resumed = resumed.unwrap();
    let (_, status) = resumed.next().await.unwrap();
    assert_eq!(status["status"], "RUNNING");
    let (_, events) = resumed.next().await.unwrap();
    assert_eq!(events[0]["type"], "ExecutionRedriven");
    server.ok("StopExecution", request).await;
    let rest = resumed.all().await;
    assert_eq!(rest.last().unwrap().1["status"], "ABORTED");
}

#[tokio::test]
async fn a_run_that_does_not_exist_has_no_live_page() {
    let server = Server::start().await;
    let answer = server
        .studio(Method::GET, "/api/executions/train/nobody/live", None)
        .await;
    assert_eq!(
        (answer.status, answer.json()["error"]["code"].as_str()),
        (StatusCode::NOT_FOUND, Some("not_found"))
    );
    let bad = server
        .studio(
            Method::GET,
            "/api/executions/train/nobody/live?after=x",
            None,
        )
        .await;
    assert_eq!(
        (bad.status, bad.json()["error"]["code"].as_str()),
        (StatusCode::BAD_REQUEST, Some("bad_request"))
    );
}

#[tokio::test]
async fn lists_hear_of_starts_and_ends_of_the_machine_they_show() {
    let server = Server::start().await;
    let train = server.machine("train", WAIT).await;
    let other = server.machine("other", PASS).await;
    let mut stream = server.open("/api/live?machine=train", &[]).await.unwrap();
    let passed = server.execution(&other, &json!({})).await;
    server.end_of(&passed).await;
    let execution = server.execution(&train, &json!({})).await;
    let (name, started) = stream.next().await.unwrap();
    assert_eq!(
        (name.as_str(), started["status"].as_str()),
        ("execution", Some("RUNNING"))
    );
    assert_eq!(started["executionArn"], json!(execution));
    assert_eq!(
        (&started["machine"], &started["stopDate"]),
        (&json!("train"), &Value::Null)
    );
    server
        .ok("StopExecution", json!({"executionArn": execution}))
        .await;
    let (_, ended) = stream.next().await.unwrap();
    assert_eq!(ended["status"], "ABORTED");
    assert!(ended["stopDate"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn sample_results_are_kept_given_back_and_used() {
    let server = Server::start().await;
    let definition = r#"{"StartAt": "Train", "States": {"Train": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:train", "End": true}}}"#;
    let machine = server.machine("train", definition).await;
    let path = "/api/machines/train/mocks";
    assert_eq!(
        server.studio(Method::GET, path, None).await.status,
        StatusCode::NOT_FOUND
    );
    let mocks = json!({
        "StateMachines": {"train": {"TestCases": {"Happy": {"Train": "Trained"}}}},
        "MockedResponses": {"Trained": {"0": {"Return": {"score": 0.9}}}},
    });
    let kept = server.studio(Method::PUT, path, Some(mocks.clone())).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.text);
    assert_eq!(server.studio(Method::GET, path, None).await.json(), mocks);
    let execution = server
        .execution(&format!("{machine}#Happy"), &json!({}))
        .await;
    let described = server.end_of(&execution).await;
    assert_eq!(described["status"], "SUCCEEDED", "{described}");
    let output: Value = serde_json::from_str(described["output"].as_str().unwrap()).unwrap();
    assert_eq!(output, json!({"score": 0.9}));
    let bad = json!({"StateMachines": {"train": {"TestCases": {"Happy": {"Train": "Nothing"}}}}, "MockedResponses": 7});
    let refused = server.studio(Method::PUT, path, Some(bad)).await;
    assert_eq!(
        (refused.status, refused.json()["error"]["code"].as_str()),
        (StatusCode::BAD_REQUEST, Some("bad_mocks"))
    );
    assert_eq!(server.studio(Method::GET, path, None).await.json(), mocks);
    let nobody = server
        .studio(Method::PUT, "/api/machines/nobody/mocks", Some(mocks))
        .await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn readiness_says_which_tasks_nothing_serves() {
    let server = Server::start().await;
    let definition = r#"{"StartAt": "Train", "States": {"Train": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:train", "End": true}}}"#;
    server.machine("train", definition).await;
    let answer = server
        .studio(Method::GET, "/api/machines/train/readiness", None)
        .await
        .json();
    let task = &answer["tasks"][0];
    assert_eq!(
        (&task["state"], &task["served"], &task["by"]),
        (&json!("Train"), &json!(false), &Value::Null)
    );
    assert!(!task["reason"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_answered_in_the_apis_own_form() {
    let server = Server::start().await;
    for (method, path, status) in [
        (Method::GET, "/api/nothing", StatusCode::NOT_FOUND),
        (Method::GET, "/api", StatusCode::NOT_FOUND),
        (Method::DELETE, "/api/info", StatusCode::METHOD_NOT_ALLOWED),
        (
            Method::POST,
            "/machines/train",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (Method::GET, "/gone.js", StatusCode::NOT_FOUND),
        (
            Method::GET,
            "/api/machines/%ff/mocks",
            StatusCode::BAD_REQUEST,
        ),
        (
            Method::GET,
            "/api/reviews?status=all",
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let answer = server.studio(method, path, None).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.json()["error"]["message"]
                .as_str()
                .unwrap()
                .ends_with('.'),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_and_none_opens_the_door_to_other_sites() {
    let server = Server::start().await;
    for path in ["/", "/api/info", "/healthz", "/api/nothing"] {
        let answer = server.studio(Method::GET, path, None).await;
        assert_eq!(
            answer.headers["x-content-type-options"], "nosniff",
            "{path}"
        );
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(
            answer
                .headers
                .keys()
                .all(|name| !name.as_str().starts_with("access-control"))
        );
    }
}
