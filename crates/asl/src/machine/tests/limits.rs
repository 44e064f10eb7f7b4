use super::*;

/// Fires timers until the execution is over.
fn finish(bench: &mut Bench) {
    for _ in 0..1000 {
        if bench.execution.finish().is_some() {
            return;
        }
        bench.fire();
    }
    panic!("it should be over");
}

#[test]
fn an_endless_loop_ends_at_the_limit_of_the_history() {
    let definition = machine(
        "A",
        json!({"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}),
    );
    let mut bench = Bench::started(&definition, "{}");
    assert!(
        bench.execution.finish().is_none(),
        "one step does a bounded share"
    );
    finish(&mut bench);
    assert_eq!(bench.events.len(), 25_000);
    assert_eq!(bench.types().last(), Some(&"ExecutionFailed"));
    assert!(bench.error().1.contains("25000"));
}

#[test]
fn one_step_gives_a_bounded_number_of_bytes() {
    let state = json!({"Type": "Pass", "Parameters": {"a.$": "States.UUID()"}, "ResultPath": "$.b", "Next": "A"});
    let input = json!({"text": "x".repeat(200_000)}).to_string();
    let mut bench = Bench::started(&machine("A", json!({"A": state})), &input);
    let first = bench.events.len();
    assert!(first < 60, "{first} events of 200 kB each");
    bench.fire();
    assert!(bench.events.len() > first, "the next step goes on");
    assert_eq!(bench.events[first].previous_event_id, first as u64);
}

#[test]
fn a_payload_that_grows_hits_the_limit_of_its_size() {
    let state = json!({"Type": "Pass", "Parameters": {"a.$": "$", "b.$": "$"}, "Next": "A"});
    let mut bench = Bench::started(&machine("A", json!({"A": state})), r#""0123456789""#);
    finish(&mut bench);
    assert_eq!(bench.error().0, "States.DataLimitExceeded");
}

#[test]
fn a_payload_that_grows_deeper_is_refused_before_it_cannot_be_read_back() {
    let state = json!({"Type": "Pass", "Parameters": {"a.$": "$"}, "Next": "A"});
    let mut bench = Bench::started(&machine("A", json!({"A": state})), "0");
    finish(&mut bench);
    assert_eq!(bench.error().0, "States.Runtime");
    assert!(bench.events.len() < 1000);
}

#[test]
fn an_input_that_is_no_json_fails_the_execution() {
    let bench = Bench::started(&machine("A", json!({"A": {"Type": "Succeed"}})), "{");
    assert_eq!(bench.types(), ["ExecutionStarted", "ExecutionFailed"]);
}

#[test]
fn the_limit_of_the_machine_ends_everything_and_nothing_catches_it() {
    let mut definition = machine(
        "W",
        json!({"W": {"Type": "Wait", "Seconds": 60, "End": true}}),
    );
    definition["TimeoutSeconds"] = json!(5);
    let mut bench = Bench::started(&definition, "{}");
    bench.fire();
    assert_eq!(bench.now_ms, 5_000);
    assert_eq!(
        bench.execution.finish(),
        Some(&Finish::TimedOut {
            error: None,
            cause: None
        })
    );
    assert_eq!(bench.types().last(), Some(&"ExecutionTimedOut"));
}

#[test]
fn stopping_closes_what_is_open_and_then_finishes() {
    let state = json!({"Type": "Task", "Resource": "arn:aws:states:::x:y", "TimeoutSeconds": 9, "End": true});
    let mut bench = Bench::started(&machine("T", json!({"T": state})), "{}");
    bench.take(Input::Stop {
        error: Some("E".to_owned()),
        cause: None,
    });
    let last = bench.events.last().unwrap();
    assert_eq!(
        (last.type_name(), last.previous_event_id),
        ("ExecutionAborted", 0)
    );
    assert!(matches!(
        bench.effects[..],
        [
            Effect::CancelTask { .. },
            Effect::CancelTimer { .. },
            Effect::Finish(Finish::Aborted { .. })
        ]
    ));
    assert!(bench.execution.open_effects().is_empty());
}

#[test]
fn open_effects_ask_for_the_same_task_and_timers_again() {
    let state = json!({"Type": "Task", "Resource": "arn:aws:states:::x:y", "TimeoutSeconds": 9, "End": true});
    let bench = Bench::started(&machine("T", json!({"T": state})), "{}");
    let stored = serde_json::to_string(&bench.execution).unwrap();
    let restored: Execution = serde_json::from_str(&stored).unwrap();
    assert_eq!(restored, bench.execution);
    let wanted = |effects: &[Effect]| {
        effects
            .iter()
            .map(|effect| format!("{effect:?}"))
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(wanted(&restored.open_effects()), wanted(&bench.effects));
}

#[test]
fn going_piece_by_piece_gives_the_same_history() {
    let item = json!({"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}});
    let definition = machine(
        "A",
        json!({
            "A": {"Type": "Map", "ItemProcessor": item, "Next": "B"}, "B": {"Type": "Succeed"}
        }),
    );
    let whole = Bench::started(&definition, "[1,2,3]");
    let mut pieces = Bench::new(&definition, "[1,2,3]");
    pieces.execution.one_at_a_time(true);
    pieces.take(Input::Start);
    while pieces.execution.has_work() {
        pieces.take(Input::Continue);
    }
    assert_eq!(whole.events, pieces.events);
    assert!(matches!(
        pieces.events.last().map(|event| &event.kind),
        Some(EventKind::Execution(_))
    ));
}

#[test]
fn variables_that_grow_hit_the_limit_of_their_size() {
    let state = json!({"Type": "Pass", "Assign": {"v.$": "States.Array($v, $v)"}, "Next": "B"});
    let definition = machine(
        "A",
        json!({"A": {"Type": "Pass", "Assign": {"v": "0123456789"}, "Next": "B"}, "B": state}),
    );
    let mut bench = Bench::started(&definition, "{}");
    finish(&mut bench);
    assert_eq!(bench.error().0, "States.DataLimitExceeded");
}

#[test]
fn results_that_are_too_long_together_are_refused_and_not_kept() {
    let long = "x".repeat(100_000);
    let item =
        json!({"StartAt": "P", "States": {"P": {"Type": "Pass", "Result": long, "End": true}}});
    let state = json!({"Type": "Map", "ItemProcessor": item, "MaxConcurrency": 1, "End": true});
    let bench = Bench::started(&machine("M", json!({"M": state})), "[1,2,3]");
    let (error, cause) = bench.error();
    assert_eq!(error, "States.DataLimitExceeded");
    assert!(cause.contains("'M'"));
}

/// A chain of states that assign one long variable each.
fn hoard(count: usize) -> Value {
    let long = "x".repeat(260_000);
    let state = |index: usize| {
        let name = format!("v{index}");
        (
            format!("S{index}"),
            json!({"Type": "Pass", "Assign": {name: long}, "Next": format!("S{}", index + 1)}),
        )
    };
    let mut states: serde_json::Map<String, Value> = (0..count).map(state).collect();
    states.insert(format!("S{count}"), json!({"Type": "Succeed"}));
    machine("S0", Value::Object(states))
}

#[test]
fn variables_hold_ten_mebibytes_together_and_no_more() {
    Bench::started(&hoard(40), "{}").output();
    let (error, cause) = Bench::started(&hoard(41), "{}").error();
    assert_eq!(error, "States.DataLimitExceeded");
    assert!(cause.contains("10 MiB"), "{cause}");
}
