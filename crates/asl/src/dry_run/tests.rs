use super::mocks::{Answer, Case, Failing, Latency, MockConfig, Response};
use super::*;
use crate::text::Document;
use serde_json::{Value, json};

fn build(definition: &Value) -> Arc<StateMachine> {
    Arc::new(StateMachine::build(&Document::parse(definition.to_string())).unwrap())
}

fn options() -> Options {
    Options {
        start_ms: 1_000,
        seed: 7,
        machine_name: "m".to_owned(),
        max_steps: 10_000,
    }
}

fn dry_run(definition: &Value, case: Case) -> DryRun {
    DryRun::new(build(definition), Arc::from("{}"), case, options())
}

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

/// Two tasks around a wait; the first is tried again.
fn road() -> Value {
    json!({"StartAt": "Train", "States": {
        "Train": {
            "Type": "Task", "Resource": FUNCTION, "Next": "Rest",
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 10}]
        },
        "Rest": {"Type": "Wait", "Seconds": 60, "Next": "Ask"},
        "Ask": {
            "Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true,
            "TimeoutSeconds": 3600
        }
    }})
}

fn mocked() -> Case {
    let text = json!({
        "StateMachines": {"m": {"TestCases": {"Happy": {"Train": "Trained", "Ask": "Answered"}}}},
        "MockedResponses": {
            "Trained": {
                "0-1": {"Throw": {"Error": "Busy", "Cause": "c"}, "DelayMs": 500},
                "2": {"Return": {"score": 1}}
            },
            "Answered": {"0": {"Return": "yes"}}
        }
    });
    MockConfig::parse(&text.to_string())
        .unwrap()
        .case("m", "Happy")
        .unwrap()
}

fn finished(status: &Status) -> String {
    match status {
        Status::Finished(Finish::Succeeded { output }) => output.to_string(),
        other => panic!("it should have succeeded, but: {other:?}"),
    }
}

#[test]
fn mocks_answer_each_try_and_virtual_time_moves_with_latency_retries_and_waits() {
    let mut run = dry_run(&road(), mocked());
    assert_eq!(finished(&run.run(&|_| false)), "\"yes\"");
    assert_eq!(run.now_ms(), 1_000 + 500 + 10_000 + 500 + 20_000 + 60_000);
    let types: Vec<_> = run.events().iter().map(Event::type_name).collect();
    assert_eq!(
        types
            .iter()
            .filter(|name| **name == "LambdaFunctionFailed")
            .count(),
        2
    );
    assert!(types.contains(&"ActivityStarted"));
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let (mut first, mut second) = (dry_run(&road(), mocked()), dry_run(&road(), mocked()));
    first.run(&|_| false);
    second.run(&|_| false);
    assert_eq!(
        (first.events(), first.observations()),
        (second.events(), second.observations())
    );
}

#[test]
fn a_task_without_a_mock_waits_for_an_answer_and_not_for_its_limit() {
    let mut run = dry_run(&road(), Case::default());
    let Status::Waiting(tasks) = run.run(&|_| false) else {
        panic!("it should wait")
    };
    assert_eq!(tasks[0].state, "Train");
    run.answer(tasks[0].task, Answer::Return(json!(1)));
    let Status::Waiting(tasks) = run.run(&|_| false) else {
        panic!("it should wait")
    };
    assert_eq!(tasks[0].state, "Ask");
    run.answer(
        tasks[0].task,
        Answer::Throw {
            error: "No".to_owned(),
            cause: "c".to_owned(),
        },
    );
    let Status::Finished(Finish::Failed { error, .. }) = run.run(&|_| false) else {
        panic!("it should fail")
    };
    assert_eq!(error.as_deref(), Some("No"));
}

#[test]
fn a_question_that_nobody_answers_ends_with_its_limit() {
    let mut case = Case::default();
    let answer = Answer::Return(json!(1));
    case.set("Train", "Trained", vec![Response::at_once(answer)]);
    let mut run = dry_run(&road(), case);
    assert_eq!(run.let_time_pass(), Status::Ready, "nothing waits yet");
    assert!(matches!(run.run(&|_| false), Status::Waiting(_)));
    let asked_ms = run.now_ms();
    run.let_time_pass();
    let status = run.run(&|_| false);
    let Status::Finished(Finish::Failed { error, .. }) = status else {
        panic!("it should fail")
    };
    assert_eq!(error.as_deref(), Some("States.Timeout"));
    assert_eq!(run.now_ms(), asked_ms + 3_600_000);
}

#[test]
fn a_breakpoint_stops_before_the_state_is_entered() {
    let mut run = dry_run(&road(), mocked());
    assert_eq!(run.run(&|state| state == "Rest"), Status::Ready);
    assert_eq!(run.next_state(), Some("Rest"));
    assert!(
        run.events()
            .iter()
            .all(|event| event.state_name() != Some("Rest"))
    );
    assert_eq!(finished(&run.run(&|state| state == "Rest")), "\"yes\"");
}

#[test]
fn stepping_by_state_enters_one_state_at_a_time() {
    let pass = |next: &str| json!({"Type": "Pass", "Next": next});
    let definition = json!({"StartAt": "A", "States": {"A": pass("B"), "B": pass("C"), "C": {"Type": "Succeed"}}});
    let mut run = dry_run(&definition, Case::default());
    let mut entered = Vec::new();
    while run.status() == Status::Ready {
        let before = run.events().len();
        run.step_state();
        let new = run.events()[before..]
            .iter()
            .filter(|event| is_entered(event));
        entered.push(
            new.filter_map(Event::state_name)
                .collect::<Vec<_>>()
                .join(" "),
        );
    }
    assert_eq!(entered, ["A", "B", "C"]);
}

#[test]
fn going_back_and_forward_shows_the_same_steps_again() {
    let items: Vec<u32> = (0..200).collect();
    let pass = json!({"StartAt": "P", "States": {"P": {"Type": "Pass", "Parameters": {"id.$": "States.UUID()"}, "End": true}}});
    let definition = json!({"StartAt": "I", "States": {
        "I": {"Type": "Pass", "Result": items, "Next": "M"},
        "M": {"Type": "Map", "ItemProcessor": pass, "End": true}
    }});
    let mut run = dry_run(&definition, Case::default());
    let mut counts = vec![0];
    while run.status() == Status::Ready {
        run.step();
        counts.push(run.events().len());
    }
    let (end, events, status) = (run.len(), run.events().to_vec(), run.status());
    assert!(end > 64);
    for step in [end - 1, 3, 0, 65, 64, 63, end / 2] {
        run.go_to(step);
        assert_eq!((run.position(), run.events().len()), (step, counts[step]));
    }
    run.run(&|_| false);
    assert_eq!(
        (run.events(), run.status(), run.len()),
        (&events[..], status, end)
    );
}

#[test]
fn another_answer_after_going_back_makes_another_future() {
    let mut run = dry_run(&road(), Case::default());
    let Status::Waiting(tasks) = run.run(&|_| false) else {
        panic!("it should wait")
    };
    let step = run.position();
    run.answer(tasks[0].task, Answer::Return(json!("first")));
    run.run(&|_| false);
    run.go_to(step);
    run.answer(
        tasks[0].task,
        Answer::Throw {
            error: "Bad".to_owned(),
            cause: String::new(),
        },
    );
    assert!(matches!(
        run.run(&|_| false),
        Status::Finished(Finish::Failed { .. })
    ));
    let ids: Vec<u64> = run.events().iter().map(|event| event.id).collect();
    assert_eq!(ids, (1..=ids.len() as u64).collect::<Vec<_>>());
}

#[test]
fn a_runaway_is_stopped() {
    let wait = json!({"Type": "Wait", "Seconds": 1, "Next": "W"});
    let definition = json!({"StartAt": "W", "States": {"W": wait}});
    let options = Options {
        max_steps: 50,
        ..options()
    };
    let mut run = DryRun::new(
        build(&definition),
        Arc::from("{}"),
        Case::default(),
        options,
    );
    assert_eq!(run.run(&|_| false), Status::Exhausted);
    assert_eq!(run.len(), 50);
}

#[test]
fn responses_that_are_used_up_fail_the_execution_and_say_where() {
    let mut case = Case::default();
    let busy = Answer::Throw {
        error: "Busy".to_owned(),
        cause: String::new(),
    };
    case.set("Train", "Once", vec![Response::at_once(busy)]);
    let mut run = dry_run(&road(), case);
    let Status::Finished(Finish::Failed { cause, .. }) = run.run(&|_| false) else {
        panic!("it should fail")
    };
    assert!(cause.unwrap_or_default().contains("MockedResponses/Once"));
}

#[test]
fn a_mocked_function_may_return_the_whole_answer_of_lambda() {
    let mut case = Case::default();
    let answer = Answer::Return(json!({"StatusCode": 200, "Payload": {"a": 1}}));
    case.set("Train", "Whole", vec![Response::at_once(answer)]);
    let mut run = dry_run(&road(), case);
    assert_eq!(run.run(&|state| state == "Rest"), Status::Ready);
    let exited = run.events().last().unwrap().to_wire();
    assert_eq!(exited["stateExitedEventDetails"]["output"], r#"{"a":1}"#);
}

#[test]
fn a_mocked_callback_is_submitted_before_it_is_answered() {
    let resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    let definition = json!({"StartAt": "S", "States": {"S": {"Type": "Task", "Resource": resource, "End": true}}});
    let mut case = Case::default();
    case.set(
        "S",
        "Sent",
        vec![Response {
            answer: Answer::Return(json!("ok")),
            latency: Latency::Exactly(5),
            failing: None,
        }],
    );
    let mut run = dry_run(&definition, case);
    assert_eq!(finished(&run.run(&|_| false)), "\"ok\"");
    let types: Vec<_> = run.events().iter().map(Event::type_name).collect();
    assert_eq!(
        types[2..6],
        [
            "TaskScheduled",
            "TaskStarted",
            "TaskSubmitted",
            "TaskSucceeded"
        ]
    );
}

#[test]
fn a_mock_file_survives_reading_and_writing() {
    let text = json!({
        "StateMachines": {"m": {"TestCases": {"b": {"S": "R"}, "a": {}}}},
        "MockedResponse": {"R": {"0": {"Return": 1}, "1-3": {"Throw": {"Error": "E", "Cause": "C"}, "DelayMs": 9}}}
    });
    let config = MockConfig::parse(&text.to_string()).unwrap();
    assert_eq!(config.cases("m"), ["b", "a"]);
    let written = config.to_json();
    assert_eq!(written["MockedResponses"], text["MockedResponse"]);
    assert_eq!(MockConfig::parse(&written.to_string()), Ok(config));
}

#[test]
fn a_bad_mock_file_says_what_is_wrong_and_where() {
    let with = |responses: Value| {
        let text = json!({"StateMachines": {}, "MockedResponses": {"R": responses}});
        MockConfig::parse(&text.to_string()).unwrap_err().place
    };
    assert_eq!(with(json!({"1": {"Return": 1}})), "MockedResponses/R/1");
    assert_eq!(
        with(json!({"0-1": {"Return": 1}, "1": {"Return": 1}})),
        "MockedResponses/R/1"
    );
    assert_eq!(with(json!({"x": {"Return": 1}})), "MockedResponses/R/x");
    assert_eq!(with(json!({"0": {}})), "MockedResponses/R/0");
    assert_eq!(
        with(json!({"0": {"Throw": {"Error": "E"}}})),
        "MockedResponses/R/0/Throw"
    );
    assert_eq!(
        with(json!({"0": {"Return": 1, "DelayMs": -1}})),
        "MockedResponses/R/0/DelayMs"
    );
    assert!(MockConfig::parse("{").is_err_and(|error| error.message.contains("no JSON")));
    let unknown =
        json!({"StateMachines": {"m": {"TestCases": {"c": {"S": "R"}}}}, "MockedResponses": {}});
    let place = MockConfig::parse(&unknown.to_string()).unwrap_err().place;
    assert_eq!(place, "StateMachines/m/TestCases/c/S");
}

/// A task whose mock fails half of the time and takes 100 to 200 milliseconds, tried until it works.
fn shaky() -> (Value, Case) {
    let task = json!({
        "Type": "Task", "Resource": FUNCTION, "End": true,
        "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 1, "BackoffRate": 1, "MaxAttempts": 99}]
    });
    let mut case = Case::default();
    let failing = Failing {
        rate: 0.5,
        error: "Busy".to_owned(),
        cause: "by chance".to_owned(),
    };
    let response = Response {
        answer: Answer::Return(json!(1)),
        latency: Latency::Between {
            min_ms: 100,
            max_ms: 200,
        },
        failing: Some(failing),
    };
    case.set("T", "Shaky", vec![response; 100]);
    (json!({"StartAt": "T", "States": {"T": task}}), case)
}

fn shaky_run(seed: u64) -> DryRun {
    let (definition, case) = shaky();
    let options = Options { seed, ..options() };
    let mut run = DryRun::new(build(&definition), Arc::from("{}"), case, options);
    run.run(&|_| false);
    run
}

#[test]
fn what_a_mock_leaves_to_chance_follows_from_the_seed() {
    let histories: Vec<Vec<Event>> = (0..20)
        .map(|seed| shaky_run(seed).events().to_vec())
        .collect();
    for (seed, history) in (0..).zip(&histories) {
        assert_eq!(shaky_run(seed).events(), history);
    }
    let lengths: std::collections::BTreeSet<_> = histories.iter().map(Vec::len).collect();
    assert!(
        lengths.len() > 2,
        "some fail more often than others: {lengths:?}"
    );
}

#[test]
fn a_drawn_latency_stays_in_its_range_and_a_rate_is_kept() {
    let (_, case) = shaky();
    let response = &case.responses("T")[0].response;
    let drawn: Vec<_> = (0..2_000)
        .map(|task| response.draw(7, TaskId(task)))
        .collect();
    assert!(
        drawn
            .iter()
            .all(|drawn| (100..=200).contains(&drawn.latency_ms))
    );
    let failed = drawn
        .iter()
        .filter(|drawn| matches!(drawn.answer, Answer::Throw { .. }));
    assert!((900..1_100).contains(&failed.count()));
}

#[test]
fn a_rate_of_one_always_fails_and_a_rate_of_zero_never() {
    let fails = |rate: f64| {
        let failing = Failing {
            rate,
            error: "E".to_owned(),
            cause: String::new(),
        };
        let answer = Answer::Return(json!(1));
        let response = Response {
            failing: Some(failing),
            ..Response::at_once(answer)
        };
        let drawn = (0..500).map(|task| response.draw(1, TaskId(task)).answer);
        drawn
            .filter(|answer| matches!(answer, Answer::Throw { .. }))
            .count()
    };
    assert_eq!((fails(0.0), fails(1.0)), (0, 500));
}

#[test]
fn our_additions_to_a_mock_file_survive_reading_and_writing() {
    let text = json!({
        "StateMachines": {"m": {"TestCases": {"c": {"S": "R"}}}},
        "MockedResponses": {"R": {"0-99999999": {
            "Return": 1,
            "DelayMs": {"Min": 5, "Max": 9},
            "Failure": {"Rate": 0.25, "Error": "E", "Cause": "C"}
        }}},
        "Seed": 42
    });
    let config = MockConfig::parse(&text.to_string()).unwrap();
    assert_eq!(config.to_json(), text);
    let case = config.case("m", "c").unwrap();
    assert_eq!((case.seed(), case.responses("S").len()), (Some(42), 1));
}

#[test]
fn a_mock_file_with_a_slip_of_the_hand_says_what_was_meant_and_on_which_line() {
    let text = "{\n  \"StateMachines\": {},\n  \"MockedResponses\": {\"R\": {\"0\": {\n    \"Return\": 1,\n    \"DelayMS\": 5\n  }}}\n}";
    let error = MockConfig::parse(text).unwrap_err();
    assert_eq!(
        error.to_string(),
        "MockedResponses/R/0/DelayMS: there is no such member; did you mean DelayMs?"
    );
    let at = error.at.unwrap();
    assert_eq!((at.line, at.column), (5, 16));
}

#[test]
fn names_that_are_there_twice_and_bad_additions_are_refused() {
    let place = |entry: &str| {
        let text =
            format!(r#"{{"StateMachines": {{}}, "MockedResponses": {{"R": {{"0": {entry}}}}}}}"#);
        MockConfig::parse(&text).unwrap_err().to_string()
    };
    let twice = place(r#"{"Return": 1, "Return": 2}"#);
    assert!(
        twice.ends_with("R/0/Return: this name is there twice"),
        "{twice}"
    );
    let range = place(r#"{"Return": 1, "DelayMs": {"Min": 2, "Max": 1}}"#);
    assert!(
        range.ends_with("DelayMs: Min must not be greater than Max"),
        "{range}"
    );
    let rate = place(r#"{"Return": 1, "Failure": {"Rate": 2, "Error": "E", "Cause": ""}}"#);
    assert!(
        rate.ends_with("Rate: a number from 0 to 1 is expected here"),
        "{rate}"
    );
    let throw = place(
        r#"{"Throw": {"Error": "E", "Cause": ""}, "Failure": {"Rate": 1, "Error": "E", "Cause": ""}}"#,
    );
    assert!(throw.contains("Failure goes with Return"), "{throw}");
}

/// A distributed Map whose children ask a function.
fn distributed(fields: &Value) -> Value {
    let mut map = json!({
        "Type": "Map", "End": true, "MaxConcurrency": 2,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED"},
            "StartAt": "Rest",
            "States": {
                "Rest": {"Type": "Wait", "Seconds": 10, "Next": "Work"},
                "Work": {"Type": "Task", "Resource": FUNCTION, "End": true}
            }
        }
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        map[name] = value.clone();
    }
    json!({"StartAt": "Each", "States": {"Each": map}})
}

fn with_mocks(cases: &Value, responses: &Value) -> Case {
    let text = json!({
        "StateMachines": {"m": {"TestCases": {"C": cases}}}, "MockedResponses": responses
    });
    MockConfig::parse(&text.to_string())
        .unwrap()
        .case("m", "C")
        .unwrap()
}

fn run_of(definition: &Value, input: &str, case: Case) -> DryRun {
    DryRun::new(build(definition), Arc::from(input), case, options())
}

#[test]
fn the_children_of_a_distributed_map_run_on_virtual_time_beside_each_other() {
    let case = with_mocks(
        &json!({"Work": "Worked"}),
        &json!({"Worked": {"0": {"Return": {"done": true}}}}),
    );
    let mut run = run_of(&distributed(&json!({})), "[1, 2, 3]", case);
    assert_eq!(
        finished(&run.run(&|_| false)),
        r#"[{"done":true},{"done":true},{"done":true}]"#
    );
    // Two at once, and then the third.
    assert_eq!(run.now_ms(), 1_000 + 20_000);
    let types: Vec<_> = run.events().iter().map(Event::type_name).collect();
    assert_eq!(
        types[3..6],
        ["MapRunStarted", "MapRunSucceeded", "MapStateSucceeded"]
    );
    let counts: Vec<_> = run
        .map_runs()
        .map(|run| run.item_counts().succeeded)
        .collect();
    assert_eq!(counts, [3]);
    let (events, steps) = (run.events().to_vec(), run.len());
    run.go_to(3);
    run.go_to(steps);
    assert_eq!(run.events(), events);
}

#[test]
fn a_task_of_a_child_is_asked_for_like_any_other() {
    let mut run = run_of(&distributed(&json!({})), "[1]", Case::default());
    let Status::Waiting(asked) = run.run(&|_| false) else {
        panic!("somebody must answer");
    };
    assert_eq!(asked[0].state, "Work");
    run.answer(asked[0].task, Answer::Return(json!("yes")));
    assert_eq!(finished(&run.run(&|_| false)), r#"["yes"]"#);
}

#[test]
fn a_breakpoint_stands_before_a_state_of_a_child() {
    let mut run = run_of(&distributed(&json!({})), "[1]", Case::default());
    assert_eq!(run.run(&|state| state == "Work"), Status::Ready);
    assert_eq!(run.next_state(), Some("Work"));
}

#[test]
fn a_mocked_distributed_map_has_its_result_without_a_child() {
    let case = with_mocks(
        &json!({"Each": "Mapped"}),
        &json!({"Mapped": {"0": {"Return": ["a", "b"]}}}),
    );
    let mut run = run_of(&distributed(&json!({})), "[1]", case);
    assert_eq!(finished(&run.run(&|_| false)), r#"["a","b"]"#);
    assert_eq!(run.map_runs().count(), 0);
}

#[test]
fn a_failed_child_stops_the_others_and_fails_the_execution() {
    let case = with_mocks(
        &json!({"Work": "Broken"}),
        &json!({"Broken": {"0": {"Throw": {"Error": "Boom", "Cause": "c"}}}}),
    );
    let mut run = run_of(&distributed(&json!({})), "[1, 2, 3]", case);
    let Status::Finished(Finish::Failed { error, .. }) = run.run(&|_| false) else {
        panic!("it should have failed");
    };
    assert_eq!(
        error.as_deref(),
        Some("States.ExceedToleratedFailureThreshold")
    );
}

#[test]
fn a_reader_reads_sample_objects_and_a_writer_adds_its_own() {
    let fields = json!({
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject",
            "Parameters": {"Bucket": "in", "Key": "rows.csv"},
            "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
        },
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out"}
        }
    });
    let case = with_mocks(
        &json!({"Work": "Worked"}),
        &json!({"Worked": {"0": {"Return": 1}}}),
    );
    let mut objects = SampleObjects::default();
    objects.put("in", "rows.csv", b"n\n1\n2\n");
    let mut run = run_of(&distributed(&fields), "{}", case).with_objects(objects);
    let output = finished(&run.run(&|_| false));
    assert!(output.contains(r#""Bucket":"out""#), "{output}");
    assert_eq!(run.objects().keys("out").count(), 2);
    assert!(matches!(
        run_of(&distributed(&fields), "{}", Case::default()).run(&|_| false),
        Status::Finished(Finish::Failed { error: Some(error), .. }) if error == "States.ItemReaderFailed"
    ));
}
