//! The real command as a test runs it: started on a free port, asked over HTTP, killed without warning.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// No step of a test takes longer, unless something is broken.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// A running server; killed without any warning when it is dropped.
pub(crate) struct Server {
    pub(crate) process: Child,
    pub(crate) address: String,
    pub(crate) client: reqwest::Client,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `statecraft serve` on a free port.
pub(crate) fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_statecraft"));
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data);
    without_settings(&mut command);
    command
}

/// Keeps the settings of the test's own environment away from a server.
pub(crate) fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let mut settings = ["AWS_", "OTEL_", "SFN_", "STATECRAFT_"].iter();
        if settings.any(|setting| text.starts_with(setting)) {
            command.env_remove(&name);
        }
    }
    command.env("RUST_LOG", "warn");
}

impl Server {
    pub(crate) fn start(data: &Path) -> Self {
        Self::spawn(command(data))
    }

    /// Waits until the server says its address.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let out = process.stdout.take().unwrap();
        // What is dropped by a panic is killed.
        let mut server = Self {
            process,
            address: String::new(),
            client: reqwest::Client::new(),
        };
        let line = first_line(out);
        let address = line.trim().strip_prefix("Statecraft is listening on ");
        server.address = address.unwrap().to_owned();
        server
    }

    /// Kills the server and starts another one on the same folder.
    pub(crate) fn crash(self, data: &Path) -> Self {
        drop(self);
        Self::start(data)
    }

    /// One call of the AWS API; its error is the whole answer.
    pub(crate) async fn try_call(&self, operation: &str, body: &Value) -> Result<Value, String> {
        let request = self
            .client
            .post(&self.address)
            .timeout(DEADLINE)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", format!("AWSStepFunctions.{operation}"))
            .body(body.to_string());
        let answer = request.send().await.map_err(|error| error.to_string())?;
        let status = answer.status();
        let text = answer.text().await.map_err(|error| error.to_string())?;
        if status.is_success() {
            Ok(serde_json::from_str(&text).unwrap())
        } else {
            Err(text)
        }
    }

    pub(crate) async fn call(&self, operation: &str, body: Value) -> Value {
        self.try_call(operation, &body)
            .await
            .unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// The ARN of a deployed machine.
    pub(crate) async fn machine(&self, definition: Value) -> String {
        let role = "arn:aws:iam::123456789012:role/r";
        let body = json!({"name": "m", "definition": definition.to_string(), "roleArn": role});
        text(
            &self.call("CreateStateMachine", body).await,
            "stateMachineArn",
        )
    }

    /// Asks until the execution has ended.
    pub(crate) async fn finished(&self, execution: &str) -> Value {
        let end = Instant::now() + DEADLINE;
        loop {
            let body = json!({"executionArn": execution});
            let found = self.call("DescribeExecution", body).await;
            if found["status"] != "RUNNING" {
                return found;
            }
            assert!(Instant::now() < end, "still running: {found}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The first line that a server says, before the deadline.
fn first_line(out: ChildStdout) -> String {
    let (sender, line) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(out).read_line(&mut line);
        // Nobody waits any more after the deadline.
        let _ = sender.send(read.map(|_| line));
    });
    let line = line.recv_timeout(DEADLINE);
    line.expect("the server does not start").unwrap()
}

/// A member that is a text.
pub(crate) fn text(value: &Value, member: &str) -> String {
    value[member]
        .as_str()
        .unwrap_or_else(|| panic!("no {member} in {value}"))
        .to_owned()
}
