//! RedriveExecution, and what other operations tell of it.

use super::{PASS, Server, WAIT, text};
use serde_json::{Value, json};

const FAIL: &str =
    r#"{"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "E", "Cause": "C"}}}"#;

impl Server {
    async fn described(&self, execution: &str) -> Value {
        self.ok("DescribeExecution", json!({"executionArn": execution}))
            .await
    }

    /// Waits until the clock shows another moment.
    pub(super) async fn next_moment(&self) {
        let now_ms = self.app.engine.now_ms();
        while self.app.engine.now_ms() == now_ms {
            tokio::task::yield_now().await;
        }
    }

    async fn listed(&self, request: Value) -> Vec<Value> {
        let answer = self.ok("ListExecutions", request).await;
        answer["executions"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn a_redriven_execution_tells_its_count_and_date_everywhere() {
    let server = Server::start().await;
    let machine = server.machine("train", WAIT).await;
    let execution = server.execution(&machine, &json!({})).await;
    let stop = json!({"executionArn": execution, "error": "Enough"});
    server.ok("StopExecution", stop).await;
    let aborted = server.described(&execution).await;
    assert_eq!(
        (&aborted["redriveStatus"], &aborted["redriveCount"]),
        (&json!("REDRIVABLE"), &json!(0))
    );
    assert!(aborted.get("redriveDate").is_none() && aborted.get("redriveStatusReason").is_none());
    let request = json!({"executionArn": execution, "clientToken": "t"});
    let redriven = server.ok("RedriveExecution", request.clone()).await;
    assert_eq!(server.ok("RedriveExecution", request).await, redriven);
    let running = server.described(&execution).await;
    assert_eq!(running["status"], "RUNNING");
    assert_eq!(running["redriveCount"], 1);
    assert_eq!(running["redriveDate"], redriven["redriveDate"]);
    assert_eq!(running["redriveStatus"], "NOT_REDRIVABLE");
    assert_eq!(
        running["redriveStatusReason"],
        "Execution is RUNNING and cannot be redriven"
    );
    for gone in ["stopDate", "error", "cause", "output"] {
        assert!(running.get(gone).is_none(), "{gone}");
    }
    let history = server
        .ok("GetExecutionHistory", json!({"executionArn": execution}))
        .await;
    let event = &history["events"][3];
    assert_eq!(event["type"], "ExecutionRedriven");
    assert_eq!(
        event["executionRedrivenEventDetails"],
        json!({"redriveCount": 1})
    );
    assert_eq!(event["id"], 4);
    let listed = server.listed(json!({"stateMachineArn": machine})).await;
    assert_eq!(listed[0]["redriveCount"], 1);
    assert_eq!(listed[0]["redriveDate"], redriven["redriveDate"]);
}

#[tokio::test]
async fn lists_filter_by_redrive_and_put_the_last_redriven_first() {
    let server = Server::start().await;
    let machine = server.machine("train", FAIL).await;
    let mut executions = Vec::new();
    for at in 0..4 {
        executions.push(server.execution(&machine, &json!(at)).await);
    }
    for at in [2, 0] {
        server.next_moment().await;
        let request = json!({"executionArn": executions[at]});
        server.ok("RedriveExecution", request).await;
    }
    for (filter, wanted) in [
        (json!("REDRIVEN"), vec![0, 2]),
        (json!("NOT_REDRIVEN"), vec![3, 1]),
        (Value::Null, vec![0, 2, 3, 1]),
    ] {
        let (mut found, mut token) = (Vec::new(), Value::Null);
        loop {
            let request = json!({"stateMachineArn": machine, "redriveFilter": filter, "maxResults": 1, "nextToken": token});
            let page = server.ok("ListExecutions", request).await;
            let executions = page["executions"].as_array().unwrap();
            found.extend(executions.iter().map(|item| text(item, "executionArn")));
            token = page["nextToken"].clone();
            if token.is_null() {
                break;
            }
            let other =
                json!({"stateMachineArn": machine, "statusFilter": "FAILED", "nextToken": token});
            let (code, _) = server.refused("ListExecutions", other).await;
            assert_eq!(code, "InvalidToken");
        }
        let wanted: Vec<_> = wanted
            .into_iter()
            .map(|at: usize| executions[at].clone())
            .collect();
        assert_eq!(found, wanted, "{filter}");
    }
}

#[tokio::test]
async fn what_cannot_be_redriven_is_refused_with_the_reason() {
    let server = Server::start().await;
    let running = server.machine("waits", WAIT).await;
    let done = server.machine("passes", PASS).await;
    for (machine, status) in [(&running, "RUNNING"), (&done, "SUCCEEDED")] {
        let execution = server.execution(machine, &json!({})).await;
        let request = json!({"executionArn": execution});
        let refused = server.refused("RedriveExecution", request).await;
        let reason = format!("Execution is {status} and cannot be redriven");
        let wanted = format!("Execution Not Redrivable: '{reason}'");
        assert_eq!(refused, ("ExecutionNotRedrivable".into(), wanted));
        assert_eq!(
            server.described(&execution).await["redriveStatusReason"],
            reason
        );
    }
    let arn = "arn:aws:states:eu-west-1:123456789012:execution:train:none";
    let (code, _) = server
        .refused("RedriveExecution", json!({"executionArn": arn}))
        .await;
    assert_eq!(code, "ExecutionDoesNotExist");
    let express = "arn:aws:states:eu-west-1:123456789012:express:train:none:x";
    for bad in ["nonsense", express] {
        let (code, _) = server
            .refused("RedriveExecution", json!({"executionArn": bad}))
            .await;
        assert_eq!(code, "InvalidArn", "{bad}");
    }
}

#[tokio::test]
async fn client_tokens_outside_their_limits_are_refused() {
    let server = Server::start().await;
    let arn = "arn:aws:states:eu-west-1:123456789012:execution:train:none";
    for (token, wanted) in [
        ("", "have length greater than or equal to 1"),
        ("a b", "satisfy regular expression pattern: [!-~]+"),
        ("\u{fc}", "satisfy regular expression pattern: [!-~]+"),
        (&"x".repeat(65), "have length less than or equal to 64"),
    ] {
        let request = json!({"executionArn": arn, "clientToken": token});
        let (code, message) = server.refused("RedriveExecution", request).await;
        assert_eq!(code, "ValidationException");
        assert!(
            message.ends_with(&format!("Member must {wanted}")),
            "{message}"
        );
    }
}
