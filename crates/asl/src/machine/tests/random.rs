//! Random machines: whatever is drawn, the interpreter ends, never panics, and writes a history without gaps.

use super::*;
use proptest::prelude::*;

/// A block of states in a chain, some of them with blocks inside.
pub(crate) fn block(depth: u32) -> BoxedStrategy<Value> {
    prop::collection::vec(state(depth), 1..4)
        .prop_map(chain)
        .boxed()
}

fn chain(states: Vec<Value>) -> Value {
    let last = states.len() - 1;
    let named = states.into_iter().enumerate().map(|(index, mut state)| {
        let kind = state["Type"].as_str().unwrap_or_default().to_owned();
        let next = format!("S{}", (index + 1).min(last));
        match kind.as_str() {
            "Succeed" | "Fail" => {}
            "Choice" => {
                state["Default"] = json!(next);
                state["Choices"][0]["Next"] = json!(format!("S{last}"));
            }
            _ if index == last => state["End"] = json!(true),
            _ => state["Next"] = json!(next),
        }
        if let Some(catch) = state.get_mut("Catch") {
            catch[0]["Next"] = json!(format!("S{last}"));
        }
        (format!("S{index}"), state)
    });
    json!({"StartAt": "S0", "States": named.collect::<serde_json::Map<_, _>>()})
}

fn state(depth: u32) -> BoxedStrategy<Value> {
    let path = prop::sample::select(vec!["$", "$.a", "$.a.b", "$v", "$$.State.Name", "$[0]"]);
    let resources = prop::sample::select(vec![
        "arn:aws:lambda:us-east-1:1:function:f",
        "arn:aws:states:us-east-1:1:activity:a",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:states:::states:startExecution.sync:2",
    ]);
    let errors = || json!([{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}]);
    let leaf = prop_oneof![
        (path.clone(), path.clone()).prop_map(|(from, to)| json!({
            "Type": "Pass", "Parameters": {"a.$": from, "b": [1]}, "OutputPath": to, "Assign": {"v.$": "$"}
        })),
        Just(json!({"Type": "Pass", "Result": [1, {"a": 2}], "ResultPath": "$.a"})),
        Just(json!({"Type": "Wait", "SecondsPath": "$.a"})),
        Just(json!({"Type": "Wait", "Seconds": 2})),
        Just(json!({"Type": "Succeed"})),
        Just(json!({"Type": "Fail", "Error": "E"})),
        path.prop_map(|variable| json!({
            "Type": "Choice", "Choices": [{"Variable": variable, "IsPresent": true}]
        })),
        (resources, any::<bool>(), 1..9_u32).prop_map(move |(resource, caught, timeout)| {
            let mut state = json!({
                "Type": "Task", "Resource": resource, "Retry": errors(), "TimeoutSeconds": timeout,
                "HeartbeatSeconds": 1
            });
            if caught {
                state["Catch"] = json!([{"ErrorEquals": ["States.ALL"], "ResultPath": "$.e"}]);
            }
            state
        }),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let branches = prop::collection::vec(block(depth - 1), 1..4);
    prop_oneof![
        3 => leaf,
        1 => (branches, any::<bool>()).prop_map(|(branches, caught)| {
            let catch = json!([{"ErrorEquals": ["States.ALL"]}]);
            let state = json!({"Type": "Parallel", "Branches": branches});
            if caught { merge(state, "Catch", catch) } else { state }
        }),
        1 => (block(depth - 1), 0..3_u32).prop_map(|(processor, limit)| json!({
            "Type": "Map", "ItemProcessor": processor, "MaxConcurrency": limit, "ItemsPath": "$.list",
            "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}]
        })),
    ]
    .boxed()
}

fn merge(mut state: Value, name: &str, value: Value) -> Value {
    state[name] = value;
    state
}

/// What happens outside: which of the open things comes next, and how it ends.
type Fate = Vec<(u8, u8)>;

/// One run to its end, or until fate has nothing more to say. `stored` puts the execution through its stored form before each step.
fn run(machine: &StateMachine, fate: &Fate, stored: bool) -> (Vec<Event>, Execution) {
    let identity = Bench::new(
        &json!({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}),
        "{}",
    )
    .execution
    .identity;
    let mut execution = Execution::new(
        machine,
        identity,
        Arc::from(r#"{"a": 1, "list": [1, 2, 3]}"#),
    );
    let (mut events, mut now_ms, mut input) = (Vec::new(), 0, Input::Start);
    for (step_number, (which, how)) in (0_u8..).zip(fate) {
        if stored {
            execution = serde_json::from_str(&serde_json::to_string(&execution).unwrap()).unwrap();
        }
        let moment = Moment {
            now_ms,
            entropy: [step_number; 32],
        };
        let outcome = step(machine, &mut execution, input, moment);
        events.extend(outcome.events);
        let open = execution.open_effects();
        if open.is_empty() {
            if !execution.is_redrivable() || *how < 64 {
                break;
            }
            input = Input::Redrive;
            continue;
        }
        input = match &open[usize::from(*which) % open.len()] {
            Effect::SetTimer { timer, at_ms } => {
                now_ms = now_ms.max(*at_ms);
                Input::TimerFired { timer: *timer }
            }
            Effect::Schedule(request) => answer(request.task, *how),
            other => panic!("{other:?} is not open"),
        };
    }
    (events, execution)
}

fn answer(task: TaskId, how: u8) -> Input {
    match how % 6 {
        0 => Input::TaskStarted { task, worker: None },
        1 => Input::TaskSubmitted {
            task,
            output: Arc::from("{}"),
        },
        2 => Input::Heartbeat { task },
        3 => Input::TaskFailed {
            task,
            error: Some("E".to_owned()),
            cause: None,
            at: FailurePoint::Work,
        },
        4 => Input::TaskSucceeded {
            task,
            output: Arc::from("not json"),
        },
        _ => Input::TaskSucceeded {
            task,
            output: Arc::from(r#"{"list": [1]}"#),
        },
    }
}

fn check(events: &[Event], execution: &Execution) {
    for (index, event) in events.iter().enumerate() {
        assert_eq!(event.id, index as u64 + 1);
        assert!(event.previous_event_id < event.id);
        assert_eq!(Event::from_wire(&event.to_wire()).as_ref(), Some(event));
    }
    let is_redrive = |event: &&Event| event.type_name() == "ExecutionRedriven";
    let is_end = |event: &&Event| {
        event.type_name().starts_with("Execution") && event.id > 1 && !is_redrive(event)
    };
    let ends = events.iter().filter(is_end).count();
    let redrives = events.iter().filter(is_redrive).count();
    assert_eq!(ends, redrives + usize::from(execution.finish().is_some()));
    if execution.finish().is_some() {
        assert!(execution.open_effects().is_empty() && !execution.has_work());
        assert!(is_end(&events.last().unwrap()));
    } else {
        assert!(
            !execution.open_effects().is_empty(),
            "it is not over, so something must be open"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_machines_never_panic_and_storing_them_changes_nothing(
        definition in block(3),
        fate in prop::collection::vec((any::<u8>(), any::<u8>()), 120),
    ) {
        let machine = StateMachine::build(&Document::parse(definition.to_string())).unwrap();
        let (events, execution) = run(&machine, &fate, false);
        check(&events, &execution);
        let (stored_events, stored) = run(&machine, &fate, true);
        prop_assert_eq!(events, stored_events);
        prop_assert_eq!(execution, stored);
    }
}
