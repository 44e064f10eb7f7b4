//! A run without any service: drives [`crate::machine`] with mocks on virtual time, and keeps every step so that it can go back.
//!
//! The machine goes piece by piece here, so that a step is at most one state and a breakpoint can stand before each. Going
//! back restores the nearest kept world and repeats the steps from there, which gives the same bytes. A step costs the same
//! however long the run is, and few worlds are kept: memory grows with what the events hold, whose payloads are shared.

mod agenda;
pub mod coverage;
pub mod debugger;
mod file;
mod inside;
mod kept;
mod map_runs;
pub mod mocks;
mod objects;
mod record;
pub mod scenario;
mod world;

#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;

pub use file::FileError;

use crate::definition::{StateId, StateMachine};
use crate::history::{Event, EventKind, StateEvent};
use crate::machine::map_run::MapRun;
use crate::machine::{
    Entry, Finish, Moment, Observation, Outcome, Passage, Stage, TaskId, TaskRequest, ThreadId,
    ThreadView, Through,
};
use agenda::Happening;
use indexmap::IndexMap;
use kept::Kept;
pub use objects::SampleObjects;
use record::{Record, Taken};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use world::World;

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
    record: Record,
    kept: Kept,
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
            kept: Kept::new(world.clone()),
            world,
            cursor: 0,
            record: Record::default(),
        }
    }

    /// The same run with these objects for readers of distributed Maps. Only before it has begun.
    #[must_use]
    pub fn with_objects(mut self, objects: SampleObjects) -> Self {
        self.world.objects = objects;
        self.kept = Kept::new(self.world.clone());
        self
    }

    /// The sample objects up to the cursor, with what writers have added.
    pub fn objects(&self) -> &SampleObjects {
        &self.world.objects
    }

    /// The map runs begun up to the cursor, in their order.
    pub fn map_runs(&self) -> impl Iterator<Item = &MapRun> {
        self.world.map_runs.all()
    }

    /// Takes the next thing that happens (an event of the engine: a start, a task's answer, a timer); virtual time moves to it.
    /// Does nothing unless the status is `Ready`. After going back, repeats what was recorded.
    pub fn step(&mut self) -> Status {
        if self.status() != Status::Ready {
            return self.status();
        }
        if self.cursor < self.record.len() {
            self.repeat();
        } else if let Some(happening) = self.world.next() {
            self.go(Taken::Planned, happening);
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
        let step = step.min(self.record.len());
        if let Some((from, world)) = self.kept.before(step)
            && (step < self.cursor || from > self.cursor)
        {
            self.world = world.clone();
            self.cursor = from;
        }
        while self.cursor < step && self.repeat() {}
    }

    /// Answers a task that has no mock. Steps recorded after the cursor are forgotten.
    pub fn answer(&mut self, task: TaskId, response: mocks::Answer) -> Status {
        let Some(request) = self.world.take_unanswered(task) else {
            return self.status();
        };
        self.forget_rest();
        for input in world::answer(&request, response) {
            let happening = Happening::Execution(world::place_of(task), input);
            self.go(Taken::Given(Box::new(happening.clone())), happening);
        }
        self.status()
    }

    /// Nobody answers: time moves to the nearest limit of a waiting task or of the whole run, and what it ends, ends.
    /// Does nothing unless the status is `Waiting` and there is such a limit. Steps recorded after the cursor are forgotten.
    pub fn let_time_pass(&mut self) -> Status {
        if matches!(self.status(), Status::Waiting(_))
            && let Some(happening) = self.world.next()
        {
            self.forget_rest();
            self.go(Taken::Planned, happening);
        }
        self.status()
    }

    /// Where it stands: steps taken up to the cursor.
    pub fn position(&self) -> usize {
        self.cursor
    }

    /// Steps recorded.
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// Whether no step was taken.
    pub fn is_empty(&self) -> bool {
        self.record.len() == 0
    }

    /// What can happen next.
    pub fn status(&self) -> Status {
        if let Some(finish) = self.world.finish() {
            return Status::Finished(finish.clone());
        }
        if self.cursor < self.record.len() {
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
        self.record.events(self.cursor)
    }

    /// All intermediate values up to the cursor.
    pub fn observations(&self) -> &[Observation] {
        self.record.observations(self.cursor)
    }

    /// All places of the definition that it came through up to the cursor.
    pub fn passages(&self) -> &[Passage] {
        self.record.passages(self.cursor)
    }

    // For the debugger

    fn next_entry(&self) -> Option<Entry> {
        self.world.next_entry()
    }

    fn has_thread(&self, thread: ThreadId) -> bool {
        self.world.has_thread(thread)
    }

    fn parent_of(&self, thread: ThreadId) -> Option<ThreadId> {
        self.world.parent_of(thread)
    }

    fn threads(&self) -> Vec<ThreadView> {
        self.world.threads()
    }

    fn variables_of(&self, thread: ThreadId) -> IndexMap<String, Value> {
        self.world.variables_of(thread)
    }

    fn name_of(&self, state: StateId) -> Option<&str> {
        self.machine.state(state).map(|state| &*state.name)
    }

    /// The places that the step before the cursor came through.
    fn newest_passages(&self) -> &[Passage] {
        let before = self.record.passages(self.cursor.saturating_sub(1)).len();
        self.passages().get(before..).unwrap_or_default()
    }

    /// The last position before `position` from which a state is entered.
    fn last_entry_before(&self, position: usize) -> Option<usize> {
        let is_entry = |passage: &Passage| passage.through == Through::Entry;
        let enters = |step: &usize| {
            let before = self.record.passages(*step).len();
            let new = self.record.passages(step + 1).get(before..);
            new.unwrap_or_default().iter().any(is_entry)
        };
        (0..position).rev().find(enters)
    }

    /// The raw input of the visit of a passage, as JSON text; none inside a child execution, whose values are not kept.
    fn input_of(&self, passage: &Passage) -> Option<Arc<str>> {
        let is_input =
            |value: &&Observation| value.entered == passage.entered && value.stage == Stage::Input;
        let kept = self.observations().iter().rev();
        let mut kept = kept.filter(|_| World::is_main(passage.thread));
        kept.find(is_input).map(|value| value.value.clone())
    }

    /// Takes a new step.
    fn go(&mut self, taken: Taken, happening: Happening) {
        let outcome = self.take(happening);
        self.record.add(taken, outcome);
        self.kept.offer(self.cursor, &self.world);
    }

    /// Takes the next recorded step again; what it gives is known already. `false` when there is none.
    fn repeat(&mut self) -> bool {
        let happening = match self.record.taken(self.cursor) {
            None => None,
            Some(Taken::Planned) => self.world.next(),
            Some(Taken::Given(happening)) => Some(Happening::clone(happening)),
        };
        let Some(happening) = happening else {
            return false;
        };
        self.take(happening);
        true
    }

    fn take(&mut self, happening: Happening) -> Outcome {
        let moment = Moment {
            now_ms: self.world.now_ms(),
            entropy: entropy(self.options.seed, self.cursor),
        };
        self.cursor += 1;
        self.world
            .take(&self.machine, &self.case, happening, moment)
    }

    fn forget_rest(&mut self) {
        self.record.truncate(self.cursor);
        self.kept.forget_after(self.cursor);
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
