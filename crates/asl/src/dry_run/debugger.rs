//! A debugger for dry runs: breakpoints, stepping into, over and out of Parallel and Map states, going back, and looking
//! at everything on the way. It is plain Rust; what it looks like is for others.
//!
//! It *stands* between two steps, most often before a state that is about to be entered. A breakpoint is *hit* at a position
//! of the run, not when somebody comes by: going back and forward again counts nothing twice, and a breakpoint that is set
//! late knows the hits that lie behind.

mod breakpoint;
mod condition;
mod look;
#[cfg(test)]
mod tests;

pub use breakpoint::{BreakAt, Breakpoint, BreakpointId, Hits};
pub use condition::{Condition, ConditionError};
pub use look::Frame;

use super::mocks::Answer;
use super::{DryRun, Status};
use crate::machine::{Passage, TaskId, ThreadId, Through};
use breakpoint::Kept;
use condition::Seen;
use indexmap::IndexMap;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A dry run with breakpoints.
#[derive(Debug, Clone)]
pub struct Debugger {
    run: DryRun,
    breakpoints: IndexMap<BreakpointId, Kept>,
    next_id: u64,
    /// What is wrong with a condition that could not be evaluated where it stands.
    trouble: Option<ConditionError>,
}

/// How far a motion goes. Breakpoints stop every motion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// To the end.
    End,
    /// One step: one thing that happens.
    Step,
    /// Until a state is entered, wherever.
    Into,
    /// Until the thread at hand stands before its next state, or is over: past all that runs inside the state.
    Over,
    /// Until the Parallel or Map around the thread at hand is left; to the end when there is none.
    Out,
    /// Before the state of this name.
    State(String),
}

/// Why a motion stopped.
#[derive(Debug, Clone, PartialEq)]
pub enum Stop {
    /// Where it was to go.
    Goal,
    /// At these breakpoints.
    Breakpoints(Vec<BreakpointId>),
    /// At a breakpoint whose condition could not be evaluated.
    BadCondition(ConditionError),
    /// The run cannot go on; [`Debugger::status`] says why.
    Still,
}

/// A motion under way: what its goal means here.
enum Aim {
    End,
    Step,
    Into,
    /// This thread stands before a state, or is gone.
    Thread(ThreadId),
    State(String),
}

impl Debugger {
    /// A debugger that stands before the first step of a run that has not begun, or where the run stands.
    pub fn new(run: DryRun) -> Self {
        Self {
            run,
            breakpoints: IndexMap::new(),
            next_id: 1,
            trouble: None,
        }
    }

    /// The run as it stands: its events, values, status and time.
    pub fn run(&self) -> &DryRun {
        &self.run
    }

    /// What can happen next.
    pub fn status(&self) -> Status {
        self.run.status()
    }

    // Breakpoints

    /// Sets a breakpoint; what was recorded already is searched for its hits.
    pub fn set_breakpoint(&mut self, breakpoint: Breakpoint) -> BreakpointId {
        let id = BreakpointId(self.next_id);
        self.next_id += 1;
        let mut kept = Kept {
            breakpoint,
            hits: BTreeSet::new(),
        };
        if !self.run.is_empty() {
            let mut past = self.run.clone();
            past.go_to(0);
            while past.position() < self.run.len() {
                past.step();
                if is_hit(&kept.breakpoint, &past) != Ok(false) {
                    kept.hits.insert(past.position());
                }
            }
        }
        self.breakpoints.insert(id, kept);
        id
    }

    /// Takes a breakpoint away.
    pub fn remove_breakpoint(&mut self, id: BreakpointId) -> Option<Breakpoint> {
        let kept = self.breakpoints.shift_remove(&id)?;
        Some(kept.breakpoint)
    }

    /// The breakpoints, in the order in which they were set, with how often each was hit up to where it stands.
    pub fn breakpoints(&self) -> impl Iterator<Item = (BreakpointId, &Breakpoint, usize)> {
        let position = self.run.position();
        self.breakpoints.iter().map(move |(id, kept)| {
            let hits = kept.hits.range(..=position).count();
            (*id, &kept.breakpoint, hits)
        })
    }

    // Forward

    /// Goes on until the goal, a breakpoint, or as far as it can.
    pub fn go(&mut self, goal: &Goal) -> Stop {
        let aim = self.aim(goal);
        loop {
            if let Some(stop) = self.advance(&aim) {
                return stop;
            }
        }
    }

    /// As [`Debugger::go`] to the end, at most so many steps; `None` when it could go further. For a caller that must do
    /// other things between.
    pub fn go_some(&mut self, steps: usize) -> Option<Stop> {
        (0..steps).find_map(|_| self.advance(&Aim::End))
    }

    fn aim(&self, goal: &Goal) -> Aim {
        let thread = self.thread_at_hand();
        match goal {
            Goal::End => Aim::End,
            Goal::Step => Aim::Step,
            Goal::Into => Aim::Into,
            Goal::Over => thread.map_or(Aim::Step, Aim::Thread),
            Goal::Out => {
                let parent = thread.and_then(|thread| self.run.parent_of(thread));
                parent.map_or(Aim::End, Aim::Thread)
            }
            Goal::State(name) => Aim::State(name.clone()),
        }
    }

    /// One step; says why it stops there, when it does.
    fn advance(&mut self, aim: &Aim) -> Option<Stop> {
        if self.run.status() != Status::Ready {
            return Some(Stop::Still);
        }
        let before = self.run.passages().len();
        self.run.step();
        self.note_hits();
        if let Some(stop) = self.stop_here() {
            return Some(stop);
        }
        let new = self.run.passages().get(before..).unwrap_or_default();
        let is_there = match aim {
            Aim::End => false,
            Aim::Step => true,
            Aim::Into => new.iter().any(is_entry),
            Aim::State(name) => self.run.next_state() == Some(name),
            Aim::Thread(thread) => {
                let entry = self.run.next_entry();
                entry.is_some_and(|entry| entry.thread == *thread) || !self.run.has_thread(*thread)
            }
        };
        match (is_there, self.run.status()) {
            (true, _) => Some(Stop::Goal),
            (false, Status::Ready) => None,
            (false, Status::Waiting(_) | Status::Finished(_) | Status::Exhausted) => {
                Some(Stop::Still)
            }
        }
    }

    /// Answers a task that has no mock; what was recorded after this is forgotten.
    pub fn answer(&mut self, task: TaskId, answer: Answer) -> Status {
        self.act(|run| run.answer(task, answer))
    }

    /// Nobody answers: time moves to the nearest limit ([`DryRun::let_time_pass`]).
    pub fn let_time_pass(&mut self) -> Status {
        self.act(DryRun::let_time_pass)
    }

    fn act(&mut self, act: impl FnOnce(&mut DryRun) -> Status) -> Status {
        let before = self.run.position();
        let status = act(&mut self.run);
        if self.run.position() > before {
            for kept in self.breakpoints.values_mut() {
                kept.hits.split_off(&(before + 1));
            }
            self.note_hits();
        }
        status
    }

    // Back

    /// Goes to a position, back or forward among the steps taken.
    pub fn go_to(&mut self, position: usize) {
        self.run.go_to(position);
        self.trouble = None;
    }

    /// Goes one step back.
    pub fn step_back(&mut self) {
        self.go_to(self.run.position().saturating_sub(1));
    }

    /// Goes back before the state that was entered last; to the beginning when there is none.
    pub fn back_into(&mut self) {
        let position = self.run.last_entry_before(self.run.position());
        self.go_to(position.unwrap_or(0));
    }

    /// Goes back to where a breakpoint stopped last, or would have; to the beginning when there is none.
    pub fn go_back(&mut self) -> Stop {
        let position = self.run.position();
        let kept = self.breakpoints.values();
        let last = kept.filter_map(|kept| kept.last_before(position)).max();
        self.go_to(last.unwrap_or(0));
        self.stop_here().unwrap_or(Stop::Still)
    }

    // Hits

    fn note_hits(&mut self) {
        self.trouble = None;
        let position = self.run.position();
        for kept in self.breakpoints.values_mut() {
            match is_hit(&kept.breakpoint, &self.run) {
                Ok(false) => {}
                Ok(true) => {
                    kept.hits.insert(position);
                }
                Err(error) => {
                    kept.hits.insert(position);
                    self.trouble = Some(error);
                }
            }
        }
    }

    fn stop_here(&self) -> Option<Stop> {
        if let Some(trouble) = &self.trouble {
            return Some(Stop::BadCondition(trouble.clone()));
        }
        let position = self.run.position();
        let stops = self
            .breakpoints
            .iter()
            .filter(|(_, kept)| kept.stops_at(position));
        let stops: Vec<BreakpointId> = stops.map(|(id, _)| *id).collect();
        (!stops.is_empty()).then_some(Stop::Breakpoints(stops))
    }
}

fn is_entry(passage: &Passage) -> bool {
    passage.through == Through::Entry
}

/// Whether a breakpoint is hit where a run stands.
fn is_hit(breakpoint: &Breakpoint, run: &DryRun) -> Result<bool, ConditionError> {
    match &breakpoint.place {
        BreakAt::Entry(name) => {
            if run.next_state() != Some(name) {
                return Ok(false);
            }
            let Some(entry) = run.next_entry() else {
                return Ok(false);
            };
            let condition = breakpoint.condition.as_ref();
            condition.map_or(Ok(true), |condition| {
                holds(condition, run, entry.thread, &entry.input, None)
            })
        }
        BreakAt::Error {
            state,
            name,
            uncaught,
        } => {
            let new = run.newest_passages();
            for (index, passage) in new.iter().enumerate() {
                let is_taken = new.get(index + 1).is_some_and(|next| takes(next, passage));
                if is_failure(passage, run, state.as_deref(), name.as_deref())
                    && !(*uncaught && is_taken)
                    && failed_as(breakpoint, run, passage)?
                {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// Whether a passage is the retrier or catcher that takes the failure before it.
fn takes(next: &Passage, failure: &Passage) -> bool {
    let is_taker = match next.through {
        Through::Retrier(_) | Through::Catcher(_) => true,
        Through::Entry | Through::Rule(_) | Through::Default | Through::Failure(_) => false,
    };
    is_taker && next.thread == failure.thread
}

fn is_failure(passage: &Passage, run: &DryRun, state: Option<&str>, name: Option<&str>) -> bool {
    let Through::Failure(failure) = &passage.through else {
        return false;
    };
    let is_state = state.is_none_or(|wanted| run.name_of(passage.state) == Some(wanted));
    is_state && name.is_none_or(|wanted| failure.error.as_deref() == Some(wanted))
}

/// Whether the condition holds for a failure.
fn failed_as(
    breakpoint: &Breakpoint,
    run: &DryRun,
    passage: &Passage,
) -> Result<bool, ConditionError> {
    let (Some(condition), Through::Failure(failure)) = (&breakpoint.condition, &passage.through)
    else {
        return Ok(true);
    };
    let text = |text: &Option<Arc<str>>| text.as_deref().map_or(Value::Null, Value::from);
    let error = json!({"Error": text(&failure.error), "Cause": text(&failure.cause)});
    let input = run.input_of(passage).unwrap_or(Arc::from("null"));
    holds(condition, run, passage.thread, &input, Some(&error))
}

fn holds(
    condition: &Condition,
    run: &DryRun,
    thread: ThreadId,
    input: &str,
    error: Option<&Value>,
) -> Result<bool, ConditionError> {
    let input: Value = serde_json::from_str(input).unwrap_or(Value::Null);
    condition.holds(&Seen {
        input: &input,
        error,
        variables: &run.variables_of(thread),
        now_ms: run.now_ms(),
    })
}
