//! Random machines: whatever is drawn, the interpreter ends, never panics, and writes a history without gaps.

use asl::definition::StateMachine;
use asl::history::Event;
use asl::machine::Execution;
use asl::text::Document;
use asl_bench::case::Case;
use asl_bench::cases::random_case;
use asl_bench::world::World;
use std::collections::BTreeSet;

/// Machines for each test.
const MACHINES: u64 = 300;

fn machine(case: &Case) -> StateMachine {
    let built = StateMachine::build(&Document::parse(case.definition.as_str()));
    built.unwrap_or_else(|errors| panic!("{}: {errors:?}\n{}", case.name, case.definition))
}

/// A run to its end. `stored` puts the execution through its stored form before each step.
fn run(case: &Case, stored: bool) -> (Vec<Event>, Execution) {
    let machine = machine(case);
    let mut world = World::new(&machine, case);
    let mut events = Vec::new();
    while let Some((_, _, outcome)) = world.step() {
        events.extend(outcome.events);
        if stored {
            let text = serde_json::to_string(&world.execution).expect("it can be stored");
            world.execution = serde_json::from_str(&text).expect("it can be read back");
        }
        let is_over = world.execution.finish().is_some();
        assert!(
            is_over || !world.execution.open_effects().is_empty() || world.execution.has_work(),
            "{} is not over, so something must be open",
            case.name
        );
    }
    (events, world.execution)
}

fn check(case: &Case, events: &[Event], execution: &Execution) {
    assert!(events.len() <= 25_000, "{}", case.name);
    for (index, event) in events.iter().enumerate() {
        assert_eq!(event.id, index as u64 + 1, "{}", case.name);
        assert!(
            event.previous_event_id < event.id,
            "{}: {event:?}",
            case.name
        );
        assert_eq!(
            Event::from_wire(&event.to_wire()).as_ref(),
            Some(event),
            "{}",
            case.name
        );
    }
    let is_end = |event: &Event| {
        let name = event.type_name();
        name.starts_with("Execution") && name != "ExecutionStarted" && name != "ExecutionRedriven"
    };
    let (ends, redrives) = events.iter().fold((0, 0), |(ends, redrives), event| {
        let is_redrive = event.type_name() == "ExecutionRedriven";
        (
            ends + usize::from(is_end(event)),
            redrives + usize::from(is_redrive),
        )
    });
    let is_over = execution.finish().is_some();
    assert_eq!(ends, redrives + usize::from(is_over), "{}", case.name);
    if is_over {
        assert!(
            execution.open_effects().is_empty() && !execution.has_work(),
            "{}",
            case.name
        );
        assert!(events.last().is_some_and(is_end), "{}", case.name);
    }
}

#[test]
fn random_machines_end_or_wait_and_their_histories_have_no_gaps() {
    let (mut types, mut finished) = (BTreeSet::new(), 0);
    for seed in 0..MACHINES {
        let case = random_case(seed);
        let (events, execution) = run(&case, false);
        check(&case, &events, &execution);
        types.extend(events.iter().map(Event::type_name));
        finished += usize::from(execution.finish().is_some());
    }
    assert!(
        types.len() > 40,
        "random machines must come far, but wrote only {types:?}"
    );
    assert!(finished > 200, "only {finished} came to an end");
}

#[test]
fn storing_an_execution_between_two_steps_changes_nothing() {
    for seed in 0..MACHINES {
        let case = random_case(seed);
        assert_eq!(run(&case, false), run(&case, true), "{}", case.name);
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    for seed in 0..MACHINES / 3 {
        let case = random_case(seed);
        assert_eq!(
            asl_bench::trace::of(&case),
            asl_bench::trace::of(&case),
            "{}",
            case.name
        );
    }
}
