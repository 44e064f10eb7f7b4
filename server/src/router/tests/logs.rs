//! What machines log, as an operator finds it in the data folder.

use super::{ROLE, Server, soon, text};
use crate::time::day;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

const FAILS: &str = r#"{"StartAt": "A", "States": {
    "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Fail", "Error": "E", "Cause": "C"}}}"#;

/// A machine that logs to the group of its own name.
async fn logging(server: &Server, name: &str, kind: &str, level: &str, data: bool) -> String {
    let group = format!("arn:aws:logs:eu-west-1:123456789012:log-group:/states/{name}:*");
    let destination = json!({"cloudWatchLogsLogGroup": {"logGroupArn": group}});
    let request = json!({"name": name, "definition": FAILS, "roleArn": ROLE, "type": kind,
        "loggingConfiguration": {"level": level, "includeExecutionData": data, "destinations": [destination]}});
    text(
        &server.ok("CreateStateMachine", request).await,
        "stateMachineArn",
    )
}

/// The lines of a group, once the last event of an execution is there.
async fn lines(server: &Server, name: &str) -> Vec<Value> {
    let file = file_of_today(server, name);
    soon(async {
        loop {
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            if text.contains("ExecutionFailed") && text.ends_with('\n') {
                return text
                    .lines()
                    .map(|line| serde_json::from_str(line).unwrap())
                    .collect();
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

/// The file of a group's day.
fn file_of_today(server: &Server, name: &str) -> PathBuf {
    let today = day(server.app.engine.now_ms());
    let file = format!("logs/states/{name}/{today}.jsonl");
    server.folder.path().join(file)
}

fn types(lines: &[Value]) -> Vec<String> {
    lines.iter().map(|line| text(line, "type")).collect()
}

#[tokio::test]
async fn everything_is_logged_as_aws_writes_it() {
    let server = Server::start().await;
    let machine = logging(&server, "all", "STANDARD", "ALL", true).await;
    let execution = server.execution(&machine, &json!({"a": 1})).await;
    let lines = lines(&server, "all").await;
    let expected = [
        "ExecutionStarted",
        "PassStateEntered",
        "PassStateExited",
        "FailStateEntered",
        "ExecutionFailed",
    ];
    assert_eq!(types(&lines), expected);
    let entered = &lines[1];
    assert_eq!(entered["id"], "2");
    assert_eq!(entered["previous_event_id"], "0");
    assert_eq!(entered["execution_arn"], execution.as_str());
    assert_eq!(entered["redrive_count"], "0");
    assert_eq!(entered["details"]["name"], "A");
    assert_eq!(entered["details"]["input"], "{\"a\":1}");
    assert!(text(entered, "event_timestamp").parse::<i64>().is_ok());
}

#[tokio::test]
async fn levels_choose_events_and_data_is_left_out_unless_asked_for() {
    let server = Server::start().await;
    for (level, expected) in [
        ("ERROR", vec!["FailStateEntered", "ExecutionFailed"]),
        ("FATAL", vec!["ExecutionFailed"]),
    ] {
        let machine = logging(&server, level, "STANDARD", level, false).await;
        server.execution(&machine, &json!({"secret": 1})).await;
        let lines = lines(&server, level).await;
        assert_eq!(types(&lines), expected);
        assert!(!json!(lines).to_string().contains("secret"));
        assert_eq!(
            lines.last().unwrap()["details"],
            json!({"error": "E", "cause": "C"})
        );
    }
    let off = server.machine("off", FAILS).await;
    let execution = server.execution(&off, &json!({})).await;
    server.end_of(&execution).await;
    assert!(!server.folder.path().join("logs/states/off").exists());
}

#[tokio::test]
async fn express_executions_are_logged_alike() {
    let server = Server::start().await;
    let machine = logging(&server, "express", "EXPRESS", "ALL", true).await;
    let request = json!({"stateMachineArn": machine});
    let ended = server.ok("StartSyncExecution", request).await;
    let lines = lines(&server, "express").await;
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0]["execution_arn"], ended["executionArn"]);
}

#[tokio::test]
async fn a_server_that_ends_writes_what_waits_to_be_logged() {
    let server = Server::start().await;
    let machine = logging(&server, "all", "STANDARD", "ALL", true).await;
    for _ in 0..20 {
        server.execution(&machine, &json!({})).await;
    }
    let long = Duration::from_secs(60);
    server.app.engine.deliver_rest(long).await;
    let text = std::fs::read_to_string(file_of_today(&server, "all")).unwrap();
    assert_eq!(text.matches("ExecutionFailed").count(), 20);
}
