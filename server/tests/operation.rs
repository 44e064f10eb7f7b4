//! The real command under an operator's hands: a disk that fills up, backups.
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
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};

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

    /// Tells it to end.
    fn terminate(&self) {
        let mut kill = Command::new("kill");
        kill.args(["-TERM", &self.process.id().to_string()]);
        assert!(kill.status().unwrap().success());
    }

    /// Status and text of a page.
    async fn get(&self, path: &str) -> (u16, String) {
        let url = format!("{}{path}", self.address);
        let answer = self.client.get(url).timeout(DEADLINE).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

/// Letters that do not pack.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let mut letter = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + (state >> 33) as u8 % 26)
    };
    (0..length).map(|_| letter()).collect()
}

#[tokio::test]
async fn a_disk_that_fills_up_loses_nothing_acknowledged_and_the_next_start_writes_again() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::with_files_up_to(data.path(), 4_000_000);
    let machine = server.machine(pass()).await;
    let input = json!({"large": noise(50_000)}).to_string();
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

/// Runs `statecraft backup`; gives its exit code and what it says.
fn backup(data: &Path, more: &[&str], file: &Path) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_statecraft"));
    command.args(["backup", "--data"]).arg(data).args(more);
    let output = command.arg(file).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_busy_server_is_whole_and_holds_what_was_acknowledged_before() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("copy.db"));
    let server = Arc::new(Server::start(&data));
    let machine = server.machine(pass()).await;
    let start = async |server: &Server| {
        let body = json!({"stateMachineArn": machine, "input": "{}"});
        text(&server.call("StartExecution", body).await, "executionArn")
    };
    let mut before = Vec::new();
    for _ in 0..50 {
        before.push(start(&server).await);
    }
    let writes = async {
        loop {
            start(&server).await;
        }
    };
    let copy = tokio::task::spawn_blocking({
        let (data, file) = (data.clone(), file.clone());
        move || backup(&data, &[], &file)
    });
    let (code, said) = tokio::select! {
        done = copy => done.unwrap(),
        () = writes => unreachable!(),
    };
    assert_eq!(code, Some(0), "{said}");
    let restored = folder.path().join("restored");
    std::fs::create_dir(&restored).unwrap();
    std::fs::copy(&file, restored.join("statecraft.db")).unwrap();
    let restored = Server::start(&restored);
    for execution in &before {
        assert_eq!(restored.finished(execution).await["status"], "SUCCEEDED");
    }
    start(&restored).await;
}

#[test]
fn a_backup_writes_over_nothing_unless_it_is_told_to_and_leaves_no_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("copy.db"));
    let (code, said) = backup(&data, &[], &file);
    assert!(code == Some(2) && said.contains("no database"), "{said}");
    drop(Server::start(&data));
    std::fs::write(&file, "precious").unwrap();
    let (code, said) = backup(&data, &[], &file);
    assert!(code == Some(2) && said.contains("--force"), "{said}");
    assert_eq!(std::fs::read(&file).unwrap(), b"precious");
    let (code, said) = backup(&data, &["--force"], &file);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        std::fs::read(&file)
            .unwrap()
            .starts_with(b"SQLite format 3")
    );
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["copy.db", "data"]);
    std::fs::remove_dir_all(&data).unwrap();
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("statecraft.db"), vec![7; 8192]).unwrap();
    let (code, said) = backup(&data, &["--force"], &file);
    assert!(
        code == Some(2) && said.contains("cannot be copied"),
        "{said}"
    );
    assert!(
        std::fs::read(&file)
            .unwrap()
            .starts_with(b"SQLite format 3")
    );
}

/// Many connections that ask nothing, as many as the system lets this process open, at most 10,000.
async fn idle_connections(address: &str) -> Vec<tokio::net::TcpStream> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let most = getrlimit(Resource::Nofile).maximum;
    let raised = Rlimit {
        current: most,
        maximum: most,
    };
    setrlimit(Resource::Nofile, raised).unwrap();
    let count = most.map_or(10_000, |most| most.saturating_sub(1_000).min(10_000));
    let mut idle = Vec::new();
    for _ in 0..count {
        let connection = tokio::net::TcpStream::connect(address).await;
        idle.push(connection.unwrap());
    }
    idle
}

#[tokio::test]
async fn idle_connections_do_not_keep_a_request_waiting() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let address = server.address.trim_start_matches("http://").to_owned();
    let idle = idle_connections(&address).await;
    let machine = server.machine(pass()).await;
    let body = json!({"stateMachineArn": machine});
    let started = server.call("StartExecution", body).await;
    let found = server.finished(&text(&started, "executionArn")).await;
    assert_eq!(found["status"], "SUCCEEDED");
    drop(idle);
}

/// A connection on which these bytes were sent; reading from it ends at the deadline.
fn sent(address: &str, bytes: &str) -> std::net::TcpStream {
    use std::io::Write;
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    stream
}

#[tokio::test]
async fn a_server_ends_with_long_polls_streams_and_half_a_request_open() {
    use std::io::Read;
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let activity = server.call("CreateActivity", json!({"name": "ask"})).await;
    let body = json!({"activityArn": text(&activity, "activityArn")}).to_string();
    let address = server.address.trim_start_matches("http://").to_owned();
    let poll = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n\
         X-Amz-Target: AWSStepFunctions.GetActivityTask\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut poll = sent(&address, &poll);
    let mut stream = sent(
        &address,
        "GET /api/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
    );
    let half = sent(&address, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Le");
    // The stream is open once its head is there.
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
    server.terminate();
    let mut answer = String::new();
    poll.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_ends_well(server).await;
    drop(half);
}

/// Waits until a server that was told to end has ended.
async fn assert_ends_well(mut server: Server) {
    let ended = tokio::task::spawn_blocking(move || server.process.wait().unwrap());
    let ended = tokio::time::timeout(DEADLINE, ended).await;
    let status = ended.unwrap().unwrap();
    assert!(status.success(), "{status}");
}

/// An address that answers no event before it is let to, and the statuses that it is told.
async fn hesitant_sink(may_answer: Arc<Semaphore>) -> (String, mpsc::UnboundedReceiver<String>) {
    let (sender, statuses) = mpsc::unbounded_channel();
    let routes = axum::Router::new().fallback(async move |axum::Json(event): axum::Json<Value>| {
        sender.send(text(&event["detail"], "status")).unwrap();
        drop(may_answer.acquire().await);
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (format!("http://{address}/"), statuses)
}

#[tokio::test]
async fn an_ending_server_sends_the_status_events_that_wait() {
    let folder = tempfile::tempdir().unwrap();
    let may_answer = Arc::new(Semaphore::new(0));
    let (url, mut statuses) = hesitant_sink(Arc::clone(&may_answer)).await;
    let settings = folder.path().join("settings.json");
    std::fs::write(&settings, json!({"statusEvents": {"url": url}}).to_string()).unwrap();
    let mut command = server::command(&folder.path().join("data"));
    command.arg("--config").arg(settings);
    let server = Server::spawn(command);
    let machine = server.machine(pass()).await;
    let body = json!({"stateMachineArn": machine});
    let started = server.call("StartExecution", body).await;
    server.finished(&text(&started, "executionArn")).await;
    let mut next = async || {
        tokio::time::timeout(DEADLINE, statuses.recv())
            .await
            .unwrap()
    };
    assert_eq!(next().await.as_deref(), Some("RUNNING"));
    server.terminate();
    // It is ending once it takes no connection.
    let address = server.address.trim_start_matches("http://").to_owned();
    while tokio::net::TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    may_answer.add_permits(1);
    assert_eq!(next().await.as_deref(), Some("SUCCEEDED"));
    assert_ends_well(server).await;
}
