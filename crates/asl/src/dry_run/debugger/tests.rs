use super::*;
use crate::definition::StateMachine;
use crate::dry_run::Options;
use crate::dry_run::mocks::{Case, Response};
use crate::history::EventKind;
use crate::machine::Doing;
use crate::text::Document;

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

fn debugger(definition: &Value, input: &str, case: Case) -> Debugger {
    let machine = StateMachine::build(&Document::parse(definition.to_string())).unwrap();
    let options = Options {
        start_ms: 1_000,
        seed: 1,
        machine_name: "m".to_owned(),
        max_steps: 10_000,
    };
    Debugger::new(DryRun::new(
        Arc::new(machine),
        Arc::from(input),
        case,
        options,
    ))
}

/// Counts to three in a loop, then runs two branches of two states, then ends.
fn looped() -> Debugger {
    let pass = |next: &str| json!({"Type": "Pass", "Next": next});
    let end = json!({"Type": "Pass", "End": true});
    let branch = |name: &str| {
        let (first, last) = (format!("{name}1"), format!("{name}2"));
        json!({"StartAt": first, "States": {first: pass(&last), last: end}})
    };
    let definition = json!({"StartAt": "Count", "States": {
        "Count": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Assign": {"last.$": "$.n"}, "Next": "More"},
        "More": {
            "Type": "Choice",
            "Choices": [{"Variable": "$.n", "NumericLessThan": 3, "Next": "Count"}],
            "Default": "Both"
        },
        "Both": {"Type": "Parallel", "Branches": [branch("Left"), branch("Right")], "Next": "End"},
        "End": {"Type": "Succeed"}
    }});
    debugger(&definition, r#"{"n": 0}"#, Case::default())
}

fn next(debugger: &Debugger) -> Option<&str> {
    debugger.run().next_state()
}

fn with(condition: Condition) -> Breakpoint {
    Breakpoint {
        condition: Some(condition),
        ..Breakpoint::entry("More")
    }
}

#[test]
fn a_breakpoint_stops_before_every_entry_and_counts() {
    let mut debugger = looped();
    let id = debugger.set_breakpoint(Breakpoint::entry("More"));
    for times in 1..=3 {
        assert_eq!(debugger.go(&Goal::End), Stop::Breakpoints(vec![id]));
        assert_eq!(next(&debugger), Some("More"));
        assert_eq!(debugger.breakpoints().next().unwrap().2, times);
    }
    assert_eq!(debugger.go(&Goal::End), Stop::Still);
    assert!(matches!(debugger.status(), Status::Finished(_)));
}

#[test]
fn hits_choose_at_which_time_a_breakpoint_stops() {
    let stops = |hits: Hits| {
        let mut debugger = looped();
        debugger.set_breakpoint(Breakpoint {
            hits,
            ..Breakpoint::entry("More")
        });
        let mut inputs = Vec::new();
        while debugger.go(&Goal::End) != Stop::Still {
            inputs.push(debugger.next_input().unwrap().to_string());
        }
        inputs.join(" ")
    };
    assert_eq!(stops(Hits::Only(2)), r#"{"n":2}"#);
    assert_eq!(stops(Hits::From(2)), r#"{"n":2} {"n":3}"#);
    assert_eq!(stops(Hits::Each(2)), r#"{"n":2}"#);
    assert_eq!(stops(Hits::Each(0)), "");
}

#[test]
fn conditions_look_at_the_input_and_the_variables_in_either_language() {
    let stop = |condition: Condition| {
        let mut debugger = looped();
        debugger.set_breakpoint(with(condition));
        debugger.go(&Goal::End);
        debugger.next_input().map(|input| input.to_string())
    };
    let two = Some(r#"{"n":2}"#.to_owned());
    assert_eq!(
        stop(Condition::jsonata("{% $states.input.n = 2 %}").unwrap()),
        two
    );
    assert_eq!(stop(Condition::jsonata("$last > 1").unwrap()), two);
    assert_eq!(stop(Condition::json_path("$[?(@.n > 1)]").unwrap()), two);
    assert_eq!(stop(Condition::json_path("$.nowhere").unwrap()), None);
    assert_eq!(
        stop(Condition::jsonata("$states.input.nowhere").unwrap()),
        None
    );
}

#[test]
fn a_condition_that_cannot_be_read_or_evaluated_is_said() {
    assert!(Condition::jsonata("1 +").is_err());
    assert!(Condition::json_path("n").is_err());
    let mut debugger = looped();
    debugger.set_breakpoint(with(Condition::jsonata("$states.input.n").unwrap()));
    let Stop::BadCondition(error) = debugger.go(&Goal::End) else {
        panic!()
    };
    assert_eq!(
        error.to_string(),
        "the condition $states.input.n gave neither true nor false"
    );
}

#[test]
fn stepping_over_passes_what_runs_inside_and_stepping_out_leaves_it() {
    let mut debugger = looped();
    assert_eq!(debugger.go(&Goal::State("Both".to_owned())), Stop::Goal);
    let before = debugger.run().position();
    assert_eq!(debugger.go(&Goal::Over), Stop::Goal);
    assert_eq!(next(&debugger), Some("End"));
    debugger.go_to(before);
    debugger.go(&Goal::Into);
    assert_eq!(next(&debugger), Some("Left1"));
    let stack: Vec<_> = debugger
        .stack()
        .into_iter()
        .map(|frame| frame.state.to_string())
        .collect();
    assert_eq!(stack, ["Left1", "Both"]);
    debugger.go(&Goal::Over);
    assert_eq!(next(&debugger), Some("Left2"));
    assert_eq!(debugger.go(&Goal::Out), Stop::Goal);
    assert_eq!(next(&debugger), Some("End"));
    assert_eq!(debugger.go(&Goal::Out), Stop::Still, "nothing is around it");
}

#[test]
fn a_breakpoint_inside_stops_a_step_over() {
    let mut debugger = looped();
    debugger.go(&Goal::State("Both".to_owned()));
    let id = debugger.set_breakpoint(Breakpoint::entry("Right2"));
    assert_eq!(debugger.go(&Goal::Over), Stop::Breakpoints(vec![id]));
}

/// A task that fails twice, is tried again once and is then caught.
fn failing() -> Debugger {
    let task = json!({
        "Type": "Task", "Resource": FUNCTION, "End": true,
        "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1, "IntervalSeconds": 5}],
        "Catch": [{"ErrorEquals": ["Busy"], "Next": "F"}]
    });
    let definition =
        json!({"StartAt": "T", "States": {"T": task, "F": {"Type": "Fail", "Error": "Gone"}}});
    let busy = Answer::Throw {
        error: "Busy".to_owned(),
        cause: "c".to_owned(),
    };
    let mut case = Case::default();
    case.set("T", "R", vec![Response::at_once(busy); 2]);
    debugger(&definition, r#"{"a": 1}"#, case)
}

#[test]
fn error_breakpoints_stop_after_a_failure_and_choose_by_state_name_and_taker() {
    let stops = |state: Option<&str>, name: Option<&str>, uncaught: bool| {
        let mut debugger = failing();
        let place = BreakAt::Error {
            state: state.map(str::to_owned),
            name: name.map(str::to_owned),
            uncaught,
        };
        debugger.set_breakpoint(Breakpoint {
            place,
            ..Breakpoint::any_error()
        });
        let mut count = 0;
        while matches!(debugger.go(&Goal::End), Stop::Breakpoints(_)) {
            count += 1;
        }
        count
    };
    assert_eq!(stops(None, None, false), 3);
    assert_eq!(stops(Some("T"), None, false), 2);
    assert_eq!(stops(None, Some("Gone"), false), 1);
    assert_eq!(stops(None, None, true), 1);
    assert_eq!(stops(Some("T"), None, true), 0);
}

#[test]
fn the_condition_of_an_error_breakpoint_sees_the_error_and_the_input() {
    let mut debugger = failing();
    let condition =
        Condition::jsonata("$states.errorOutput.Error = 'Busy' and $states.input.a = 1");
    debugger.set_breakpoint(Breakpoint {
        condition: Some(condition.unwrap()),
        ..Breakpoint::any_error()
    });
    assert!(matches!(debugger.go(&Goal::End), Stop::Breakpoints(_)));
    let frame = &debugger.frames()[0];
    assert_eq!((&*frame.state, frame.doing), ("T", Doing::Retrying(6_000)));
}

#[test]
fn going_back_finds_where_a_breakpoint_stopped_and_forgets_no_hit() {
    let mut debugger = looped();
    debugger.go(&Goal::End);
    let end = debugger.run().position();
    let id = debugger.set_breakpoint(Breakpoint::entry("More"));
    assert_eq!(
        debugger.breakpoints().next().unwrap().2,
        3,
        "those that lie behind are found"
    );
    for n in [3, 2, 1] {
        assert_eq!(debugger.go_back(), Stop::Breakpoints(vec![id]));
        assert_eq!(
            debugger.next_input().as_deref(),
            Some(format!(r#"{{"n":{n}}}"#).as_str())
        );
        assert_eq!(debugger.breakpoints().next().unwrap().2, n);
    }
    assert_eq!(debugger.go_back(), Stop::Still);
    assert_eq!(debugger.run().position(), 0);
    debugger.go_to(end);
    assert_eq!(debugger.breakpoints().next().unwrap().2, 3);
}

#[test]
fn stepping_back_by_state_stands_before_the_state_that_was_entered_last() {
    let mut debugger = looped();
    debugger.go(&Goal::End);
    let mut names = Vec::new();
    while debugger.run().position() > 1 {
        debugger.back_into();
        names.extend(next(&debugger).map(str::to_owned));
    }
    assert_eq!(names[..3], ["End", "Right2", "Right1"]);
    assert_eq!(names.last().map(String::as_str), Some("Count"));
}

#[test]
fn every_value_of_a_visit_and_the_variables_of_a_thread_can_be_seen() {
    let mut debugger = looped();
    debugger.go(&Goal::State("Both".to_owned()));
    let thread = debugger.thread_at_hand().unwrap();
    assert_eq!(
        Value::Object(debugger.variables(thread)),
        json!({"last": 3})
    );
    let entered = debugger
        .run()
        .events()
        .iter()
        .rev()
        .find_map(|event| match &event.kind {
            EventKind::State(_) if event.state_name() == Some("Count") => {
                debugger.values(event.id).next().map(|_| event.id)
            }
            _ => None,
        });
    let stages: Vec<_> = debugger
        .values(entered.unwrap())
        .map(|value| (value.stage, value.value.to_string()))
        .collect();
    assert_eq!(
        stages.first().map(|(_, value)| value.as_str()),
        Some(r#"{"n":2}"#)
    );
    assert!(stages.iter().any(|(_, value)| value == r#"{"last":3}"#));
}

#[test]
fn an_answer_is_noted_and_what_it_replaces_forgotten() {
    let definition = json!({"StartAt": "T", "States": {
        "T": {"Type": "Task", "Resource": FUNCTION, "Next": "D"}, "D": {"Type": "Succeed"}
    }});
    let mut debugger = debugger(&definition, "{}", Case::default());
    let id = debugger.set_breakpoint(Breakpoint::any_error());
    let Stop::Still = debugger.go(&Goal::End) else {
        panic!()
    };
    let asked = debugger.run().position();
    let task = debugger.run().unanswered()[0].task;
    let error = Answer::Throw {
        error: "E".to_owned(),
        cause: String::new(),
    };
    debugger.answer(task, error);
    assert_eq!(
        debugger.breakpoints().next().unwrap(),
        (id, &Breakpoint::any_error(), 1)
    );
    debugger.go_to(asked);
    debugger.answer(task, Answer::Return(json!(1)));
    assert_eq!(debugger.breakpoints().next().unwrap().2, 0);
    assert_eq!(debugger.go(&Goal::End), Stop::Still);
    assert!(matches!(debugger.status(), Status::Finished(_)));
}

#[test]
fn a_child_execution_of_a_distributed_map_stands_inside_its_map() {
    let pass = |next: &str| json!({"Type": "Pass", "Next": next});
    let processor = json!({
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "First", "States": {"First": pass("Last"), "Last": {"Type": "Pass", "End": true}}
    });
    let map = json!({"Type": "Map", "ItemProcessor": processor, "Next": "After"});
    let definition =
        json!({"StartAt": "Each", "States": {"Each": map, "After": {"Type": "Succeed"}}});
    let mut debugger = debugger(&definition, "[1, 2]", Case::default());
    let id = debugger.set_breakpoint(Breakpoint::entry("Last"));
    assert_eq!(debugger.go(&Goal::End), Stop::Breakpoints(vec![id]));
    let stack = debugger.stack();
    let states: Vec<_> = stack
        .iter()
        .map(|frame| (&*frame.state, frame.doing))
        .collect();
    assert_eq!(states, [("Last", Doing::Running), ("Each", Doing::Inside)]);
    debugger.remove_breakpoint(id);
    assert_eq!(debugger.go(&Goal::Out), Stop::Goal);
    assert_eq!(next(&debugger), Some("After"));
}
