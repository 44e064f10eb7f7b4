use super::*;

fn pass() -> Value {
    json!({"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}})
}

fn fail(name: &str) -> Value {
    json!({"StartAt": name, "States": {name: {"Type": "Fail", "Error": "E", "Cause": "C"}}})
}

fn task(name: &str) -> Value {
    let resource = "arn:aws:states:::sqs:sendMessage";
    json!({"StartAt": name, "States": {name: {"Type": "Task", "Resource": resource, "End": true}}})
}

fn map(processor: &Value, more: &Value) -> Value {
    let mut state = json!({"Type": "Map", "ItemProcessor": processor, "End": true});
    for (name, value) in more.as_object().into_iter().flatten() {
        state[name] = value.clone();
    }
    machine("M", json!({"M": state, "C": {"Type": "Pass", "End": true}}))
}

#[test]
fn branches_get_the_input_and_their_outputs_stand_in_order_as_written() {
    let other =
        json!({"StartAt": "Q", "States": {"Q": {"Type": "Pass", "Result": "q", "End": true}}});
    let state = json!({"Type": "Parallel", "Branches": [pass(), other], "End": true});
    let bench = Bench::started(&machine("L", json!({"L": state})), "[1, 2]");
    assert_eq!(bench.output(), r#"[[1, 2],"q"]"#);
    let types = bench.types();
    assert_eq!(types[2..4], ["ParallelStateStarted", "PassStateEntered"]);
    assert_eq!(
        types[types.len() - 3..],
        [
            "ParallelStateSucceeded",
            "ParallelStateExited",
            "ExecutionSucceeded"
        ]
    );
    let previous = bench.previous();
    assert_eq!(
        previous[7], previous[8],
        "the exited event skips the succeeded event"
    );
}

#[test]
fn iterations_in_order_follow_each_other() {
    let bench = Bench::started(&map(&pass(), &json!({"MaxConcurrency": 1})), "[1, 2]");
    assert_eq!(bench.output(), "[1,2]");
    let expected = [0, 0, 2, 3, 4, 5, 6, 6, 8, 9, 10, 11, 11, 13];
    assert_eq!(bench.previous(), expected);
    assert_eq!(
        bench.types()[6..8],
        ["MapIterationSucceeded", "MapIterationStarted"]
    );
}

#[test]
fn iterations_at_once_all_begin_before_the_first_state() {
    let mut bench = Bench::started(&map(&task("T"), &json!({})), "[1,2]");
    let types = bench.types();
    assert_eq!(types[3..5], ["MapIterationStarted"; 2]);
    assert_eq!(
        types[5..],
        [
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskStarted"
        ]
    );
    let tasks: Vec<_> = bench.execution.open_tasks().map(|task| task.task).collect();
    bench.take(Input::TaskSucceeded {
        task: tasks[1],
        output: Arc::from("\"b\""),
    });
    bench.take(Input::TaskSucceeded {
        task: tasks[0],
        output: Arc::from("\"a\""),
    });
    assert_eq!(bench.output(), r#"["a","b"]"#);
}

#[test]
fn no_more_iterations_run_at_once_than_allowed() {
    let mut bench = Bench::started(
        &map(&task("T"), &json!({"MaxConcurrency": 2})),
        "[1,2,3,4,5]",
    );
    assert_eq!(bench.execution.open_tasks().count(), 2);
    bench.succeed("0");
    assert_eq!(bench.execution.open_tasks().count(), 2);
    let items: Vec<u32> = (0..100).collect();
    let bench = Bench::started(&map(&task("T"), &json!({})), &json!(items).to_string());
    assert_eq!(bench.execution.open_tasks().count(), 40);
}

#[test]
fn no_items_give_an_empty_array() {
    let bench = Bench::started(&map(&pass(), &json!({})), "[]");
    assert_eq!(bench.output(), "[]");
    assert_eq!(
        bench.types()[2..5],
        ["MapStateStarted", "MapStateSucceeded", "MapStateExited"]
    );
}

#[test]
fn an_item_selector_sees_the_item_and_the_input() {
    let selector =
        json!({"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "all.$": "$.list"});
    let more = json!({"ItemsPath": "$.list", "ItemSelector": selector});
    let bench = Bench::started(&map(&pass(), &more), r#"{"list":["a"]}"#);
    let output: Value = serde_json::from_str(&bench.output()).unwrap();
    assert_eq!(output, json!([{"i": 0, "v": "a", "all": ["a"]}]));
}

#[test]
fn a_failed_iteration_aborts_the_others_and_the_state_is_retried_whole() {
    let more = json!({
        "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}]
    });
    let mut bench = Bench::started(&map(&task("T"), &more), "[1,2]");
    bench.fail("E");
    let types = bench.types();
    let aborted = [
        "TaskFailed",
        "MapIterationFailed",
        "TaskStateAborted",
        "MapIterationAborted",
        "TaskStateAborted",
    ];
    assert_eq!(types[types.len() - 5..], aborted);
    assert!(
        bench
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::CancelTask { .. }))
    );
    bench.fire();
    let types = bench.types();
    assert_eq!(types[types.len() - 9], "MapStateStarted");
    bench.fail("E");
    assert_eq!(bench.output(), r#"{"Error":"E","Cause":"why"}"#);
    assert!(bench.types().contains(&"MapStateFailed"));
    assert!(bench.execution.open_effects().is_empty());
}

#[test]
fn a_failed_branch_aborts_its_siblings_whatever_they_do() {
    let wait =
        json!({"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 9, "End": true}}});
    let inner = json!({"Type": "Parallel", "Branches": [wait], "End": true});
    let nested = json!({"StartAt": "I", "States": {"I": inner}});
    let state = json!({"Type": "Parallel", "Branches": [nested, wait, fail("F")], "End": true});
    let bench = Bench::started(&machine("L", json!({"L": state})), "{}");
    assert_eq!(bench.error(), ("E".to_owned(), "C".to_owned()));
    let types = bench.types();
    assert_eq!(
        types[types.len() - 5..],
        [
            "ParallelStateAborted",
            "WaitStateAborted",
            "WaitStateAborted",
            "ParallelStateFailed",
            "ExecutionFailed"
        ]
    );
    assert!(
        bench
            .effects
            .iter()
            .all(|effect| matches!(effect, Effect::Finish(_))),
        "{:?}",
        bench.effects
    );
}

#[test]
fn variables_of_an_iteration_vanish_and_those_around_it_are_seen() {
    let inner = json!({"StartAt": "P", "States": {
        "P": {"Type": "Pass", "Assign": {"inner": 1}, "Next": "Q"},
        "Q": {"Type": "Pass", "Parameters": {"o.$": "$outer", "i.$": "$inner"}, "End": true}
    }});
    let definition = machine(
        "S",
        json!({
            "S": {"Type": "Pass", "Assign": {"outer": 7}, "Next": "M"},
            "M": {"Type": "Map", "ItemProcessor": inner, "Next": "E"},
            "E": {"Type": "Pass", "OutputPath": "$inner", "End": true}
        }),
    );
    let bench = Bench::started(&definition, "[0]");
    assert_eq!(bench.error().0, "States.Runtime");
    let wire: Vec<_> = bench.events.iter().map(Event::to_wire).collect();
    let exited = wire
        .iter()
        .find(|event| event["type"] == "MapStateExited")
        .unwrap();
    assert_eq!(
        exited["stateExitedEventDetails"]["output"],
        r#"[{"i":1,"o":7}]"#
    );
}

#[test]
fn items_that_are_no_array_are_refused() {
    let bench = Bench::started(&map(&pass(), &json!({"ItemsPath": "$.x"})), r#"{"x":{}}"#);
    assert_eq!(bench.error().0, "States.Runtime");
    assert_eq!(bench.types()[1..], ["MapStateEntered", "ExecutionFailed"]);
}

#[test]
fn limits_by_path_take_numeric_text_and_name_what_is_none() {
    let definition = map(
        &pass(),
        &json!({"ItemsPath": "$.v", "MaxConcurrencyPath": "$.m"}),
    );
    assert_eq!(
        Bench::started(&definition, r#"{"v":[1],"m":"1"}"#).output(),
        "[1]"
    );
    let bench = Bench::started(&definition, r#"{"v":[1],"m":{}}"#);
    let cause =
        r#"The MaxConcurrencyPath field refers to value "{}" which is not a valid integer: $.m"#;
    assert!(bench.error().1.ends_with(cause), "{:?}", bench.error());
}
