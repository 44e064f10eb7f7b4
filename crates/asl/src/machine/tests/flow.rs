use super::*;

#[test]
fn an_input_is_passed_on_as_it_was_written() {
    let definition = machine(
        "A",
        json!({"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}),
    );
    let bench = Bench::started(&definition, "[[1, 2],  3.0]");
    assert_eq!(bench.output(), "[[1, 2],  3.0]");
    let types = [
        "ExecutionStarted",
        "PassStateEntered",
        "PassStateExited",
        "SucceedStateEntered",
    ];
    assert_eq!(bench.types()[..4], types);
    assert_eq!(bench.previous(), [0, 0, 2, 3, 4, 5]);
}

#[test]
fn a_result_is_copied_and_never_evaluated() {
    let result = json!({"a.$": "$.x", "b": "States.UUID()"});
    let definition = machine(
        "A",
        json!({"A": {"Type": "Pass", "Result": result, "ResultPath": "$.r", "End": true}}),
    );
    assert_eq!(
        output(&definition, r#"{"x":1}"#),
        r#"{"x":1,"r":{"a.$":"$.x","b":"States.UUID()"}}"#
    );
}

#[test]
fn null_paths_give_an_empty_object() {
    let parameters = json!({"seen.$": "$"});
    let state = json!({"Type": "Pass", "InputPath": null, "Parameters": parameters, "End": true});
    assert_eq!(
        output(&machine("A", json!({"A": state})), "[1]"),
        r#"{"seen":{}}"#
    );
    let state = json!({"Type": "Pass", "OutputPath": null, "End": true});
    assert_eq!(output(&machine("A", json!({"A": state})), "[1]"), "{}");
}

#[test]
fn a_result_that_cannot_be_set_in_the_input_has_its_own_error() {
    let state = json!({"Type": "Pass", "Result": 1, "ResultPath": "$.a", "End": true});
    let bench = Bench::started(&machine("A", json!({"A": state})), "[1]");
    assert_eq!(bench.error().0, "States.ResultPathMatchFailure");
}

#[test]
fn parameters_may_be_an_array() {
    let state = json!({"Type": "Pass", "Parameters": [{"a.$": "$.x"}, "$.x"], "End": true});
    assert_eq!(
        output(&machine("A", json!({"A": state})), r#"{"x":1}"#),
        r#"[{"a":1},"$.x"]"#
    );
}

#[test]
fn variables_are_seen_from_the_next_state_on() {
    let definition = machine(
        "A",
        json!({
            "A": {"Type": "Pass", "Assign": {"v": 1}, "Next": "B"},
            "B": {"Type": "Pass", "Assign": {"v": 2}, "OutputPath": "$v", "Next": "C"},
            "C": {"Type": "Pass", "Parameters": {"old.$": "$", "new.$": "$v"}, "End": true}
        }),
    );
    let bench = Bench::started(&definition, "{}");
    let output: Value = serde_json::from_str(&bench.output()).unwrap();
    assert_eq!(output, json!({"old": 1, "new": 2}));
    let exited = bench.events[2].to_wire();
    assert_eq!(
        exited["stateExitedEventDetails"]["assignedVariables"],
        json!({"v": "1"})
    );
}

#[test]
fn the_first_rule_that_holds_decides_and_sets_its_variables() {
    let rule = |value: i64, next: &str| json!({"Variable": "$.n", "NumericEquals": value, "Next": next, "Assign": {"by": value}});
    let choice = json!({
        "Type": "Choice", "Choices": [rule(1, "End"), rule(2, "End")], "Default": "End", "Assign": {"by": "default"}
    });
    let end = json!({"Type": "Pass", "Parameters": {"by.$": "$by"}, "End": true});
    let definition = machine("Choose", json!({"Choose": choice, "End": end}));
    assert_eq!(output(&definition, r#"{"n":2.0}"#), r#"{"by":2}"#);
    assert_eq!(output(&definition, r#"{"n":"2"}"#), r#"{"by":"default"}"#);
    let bench = Bench::started(&definition, "{}");
    assert_eq!(bench.error().0, "States.Runtime");
}

#[test]
fn no_rule_and_no_default_is_an_error() {
    let rule = json!({"Variable": "$.n", "IsPresent": true, "Next": "E"});
    let choice = json!({"Type": "Choice", "Choices": [rule]});
    let bench = Bench::started(
        &machine("C", json!({"C": choice, "E": {"Type": "Succeed"}})),
        "{}",
    );
    assert_eq!(bench.error().0, "States.NoChoiceMatched");
}

#[test]
fn a_wait_takes_its_time_and_a_past_moment_none() {
    let wait = json!({"Type": "Wait", "SecondsPath": "$.s", "End": true});
    let definition = machine("W", json!({"W": wait}));
    let mut bench = Bench::started(&definition, r#"{"s": 30}"#);
    assert_eq!(
        bench.effects,
        [Effect::SetTimer {
            timer: TimerId(2),
            at_ms: 30_000
        }]
    );
    bench.fire();
    assert_eq!(bench.output(), r#"{"s": 30}"#);
    assert!(
        Bench::started(&definition, r#"{"s": 0}"#)
            .execution
            .finish()
            .is_some()
    );
}

#[test]
fn a_clock_that_steps_back_makes_no_event_older_and_no_wait_longer() {
    let wait = json!({"Type": "Wait", "Seconds": 2, "Next": "V"});
    let again = json!({"Type": "Wait", "Seconds": 3, "End": true});
    let mut bench = Bench::new(&machine("W", json!({"W": wait, "V": again})), "{}");
    bench.now_ms = 5_000_000;
    bench.take(Input::Start);
    let timer = |bench: &Bench| match bench.execution.open_effects().pop() {
        Some(Effect::SetTimer { timer, at_ms }) => (timer, at_ms),
        other => panic!("{other:?}"),
    };
    let (first, _) = timer(&bench);
    bench.now_ms = 1_000_000;
    bench.take(Input::TimerFired { timer: first });
    assert_eq!(timer(&bench).1, 1_003_000);
    bench.fire();
    assert_eq!(bench.types().last(), Some(&"ExecutionSucceeded"));
    let times: Vec<i64> = bench
        .events
        .iter()
        .map(|event| event.timestamp_ms)
        .collect();
    assert_eq!(times, vec![5_000_000; times.len()]);
}

#[test]
fn a_wait_beyond_what_aws_can_count_fails() {
    let wait = json!({"Type": "Wait", "TimestampPath": "$", "End": true});
    let definition = machine("W", json!({"W": wait}));
    let bench = Bench::started(&definition, r#""2038-01-19T03:14:08Z""#);
    assert!(bench.error().1.ends_with("Wait state delay is too long."));
    let bench = Bench::started(&definition, r#""2038-01-18T03:14:08Z""#);
    assert!(bench.execution.finish().is_none());
}

#[test]
fn a_bad_time_says_which() {
    let wait = json!({"Type": "Wait", "TimestampPath": "$.at", "End": true});
    let bench = Bench::started(&machine("W", json!({"W": wait})), r#"{"at":"soon"}"#);
    let cause = "An error occurred while executing the state 'W' (entered at the event id #2). The \
                 TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time \
                 format string: $.at == soon";
    assert_eq!(
        bench.error(),
        ("States.Runtime".to_owned(), cause.to_owned())
    );
}

#[test]
fn a_fail_state_leaves_out_what_it_does_not_say() {
    let bench = Bench::started(
        &machine("F", json!({"F": {"Type": "Fail", "Error": "E"}})),
        "{}",
    );
    assert_eq!(
        bench.types(),
        ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]
    );
    assert_eq!(
        bench.events[2].to_wire()["executionFailedEventDetails"],
        json!({"error": "E"})
    );
}

#[test]
fn the_context_object_knows_state_and_execution() {
    let parameters = json!({"name.$": "$$.State.Name", "id.$": "$$.Execution.Name", "at.$": "$$.State.EnteredTime"});
    let state = json!({"Type": "Pass", "Parameters": parameters, "End": true});
    let output: Value =
        serde_json::from_str(&output(&machine("A", json!({"A": state})), "{}")).unwrap();
    assert_eq!(
        output,
        json!({"name": "A", "id": "e", "at": "1970-01-01T00:00:00Z"})
    );
}

#[test]
fn observations_show_every_stage_when_asked() {
    let state =
        json!({"Type": "Pass", "Parameters": {"a.$": "$.x"}, "ResultPath": "$.r", "End": true});
    let mut bench = Bench::new(&machine("A", json!({"A": state})), r#"{"x":1}"#);
    bench.execution.observe(true);
    bench.take(Input::Start);
    let seen: Vec<_> = bench
        .observations
        .iter()
        .map(|o| (o.stage, &*o.value))
        .collect();
    let whole = r#"{"x":1,"r":{"a":1}}"#;
    let input = r#"{"x":1}"#;
    assert_eq!(
        seen,
        [
            (Stage::Input, input),
            (Stage::AfterInputPath, input),
            (Stage::AfterParameters, r#"{"a":1}"#),
            (Stage::Result, r#"{"a":1}"#),
            (Stage::AfterResultPath, whole),
            (Stage::Output, whole),
        ]
    );
}

#[test]
fn literals_of_a_jsonata_state_work_and_an_expression_says_that_no_engine_is_there() {
    let state = |output: Value| json!({"A": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": output, "End": true}});
    assert_eq!(
        output(&machine("A", state(json!({"a": [" {% x %}"]}))), "{}"),
        r#"{"a":[" {% x %}"]}"#
    );
    let bench = Bench::started(&machine("A", state(json!({"a": "{% $x %}"}))), "{}");
    assert_eq!(bench.error().0, "States.QueryEvaluationError");
    assert_eq!(bench.types()[2], "EvaluationFailed");
    assert_eq!(bench.previous(), [0, 0, 0, 3]);
    assert_eq!(
        bench.events[2].to_wire()["evaluationFailedEventDetails"]["location"],
        "Output/a"
    );
}
