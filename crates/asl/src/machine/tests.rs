//! Behaviour of the interpreter, machine by machine.

use super::*;
use crate::history::EventKind;
use crate::text::Document;
use serde_json::{Value, json};

mod distributed;
mod errors;
mod flow;
mod limits;
mod nested;
mod passages;
pub(crate) mod random;
mod redrive;
mod tasks;

/// Runs one machine by hand.
struct Bench {
    machine: StateMachine,
    execution: Execution,
    now_ms: i64,
    events: Vec<Event>,
    /// Effects of the last step.
    effects: Vec<Effect>,
    observations: Vec<Observation>,
    passages: Vec<Passage>,
    steps: u8,
}

impl Bench {
    fn new(definition: &Value, input: &str) -> Self {
        let machine = StateMachine::build(&Document::parse(definition.to_string())).unwrap();
        let identity = Identity {
            execution_arn: "arn:aws:states:us-east-1:123456789012:execution:m:e".to_owned(),
            execution_name: "e".to_owned(),
            machine_arn: "arn:aws:states:us-east-1:123456789012:stateMachine:m".to_owned(),
            machine_name: "m".to_owned(),
            role_arn: "arn:aws:iam::123456789012:role/r".to_owned(),
            region: "us-east-1".to_owned(),
            alias_arn: None,
            version_arn: None,
            trace_header: None,
        };
        let execution = Execution::new(&machine, identity, Arc::from(input));
        let (events, effects, observations) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            machine,
            execution,
            now_ms: 0,
            events,
            effects,
            observations,
            passages: Vec::new(),
            steps: 0,
        }
    }

    fn started(definition: &Value, input: &str) -> Self {
        let mut bench = Self::new(definition, input);
        bench.take(Input::Start);
        bench
    }

    fn take(&mut self, input: Input) {
        self.steps = self.steps.wrapping_add(1);
        let moment = Moment {
            now_ms: self.now_ms,
            entropy: [self.steps; 32],
        };
        let outcome = step(&self.machine, &mut self.execution, input, moment);
        self.events.extend(outcome.events);
        self.effects = outcome.effects;
        self.observations.extend(outcome.observations);
        self.passages.extend(outcome.passages);
    }

    /// The earliest open timer fires.
    fn fire(&mut self) {
        let timers = self
            .execution
            .open_effects()
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::SetTimer { timer, at_ms } => Some((at_ms, timer)),
                _ => None,
            });
        let (at_ms, timer) = timers.min().expect("a timer is open");
        self.now_ms = at_ms;
        self.take(Input::TimerFired { timer });
    }

    fn task(&self) -> TaskRequest {
        self.execution
            .open_tasks()
            .next()
            .expect("a task is open")
            .clone()
    }

    fn succeed(&mut self, output: &str) {
        let task = self.task().task;
        self.take(Input::TaskSucceeded {
            task,
            output: Arc::from(output),
        });
    }

    fn fail(&mut self, error: &str) {
        let task = self.task().task;
        let (error, cause) = (Some(error.to_owned()), Some("why".to_owned()));
        self.take(Input::TaskFailed {
            task,
            error,
            cause,
            at: FailurePoint::Work,
        });
    }

    fn types(&self) -> Vec<&'static str> {
        self.events.iter().map(Event::type_name).collect()
    }

    fn previous(&self) -> Vec<u64> {
        self.events
            .iter()
            .map(|event| event.previous_event_id)
            .collect()
    }

    fn output(&self) -> String {
        match self.execution.finish() {
            Some(Finish::Succeeded { output }) => output.to_string(),
            other => panic!("it should have succeeded, but: {other:?}"),
        }
    }

    fn error(&self) -> (String, String) {
        match self.execution.finish() {
            Some(Finish::Failed { error, cause }) => (
                error.clone().unwrap_or_default(),
                cause.clone().unwrap_or_default(),
            ),
            other => panic!("it should have failed, but: {other:?}"),
        }
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the states are written in place"
)]
fn machine(start: &str, states: Value) -> Value {
    json!({"StartAt": start, "States": states})
}

fn output(definition: &Value, input: &str) -> String {
    Bench::started(definition, input).output()
}
