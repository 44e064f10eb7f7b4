//! A run without any service: drives [`crate::machine`] with mocks on virtual time, and keeps every step so that it can go back.
//!
//! The machine goes piece by piece here, so that a step is at most one state and a breakpoint can stand before each. Going
//! back restores the nearest kept world and repeats the recorded inputs, which gives the same bytes.

mod agenda;
mod file;
pub mod mocks;
mod world;

#[cfg(test)]
mod tests;

pub use file::FileError;

use crate::definition::StateMachine;
use crate::history::{Event, EventKind, StateEvent};
use crate::machine::{Finish, Input, Moment, Observation, Outcome, TaskId, TaskRequest};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use world::World;

/// Steps between two kept worlds.
const KEEP_EVERY: usize = 64;

/// How a dry run begins.
#[derive(Debug, Clone)]
pub struct Options {
    /// Virtual start, in milliseconds since 1970.
    pub start_ms: i64,
    /// All entropy comes from here; the same seed gives the same run.
    pub seed: u64,
    /// The machine's name, for ARNs and the context object.
    pub machine_name: String,
    /// Steps after which a runaway is stopped.
    pub max_steps: usize,
}

/// What a dry run does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Status {
    /// It can go on.
    Ready,
    /// Nothing can happen before one of these tasks is answered: they have no mock. Limits of time do not count.
    Waiting(Vec<TaskRequest>),
    /// It is over.
    Finished(Finish),
    /// `max_steps` are used up.
    Exhausted,
}

/// A dry run: a list of steps with a cursor.
#[derive(Debug, Clone)]
pub struct DryRun {
    machine: Arc<StateMachine>,
    case: mocks::Case,
    options: Options,
    world: World,
    /// Steps taken up to the cursor.
    cursor: usize,
    steps: Vec<Recorded>,
    /// Worlds before the steps 0, 64, 128, …
    kept: Vec<World>,
    events: Vec<Event>,
    observations: Vec<Observation>,
}

/// One step that was taken.
#[derive(Debug, Clone)]
struct Recorded {
    input: Input,
    now_ms: i64,
    /// Events and observations up to and including this step.
    events: usize,
    observations: usize,
}

impl DryRun {
    /// A run that has not begun; `input` is JSON text and was checked by the caller.
    pub fn new(
        machine: Arc<StateMachine>,
        input: Arc<str>,
        case: mocks::Case,
        options: Options,
    ) -> Self {
        let world = World::new(&machine, input, &options);
        Self {
            machine,
            case,
            options,
            kept: vec![world.clone()],
            world,
            cursor: 0,
            steps: Vec::new(),
            events: Vec::new(),
            observations: Vec::new(),
        }
    }

    /// Takes the next thing that happens (an event of the engine: a start, a task's answer, a timer); virtual time moves to it.
    /// Does nothing unless the status is `Ready`. After going back, repeats what was recorded.
    pub fn step(&mut self) -> Status {
        if self.status() != Status::Ready {
            return self.status();
        }
        if let Some(recorded) = self.steps.get(self.cursor) {
            let (input, now_ms) = (recorded.input.clone(), recorded.now_ms);
            self.world.forget(&input);
            self.replay(input, now_ms);
        } else if let Some(input) = self.world.next() {
            self.record(input);
        }
        self.status()
    }

    /// Steps until a state that `stop_before` names is about to be entered, or nothing more can happen. The state in front
    /// of which it stands already does not stop it.
    pub fn run(&mut self, stop_before: &dyn Fn(&str) -> bool) -> Status {
        loop {
            let status = self.step();
            let stops = self.next_state().is_some_and(stop_before);
            if status != Status::Ready || stops {
                return status;
            }
        }
    }

    /// Steps until the next state is entered.
    pub fn step_state(&mut self) -> Status {
        loop {
            let before = self.events().len();
            let status = self.step();
            let new = self.events().get(before..).unwrap_or_default();
            if status != Status::Ready || new.iter().any(is_entered) {
                return status;
            }
        }
    }

    /// Goes to a step, back or forward among those taken.
    pub fn go_to(&mut self, step: usize) {
        let step = step.min(self.steps.len());
        let from = step / KEEP_EVERY;
        if step < self.cursor || from > self.cursor / KEEP_EVERY {
            let from = from.min(self.kept.len().saturating_sub(1));
            if let Some(world) = self.kept.get(from) {
                self.world = world.clone();
                self.cursor = from * KEEP_EVERY;
            }
        }
        while self.cursor < step {
            let Some(recorded) = self.steps.get(self.cursor) else {
                return;
            };
            let (input, now_ms) = (recorded.input.clone(), recorded.now_ms);
            self.world.forget(&input);
            self.replay(input, now_ms);
        }
    }

    /// Answers a task that has no mock. Steps recorded after the cursor are forgotten.
    pub fn answer(&mut self, task: TaskId, response: mocks::Answer) -> Status {
        let Some(request) = self.world.take_unanswered(task) else {
            return self.status();
        };
        self.forget_rest();
        for input in world::answer(&request, response) {
            self.record(input);
        }
        self.status()
    }

    /// Nobody answers: time moves to the nearest limit of a waiting task or of the whole run, and what it ends, ends.
    /// Does nothing unless the status is `Waiting` and there is such a limit. Steps recorded after the cursor are forgotten.
    pub fn let_time_pass(&mut self) -> Status {
        if matches!(self.status(), Status::Waiting(_))
            && let Some(input) = self.world.next()
        {
            self.forget_rest();
            self.record(input);
        }
        self.status()
    }

    /// Where it stands: steps taken up to the cursor.
    pub fn position(&self) -> usize {
        self.cursor
    }

    /// Steps recorded.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether no step was taken.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// What can happen next.
    pub fn status(&self) -> Status {
        if let Some(finish) = self.world.finish() {
            return Status::Finished(finish.clone());
        }
        if self.cursor < self.steps.len() {
            return Status::Ready;
        }
        if self.cursor >= self.options.max_steps {
            return Status::Exhausted;
        }
        if self.world.can_go_on() {
            return Status::Ready;
        }
        Status::Waiting(self.world.unanswered().to_vec())
    }

    /// Tasks that are open and have no mock.
    pub fn unanswered(&self) -> &[TaskRequest] {
        self.world.unanswered()
    }

    /// The state that the next step enters, when it enters one.
    pub fn next_state(&self) -> Option<&str> {
        let id = self.world.next_to_enter()?;
        self.machine.state(id).map(|state| &*state.name)
    }

    /// Virtual time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.world.now_ms()
    }

    /// All events up to the cursor.
    pub fn events(&self) -> &[Event] {
        let end = self.last().map_or(0, |step| step.events);
        self.events.get(..end).unwrap_or_default()
    }

    /// All intermediate values up to the cursor.
    pub fn observations(&self) -> &[Observation] {
        let end = self.last().map_or(0, |step| step.observations);
        self.observations.get(..end).unwrap_or_default()
    }

    fn last(&self) -> Option<&Recorded> {
        self.steps.get(self.cursor.checked_sub(1)?)
    }

    /// Takes a new step.
    fn record(&mut self, input: Input) {
        let now_ms = self.world.now_ms();
        let outcome = self.take(input.clone(), now_ms);
        self.events.extend(outcome.events);
        self.observations.extend(outcome.observations);
        let (events, observations) = (self.events.len(), self.observations.len());
        self.steps.push(Recorded {
            input,
            now_ms,
            events,
            observations,
        });
        if self.steps.len() == self.kept.len() * KEEP_EVERY {
            self.kept.push(self.world.clone());
        }
    }

    /// Takes a step that was taken before; what it gives is known already.
    fn replay(&mut self, input: Input, now_ms: i64) {
        self.take(input, now_ms);
    }

    fn take(&mut self, input: Input, now_ms: i64) -> Outcome {
        let moment = Moment {
            now_ms,
            entropy: entropy(self.options.seed, self.cursor),
        };
        self.cursor += 1;
        self.world.take(&self.machine, &self.case, input, moment)
    }

    fn forget_rest(&mut self) {
        self.steps.truncate(self.cursor);
        let (events, observations) = self
            .last()
            .map_or((0, 0), |step| (step.events, step.observations));
        self.events.truncate(events);
        self.observations.truncate(observations);
        self.kept.truncate(self.cursor / KEEP_EVERY + 1);
    }
}

fn is_entered(event: &Event) -> bool {
    matches!(event.kind, EventKind::State(StateEvent::Entered { .. }))
}

/// The entropy of one step.
fn entropy(seed: u64, step: usize) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(seed.to_le_bytes());
    hasher.update(u64::try_from(step).unwrap_or(u64::MAX).to_le_bytes());
    hasher.finalize().into()
}
