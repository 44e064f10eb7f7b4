//! What is counted, as a Prometheus reads it.

use super::{PASS, Server, soon, text};
use crate::app::App;
use crate::store::OpenError;
use axum::http::{Method, StatusCode};
use serde_json::json;

/// The value of a line that begins with `name` and holds all of `labels`.
async fn value(server: &Server, name: &str, labels: &[&str]) -> Option<f64> {
    let answer = server.studio(Method::GET, "/metrics", None).await;
    assert_eq!(answer.status, StatusCode::OK);
    let mut lines = answer.text.lines();
    let line = lines.find(|line| {
        let named = line.starts_with(&format!("{name}{{")) || line.starts_with(&format!("{name} "));
        named && labels.iter().all(|label| line.contains(label))
    })?;
    line.rsplit(' ').next()?.parse().ok()
}

#[tokio::test]
async fn executions_count_by_machine_and_end() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    let fails = r#"{"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "E"}}}"#;
    let failing = server.machine("fails", fails).await;
    for machine in [&machine, &machine, &failing] {
        let execution = server.execution(machine, &json!({})).await;
        server.end_of(&execution).await;
    }
    let label = ["stateMachine:train\""];
    for (name, labels, expected) in [
        ("statecraft_executions_started_total", label, Some(2.0)),
        ("statecraft_executions_succeeded_total", label, Some(2.0)),
        ("statecraft_execution_time_seconds_count", label, Some(2.0)),
        ("statecraft_executions_failed_total", label, None),
        (
            "statecraft_executions_failed_total",
            ["stateMachine:fails\""],
            Some(1.0),
        ),
    ] {
        assert_eq!(value(&server, name, &labels).await, expected, "{name}");
    }
    assert_eq!(
        value(&server, "statecraft_open_executions", &[]).await,
        Some(0.0)
    );
    let commits = value(&server, "statecraft_commit_duration_seconds_count", &[]).await;
    assert!(commits > Some(0.0));
    let starts = ["operation=\"StartExecution\"", "status=\"200\""];
    let starts = value(&server, "statecraft_http_requests_total", &starts).await;
    assert_eq!(starts, Some(3.0));
}

/// A machine with one activity, and a task of it that a worker took: its token.
async fn taken(server: &Server) -> String {
    let activity = server.ok("CreateActivity", json!({"name": "ask"})).await;
    let activity = text(&activity, "activityArn");
    let definition = json!({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": activity, "End": true}}});
    let machine = server.machine("asks", &definition.to_string()).await;
    server.execution(&machine, &json!({})).await;
    let task = server
        .ok("GetActivityTask", json!({"activityArn": activity}))
        .await;
    text(&task, "taskToken")
}

impl Server {
    /// Another server on the same folder, once this one has let go of it.
    pub(super) async fn restart(self) -> Self {
        let Self { app, folder } = self;
        let config = app.config.clone();
        app.engine.shut_down().await;
        drop(app);
        let app = soon(async {
            loop {
                match App::open(config.clone()).await {
                    Err(OpenError::InUse(_)) => tokio::task::yield_now().await,
                    opened => break opened.unwrap(),
                }
            }
        })
        .await;
        Self { app, folder }
    }
}

/// Waits until a count that is made behind an answer is there.
async fn counted(server: &Server, name: &str) {
    soon(async {
        while value(server, name, &["activity:ask\""]).await != Some(1.0) {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn tasks_count_by_what_they_call_also_when_they_began_before_a_restart() {
    let server = Server::start().await;
    let token = taken(&server).await;
    for name in [
        "statecraft_activities_scheduled_total",
        "statecraft_activities_started_total",
        "statecraft_activity_schedule_time_seconds_count",
    ] {
        counted(&server, name).await;
    }
    let server = server.restart().await;
    let request = json!({"taskToken": token, "output": "{}"});
    server.ok("SendTaskSuccess", request).await;
    for name in [
        "statecraft_activities_succeeded_total",
        "statecraft_activity_time_seconds_count",
        "statecraft_activity_run_time_seconds_count",
    ] {
        counted(&server, name).await;
    }
}

#[tokio::test]
async fn names_that_a_client_makes_up_count_as_one() {
    let server = Server::start().await;
    for operation in ["Nonsense", "MoreNonsense"] {
        server.raw(operation, "{}").await;
    }
    let labels = ["operation=\"unknown\"", "status=\"400\""];
    let requests = value(&server, "statecraft_http_requests_total", &labels).await;
    assert_eq!(requests, Some(2.0));
}

#[tokio::test]
async fn executions_on_a_version_count_apart() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    let request = json!({"stateMachineArn": machine});
    let version = server.ok("PublishStateMachineVersion", request).await;
    let version = text(&version, "stateMachineVersionArn");
    let execution = server.execution(&version, &json!({})).await;
    server.end_of(&execution).await;
    let labels = ["stateMachine:train\"", "version=\"1\"", "alias=\"\""];
    let started = value(&server, "statecraft_executions_started_total", &labels).await;
    assert_eq!(started, Some(1.0));
}
