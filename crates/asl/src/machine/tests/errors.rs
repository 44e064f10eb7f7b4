use super::*;

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

fn task(retry: &Value, catch: &Value) -> Value {
    let state =
        json!({"Type": "Task", "Resource": FUNCTION, "Retry": retry, "Catch": catch, "End": true});
    machine("T", json!({"T": state, "C": {"Type": "Pass", "End": true}}))
}

/// Fails the open task and gives the seconds until the next try.
fn fail_and_wait(bench: &mut Bench, error: &str) -> i64 {
    bench.fail(error);
    let before = bench.now_ms;
    bench.fire();
    (bench.now_ms - before) / 1000
}

#[test]
fn every_retrier_counts_its_own_retries() {
    let retry = json!([
        {"ErrorEquals": ["A", "B"], "IntervalSeconds": 1, "BackoffRate": 2.0, "MaxAttempts": 2},
        {"ErrorEquals": ["C"], "IntervalSeconds": 5}
    ]);
    let catch = json!([{"ErrorEquals": ["States.ALL"], "Next": "C"}]);
    let mut bench = Bench::started(&task(&retry, &catch), "{}");
    assert_eq!(fail_and_wait(&mut bench, "A"), 1);
    assert_eq!(fail_and_wait(&mut bench, "B"), 2);
    assert_eq!(fail_and_wait(&mut bench, "C"), 5);
    assert_eq!(bench.task().attempt, 3);
    bench.fail("B");
    assert_eq!(bench.output(), r#"{"Error":"B","Cause":"why"}"#);
}

#[test]
fn a_retry_is_scheduled_anew_after_the_failure_and_within_the_same_visit() {
    let mut bench = Bench::started(
        &task(&json!([{"ErrorEquals": ["States.ALL"]}]), &json!([])),
        "{}",
    );
    bench.fail("A");
    bench.fire();
    assert_eq!(
        bench.types()[4..7],
        [
            "LambdaFunctionFailed",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted"
        ]
    );
    assert_eq!(bench.previous()[5], 5);
}

#[test]
fn delays_are_limited_and_jitter_stays_below_them() {
    let retrier = json!({"ErrorEquals": ["A"], "IntervalSeconds": 10, "BackoffRate": 10, "MaxDelaySeconds": 50});
    let mut bench = Bench::started(&task(&json!([retrier]), &json!([])), "{}");
    assert_eq!(fail_and_wait(&mut bench, "A"), 10);
    assert_eq!(fail_and_wait(&mut bench, "A"), 50);
    let mut retrier = retrier;
    retrier["JitterStrategy"] = json!("FULL");
    let mut bench = Bench::started(&task(&json!([retrier]), &json!([])), "{}");
    bench.fail("A");
    bench.fire();
    assert!((0..=10_000).contains(&bench.now_ms));
}

#[test]
fn no_attempts_means_straight_to_the_catcher() {
    let retry = json!([{"ErrorEquals": ["A"], "MaxAttempts": 0}, {"ErrorEquals": ["States.ALL"]}]);
    let catch = json!([{"ErrorEquals": ["A"], "Next": "C", "ResultPath": "$.e"}]);
    let mut bench = Bench::started(&task(&retry, &catch), r#"{"x":1}"#);
    bench.fail("A");
    assert_eq!(bench.output(), r#"{"x":1,"e":{"Error":"A","Cause":"why"}}"#);
    assert_eq!(
        bench.previous()[5],
        5,
        "the exited event follows the failed event"
    );
}

#[test]
fn an_error_without_a_name_is_caught_as_nulls() {
    let mut bench = Bench::started(
        &task(
            &json!([]),
            &json!([{"ErrorEquals": ["States.ALL"], "Next": "C"}]),
        ),
        "{}",
    );
    let task = bench.task().task;
    bench.take(Input::TaskFailed {
        task,
        error: None,
        cause: None,
        at: FailurePoint::Work,
    });
    assert_eq!(bench.output(), r#"{"Error":null,"Cause":null}"#);
}

#[test]
fn a_runtime_error_is_neither_retried_nor_caught() {
    let state = json!({
        "Type": "Task", "Resource": FUNCTION, "Parameters": {"a.$": "$.none"}, "End": true,
        "Retry": [{"ErrorEquals": ["States.ALL"]}],
        "Catch": [{"ErrorEquals": ["States.Runtime"], "Next": "C"}, {"ErrorEquals": ["States.ALL"], "Next": "C"}]
    });
    let bench = Bench::started(
        &machine("T", json!({"T": state, "C": {"Type": "Succeed"}})),
        r#"{"b":1}"#,
    );
    let cause = "An error occurred while executing the state 'T' (entered at the event id #2). The JSONPath \
                 '$.none' specified for the field 'a.$' could not be found in the input '{\"b\":1}'";
    assert_eq!(
        bench.error(),
        ("States.Runtime".to_owned(), cause.to_owned())
    );
}

#[test]
fn a_catcher_sets_variables_from_the_error_output() {
    let catch = json!([{"ErrorEquals": ["States.ALL"], "Next": "C", "ResultPath": null, "Assign": {"e.$": "$.Error"}}]);
    let mut bench = Bench::started(&task(&json!([]), &catch), "{}");
    bench.fail("A");
    assert_eq!(bench.output(), "{}");
    let exited = bench.events[5].to_wire();
    assert_eq!(
        exited["stateExitedEventDetails"]["assignedVariables"],
        json!({"e": "\"A\""})
    );
}

#[test]
fn a_path_that_leads_nowhere_is_named() {
    let state = json!({"Type": "Pass", "OutputPath": "$.a.b", "End": true});
    let bench = Bench::started(&machine("P", json!({"P": state})), "{}");
    assert!(
        bench.error().1.contains("Invalid path '$.a.b' : "),
        "{:?}",
        bench.error()
    );
}
