//! Sample results instead of tasks.

use super::*;

#[tokio::test]
async fn sample_results_answer_as_the_case_says_and_an_unknown_case_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let retry = json!([{"ErrorEquals": ["Flaky"], "IntervalSeconds": 1, "MaxAttempts": 2}]);
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": retry, "End": true});
    world
        .machine(&json!({"StartAt": "T", "States": {"T": task}}))
        .await;
    let mocks = json!({
        "StateMachines": {"m": {"TestCases": {"Flaky": {"T": "R"}}}},
        "MockedResponses": {"R": {
            "0": {"Throw": {"Error": "Flaky", "Cause": "once"}},
            "1": {"Return": {"score": 0.9}},
        }},
    });
    world.store.set_mocks("m", mocks.to_string()).await.unwrap();
    let request = |case: &str| StartRequest {
        case: Some(case.into()),
        trace_header: None,
        ..world.request(case, &json!({}))
    };
    let arn = world
        .engine
        .start_execution(request("Flaky"))
        .await
        .unwrap()
        .arn;
    assert_eq!(
        world.finished(&arn).await.output.as_deref(),
        Some(r#"{"score":0.9}"#)
    );
    let unknown = world.engine.start_execution(request("None")).await;
    assert!(
        matches!(unknown, Err(StartError::UnknownCase(_))),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn a_sample_result_of_a_callback_writes_what_the_dry_run_writes() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let task = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"MessageBody": {"token.$": "$$.Task.Token"}},
        "End": true,
    });
    let definition = json!({"StartAt": "T", "States": {"T": task}});
    world.machine(&definition).await;
    let mocks = json!({
        "StateMachines": {"m": {"TestCases": {"C": {"T": "R"}}}},
        "MockedResponses": {"R": {"0": {"Return": {"x": 1}}}},
    });
    world.store.set_mocks("m", mocks.to_string()).await.unwrap();
    let request = StartRequest {
        case: Some("C".into()),
        trace_header: None,
        ..world.request("run", &json!({}))
    };
    let arn = world.engine.start_execution(request).await.unwrap().arn;
    world.finished(&arn).await;
    let case = MockConfig::parse(&mocks.to_string())
        .unwrap()
        .case("m", "C")
        .unwrap();
    let options = asl::dry_run::Options {
        start_ms: 0,
        seed: 1,
        machine_name: "m".into(),
        max_steps: 100,
    };
    let program = programs::compile(&definition.to_string()).unwrap();
    let mut dry = asl::dry_run::DryRun::new(Arc::new(program), "{}".into(), case, options);
    dry.run(&|_| false);
    let dry: Vec<_> = dry
        .events()
        .iter()
        .map(|event| event.type_name().to_owned())
        .collect();
    assert_eq!(world.history(&arn).await, dry);
}

#[tokio::test]
async fn sample_results_that_fail_by_chance_fail_as_in_the_dry_run() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let task = json!({
        "Type": "Task",
        "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
        "Catch": [{"ErrorEquals": ["Chance"], "Next": "C"}],
        "End": true,
    });
    let processor =
        json!({"StartAt": "T", "States": {"T": task, "C": {"Type": "Pass", "End": true}}});
    let map = json!({"Type": "Map", "ItemProcessor": processor, "MaxConcurrency": 1, "End": true});
    let definition = json!({"StartAt": "M", "States": {"M": map}});
    world.machine(&definition).await;
    let failure = json!({"Rate": 0.5, "Error": "Chance", "Cause": "c"});
    let mocks = json!({
        "StateMachines": {"m": {"TestCases": {"C": {"T": "R"}}}},
        "MockedResponses": {"R": {"0": {"Return": 1, "Failure": failure}}},
        "Seed": 11,
    });
    world.store.set_mocks("m", mocks.to_string()).await.unwrap();
    let items = json!([1, 2, 3, 4, 5, 6, 7, 8]);
    let request = StartRequest {
        case: Some("C".into()),
        trace_header: None,
        ..world.request("run", &items)
    };
    let arn = world.engine.start_execution(request).await.unwrap().arn;
    world.finished(&arn).await;
    let case = MockConfig::parse(&mocks.to_string())
        .unwrap()
        .case("m", "C")
        .unwrap();
    let options = asl::dry_run::Options {
        start_ms: 0,
        seed: case.seed().unwrap(),
        machine_name: "m".into(),
        max_steps: 1_000,
    };
    let program = programs::compile(&definition.to_string()).unwrap();
    let mut dry =
        asl::dry_run::DryRun::new(Arc::new(program), items.to_string().into(), case, options);
    dry.run(&|_| false);
    let dry: Vec<_> = dry
        .events()
        .iter()
        .map(|event| event.type_name().to_owned())
        .collect();
    let failed = dry
        .iter()
        .filter(|name| *name == "LambdaFunctionFailed")
        .count();
    assert!(
        (1..8).contains(&failed),
        "some fail and some do not: {failed}"
    );
    assert_eq!(world.history(&arn).await, dry);
}
