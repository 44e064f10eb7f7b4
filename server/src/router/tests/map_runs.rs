//! Operations on map runs, and distributed Maps as their clients see them.

use super::{Server, text};
use serde_json::{Value, json};

/// A distributed Map whose children wait until somebody stops them, or pass their item on at once.
fn distributed(waits: bool, fields: &Value) -> String {
    let child = if waits {
        json!({"Type": "Wait", "Seconds": 86_400, "End": true})
    } else {
        json!({"Type": "Pass", "End": true})
    };
    let mut map = json!({
        "Type": "Map", "End": true, "Label": "Each", "MaxConcurrency": 2,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Child", "States": {"Child": child}
        }
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        map[name] = value.clone();
    }
    json!({"StartAt": "Map", "States": {"Map": map}}).to_string()
}

impl Server {
    /// The newest map run of an execution.
    pub(super) async fn map_run(&self, execution: &str) -> String {
        let request = json!({"executionArn": execution});
        let listed = self.ok("ListMapRuns", request).await;
        text(&listed["mapRuns"][0], "mapRunArn")
    }
}

#[tokio::test]
async fn a_map_run_and_its_children_are_described_and_listed() {
    let server = Server::start().await;
    let machine = server
        .machine("train", &distributed(false, &json!({})))
        .await;
    let execution = server.execution(&machine, &json!(["a", "b", "c"])).await;
    let end = server.end_of(&execution).await;
    assert_eq!(end["output"], r#"["a","b","c"]"#, "{end}");
    let map_run = server.map_run(&execution).await;
    assert!(
        map_run.starts_with("arn:aws:states:eu-west-1:123456789012:mapRun:train/Each:"),
        "{map_run}"
    );
    let described = server
        .ok("DescribeMapRun", json!({"mapRunArn": map_run}))
        .await;
    assert_eq!(described["status"], "SUCCEEDED");
    assert_eq!(described["executionArn"], execution.as_str());
    assert_eq!(described["maxConcurrency"], 2);
    assert_eq!(described["itemCounts"]["succeeded"], 3);
    assert_eq!(described["executionCounts"]["total"], 3);
    let children = server
        .ok("ListExecutions", json!({"mapRunArn": map_run}))
        .await;
    let children = children["executions"].as_array().unwrap();
    assert_eq!(children.len(), 3);
    assert_eq!(
        (&children[0]["itemCount"], &children[0]["mapRunArn"]),
        (&json!(1), &json!(map_run))
    );
    let child = text(&children[0], "executionArn");
    let child = server
        .ok("DescribeExecution", json!({"executionArn": child}))
        .await;
    assert_eq!(child["mapRunArn"], map_run.as_str());
    assert_eq!(
        child["stateMachineArn"],
        "arn:aws:states:eu-west-1:123456789012:stateMachine:train/Each"
    );
    let own = server
        .ok("ListExecutions", json!({"stateMachineArn": machine}))
        .await;
    assert_eq!(own["executions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn map_runs_come_page_by_page_newest_first() {
    let server = Server::start().await;
    let retry = json!([{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1, "IntervalSeconds": 1}]);
    let fields = json!({"Retry": retry, "ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject",
        "Parameters": {"Bucket": "b", "Key": "missing.json"},
        "ReaderConfig": {"InputType": "JSON"}
    }});
    let machine = server.machine("train", &distributed(false, &fields)).await;
    let execution = server.execution(&machine, &json!({})).await;
    let end = server.end_of(&execution).await;
    assert_eq!(end["error"], "States.ItemReaderFailed", "{end}");
    assert!(end["cause"].as_str().unwrap().contains("missing.json"));
    let request =
        |token: &Value| json!({"executionArn": execution, "maxResults": 1, "nextToken": token});
    let first = server.ok("ListMapRuns", request(&Value::Null)).await;
    let second = server.ok("ListMapRuns", request(&first["nextToken"])).await;
    assert!(second.get("nextToken").is_none());
    let arn = |page: &Value| text(&page["mapRuns"][0], "mapRunArn");
    assert_ne!(arn(&first), arn(&second));
    assert!(
        first["mapRuns"][0]["startDate"].as_f64() >= second["mapRuns"][0]["startDate"].as_f64()
    );
}

#[tokio::test]
async fn an_update_changes_a_running_map_run_and_refuses_one_that_is_over() {
    let server = Server::start().await;
    let machine = server
        .machine("train", &distributed(true, &json!({})))
        .await;
    let execution = server.execution(&machine, &json!([1, 2, 3, 4])).await;
    let map_run = server.map_run(&execution).await;
    let update =
        json!({"mapRunArn": map_run, "maxConcurrency": 4, "toleratedFailurePercentage": 12.5});
    server.ok("UpdateMapRun", update.clone()).await;
    let described = loop {
        let request = json!({"mapRunArn": map_run});
        let described = server.ok("DescribeMapRun", request).await;
        if described["executionCounts"]["running"] == 4 {
            break described;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(described["toleratedFailurePercentage"], 12.5);
    server
        .ok("StopExecution", json!({"executionArn": execution}))
        .await;
    loop {
        let request = json!({"mapRunArn": map_run});
        if server.ok("DescribeMapRun", request).await["status"] == "ABORTED" {
            break;
        }
        tokio::task::yield_now().await;
    }
    let (code, message) = server.refused("UpdateMapRun", update).await;
    assert_eq!(code, "ValidationException");
    assert!(message.contains("completed"), "{message}");
    let too_much = json!({"mapRunArn": map_run, "toleratedFailurePercentage": 100.5});
    let (code, message) = server.refused("UpdateMapRun", too_much).await;
    assert_eq!(code, "ValidationException");
    assert!(message.contains("less than or equal to 100"), "{message}");
}

#[tokio::test]
async fn what_is_no_map_run_is_refused_and_a_labelled_machine_cannot_be_started() {
    let server = Server::start().await;
    let (code, _) = server
        .refused("DescribeMapRun", json!({"mapRunArn": "nonsense"}))
        .await;
    assert_eq!(code, "InvalidArn");
    let missing = "arn:aws:states:eu-west-1:123456789012:mapRun:m/l:x";
    let (code, _) = server
        .refused("DescribeMapRun", json!({"mapRunArn": missing}))
        .await;
    assert_eq!(code, "ResourceNotFound");
    let (code, _) = server
        .refused("ListExecutions", json!({"mapRunArn": missing}))
        .await;
    assert_eq!(code, "ResourceNotFound");
    let labelled = "arn:aws:states:eu-west-1:123456789012:stateMachine:m/l";
    let (code, _) = server
        .refused("StartExecution", json!({"stateMachineArn": labelled}))
        .await;
    assert_eq!(code, "ValidationException");
}

#[tokio::test]
async fn results_are_written_to_a_bucket_below_the_data_folder() {
    let server = Server::start().await;
    let bucket = server.folder.path().join("objects/in");
    std::fs::create_dir_all(&bucket).unwrap();
    std::fs::write(bucket.join("rows.csv"), "n\n1\n2\n").unwrap();
    let fields = json!({
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject",
            "Parameters": {"Bucket": "in", "Key": "rows.csv"},
            "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
        },
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject",
            "Parameters": {"Bucket": "out", "Prefix": "runs"}
        }
    });
    let machine = server.machine("train", &distributed(false, &fields)).await;
    let execution = server.execution(&machine, &json!({})).await;
    let end = server.end_of(&execution).await;
    let output: Value = serde_json::from_str(end["output"].as_str().unwrap()).unwrap();
    let key = output["ResultWriterDetails"]["Key"].as_str().unwrap();
    let manifest = std::fs::read(server.folder.path().join("objects/out").join(key)).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let written = manifest["ResultFiles"]["SUCCEEDED"][0]["Key"]
        .as_str()
        .unwrap();
    let results = std::fs::read(server.folder.path().join("objects/out").join(written)).unwrap();
    let results: Value = serde_json::from_slice(&results).unwrap();
    assert_eq!(results[1]["Output"], r#"{"n":"2"}"#);
}
