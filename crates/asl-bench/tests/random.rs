//! Random machines: whatever is drawn, the interpreter ends, never panics, and writes a history without gaps.

use asl::definition::StateMachine;
use asl::dry_run::{DryRun, Options, Status, mocks::Answer};
use asl::history::Event;
use asl::machine::Execution;
use asl::text::Document;
use asl_bench::case::Case;
use asl_bench::cases::random_case;
use asl_bench::draw::Draw;
use asl_bench::random;
use asl_bench::world::World;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Machines for each test.
const MACHINES: u64 = 300;

fn machine(case: &Case) -> StateMachine {
    let built = StateMachine::build(&Document::parse(case.definition.as_str()));
    built.unwrap_or_else(|errors| panic!("{}: {errors:?}\n{}", case.name, case.definition))
}

/// A dry run to its end, with drawn answers; it keeps its child executions itself.
fn dry_run(case: &Case) -> DryRun {
    let options = Options {
        start_ms: 1_773_184_800_000,
        seed: case.seed,
        machine_name: "m".to_owned(),
        max_steps: 500,
    };
    let input = Arc::from(case.input.as_str());
    let mut run = DryRun::new(Arc::new(machine(case)), input, Default::default(), options);
    let mut draw = Draw::new(case.seed);
    while let Status::Waiting(tasks) = run.run(&|_| false) {
        let Some(task) = tasks.first().filter(|_| !draw.once_in(10)) else {
            let before = run.position();
            run.let_time_pass();
            if run.position() == before {
                break;
            }
            continue;
        };
        let answer = if draw.once_in(4) {
            let (error, cause) = ("E".to_owned(), "as drawn".to_owned());
            Answer::Throw { error, cause }
        } else {
            let value = serde_json::from_str(random::value(&mut draw));
            Answer::Return(value.unwrap_or_default())
        };
        run.answer(task.task, answer);
    }
    run
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
            is_over || world.is_open(),
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

#[test]
fn dry_runs_of_random_machines_end_and_going_back_repeats_them() {
    for seed in 0..MACHINES / 2 {
        let case = random_case(seed);
        let mut run = dry_run(&case);
        let (events, end) = (run.events().to_vec(), run.position());
        for (index, event) in events.iter().enumerate() {
            assert_eq!(event.id, index as u64 + 1, "{}", case.name);
        }
        run.go_to(end / 2);
        let before = run.events();
        assert_eq!(Some(before), events.get(..before.len()), "{}", case.name);
        run.go_to(end);
        assert_eq!(run.events(), events, "{}", case.name);
    }
}
