use super::*;

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";
const ACTIVITY: &str = "arn:aws:states:us-east-1:123456789012:activity:a";
const CALLBACK: &str = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";

fn task(resource: &str, more: &Value) -> Value {
    let mut state = json!({"Type": "Task", "Resource": resource, "End": true});
    for (name, value) in more.as_object().into_iter().flatten() {
        state[name] = value.clone();
    }
    machine("T", json!({"T": state}))
}

#[test]
fn a_function_gets_the_input_and_its_answer_is_the_result() {
    let mut bench = Bench::started(&task(FUNCTION, &json!({})), r#"{"a": 1}"#);
    let request = bench.task();
    assert_eq!(
        (&*request.input, request.token, request.attempt),
        (r#"{"a": 1}"#, None, 0)
    );
    bench.succeed("[1, 2]");
    assert_eq!(bench.output(), "[1, 2]");
    let types = [
        "LambdaFunctionScheduled",
        "LambdaFunctionStarted",
        "LambdaFunctionSucceeded",
        "TaskStateExited",
    ];
    assert_eq!(bench.types()[2..6], types);
}

#[test]
fn an_activity_starts_when_a_worker_takes_it_and_only_once() {
    let mut bench = Bench::started(&task(ACTIVITY, &json!({"HeartbeatSeconds": 5})), "{}");
    assert_eq!(bench.types().last(), Some(&"ActivityScheduled"));
    let request = bench.task();
    assert!(request.token.is_some());
    let started = || Input::TaskStarted {
        task: request.task,
        worker: Some("w".to_owned()),
    };
    bench.take(started());
    bench.take(started());
    assert_eq!(bench.types()[3..], ["ActivityStarted"]);
    bench.succeed("1");
    assert_eq!(bench.output(), "1");
}

#[test]
fn a_heartbeat_gives_more_time_and_its_loss_is_a_timeout() {
    let mut bench = Bench::started(&task(ACTIVITY, &json!({"HeartbeatSeconds": 5})), "{}");
    let task = bench.task().task;
    bench.take(Input::TaskStarted { task, worker: None });
    bench.now_ms = 4_000;
    bench.take(Input::Heartbeat { task });
    assert!(matches!(
        bench.effects[..],
        [
            Effect::CancelTimer { .. },
            Effect::SetTimer { at_ms: 9_000, .. }
        ]
    ));
    bench.fire();
    assert_eq!(bench.error(), ("States.Timeout".to_owned(), String::new()));
    assert_eq!(bench.types()[4..], ["ActivityTimedOut", "ExecutionFailed"]);
}

#[test]
fn heartbeats_are_not_asked_of_a_function() {
    let bench = Bench::started(&task(FUNCTION, &json!({"HeartbeatSeconds": 1})), "{}");
    assert_eq!(bench.task().heartbeat_seconds, Some(1));
    assert_eq!(bench.effects, [Effect::Schedule(bench.task())]);
}

#[test]
fn a_task_over_its_limit_is_cancelled() {
    let mut bench = Bench::started(
        &task(FUNCTION, &json!({"TimeoutSecondsPath": "$.t"})),
        r#"{"t":7}"#,
    );
    let task = bench.task();
    assert_eq!(task.timeout_seconds, Some(7));
    bench.fire();
    assert_eq!(bench.now_ms, 7_000);
    assert!(
        bench
            .effects
            .contains(&Effect::CancelTask { task: task.task })
    );
    assert_eq!(
        bench.types()[4..],
        ["LambdaFunctionTimedOut", "ExecutionFailed"]
    );
}

#[test]
fn a_callback_task_carries_its_token_and_says_when_it_was_submitted() {
    let parameters = json!({"MessageBody": {"token.$": "$$.Task.Token"}});
    let mut bench = Bench::started(&task(CALLBACK, &json!({"Parameters": parameters})), "{}");
    let request = bench.task();
    let input: Value = serde_json::from_str(&request.input).unwrap();
    assert_eq!(
        input["MessageBody"]["token"].as_str(),
        request.token.as_deref()
    );
    bench.take(Input::TaskSubmitted {
        task: request.task,
        output: Arc::from("{}"),
    });
    bench.succeed("\"yes\"");
    assert_eq!(bench.output(), "\"yes\"");
    assert_eq!(
        bench.types()[2..6],
        [
            "TaskScheduled",
            "TaskStarted",
            "TaskSubmitted",
            "TaskSucceeded"
        ]
    );
}

#[test]
fn a_result_that_is_no_json_fails_the_state() {
    let mut bench = Bench::started(&task(FUNCTION, &json!({})), "{}");
    bench.succeed("oops");
    assert_eq!(bench.error().0, "States.Runtime");
}

#[test]
fn a_result_over_the_limit_names_the_task() {
    let long = format!("\"{}\"", "x".repeat(262_144));
    let mut bench = Bench::started(&task("arn:aws:states:::lambda:invoke", &json!({})), "{}");
    bench.succeed(&long);
    let (error, cause) = bench.error();
    assert_eq!(error, "States.DataLimitExceeded");
    assert!(cause.starts_with("The state/task 'lambda' returned"));
    assert_eq!(bench.types()[4..], ["TaskFailed", "ExecutionFailed"]);
}

#[test]
fn answers_that_come_too_late_change_nothing() {
    let mut bench = Bench::started(&task(FUNCTION, &json!({"TimeoutSeconds": 1})), "{}");
    let task = bench.task().task;
    bench.fire();
    let (before, execution) = (bench.events.len(), bench.execution.clone());
    bench.take(Input::TaskSucceeded {
        task,
        output: Arc::from("1"),
    });
    bench.take(Input::Heartbeat { task });
    bench.take(Input::Stop {
        error: None,
        cause: None,
    });
    bench.take(Input::Start);
    assert_eq!((bench.events.len(), &bench.execution), (before, &execution));
    assert!(bench.effects.is_empty());
}

#[test]
fn a_task_that_could_not_be_handed_over_gets_the_language_s_own_cause() {
    let mut bench = Bench::started(&task(ACTIVITY, &json!({})), "{}");
    let (error, cause) = (
        Some("States.Runtime".to_owned()),
        Some("The activity x does not exist.".to_owned()),
    );
    let task = bench.task().task;
    bench.take(Input::TaskFailed {
        task,
        error,
        cause,
        at: FailurePoint::Schedule,
    });
    let cause = "An error occurred while executing the state 'T' (entered at the event id #2). \
                 The activity x does not exist.";
    assert_eq!(bench.error().1, cause);
}

#[test]
fn a_result_goes_through_selector_variables_path_and_output() {
    let more = json!({
        "ResultSelector": {"n.$": "$.body.n"}, "ResultPath": "$.r", "OutputPath": "$.r.n",
        "Assign": {"raw.$": "$.body"}
    });
    let mut bench = Bench::started(&task(FUNCTION, &more), "{}");
    bench.succeed(r#"{"body": {"n": 4}}"#);
    assert_eq!(bench.output(), "4");
    let exited = bench.events[5].to_wire();
    assert_eq!(
        exited["stateExitedEventDetails"]["assignedVariables"],
        json!({"raw": r#"{"n":4}"#})
    );
}
