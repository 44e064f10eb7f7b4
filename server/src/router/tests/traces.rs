//! Traces of executions, as a collector sees them.

use super::{PASS, ROLE, Server, WAIT, text};
use crate::app::App;
use crate::config::{Receiver, TraceSettings};
use axum::http::Method;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value::Value as Any};
use opentelemetry_proto::tonic::trace::v1::{Span, span::SpanKind, status::StatusCode};
use prost::Message;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc;

/// Longer than any test, unless something is broken.
const LONG: Duration = Duration::from_secs(60);

/// What takes traces, on the loopback interface.
struct Collector {
    address: std::net::SocketAddr,
    spans: mpsc::UnboundedReceiver<Span>,
    seen: Vec<Span>,
}

impl Collector {
    async fn start() -> Self {
        let (sender, spans) = mpsc::unbounded_channel();
        let take = async move |headers: axum::http::HeaderMap, body: axum::body::Bytes| {
            assert_eq!(headers["content-type"], "application/x-protobuf");
            assert_eq!(headers["x-key"], "k");
            for spans in ExportTraceServiceRequest::decode(body)
                .unwrap()
                .resource_spans
            {
                let resource = spans.resource.unwrap();
                assert_eq!(shown(&resource.attributes, "service.name"), "tested");
                let spans = spans.scope_spans.into_iter();
                spans
                    .flat_map(|scope| scope.spans)
                    .for_each(|span| sender.send(span).unwrap());
            }
        };
        let routes = axum::Router::new().route("/v1/traces", axum::routing::post(take));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self {
            address,
            spans,
            seen: Vec::new(),
        }
    }

    /// With a server that sends to it.
    async fn with_server() -> (Self, Server) {
        let collector = Self::start().await;
        let settings = settings(collector.address);
        let server = Server::start_with(|config| config.traces = Some(settings)).await;
        (collector, server)
    }

    /// Takes what the server has for it.
    async fn flush(&mut self, app: &App) {
        app.engine.deliver_rest(LONG).await;
        while let Ok(span) = self.spans.try_recv() {
            self.seen.push(span);
        }
    }

    /// The only span of this name.
    fn one(&self, name: &str) -> &Span {
        let found = self.all(name);
        assert_eq!(found.len(), 1, "{name}: {:#?}", self.seen);
        found[0]
    }

    fn all(&self, name: &str) -> Vec<&Span> {
        self.seen.iter().filter(|span| span.name == name).collect()
    }
}

fn settings(address: std::net::SocketAddr) -> TraceSettings {
    let url = format!("http://{address}/v1/traces");
    let given = json!({"url": url, "headers": {"x-key": "k"}});
    TraceSettings {
        receiver: Receiver::read("traces", &given).unwrap(),
        service: "tested".into(),
    }
}

/// An attribute as text.
fn shown(attributes: &[KeyValue], name: &str) -> String {
    let found = attributes.iter().find(|attribute| attribute.key == name);
    let value = found.and_then(|attribute| attribute.value.clone()?.value);
    match value {
        Some(Any::StringValue(text)) => text,
        Some(Any::IntValue(number)) => number.to_string(),
        other => panic!("{name}: {other:?} in {attributes:?}"),
    }
}

fn assert_failed(span: &Span, error: &str) {
    let status = span.status.clone().unwrap();
    assert_eq!(status.code, StatusCode::Error as i32, "{span:?}");
    assert_eq!(status.message, error);
    assert_eq!(shown(&span.attributes, "error.type"), error);
}

fn is_fine(span: &Span) -> bool {
    let code = |status: &opentelemetry_proto::tonic::trace::v1::Status| status.code;
    span.status.as_ref().map_or(0, code) == StatusCode::Unset as i32
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A Parallel state with a state that calls somebody who refuses, twice.
fn branches() -> String {
    let missing = "arn:aws:states:eu-west-1:123456789012:stateMachine:missing";
    let calls = json!({"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:describeStateMachine",
        "Parameters": {"StateMachineArn": missing}, "End": true,
        "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Excuse"}]});
    let pass = json!({"Type": "Pass", "End": true});
    let both = json!({"Type": "Parallel", "Next": "Done", "Branches": [
        {"StartAt": "Quiet", "States": {"Quiet": pass}},
        {"StartAt": "Calls", "States": {"Calls": calls, "Excuse": pass}},
    ]});
    json!({"StartAt": "Both", "States": {"Both": both, "Done": {"Type": "Succeed"}}}).to_string()
}

#[tokio::test]
async fn an_execution_its_states_and_tasks_are_spans_inside_each_other() {
    let (mut collector, server) = Collector::with_server().await;
    let machine = server.machine("train", &branches()).await;
    let execution = server.execution(&machine, &json!({})).await;
    let described = server.end_of(&execution).await;
    assert_eq!(described["status"], "SUCCEEDED");
    collector.flush(&server.app).await;
    let root = collector.one("train");
    assert!(root.parent_span_id.is_empty() && is_fine(root));
    for (name, value) in [
        ("aws.step_functions.state_machine.arn", machine.as_str()),
        ("statecraft.execution.arn", &execution),
        ("statecraft.execution.status", "SUCCEEDED"),
        ("statecraft.execution.redrive_count", "0"),
    ] {
        assert_eq!(shown(&root.attributes, name), value);
    }
    let both = collector.one("Both");
    let calls = collector.one("Calls");
    for (name, parent) in [
        ("Both", root),
        ("Done", root),
        ("Quiet", both),
        ("Calls", both),
        ("Excuse", both),
    ] {
        let span = collector.one(name);
        assert_eq!(span.parent_span_id, parent.span_id, "{name}");
        assert_eq!(span.trace_id, root.trace_id);
        assert!(is_fine(span), "{span:?}");
        assert_eq!(shown(&span.attributes, "statecraft.state.name"), name);
        assert!(
            parent.start_time_unix_nano <= span.start_time_unix_nano
                && span.start_time_unix_nano <= span.end_time_unix_nano
                && span.end_time_unix_nano <= parent.end_time_unix_nano
        );
    }
    assert_eq!(shown(&both.attributes, "statecraft.state.type"), "Parallel");
    let tasks = collector.all("arn:aws:states:::aws-sdk:sfn:describeStateMachine");
    let mut attempts = Vec::new();
    for task in tasks {
        assert_eq!(task.parent_span_id, calls.span_id);
        assert_eq!(task.kind, SpanKind::Client as i32);
        assert_failed(task, "Sfn.StateMachineDoesNotExistException");
        attempts.push(shown(&task.attributes, "statecraft.task.attempt"));
    }
    assert_eq!(attempts, ["1", "2"]);
    assert_eq!(collector.seen.len(), 8);
}

#[tokio::test]
async fn a_failure_is_the_status_of_the_execution_and_of_the_state_that_it_ended() {
    let (mut collector, server) = Collector::with_server().await;
    let fails =
        r#"{"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "E", "Cause": "hush"}}}"#;
    let machine = server.machine("fails", fails).await;
    let execution = server.execution(&machine, &json!({})).await;
    server.end_of(&execution).await;
    server.next_moment().await;
    let redrive = json!({"executionArn": execution});
    let redriven = server.ok("RedriveExecution", redrive).await;
    server.end_of(&execution).await;
    collector.flush(&server.app).await;
    assert_failed(collector.all("A")[0], "E");
    let [first, second] = collector.all("fails")[..] else {
        panic!("{:#?}", collector.seen)
    };
    for span in [first, second] {
        assert_failed(span, "E");
        assert_eq!(
            shown(&span.attributes, "statecraft.execution.status"),
            "FAILED"
        );
    }
    assert_eq!(second.parent_span_id, first.span_id);
    assert_eq!(second.trace_id, first.trace_id);
    let redriven_ms = (redriven["redriveDate"].as_f64().unwrap() * 1000.0).round();
    assert_eq!(
        (second.start_time_unix_nano / 1_000_000).to_string(),
        redriven_ms.to_string()
    );
    assert!(!format!("{:?}", collector.seen).contains("hush"));
}

/// A machine that starts another one and waits for it.
fn starts(machine: &str) -> String {
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync",
        "Parameters": {"StateMachineArn": machine}, "Next": "Each"});
    let child = json!({"Type": "Pass", "End": true});
    let processor = json!({"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "C", "States": {"C": child}});
    let each = json!({"Type": "Map", "Label": "L", "ItemsPath": "$.Items", "ItemProcessor": processor, "End": true});
    let items = json!({"Type": "Pass", "Result": {"Items": [1]}, "Next": "Maps"});
    json!({"StartAt": "Task", "States": {"Task": task, "Each": items, "Maps": each}}).to_string()
}

#[tokio::test]
async fn a_header_gives_the_trace_and_children_are_below_their_parent() {
    let (mut collector, server) = Collector::with_server().await;
    let inner = server.machine("inner", PASS).await;
    let outer = server.machine("outer", &starts(&inner)).await;
    let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    let request = json!({"stateMachineArn": outer, "traceHeader": header});
    let execution = text(&server.ok("StartExecution", request).await, "executionArn");
    assert_eq!(server.end_of(&execution).await["status"], "SUCCEEDED");
    collector.flush(&server.app).await;
    let root = collector.one("outer");
    assert_eq!(hex(&root.trace_id), "5759e988bd862e3fe1be46a994272793");
    assert_eq!(hex(&root.parent_span_id), "53995c3f42cd8ad8");
    for child in ["inner", "outer/L"] {
        let child = collector.one(child);
        assert_eq!(child.parent_span_id, root.span_id);
        assert_eq!(child.trace_id, root.trace_id);
    }
}

#[tokio::test]
async fn express_executions_have_traces_and_who_wants_none_has_none() {
    let (mut collector, server) = Collector::with_server().await;
    let request = json!({"name": "quick", "definition": PASS, "roleArn": ROLE, "type": "EXPRESS"});
    let machine = server.ok("CreateStateMachine", request).await["stateMachineArn"].clone();
    for (sampled, spans) in [(0, 0), (1, 2)] {
        let header = format!("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled={sampled}");
        let request = json!({"stateMachineArn": machine, "traceHeader": header});
        server.ok("StartSyncExecution", request).await;
        collector.flush(&server.app).await;
        assert_eq!(collector.seen.len(), spans);
    }
    let root = collector.one("quick");
    assert_eq!(collector.one("A").parent_span_id, root.span_id);
}

#[tokio::test]
async fn what_an_express_execution_starts_is_below_it() {
    let (mut collector, server) = Collector::with_server().await;
    let inner = server.machine("inner", PASS).await;
    let starts = json!({"Type": "Task", "Resource": "arn:aws:states:::states:startExecution",
        "Parameters": {"StateMachineArn": inner}, "End": true});
    let outer = json!({"StartAt": "A", "States": {"A": starts}}).to_string();
    let request = json!({"name": "outer", "definition": outer, "roleArn": ROLE, "type": "EXPRESS"});
    let outer = server.ok("CreateStateMachine", request).await["stateMachineArn"].clone();
    let request = json!({"stateMachineArn": outer});
    let ended = server.ok("StartSyncExecution", request).await;
    let output: Value = serde_json::from_str(&text(&ended, "output")).unwrap();
    server.end_of(&text(&output, "ExecutionArn")).await;
    collector.flush(&server.app).await;
    let (root, child) = (collector.one("outer"), collector.one("inner"));
    assert_eq!(child.parent_span_id, root.span_id);
    assert_eq!(child.trace_id, root.trace_id);
}

#[tokio::test]
async fn an_express_child_that_starts_again_has_another_span() {
    let (mut collector, server) = Collector::with_server().await;
    let processor = json!({"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
        "StartAt": "C", "States": {"C": {"Type": "Fail"}}});
    let map =
        json!({"Type": "Map", "Label": "L", "Items": [1], "ItemProcessor": processor, "End": true});
    let definition = json!({"StartAt": "M", "QueryLanguage": "JSONata", "States": {"M": map}});
    let machine = server.machine("outer", &definition.to_string()).await;
    let execution = server.execution(&machine, &json!({})).await;
    server.end_of(&execution).await;
    server.next_moment().await;
    let redrive = json!({"executionArn": execution});
    server.ok("RedriveExecution", redrive).await;
    server.end_of(&execution).await;
    collector.flush(&server.app).await;
    let first = collector.all("outer")[0];
    for name in ["outer/L", "C"] {
        let [one, other] = collector.all(name)[..] else {
            panic!("{name}: {:#?}", collector.seen)
        };
        assert_ne!(one.span_id, other.span_id, "{name}");
        assert_eq!(one.trace_id, other.trace_id);
    }
    for child in collector.all("outer/L") {
        assert_eq!(child.parent_span_id, first.span_id);
    }
}

#[tokio::test]
async fn an_execution_that_outlives_the_server_has_its_whole_span() {
    let (mut collector, server) = Collector::with_server().await;
    let machine = server.machine("waits", WAIT).await;
    let execution = server.execution(&machine, &json!({})).await;
    let server = server.restart().await;
    server.next_moment().await;
    server
        .ok("StopExecution", json!({"executionArn": execution}))
        .await;
    let described: Value = server.end_of(&execution).await;
    collector.flush(&server.app).await;
    let root = collector.one("waits");
    let start_ms = (described["startDate"].as_f64().unwrap() * 1000.0).round();
    assert_eq!(
        (root.start_time_unix_nano / 1_000_000).to_string(),
        start_ms.to_string()
    );
    assert_eq!(
        shown(&root.attributes, "statecraft.execution.status"),
        "ABORTED"
    );
    assert_eq!(collector.seen.len(), 1, "the state was entered before");
}

#[tokio::test]
async fn a_collector_that_is_not_there_holds_nothing_up_and_its_spans_are_counted() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let server = Server::start_with(|config| config.traces = Some(settings(address))).await;
    let machine = server.machine("train", PASS).await;
    let execution = server.execution(&machine, &json!({})).await;
    assert_eq!(server.end_of(&execution).await["status"], "SUCCEEDED");
    server.app.engine.deliver_rest(LONG).await;
    let metrics = server.studio(Method::GET, "/metrics", None).await.text;
    assert!(
        metrics.contains("statecraft_spans_dropped_total 2\n"),
        "{metrics}"
    );
}
