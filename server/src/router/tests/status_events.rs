//! Status events of executions, as the address that takes them sees them.

use super::{PASS, ROLE, Server, WAIT, soon, text};
use crate::config::Receiver;
use crate::time::rfc3339_seconds;
use axum::http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc;

const FAIL: &str =
    r#"{"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "E", "Cause": "C"}}}"#;

/// What takes events, on the loopback interface.
struct Sink {
    address: std::net::SocketAddr,
    events: mpsc::UnboundedReceiver<(HeaderMap, Value)>,
    /// Events that came while those of another execution were waited for.
    others: Vec<Value>,
}

impl Sink {
    /// It refuses the first requests with a status.
    async fn refusing(first: usize, status: StatusCode) -> Self {
        let (sender, events) = mpsc::unbounded_channel();
        let asked = Arc::new(AtomicUsize::new(0));
        let routes = axum::Router::new().fallback(
            async move |headers: HeaderMap, axum::Json(event): axum::Json<Value>| {
                sender.send((headers, event)).unwrap();
                if asked.fetch_add(1, Ordering::Relaxed) < first {
                    status
                } else {
                    StatusCode::OK
                }
            },
        );
        Self::serving(routes, events).await
    }

    async fn serving(
        routes: axum::Router,
        events: mpsc::UnboundedReceiver<(HeaderMap, Value)>,
    ) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self {
            address,
            events,
            others: Vec::new(),
        }
    }

    /// It never answers.
    async fn hanging() -> Self {
        let (_, events) = mpsc::unbounded_channel();
        let routes = axum::Router::new().fallback(std::future::pending::<StatusCode>);
        Self::serving(routes, events).await
    }

    async fn start() -> (Self, Server) {
        let sink = Self::refusing(0, StatusCode::OK).await;
        let server = sink.server().await;
        (sink, server)
    }

    /// A server that sends to it.
    async fn server(&self) -> Server {
        sending_to(json!({"url": format!("http://{}/in", self.address), "headers": {"x-key": "k"}}))
            .await
    }

    /// The next event that comes.
    async fn next(&mut self) -> Value {
        let (headers, event) = soon(self.events.recv()).await.unwrap();
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["x-key"], "k");
        event
    }

    /// The next events of an execution, which are `count`. Those of others, which may come in between, stay for later.
    async fn of(&mut self, execution: &str, count: usize) -> Vec<Value> {
        let is_of = |event: &mut Value| event["resources"] == json!([execution]);
        let mut found: Vec<Value> = self.others.extract_if(.., is_of).collect();
        while found.len() < count {
            let mut event = self.next().await;
            if is_of(&mut event) {
                found.push(event);
            } else {
                self.others.push(event);
            }
        }
        found
    }
}

async fn sending_to(setting: Value) -> Server {
    let sink = Receiver::read("statusEvents", &setting).unwrap();
    Server::start_with(|config| config.status_events = Some(sink)).await
}

/// A time that the API tells in seconds, in milliseconds.
fn milliseconds(seconds: &Value) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "times fit")]
    let milliseconds = (seconds.as_f64().unwrap() * 1000.0).round() as i64;
    milliseconds
}

fn statuses(events: &[Value]) -> Vec<String> {
    let status = |event: &Value| text(&event["detail"], "status");
    events.iter().map(status).collect()
}

#[tokio::test]
async fn a_start_and_an_end_are_told_in_eventbridges_form() {
    let (mut sink, server) = Sink::start().await;
    let machine = server.machine("train", PASS).await;
    let request = json!({"stateMachineArn": machine, "name": "r", "input": "{\"a\": 1}"});
    let execution = text(&server.ok("StartExecution", request).await, "executionArn");
    let described = server.end_of(&execution).await;
    let events = sink.of(&execution, 2).await;
    let start_ms = milliseconds(&described["startDate"]);
    let stop_ms = milliseconds(&described["stopDate"]);
    let mut expected = json!({
        "version": "0",
        "id": events[0]["id"],
        "detail-type": "Step Functions Execution Status Change",
        "source": "aws.states",
        "account": "123456789012",
        "time": rfc3339_seconds(start_ms),
        "region": "eu-west-1",
        "resources": [execution],
        "detail": {
            "executionArn": execution,
            "stateMachineArn": machine,
            "name": "r",
            "status": "RUNNING",
            "startDate": start_ms,
            "stopDate": null,
            "input": "{\"a\": 1}",
            "output": null,
            "stateMachineVersionArn": null,
            "stateMachineAliasArn": null,
            "redriveCount": 0,
            "redriveDate": null,
            "redriveStatus": "NOT_REDRIVABLE",
            "redriveStatusReason": "Execution is RUNNING and cannot be redriven",
            "inputDetails": {"included": true},
            "outputDetails": null,
            "error": null,
            "cause": null,
        },
    });
    assert_eq!(events[0], expected);
    assert_eq!(text(&events[0], "id").len(), 36);
    assert_ne!(events[0]["id"], events[1]["id"]);
    expected["id"] = events[1]["id"].clone();
    expected["time"] = json!(rfc3339_seconds(stop_ms));
    let detail = &mut expected["detail"];
    detail["status"] = json!("SUCCEEDED");
    detail["stopDate"] = json!(stop_ms);
    detail["output"] = described["output"].clone();
    detail["outputDetails"] = json!({"included": true});
    detail["redriveStatusReason"] = json!("Execution is SUCCEEDED and cannot be redriven");
    assert_eq!(events[1], expected);
}

#[tokio::test]
async fn ends_without_success_tell_error_and_cause_and_that_they_can_be_redriven() {
    let (mut sink, server) = Sink::start().await;
    let fails = server.machine("fails", FAIL).await;
    let waits = server.machine("waits", WAIT).await;
    let late = r#"{"StartAt": "A", "TimeoutSeconds": 1, "States": {"A": {"Type": "Wait", "Seconds": 86400, "End": true}}}"#;
    let late = server.machine("late", late).await;
    let stopped = server.execution(&waits, &json!({})).await;
    let stop = json!({"executionArn": stopped, "error": "Enough"});
    server.ok("StopExecution", stop).await;
    let failed = server.execution(&fails, &json!({})).await;
    let timed_out = server.execution(&late, &json!({})).await;
    for (execution, status, error, cause) in [
        (stopped, "ABORTED", json!("Enough"), Value::Null),
        (failed, "FAILED", json!("E"), json!("C")),
        (timed_out, "TIMED_OUT", Value::Null, Value::Null),
    ] {
        let described = server.end_of(&execution).await;
        let events = sink.of(&execution, 2).await;
        assert_eq!(statuses(&events), ["RUNNING", status]);
        let detail = &events[1]["detail"];
        assert_eq!((&detail["error"], &detail["cause"]), (&error, &cause));
        assert_eq!(detail["stopDate"], milliseconds(&described["stopDate"]));
        assert_eq!(detail["redriveStatus"], "REDRIVABLE");
        assert!(detail["redriveStatusReason"].is_null() && detail["output"].is_null());
    }
}

#[tokio::test]
async fn a_redrive_is_told_as_running_and_earlier_events_know_nothing_of_it() {
    let mut sink = Sink::refusing(1, StatusCode::SERVICE_UNAVAILABLE).await;
    let server = sink.server().await;
    let machine = server.machine("train", FAIL).await;
    let execution = server.execution(&machine, &json!({})).await;
    server.end_of(&execution).await;
    let request = json!({"executionArn": execution});
    let redriven = server.ok("RedriveExecution", request).await;
    server.end_of(&execution).await;
    // The first one is refused, so that the others wait while the execution goes on.
    let events = sink.of(&execution, 5).await;
    assert_eq!(events[0], events[1], "it is sent again with its id");
    let expected = ["RUNNING", "FAILED", "RUNNING", "FAILED"];
    assert_eq!(statuses(&events[1..]), expected);
    let redrive_ms = milliseconds(&redriven["redriveDate"]);
    for (event, count, date) in [
        (&events[1], 0, Value::Null),
        (&events[2], 0, Value::Null),
        (&events[3], 1, json!(redrive_ms)),
        (&events[4], 1, json!(redrive_ms)),
    ] {
        let detail = &event["detail"];
        assert_eq!(
            (&detail["redriveCount"], &detail["redriveDate"]),
            (&json!(count), &date)
        );
        assert_eq!(detail["startDate"], events[1]["detail"]["startDate"]);
    }
    assert!(events[3]["detail"]["stopDate"].is_null() && events[3]["detail"]["error"].is_null());
}

#[tokio::test]
async fn versions_and_aliases_are_named_and_express_executions_are_not_told() {
    let (mut sink, server) = Sink::start().await;
    let express =
        json!({"name": "express", "definition": PASS, "roleArn": ROLE, "type": "EXPRESS"});
    let express = server.ok("CreateStateMachine", express).await;
    let request = json!({"stateMachineArn": express["stateMachineArn"]});
    server.ok("StartSyncExecution", request).await;
    let machine = server.machine("train", PASS).await;
    let publish = json!({"stateMachineArn": machine});
    let version = server.ok("PublishStateMachineVersion", publish).await;
    let version = text(&version, "stateMachineVersionArn");
    let route = json!([{"stateMachineVersionArn": version, "weight": 100}]);
    let alias = json!({"name": "PROD", "routingConfiguration": route});
    let alias = server.ok("CreateStateMachineAlias", alias).await;
    let alias = text(&alias, "stateMachineAliasArn");
    server.execution(&alias, &json!({})).await;
    for status in ["RUNNING", "SUCCEEDED"] {
        let detail = &sink.next().await["detail"];
        assert_eq!(detail["status"], status);
        assert_eq!(detail["stateMachineArn"], machine.as_str());
        assert_eq!(detail["stateMachineVersionArn"], version.as_str());
        assert_eq!(detail["stateMachineAliasArn"], alias.as_str());
    }
}

/// A machine with a distributed Map over so many items.
fn distributed(kind: &str, items: usize) -> String {
    let child = json!({"Type": "Pass", "End": true});
    let processor = json!({"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": kind},
        "StartAt": "C", "States": {"C": child}});
    let map = json!({"Type": "Map", "Label": "L", "Items": vec![1; items], "ItemProcessor": processor, "End": true});
    json!({"StartAt": "M", "QueryLanguage": "JSONata", "States": {"M": map}}).to_string()
}

#[tokio::test]
async fn children_of_map_runs_are_told_when_they_are_standard_ones() {
    let (mut sink, server) = Sink::start().await;
    let express = server.machine("express", &distributed("EXPRESS", 1)).await;
    let execution = server.execution(&express, &json!({})).await;
    server.end_of(&execution).await;
    for _ in 0..2 {
        assert_eq!(sink.next().await["resources"], json!([execution]));
    }
    let standard = server
        .machine("standard", &distributed("STANDARD", 1))
        .await;
    let execution = server.execution(&standard, &json!({})).await;
    server.end_of(&execution).await;
    let mut told = Vec::new();
    for _ in 0..4 {
        let detail = sink.next().await["detail"].clone();
        if detail["executionArn"] != execution.as_str() {
            assert_eq!(detail["stateMachineArn"], format!("{standard}/L"));
            told.push(text(&detail, "status"));
        }
    }
    assert_eq!(told, ["RUNNING", "SUCCEEDED"]);
}

/// Changes that may wait to be sent.
const ROOM: usize = 2048;
/// More executions than are sent for at once.
const LANES: usize = 8;

#[tokio::test]
async fn express_children_of_map_runs_take_no_room_from_those_that_are_told_of() {
    let hanging = Sink::hanging().await;
    let server = hanging.server().await;
    let train = server.machine("train", PASS).await;
    for _ in 0..LANES {
        let execution = server.execution(&train, &json!({})).await;
        server.end_of(&execution).await;
    }
    // Each child starts and ends.
    let express = distributed("EXPRESS", ROOM / 2);
    let express = server.machine("express", &express).await;
    let execution = server.execution(&express, &json!({})).await;
    assert_eq!(server.end_of(&execution).await["status"], "SUCCEEDED");
    let metrics = server.studio(Method::GET, "/metrics", None).await.text;
    assert!(
        metrics.contains("statecraft_status_events_dropped_total 0\n"),
        "{metrics}"
    );
}

#[tokio::test]
async fn payloads_that_are_too_long_together_cost_the_input_and_an_output_too_long_alone_goes() {
    let (mut sink, server) = Sink::start().await;
    let machine = server.machine("train", PASS).await;
    // Each quote is escaped, so the text is longer in the event than in the execution.
    for (length, first, second) in [
        (120 * 1024, true, (true, true)),
        (130 * 1024, true, (false, true)),
        (250 * 1024, false, (false, false)),
    ] {
        let input = json!("x".repeat(length));
        let execution = server.execution(&machine, &input).await;
        let events = sink.of(&execution, 2).await;
        let (input, output) = second;
        for (event, member, is_included) in [
            (&events[0], "input", first),
            (&events[1], "input", input),
            (&events[1], "output", output),
        ] {
            let detail = &event["detail"];
            let details = &detail[format!("{member}Details")];
            assert_eq!(
                details,
                &json!({"included": is_included}),
                "{member} {length}"
            );
            assert_eq!(detail[member].is_string(), is_included);
        }
        assert!(events[0]["detail"]["output"].is_null());
    }
}

#[tokio::test]
async fn an_address_where_nobody_listens_holds_nothing_up() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let server = sending_to(json!({"url": format!("http://{address}/")})).await;
    let machine = server.machine("train", PASS).await;
    for _ in 0..20 {
        let execution = server.execution(&machine, &json!({})).await;
        assert_eq!(server.end_of(&execution).await["status"], "SUCCEEDED");
    }
    server.app.engine.shut_down().await;
}
