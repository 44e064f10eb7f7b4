//! Operations on activities and their tasks.

use super::{Server, text};
use serde_json::{Value, json};

fn asks(activity: &str) -> String {
    let state = json!({"Type": "Task", "Resource": activity, "End": true});
    json!({"StartAt": "Ask", "States": {"Ask": state}}).to_string()
}

impl Server {
    async fn activity(&self, name: &str, tags: Value) -> String {
        let created = self
            .ok("CreateActivity", json!({"name": name, "tags": tags}))
            .await;
        text(&created, "activityArn")
    }
}

#[tokio::test]
async fn a_worker_gets_a_task_and_its_answer_ends_the_run() {
    let server = Server::start().await;
    let activity = server.activity("work", Value::Null).await;
    let machine = server.machine("train", &asks(&activity)).await;
    let execution = server.execution(&machine, &json!({"n": 1})).await;
    let request = json!({"activityArn": activity, "workerName": "me"});
    let task = server.ok("GetActivityTask", request).await;
    assert_eq!(task["input"], json!({"n": 1}).to_string());
    let token = text(&task, "taskToken");
    server
        .ok("SendTaskHeartbeat", json!({"taskToken": token}))
        .await;
    let bad = json!({"taskToken": token, "output": "{"});
    assert_eq!(
        server.refused("SendTaskSuccess", bad).await.0,
        "InvalidOutput"
    );
    server
        .ok(
            "SendTaskSuccess",
            json!({"taskToken": token, "output": "{\"done\": true}"}),
        )
        .await;
    let described = server.end_of(&execution).await;
    assert_eq!(described["output"], "{\"done\": true}");
    for (operation, request) in [
        (
            "SendTaskSuccess",
            json!({"taskToken": token, "output": "1"}),
        ),
        ("SendTaskFailure", json!({"taskToken": token})),
        ("SendTaskHeartbeat", json!({"taskToken": token})),
    ] {
        assert_eq!(
            server.refused(operation, request).await.0,
            "TaskTimedOut",
            "{operation}"
        );
    }
}

#[tokio::test]
async fn a_failed_task_fails_the_run_with_its_error() {
    let server = Server::start().await;
    let activity = server.activity("work", Value::Null).await;
    let machine = server.machine("train", &asks(&activity)).await;
    let execution = server.execution(&machine, &json!({})).await;
    let task = server
        .ok("GetActivityTask", json!({"activityArn": activity}))
        .await;
    let failure = json!({"taskToken": task["taskToken"], "error": "Broken", "cause": "by hand"});
    server.ok("SendTaskFailure", failure).await;
    let described = server.end_of(&execution).await;
    assert_eq!(
        (described["status"].as_str(), described["error"].as_str()),
        (Some("FAILED"), Some("Broken"))
    );
}

#[tokio::test]
async fn unknown_tokens_are_refused() {
    let server = Server::start().await;
    for (token, wanted) in [
        ("x", "InvalidToken"),
        ("AAAAKgAAAAIAAAAA", "InvalidToken"),
        (&"/".repeat(64), "InvalidToken"),
        (&"x".repeat(64), "TaskDoesNotExist"),
        (&"x".repeat(2048), "InvalidToken"),
    ] {
        let request = json!({"taskToken": token, "output": "{}"});
        for operation in ["SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat"] {
            let (code, _) = server.refused(operation, request.clone()).await;
            assert_eq!(code, wanted, "{operation} {token}");
        }
    }
    let long = json!({"taskToken": "x".repeat(2049), "output": "{}"});
    assert_eq!(
        server.refused("SendTaskSuccess", long).await.0,
        "ValidationException"
    );
    let missing = server
        .refused("SendTaskSuccess", json!({"output": "{}"}))
        .await
        .1;
    assert!(missing.contains("Value null at 'taskToken'"));
}

#[tokio::test]
async fn activities_are_created_once_described_listed_and_deleted() {
    let server = Server::start().await;
    let activity = server
        .activity("work", json!([{"key": "team", "value": "ml"}]))
        .await;
    assert_eq!(
        activity,
        "arn:aws:states:eu-west-1:123456789012:activity:work"
    );
    assert_eq!(server.activity("work", Value::Null).await, activity);
    let described = server
        .ok("DescribeActivity", json!({"activityArn": activity}))
        .await;
    assert_eq!(described["name"], "work");
    let tags = server
        .ok("ListTagsForResource", json!({"resourceArn": activity}))
        .await;
    assert_eq!(tags, json!({"tags": [{"key": "team", "value": "ml"}]}));
    server.activity("a", Value::Null).await;
    let page = server.ok("ListActivities", json!({"maxResults": 1})).await;
    assert_eq!(page["activities"][0]["name"], "a");
    let request = json!({"maxResults": 1, "nextToken": page["nextToken"]});
    let page = server.ok("ListActivities", request).await;
    assert_eq!(page["activities"][0]["name"], "work");
    for _ in 0..2 {
        server
            .ok("DeleteActivity", json!({"activityArn": activity}))
            .await;
    }
    for operation in ["DescribeActivity", "GetActivityTask"] {
        let refused = server
            .refused(operation, json!({"activityArn": activity}))
            .await;
        let wanted = (
            "ActivityDoesNotExist".to_owned(),
            format!("Activity Does Not Exist: '{activity}'"),
        );
        assert_eq!(refused, wanted);
    }
}

#[tokio::test]
async fn bad_requests_about_activities_are_refused() {
    let server = Server::start().await;
    for (operation, request, code) in [
        ("CreateActivity", json!({"name": "a b"}), "InvalidName"),
        (
            "CreateActivity",
            json!({"name": 7}),
            "SerializationException",
        ),
        ("CreateActivity", json!({}), "ValidationException"),
        (
            "DescribeActivity",
            json!({"activityArn": "no_an_activity_arn"}),
            "InvalidArn",
        ),
        (
            "DeleteActivity",
            json!({"activityArn": "no_an_activity_arn"}),
            "InvalidArn",
        ),
        (
            "GetActivityTask",
            json!({"activityArn": "no_an_activity_arn"}),
            "InvalidArn",
        ),
        (
            "ListActivities",
            json!({"maxResults": -1}),
            "ValidationException",
        ),
        ("ListActivities", json!({"nextToken": "ü"}), "InvalidToken"),
    ] {
        let (found, message) = server.refused(operation, request).await;
        assert_eq!(found, code, "{operation}: {message}");
    }
}

#[tokio::test]
async fn workers_cannot_take_what_people_answer_and_no_tag_opens_a_way_round() {
    let server = Server::start().await;
    let people = json!([{"key": "statecraft:answered-by", "value": "people"}]);
    let activity = server.activity("approve", people.clone()).await;
    let (code, message) = server
        .refused("GetActivityTask", json!({"activityArn": activity}))
        .await;
    assert_eq!(code, "ValidationException");
    assert!(message.contains("answered by people"), "{message}");
    let untag = json!({"resourceArn": activity, "tagKeys": ["statecraft:answered-by"]});
    assert_eq!(
        server.refused("UntagResource", untag).await.0,
        "ValidationException"
    );
    let workers = json!([{"key": "statecraft:answered-by", "value": "workers"}]);
    let retag = json!({"resourceArn": activity, "tags": workers});
    assert_eq!(
        server.refused("TagResource", retag).await.0,
        "ValidationException"
    );
    server
        .ok(
            "TagResource",
            json!({"resourceArn": activity, "tags": people}),
        )
        .await;
    let other = json!({"name": "approve", "tags": workers});
    assert_eq!(
        server.refused("CreateActivity", other).await.0,
        "ActivityAlreadyExists"
    );
}
