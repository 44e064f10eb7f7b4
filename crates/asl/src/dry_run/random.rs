//! Random machines on random mocks: the dry run gives what the interpreter gives when it is simply driven, and no walk back
//! and forth changes a byte.

use super::agenda::{Agenda, Happening};
use super::debugger::{Breakpoint, Debugger, Goal};
use super::mocks::{Answer, Case, Failing, Latency, Response};
use super::world::{MAIN, answer, identity};
use super::{DryRun, Options, Status};
use crate::definition::StateMachine;
use crate::history::Event;
use crate::machine::tests::random::block;
use crate::machine::{Effect, Execution, Input, Moment, TaskRequest, step};
use crate::text::Document;
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

const INPUT: &str = r#"{"a": 1, "list": [1, 2, 3]}"#;

/// Random machines may loop; both sides give up here.
const STEPS: usize = 3_000;

fn options() -> Options {
    Options {
        start_ms: 0,
        seed: 3,
        machine_name: "m".to_owned(),
        max_steps: STEPS,
    }
}

/// Every state is mocked, with answers made from a few bytes.
fn case(fate: &[u8]) -> Case {
    let mut case = Case::default();
    for (state, bytes) in ["S0", "S1", "S2", "S3"].into_iter().zip(fate.chunks(4)) {
        let responses = bytes.iter().map(|byte| response(*byte)).collect();
        case.set(state, state, responses);
    }
    case
}

fn response(byte: u8) -> Response {
    let answer = match byte % 3 {
        0 => Answer::Throw {
            error: "E".to_owned(),
            cause: "c".to_owned(),
        },
        _ => Answer::Return(json!({"a": 1, "list": [byte]})),
    };
    let failing = (byte % 3 == 2).then(|| Failing {
        rate: 0.5,
        error: "Chance".to_owned(),
        cause: String::new(),
    });
    Response {
        answer,
        latency: Latency::Between {
            min_ms: 0,
            max_ms: u64::from(byte) * 20,
        },
        failing,
    }
}

/// The events of an execution that is driven in the simplest way, all work of a step at once.
fn driven(machine: &StateMachine, case: &Case) -> Vec<Event> {
    let mut execution = Execution::new(machine, identity("m"), Arc::from(INPUT));
    let (mut agenda, mut events, mut now_ms) = (Agenda::default(), Vec::new(), 0);
    agenda.plan(0, Happening::Execution(MAIN, Input::Start));
    while let Some((at_ms, Happening::Execution(_, input))) = agenda.pop() {
        now_ms = at_ms.max(now_ms);
        let moment = Moment {
            now_ms,
            entropy: [7; 32],
        };
        let outcome = step(machine, &mut execution, input, moment);
        events.extend(outcome.events);
        if events.len() > STEPS {
            break;
        }
        for effect in outcome.effects {
            match effect {
                Effect::Schedule(request) => plan(&mut agenda, case, &request, now_ms),
                Effect::CancelTask { task } => agenda.cancel_task(task),
                Effect::SetTimer { timer, at_ms } => {
                    let fired = Input::TimerFired { timer };
                    agenda.plan(at_ms, Happening::Execution(MAIN, fired));
                }

                Effect::CancelTimer { timer } => agenda.cancel_timer(timer),
                Effect::Finish(_) => return events,
                Effect::StartMapRun(_)
                | Effect::RedriveMapRun { .. }
                | Effect::AbortMapRun { .. } => {
                    panic!("the machines have no distributed Map")
                }
            }
        }
    }
    events
}

fn plan(agenda: &mut Agenda, case: &Case, request: &TaskRequest, now_ms: i64) {
    let drawn = match case.answer(request, options().seed) {
        Some(Ok(drawn)) => drawn,
        other => panic!("{other:?}: every task has an answer"),
    };
    let done_ms = now_ms + i64::try_from(drawn.latency_ms).unwrap_or(0);
    for input in answer(request, drawn.answer) {
        let is_end = matches!(
            input,
            Input::TaskSucceeded { .. } | Input::TaskFailed { .. }
        );
        let at_ms = if is_end { done_ms } else { now_ms };
        agenda.plan(at_ms, Happening::Execution(MAIN, input));
    }
}

/// What is seen at each position of a run, up to its end.
fn positions(run: &mut DryRun) -> Vec<(usize, usize, usize, i64)> {
    let mut seen = vec![place(run)];
    while run.status() == Status::Ready {
        run.step();
        seen.push(place(run));
    }
    seen
}

fn place(run: &DryRun) -> (usize, usize, usize, i64) {
    let events = run.events().len();
    (
        events,
        run.observations().len(),
        run.passages().len(),
        run.now_ms(),
    )
}

fn walk(debugger: &mut Debugger, how: u8, far: u8, length: usize) {
    match how % 9 {
        0 => drop(debugger.go(&Goal::Step)),
        1 => drop(debugger.go(&Goal::Into)),
        2 => drop(debugger.go(&Goal::Over)),
        3 => drop(debugger.go(&Goal::Out)),
        4 => drop(debugger.go(&Goal::State("S1".to_owned()))),
        5 => debugger.step_back(),
        6 => debugger.back_into(),
        7 => drop(debugger.go_back()),
        _ => debugger.go_to(length * usize::from(far) / 255),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_dry_run_is_what_a_plain_drive_of_the_interpreter_is(
        definition in block(2),
        fate in prop::collection::vec(any::<u8>(), 16),
    ) {
        let machine = Arc::new(StateMachine::build(&Document::parse(definition.to_string())).unwrap());
        let case = case(&fate);
        let expected = driven(&machine, &case);
        let mut run = DryRun::new(machine, Arc::from(INPUT), case, options());
        run.run(&|_| false);
        let common = expected.len().min(run.events().len());
        prop_assert!(common == expected.len() || run.status() == Status::Exhausted);
        prop_assert_eq!(&run.events()[..common], &expected[..common]);
    }

    #[test]
    fn no_walk_back_and_forth_changes_a_byte(
        definition in block(2),
        fate in prop::collection::vec(any::<u8>(), 16),
        steps in prop::collection::vec((any::<u8>(), any::<u8>()), 1..40),
    ) {
        let machine = Arc::new(StateMachine::build(&Document::parse(definition.to_string())).unwrap());
        let run = DryRun::new(machine, Arc::from(INPUT), case(&fate), options());
        let mut plain = run.clone();
        let seen = positions(&mut plain);
        let mut debugger = Debugger::new(run);
        debugger.set_breakpoint(Breakpoint::entry("S2"));
        debugger.set_breakpoint(Breakpoint::any_error());
        for (how, far) in steps {
            walk(&mut debugger, how, far, plain.len());
            let run = debugger.run();
            prop_assert_eq!(place(run), seen[run.position()]);
            prop_assert_eq!(run.events(), &plain.events()[..run.events().len()]);
        }
        for _ in 0..=plain.len() {
            debugger.go(&Goal::End);
        }
        prop_assert_eq!(debugger.run().events(), plain.events());
        prop_assert_eq!(debugger.run().observations(), plain.observations());
        prop_assert_eq!(debugger.run().passages(), plain.passages());
        prop_assert_eq!(debugger.run().threads(), plain.threads());
    }
}
