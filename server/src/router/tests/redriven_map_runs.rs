//! What operations tell of map runs that were redriven.

use super::{Server, text};
use serde_json::{Value, json};

/// A distributed Map whose children fail, tolerating one failure, at most so many at once.
fn failing(execution_type: &str, at_once: u32, child: &Value) -> String {
    let map = json!({
        "Type": "Map", "End": true, "Label": "Each", "MaxConcurrency": at_once, "ToleratedFailureCount": 1,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": execution_type},
            "StartAt": "Child", "States": {"Child": child}
        }
    });
    json!({"StartAt": "Map", "States": {"Map": map}}).to_string()
}

impl Server {
    /// Fails the next task of the activity `work`.
    async fn fail_task(&self) {
        let activity = "arn:aws:states:eu-west-1:123456789012:activity:work";
        let fetch = json!({"activityArn": activity});
        let task = self.ok("GetActivityTask", fetch).await;
        let failure = json!({"taskToken": task["taskToken"], "error": "E"});
        self.ok("SendTaskFailure", failure).await;
    }

    async fn map_run_when(&self, map_run: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        loop {
            let request = json!({"mapRunArn": map_run});
            let described = self.ok("DescribeMapRun", request).await;
            if is_so(&described) {
                return described;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Statuses of the children that a list with this filter shows, sorted.
    async fn statuses(&self, map_run: &str, filter: Value) -> Vec<String> {
        let request = json!({"mapRunArn": map_run, "statusFilter": filter});
        let answer = self.ok("ListExecutions", request).await;
        let children = answer["executions"].as_array().unwrap();
        let mut statuses: Vec<_> = children.iter().map(|child| text(child, "status")).collect();
        statuses.sort();
        statuses
    }
}

#[tokio::test]
async fn children_wait_to_be_redriven_while_there_is_no_room_and_have_failed_when_there_will_be_none()
 {
    let server = Server::start().await;
    let activity = server.ok("CreateActivity", json!({"name": "work"})).await;
    let task = json!({"Type": "Task", "Resource": activity["activityArn"], "End": true});
    let machine = server
        .machine("train", &failing("STANDARD", 1, &task))
        .await;
    let execution = server.execution(&machine, &json!([1, 2, 3])).await;
    server.fail_task().await;
    server.fail_task().await;
    server.end_of(&execution).await;
    let map_run = server.map_run(&execution).await;
    let failed = server
        .map_run_when(&map_run, |run| run["status"] == "FAILED")
        .await;
    assert_eq!(
        (&failed["redriveCount"], failed.get("redriveDate")),
        (&json!(0), None)
    );
    let request = json!({"executionArn": execution});
    let redriven = server.ok("RedriveExecution", request.clone()).await;
    let running = server
        .map_run_when(&map_run, |run| run["executionCounts"]["running"] == 1)
        .await;
    assert_eq!(running["status"], "RUNNING");
    assert_eq!(running["redriveCount"], 1);
    assert!(running["redriveDate"].as_f64() >= redriven["redriveDate"].as_f64());
    assert!(running.get("stopDate").is_none());
    for counts in ["executionCounts", "itemCounts"] {
        let counts = &running[counts];
        assert_eq!(
            (
                &counts["pendingRedrive"],
                &counts["failed"],
                &counts["total"]
            ),
            (&json!(1), &json!(0), &json!(3))
        );
    }
    let all = server.statuses(&map_run, Value::Null).await;
    assert_eq!(all, ["PENDING_REDRIVE", "RUNNING"]);
    assert_eq!(
        server.statuses(&map_run, json!("PENDING_REDRIVE")).await,
        ["PENDING_REDRIVE"]
    );
    assert!(server.statuses(&map_run, json!("FAILED")).await.is_empty());
    let filter = json!({"mapRunArn": map_run, "statusFilter": "PENDING_REDRIVE"});
    let waiting = server.ok("ListExecutions", filter).await;
    let waiting = text(&waiting["executions"][0], "executionArn");
    let described = server
        .ok("DescribeExecution", json!({"executionArn": waiting}))
        .await;
    assert_eq!(described["status"], "PENDING_REDRIVE");

    server.ok("StopExecution", request).await;
    let aborted = server
        .map_run_when(&map_run, |run| run["status"] == "ABORTED")
        .await;
    assert_eq!(aborted["executionCounts"]["pendingRedrive"], 0);
    assert_eq!(
        server.statuses(&map_run, Value::Null).await,
        ["ABORTED", "FAILED"]
    );
    assert!(
        server
            .statuses(&map_run, json!("PENDING_REDRIVE"))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_child_is_redriven_only_with_its_map_run() {
    let server = Server::start().await;
    let child = json!({"Type": "Fail", "Error": "E"});
    let machine = server
        .machine("train", &failing("STANDARD", 1, &child))
        .await;
    let execution = server.execution(&machine, &json!([1, 2])).await;
    server.end_of(&execution).await;
    let map_run = server.map_run(&execution).await;
    let children = server
        .ok("ListExecutions", json!({"mapRunArn": map_run}))
        .await;
    let request = json!({"executionArn": children["executions"][0]["executionArn"]});
    let described = server.ok("DescribeExecution", request.clone()).await;
    assert_eq!(described["redriveStatus"], "REDRIVABLE_BY_MAP_RUN");
    let (code, message) = server.refused("RedriveExecution", request).await;
    assert_eq!(code, "ExecutionNotRedrivable");
    assert!(message.contains("Map Run"), "{message}");
}

#[tokio::test]
async fn express_children_start_again_with_a_history_of_their_own() {
    let server = Server::start().await;
    let child = json!({"Type": "Fail", "Error": "E"});
    let machine = server
        .machine("train", &failing("EXPRESS", 1, &child))
        .await;
    let execution = server.execution(&machine, &json!([1, 2, 3])).await;
    server.end_of(&execution).await;
    let map_run = server.map_run(&execution).await;
    let children = json!({"mapRunArn": map_run});
    let before = server.ok("ListExecutions", children.clone()).await;
    server.next_moment().await;
    server
        .ok("RedriveExecution", json!({"executionArn": execution}))
        .await;
    server.end_of(&execution).await;
    let after = server.ok("ListExecutions", children).await;
    let of = |list: &Value, member: &str| list["executions"][0][member].clone();
    assert_eq!(of(&after, "executionArn"), of(&before, "executionArn"));
    assert!(of(&after, "startDate").as_f64() > of(&before, "startDate").as_f64());
    assert_eq!(of(&after, "redriveCount"), 0);
    let request = json!({"executionArn": of(&after, "executionArn")});
    let described = server.ok("DescribeExecution", request.clone()).await;
    assert_eq!(described["redriveStatus"], "REDRIVABLE_BY_MAP_RUN");
    let history = server.ok("GetExecutionHistory", request).await;
    let events = history["events"].as_array().unwrap().iter();
    let ids: Vec<_> = events.map(|event| event["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [1, 2, 3]);
}
