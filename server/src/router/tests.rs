//! The whole server in one process, asked over its routes: every operation with good and bad requests.

mod activities;
mod bad_requests;
mod connections;
mod deletion;
mod executions;
mod express;
mod health;
mod logs;
mod machines;
mod malformed;
mod map_runs;
mod metrics;
mod nested;
mod redrive;
mod redriven_map_runs;
mod reviews;
mod signatures;
mod status_events;
mod studio;
mod test_states;
mod traces;
mod versions;

use super::router;
use crate::app::App;
use crate::arn::{ExecutionArn, Home};
use crate::config::{Config, ObjectPlace};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

/// A server with an empty store in a folder of its own.
struct Server {
    app: Arc<App>,
    folder: tempfile::TempDir,
}

/// A whole answer.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

/// A machine that only passes its input on.
const PASS: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;
/// A machine that waits until somebody stops it.
const WAIT: &str =
    r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 86400, "End": true}}}"#;

impl Server {
    async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// A server with other settings.
    async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config {
            home: Home {
                region: "eu-west-1".into(),
                account_id: "123456789012".into(),
            },
            data: folder.path().to_owned(),
            lambda_endpoint: None,
            objects: ObjectPlace::Folder,
            http_allow: Vec::new(),
            secret_key: None,
            access_keys: None,
            status_events: None,
            traces: None,
            mocks: None,
            operation: crate::config::Operation::default(),
        };
        change(&mut config);
        Self {
            app: App::open(config).await.unwrap(),
            folder,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(self.app.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    /// One AWS request with any body.
    async fn raw(&self, operation: &str, body: impl Into<Body>) -> Answer {
        self.raw_to(&format!("AWSStepFunctions.{operation}"), body)
            .await
    }

    /// One request with any body to the operation of any service.
    async fn raw_to(&self, target: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post("/")
            .header("host", "127.0.0.1:8080")
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", target)
            .body(body.into());
        self.send(request.unwrap()).await
    }

    /// One AWS request that succeeds.
    async fn ok(&self, operation: &str, request: Value) -> Value {
        let answer = self.raw(operation, request.to_string()).await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{operation}: {}",
            answer.text
        );
        answer.json()
    }

    /// One AWS request that is refused with a 400: the error's name and text.
    async fn refused(&self, operation: &str, request: Value) -> (String, String) {
        let answer = self.raw(operation, request.to_string()).await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{operation}: {}",
            answer.text
        );
        let body = answer.json();
        assert_eq!(
            answer.headers["x-amzn-errortype"],
            body["__type"].as_str().unwrap()
        );
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        (text("__type"), text("message"))
    }

    /// One request to the studio's own API.
    async fn studio(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost:8080")
            .header("content-type", "application/json")
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())));
        self.send(request.unwrap()).await
    }

    /// A deployed machine's ARN.
    async fn machine(&self, name: &str, definition: &str) -> String {
        let request = json!({"name": name, "definition": definition, "roleArn": ROLE});
        text(
            &self.ok("CreateStateMachine", request).await,
            "stateMachineArn",
        )
    }

    /// A started execution's ARN.
    async fn execution(&self, machine: &str, input: &Value) -> String {
        let request = json!({"stateMachineArn": machine, "input": input.to_string()});
        text(&self.ok("StartExecution", request).await, "executionArn")
    }

    /// Waits for the end of an execution and describes it.
    async fn end_of(&self, execution: &str) -> Value {
        let arn = ExecutionArn::parse(execution).unwrap();
        let mut progress = self.app.engine.subscribe_execution(&arn);
        let running = self.app.store.execution(&arn).await.unwrap().unwrap();
        if running.summary.status == crate::store::ExecutionStatus::Running {
            soon(progress.wait_for(|progress| progress.finished))
                .await
                .unwrap();
        }
        self.ok("DescribeExecution", json!({"executionArn": execution}))
            .await
    }
}

const ROLE: &str = "arn:aws:iam::123456789012:role/any";

/// Waits for what must come; what does not come fails the test instead of holding it up.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    let patience = std::time::Duration::from_secs(60);
    tokio::time::timeout(patience, what)
        .await
        .expect("nothing came")
}

/// A member that is a text.
fn text(value: &Value, name: &str) -> String {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {value}"))
        .to_owned()
}
