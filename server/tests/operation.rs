//! The real command under an operator's hands: a disk that fills up.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test fail by panicking"
)]

mod server;

use serde_json::{Value, json};
use server::{DEADLINE, Server, text, without_settings};
use std::path::Path;
use std::process::{Command, Stdio};

/// A machine that passes its input on.
fn pass() -> Value {
    json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}})
}

impl Server {
    /// A server none of whose files may grow beyond so many bytes: writing on fails, as on a full disk.
    fn with_files_up_to(data: &Path, bytes: u64) -> Self {
        let mut shell = Command::new("sh");
        // The shell counts in blocks of 512 bytes. Without the signal, the system answers the write with an error.
        let script = r#"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#;
        shell
            .args(["-c", script, "sh", &(bytes / 512).to_string()])
            .arg(env!("CARGO_BIN_EXE_statecraft"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stderr(Stdio::null());
        without_settings(&mut shell);
        Self::spawn(shell)
    }

    /// Status and text of a page.
    async fn get(&self, path: &str) -> (u16, String) {
        let url = format!("{}{path}", self.address);
        let answer = self.client.get(url).timeout(DEADLINE).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

#[tokio::test]
async fn a_disk_that_fills_up_loses_nothing_acknowledged_and_the_next_start_writes_again() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with_files_up_to(data.path(), 4_000_000);
    let machine = server.machine(pass()).await;
    let input = json!({"large": "x".repeat(50_000)}).to_string();
    let mut acknowledged = Vec::new();
    let refusal = loop {
        let body = json!({"stateMachineArn": machine, "input": input});
        match server.try_call("StartExecution", &body).await {
            Ok(started) => acknowledged.push(text(&started, "executionArn")),
            Err(refusal) => break refusal,
        }
    };
    assert!(!acknowledged.is_empty());
    assert!(refusal.contains("ServiceUnavailable"), "{refusal}");
    let (status, body) = server.get("/readyz").await;
    assert!(status == 503 && body.contains("readOnly"), "{body}");
    assert_eq!(server.get("/healthz").await.0, 200);
    let server = server.crash(data.path());
    assert_eq!(server.get("/readyz").await.0, 200);
    for execution in &acknowledged {
        let found = server.finished(execution).await;
        assert_eq!(found["status"], "SUCCEEDED");
        assert_eq!(found["input"], input.as_str());
    }
    let body = json!({"stateMachineArn": machine, "name": "after"});
    server.call("StartExecution", body).await;
}
