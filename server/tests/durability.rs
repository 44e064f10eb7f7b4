//! The real command, killed in mid-run: what was acknowledged is there after the next start, and every run finishes
//! with a history without gaps.
#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test fail by panicking"
)]

mod server;

use serde_json::{Value, json};
use server::{DEADLINE, Server, command, text};
use std::process::Command;
use std::time::{Duration, Instant};

impl Server {
    async fn start_execution(&self, machine: &str, name: &str) -> String {
        let body =
            json!({"stateMachineArn": machine, "name": name, "input": "{\"Question\":\"Ship?\"}"});
        text(&self.call("StartExecution", body).await, "executionArn")
    }

    /// The types of all events; their ids count from 1 without gaps.
    async fn history(&self, execution: &str) -> Vec<String> {
        let body = json!({"executionArn": execution, "maxResults": 1000});
        let answer = self.call("GetExecutionHistory", body).await;
        let events = answer["events"].as_array().unwrap();
        for (index, event) in events.iter().enumerate() {
            assert_eq!(event["id"], index + 1, "a gap in {events:?}");
        }
        events.iter().map(|event| text(event, "type")).collect()
    }

    async fn waiting_review(&self) -> String {
        let url = format!("{}/api/reviews?status=waiting", self.address);
        let text = self
            .client
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(answer["reviews"].as_array().unwrap().len(), 1, "{answer}");
        answer["reviews"][0]["id"].as_str().unwrap().to_owned()
    }

    async fn decide(&self, review: &str, decision: &str) -> u16 {
        let url = format!("{}/api/reviews/{review}/decision", self.address);
        let body = json!({"decision": decision, "by": "Ada", "comment": "after the crash"});
        let request = self
            .client
            .post(url)
            .header("Content-Type", "application/json")
            .body(body.to_string());
        request.send().await.unwrap().status().as_u16()
    }
}

fn activity_machine(activity: &str) -> Value {
    json!({"StartAt": "Ask", "States": {
        "Ask": {"Type": "Task", "Resource": activity, "Next": "Done"},
        "Done": {"Type": "Pass", "End": true},
    }})
}

fn count(types: &[String], name: &str) -> usize {
    types.iter().filter(|found| *found == name).count()
}

#[tokio::test]
async fn a_waiting_approval_survives_a_kill_and_its_decision_too() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let tags = json!([{"key": "statecraft:answered-by", "value": "people"}]);
    let activity = text(
        &server
            .call("CreateActivity", json!({"name": "ask", "tags": tags}))
            .await,
        "activityArn",
    );
    let machine = server.machine(activity_machine(&activity)).await;
    let execution = server.start_execution(&machine, "run").await;
    let review = server.waiting_review().await;
    let server = server.crash(data.path());
    assert_eq!(server.waiting_review().await, review);
    assert_eq!(server.decide(&review, "approve").await, 200);
    let server = server.crash(data.path());
    let end = server.finished(&execution).await;
    assert_eq!(end["status"], "SUCCEEDED", "{end}");
    let output: Value = serde_json::from_str(end["output"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&output["decision"], &output["decidedBy"]),
        (&json!("approved"), &json!("Ada"))
    );
    assert_eq!(server.decide(&review, "reject").await, 409);
    let types = server.history(&execution).await;
    assert_eq!(
        (types[0].as_str(), types.last().unwrap().as_str()),
        ("ExecutionStarted", "ExecutionSucceeded")
    );
    assert_eq!(count(&types, "ActivitySucceeded"), 1);
}

#[tokio::test]
async fn a_running_activity_survives_a_kill_and_its_worker_answers_with_the_same_token() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let activity = text(
        &server.call("CreateActivity", json!({"name": "work"})).await,
        "activityArn",
    );
    let machine = server.machine(activity_machine(&activity)).await;
    let execution = server.start_execution(&machine, "run").await;
    let task = server
        .call(
            "GetActivityTask",
            json!({"activityArn": activity, "workerName": "w"}),
        )
        .await;
    let server = server.crash(data.path());
    let token = text(&task, "taskToken");
    server
        .call("SendTaskHeartbeat", json!({"taskToken": token}))
        .await;
    server
        .call(
            "SendTaskSuccess",
            json!({"taskToken": token, "output": "{\"x\":1}"}),
        )
        .await;
    let server = server.crash(data.path());
    let end = server.finished(&execution).await;
    assert_eq!(
        (&end["status"], &end["output"]),
        (&json!("SUCCEEDED"), &json!("{\"x\":1}"))
    );
    let types = server.history(&execution).await;
    assert_eq!(count(&types, "ActivityStarted"), 1);
    let late = server
        .try_call(
            "SendTaskSuccess",
            &json!({"taskToken": token, "output": "{}"}),
        )
        .await;
    assert!(late.is_err(), "{late:?}");
}

#[tokio::test]
async fn a_redrive_that_was_answered_survives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let activity = json!({"name": "work"});
    let activity = text(
        &server.call("CreateActivity", activity).await,
        "activityArn",
    );
    let fetch = json!({"activityArn": activity, "workerName": "w"});
    let machine = server.machine(activity_machine(&activity)).await;
    let execution = server.start_execution(&machine, "run").await;
    let task = server.call("GetActivityTask", fetch.clone()).await;
    let failure = json!({"taskToken": task["taskToken"], "error": "E"});
    server.call("SendTaskFailure", failure).await;
    assert_eq!(server.finished(&execution).await["status"], "FAILED");
    let server = server.crash(data.path());
    let redrive = json!({"executionArn": execution, "clientToken": "t"});
    let redriven = server.call("RedriveExecution", redrive.clone()).await;
    let server = server.crash(data.path());
    assert_eq!(server.call("RedriveExecution", redrive).await, redriven);
    let task = server.call("GetActivityTask", fetch).await;
    let success = json!({"taskToken": task["taskToken"], "output": "1"});
    server.call("SendTaskSuccess", success).await;
    let end = server.finished(&execution).await;
    assert_eq!(
        (&end["status"], &end["redriveCount"]),
        (&json!("SUCCEEDED"), &json!(1))
    );
    let types = server.history(&execution).await;
    assert_eq!(count(&types, "ExecutionRedriven"), 1);
}

#[tokio::test]
async fn a_wait_survives_a_kill_and_ends_at_its_time() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let definition = json!({"StartAt": "Wait", "States": {
        "Wait": {"Type": "Wait", "Seconds": 2, "Next": "Done"},
        "Done": {"Type": "Pass", "End": true},
    }});
    let machine = server.machine(definition).await;
    let execution = server.start_execution(&machine, "run").await;
    let server = server.crash(data.path());
    let end = server.finished(&execution).await;
    assert_eq!(end["status"], "SUCCEEDED", "{end}");
    assert!(
        end["stopDate"].as_f64().unwrap() - end["startDate"].as_f64().unwrap() >= 2.0,
        "{end}"
    );
    let types = server.history(&execution).await;
    assert_eq!(types.len(), 6, "{types:?}");
}

/// Starts executions until the server dies under them; gives the names that were acknowledged.
async fn start_until_killed(server: Server, machine: &str, kill_after: usize) -> Vec<String> {
    let server = std::sync::Arc::new(tokio::sync::Mutex::new(Some(server)));
    let (address, client) = {
        let guard = server.lock().await;
        let server = guard.as_ref().unwrap();
        (server.address.clone(), server.client.clone())
    };
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    for starter in 0..4 {
        let (address, client, sender, machine) = (
            address.clone(),
            client.clone(),
            sender.clone(),
            machine.to_owned(),
        );
        tokio::spawn(async move {
            for number in 0.. {
                let body =
                    json!({"stateMachineArn": machine, "name": format!("run-{starter}-{number}")});
                let request = client
                    .post(&address)
                    .header("X-Amz-Target", "AWSStepFunctions.StartExecution")
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .body(body.to_string());
                let Ok(answer) = request.send().await else {
                    return;
                };
                let Ok(text) = answer.text().await else {
                    return;
                };
                let Ok(answer) = serde_json::from_str::<Value>(&text) else {
                    return;
                };
                if sender
                    .send(answer["executionArn"].as_str().unwrap().to_owned())
                    .is_err()
                {
                    return;
                }
            }
        });
    }
    drop(sender);
    let mut acknowledged = Vec::new();
    while let Some(arn) = receiver.recv().await {
        acknowledged.push(arn);
        if acknowledged.len() == kill_after {
            drop(server.lock().await.take());
        }
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledged_start_is_never_lost() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let definition = json!({"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Next": "Wait"},
        "Wait": {"Type": "Wait", "Seconds": 1, "Next": "B"},
        "B": {"Type": "Pass", "End": true},
    }});
    let machine = server.machine(definition).await;
    let acknowledged = start_until_killed(server, &machine, 60).await;
    assert!(acknowledged.len() >= 60);
    let server = Server::start(data.path());
    for execution in &acknowledged {
        let end = server.finished(execution).await;
        assert_eq!(end["status"], "SUCCEEDED", "{end}");
        assert_eq!(server.history(execution).await.len(), 8);
    }
}

/// Runs the command to its end; gives its exit code and what it says.
fn refused(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn a_folder_in_use_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let _server = Server::start(data.path());
    let (code, message) = refused(&mut command(data.path()));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("in use by another process") && message.contains("--data"),
        "{message}"
    );
}

#[test]
fn a_port_in_use_and_an_open_address_are_refused() {
    let data = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut serve = Command::new(env!("CARGO_BIN_EXE_statecraft"));
    serve
        .args(["serve", "--listen", &address, "--data"])
        .arg(data.path());
    let (code, message) = refused(&mut serve);
    assert_eq!(code, Some(2));
    assert!(
        message.contains(&address) && message.contains("--listen"),
        "{message}"
    );
    let mut serve = Command::new(env!("CARGO_BIN_EXE_statecraft"));
    serve
        .args(["serve", "--listen", "0.0.0.0:0", "--data"])
        .arg(data.path());
    let (code, message) = refused(&mut serve);
    assert_eq!(code, Some(2));
    assert!(message.contains("no authentication"), "{message}");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    let (code, message) = refused(&mut command(&file.join("below")));
    assert_eq!(code, Some(2));
    assert!(
        message.contains("cannot be used") && message.contains("--data"),
        "{message}"
    );
}

#[cfg(unix)]
#[test]
fn a_request_to_terminate_ends_the_server_with_success() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::start(data.path());
    let killed = Command::new("kill")
        .args(["-TERM", &server.process.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let end = Instant::now() + DEADLINE;
    loop {
        if let Some(status) = server.process.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            return;
        }
        assert!(Instant::now() < end, "the server did not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Maps over ten items, three at a time; each child waits a moment.
fn distributed_machine() -> Value {
    json!({"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "End": true, "MaxConcurrency": 3, "Label": "Each",
        "ItemsPath": "$.items",
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Rest", "States": {
                "Rest": {"Type": "Wait", "Seconds": 1, "Next": "Done"},
                "Done": {"Type": "Pass", "End": true},
            }
        }
    }}})
}

/// Asks until the map run has so many children that succeeded.
async fn succeeded(server: &Server, map_run: &str, least: u64) {
    let end = Instant::now() + DEADLINE;
    loop {
        let body = json!({"mapRunArn": map_run});
        let found = server.call("DescribeMapRun", body).await;
        if found["executionCounts"]["succeeded"].as_u64().unwrap() >= least {
            return;
        }
        assert!(Instant::now() < end, "no progress: {found}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_map_run_survives_kills_and_runs_every_item_once() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::start(data.path());
    let machine = server.machine(distributed_machine()).await;
    let items: Vec<u32> = (0..10).collect();
    let input = json!({ "items": items }).to_string();
    let body = json!({"stateMachineArn": machine, "name": "run", "input": input});
    let execution = text(&server.call("StartExecution", body).await, "executionArn");
    let runs = server
        .call("ListMapRuns", json!({"executionArn": execution}))
        .await;
    let map_run = text(&runs["mapRuns"][0], "mapRunArn");
    for least in [0, 2, 5] {
        succeeded(&server, &map_run, least).await;
        server = server.crash(data.path());
    }
    let end = server.finished(&execution).await;
    assert_eq!(end["output"], "[0,1,2,3,4,5,6,7,8,9]", "{end}");
    let found = server
        .call("DescribeMapRun", json!({"mapRunArn": map_run}))
        .await;
    assert_eq!(found["status"], "SUCCEEDED", "{found}");
    assert_eq!(found["executionCounts"]["succeeded"], 10, "{found}");
    let body = json!({"mapRunArn": map_run, "maxResults": 1000});
    let children = server.call("ListExecutions", body).await;
    let children = children["executions"].as_array().unwrap();
    assert_eq!(children.len(), 10);
    for child in children {
        let types = server.history(&text(child, "executionArn")).await;
        assert_eq!(count(&types, "WaitStateEntered"), 1, "{types:?}");
        assert_eq!(types.last().unwrap(), "ExecutionSucceeded");
    }
    let types = server.history(&execution).await;
    assert_eq!(count(&types, "MapRunSucceeded"), 1, "{types:?}");
}

#[tokio::test]
async fn stopping_an_execution_stops_the_children_of_its_map_run_across_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let mut definition = distributed_machine();
    definition["States"]["Each"]["ItemProcessor"]["States"]["Rest"]["Seconds"] = json!(86_400);
    let machine = server.machine(definition).await;
    let body = json!({"stateMachineArn": machine, "name": "run", "input": "{\"items\":[1,2,3,4]}"});
    let execution = text(&server.call("StartExecution", body).await, "executionArn");
    let runs = server
        .call("ListMapRuns", json!({"executionArn": execution}))
        .await;
    let map_run = text(&runs["mapRuns"][0], "mapRunArn");
    server
        .call("StopExecution", json!({"executionArn": execution}))
        .await;
    let server = server.crash(data.path());
    let end = Instant::now() + DEADLINE;
    loop {
        let found = server
            .call("DescribeMapRun", json!({"mapRunArn": map_run}))
            .await;
        if found["status"] == "ABORTED" {
            assert_eq!(found["executionCounts"]["running"], 0, "{found}");
            break;
        }
        assert!(Instant::now() < end, "still running: {found}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let body = json!({"mapRunArn": map_run, "statusFilter": "RUNNING"});
    let running = server.call("ListExecutions", body).await;
    assert_eq!(running["executions"], json!([]));
    let types = server.history(&execution).await;
    assert_eq!(
        types[types.len() - 2..],
        ["MapRunAborted", "ExecutionAborted"]
    );
}
