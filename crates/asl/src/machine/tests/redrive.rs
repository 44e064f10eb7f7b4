use super::*;

const SEND: &str = "arn:aws:states:::sqs:sendMessage";

fn task(more: &Value) -> Value {
    let mut state = json!({"Type": "Task", "Resource": SEND, "End": true});
    for (name, value) in more.as_object().into_iter().flatten() {
        state[name] = value.clone();
    }
    state
}

fn block(name: &str, state: &Value) -> Value {
    json!({"StartAt": name, "States": {name: state}})
}

/// The types of the events since the last redrive.
fn since_redrive(bench: &Bench) -> Vec<&'static str> {
    let types = bench.types();
    let at = types.iter().rposition(|name| *name == "ExecutionRedriven");
    types[at.expect("it was redriven")..].to_vec()
}

#[test]
fn a_failed_task_is_scheduled_again_and_the_execution_goes_on() {
    let states = json!({
        "First": {"Type": "Pass", "Next": "T"},
        "T": task(&json!({})),
    });
    let mut bench = Bench::started(&machine("First", states), "{}");
    bench.fail("E");
    assert!(bench.execution.is_redrivable());
    bench.take(Input::Redrive);
    assert!(bench.execution.finish().is_none());
    bench.succeed("[1]");
    assert_eq!(bench.output(), "[1]");
    assert_eq!(
        since_redrive(&bench),
        [
            "ExecutionRedriven",
            "TaskScheduled",
            "TaskStarted",
            "TaskSucceeded",
            "TaskStateExited",
            "ExecutionSucceeded"
        ]
    );
}

#[test]
fn events_after_a_redrive_follow_the_last_event_of_their_state() {
    let mut bench = Bench::started(&block("T", &task(&json!({}))), "{}");
    bench.fail("E");
    let failed = bench.events.len() as u64;
    bench.take(Input::Redrive);
    let at = failed as usize;
    assert_eq!(bench.previous()[at], failed, "ExecutionRedriven");
    assert_eq!(bench.types()[at + 1], "TaskScheduled");
    assert_eq!(bench.previous()[at + 1], failed - 1, "TaskFailed");
}

#[test]
fn retriers_count_from_the_beginning_after_a_redrive() {
    let retry = json!({"Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1, "IntervalSeconds": 1}]});
    let mut bench = Bench::started(&block("T", &task(&retry)), "{}");
    bench.fail("E");
    bench.fire();
    bench.fail("E");
    bench.take(Input::Redrive);
    assert_eq!(bench.task().attempt, 0);
    bench.fail("E");
    assert!(bench.execution.finish().is_none(), "it is tried again");
    bench.fire();
    bench.succeed("1");
    assert_eq!(bench.output(), "1");
}

#[test]
fn branches_that_were_done_are_not_run_again() {
    let branches = [
        block("A", &task(&json!({}))),
        block("B", &task(&json!({}))),
        block("C", &task(&json!({}))),
    ];
    let state = json!({"Type": "Parallel", "Branches": branches, "End": true});
    let mut bench = Bench::started(&block("P", &state), "{}");
    bench.succeed("\"a\"");
    bench.fail("E");
    bench.take(Input::Redrive);
    let open: Vec<String> = bench
        .execution
        .open_tasks()
        .map(|task| task.state.clone())
        .collect();
    assert_eq!(open, ["B", "C"]);
    bench.succeed("\"b\"");
    bench.succeed("\"c\"");
    assert_eq!(bench.output(), r#"["a","b","c"]"#);
}

#[test]
fn iterations_that_had_not_begun_begin_after_a_redrive() {
    let state = json!({"Type": "Map", "MaxConcurrency": 1, "End": true,
        "ItemProcessor": block("T", &task(&json!({})))});
    let mut bench = Bench::started(&block("M", &state), "[1,2,3]");
    bench.succeed("\"a\"");
    bench.fail("E");
    bench.take(Input::Redrive);
    bench.succeed("\"b\"");
    bench.succeed("\"c\"");
    assert_eq!(bench.output(), r#"["a","b","c"]"#);
}

#[test]
fn an_iteration_whose_input_could_not_be_made_is_made_again() {
    let state = json!({"Type": "Map", "End": true, "MaxConcurrency": 1,
        "ItemSelector": {"is.$": "$$.Map.Item.Value.x"},
        "ItemProcessor": block("T", &task(&json!({})))});
    let mut bench = Bench::started(&block("M", &state), r#"[{"x":1},{}]"#);
    bench.succeed("\"a\"");
    assert_eq!(bench.error().0, "States.Runtime");
    let before = bench.error();
    bench.take(Input::Redrive);
    assert_eq!(bench.error(), before, "the item is still the same");
    assert!(bench.execution.is_redrivable());
}

#[test]
fn a_result_that_was_too_long_makes_the_whole_state_run_again() {
    let long = "x".repeat(200_000);
    let branch = |name: &str| block(name, &json!({"Type": "Pass", "Result": long, "End": true}));
    let state = json!({"Type": "Parallel", "Branches": [branch("A"), branch("B")], "End": true});
    let mut bench = Bench::started(&block("P", &state), "{}");
    assert_eq!(bench.error().0, "States.DataLimitExceeded");
    bench.take(Input::Redrive);
    let started = since_redrive(&bench)
        .iter()
        .filter(|name| **name == "PassStateEntered")
        .count();
    assert_eq!(started, 2);
    assert_eq!(bench.error().0, "States.DataLimitExceeded");
}

#[test]
fn fail_is_entered_again_and_fails_again() {
    let state = json!({"Type": "Fail", "Error": "E"});
    let mut bench = Bench::started(&block("F", &state), "{}");
    bench.take(Input::Redrive);
    assert_eq!(
        since_redrive(&bench),
        ["ExecutionRedriven", "FailStateEntered", "ExecutionFailed"]
    );
}

#[test]
fn a_stopped_wait_waits_again_and_a_machine_timeout_starts_anew() {
    let mut definition = block("W", &json!({"Type": "Wait", "Seconds": 10, "Next": "T"}));
    definition["States"]["T"] = task(&json!({}));
    definition["TimeoutSeconds"] = json!(60);
    let mut bench = Bench::started(&definition, "{}");
    bench.now_ms = 5_000;
    bench.take(Input::Stop {
        error: None,
        cause: None,
    });
    bench.now_ms = 100_000;
    bench.take(Input::Redrive);
    bench.fire();
    assert_eq!(bench.now_ms, 110_000, "the wait");
    bench.fire();
    assert_eq!(bench.now_ms, 160_000, "the limit of the execution");
    assert_eq!(
        bench.execution.finish(),
        Some(&Finish::TimedOut {
            error: None,
            cause: None
        })
    );
}

#[test]
fn the_context_object_tells_of_redrives() {
    let send = json!({"Parameters": {"n.$": "$$.Execution.RedriveCount", "e.$": "$$.Execution"}});
    let mut bench = Bench::started(&block("T", &task(&send)), "{}");
    let read = |bench: &Bench| serde_json::from_str::<Value>(&bench.task().input).unwrap();
    assert_eq!(read(&bench)["n"], 0);
    assert_eq!(read(&bench)["e"].get("RedriveTime"), None);
    bench.fail("E");
    bench.now_ms = 1_000;
    bench.take(Input::Redrive);
    assert_eq!(read(&bench)["n"], 1);
    assert_eq!(read(&bench)["e"]["RedriveTime"], "1970-01-01T00:00:01Z");
}

#[test]
fn what_succeeded_or_still_runs_cannot_be_redriven() {
    let mut bench = Bench::started(&block("T", &task(&json!({}))), "{}");
    bench.take(Input::Redrive);
    assert!(!bench.types().contains(&"ExecutionRedriven"));
    bench.succeed("1");
    bench.take(Input::Redrive);
    assert_eq!(bench.output(), "1");
    assert!(!bench.execution.is_redrivable());
}

#[test]
fn a_caught_parallel_leaves_nothing_of_its_branches_behind() {
    let state = json!({"Type": "Parallel", "Next": "F",
        "Branches": [block("A", &task(&json!({}))), block("B", &task(&json!({})))],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "T"}]});
    let states = json!({"P": state, "T": task(&json!({})), "F": {"Type": "Fail"}});
    let mut bench = Bench::started(&machine("P", states), "{}");
    bench.fail("E");
    bench.fail("E2");
    bench.take(Input::Redrive);
    let open: Vec<String> = bench
        .execution
        .open_tasks()
        .map(|task| task.state.clone())
        .collect();
    assert_eq!(open, ["T"]);
}

#[test]
fn a_redriven_execution_is_the_same_after_it_was_stored() {
    let state = json!({"Type": "Parallel", "End": true,
        "Branches": [block("A", &task(&json!({}))), block("B", &task(&json!({})))]});
    let mut bench = Bench::started(&block("P", &state), "{}");
    bench.succeed("1");
    bench.fail("E");
    let stored = serde_json::to_string(&bench.execution).unwrap();
    bench.execution = serde_json::from_str(&stored).unwrap();
    bench.take(Input::Redrive);
    bench.succeed("2");
    assert_eq!(bench.output(), "[1,2]");
}
