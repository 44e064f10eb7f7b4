//! What a dry run remembers of the steps that it took.
//!
//! Payloads are shared with the interpreter, so a step costs memory only for what it changed.

use super::agenda::Happening;
use crate::history::Event;
use crate::machine::{Observation, Outcome, Passage};

/// All steps, with what they gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    steps: Vec<Step>,
    events: Vec<Event>,
    observations: Vec<Observation>,
    passages: Vec<Passage>,
}

/// Why a step was taken.
#[derive(Debug, Clone)]
pub(super) enum Taken {
    /// It was the next thing that the world had planned, and is so again when it is repeated.
    Planned,
    /// Somebody gave this input.
    Given(Box<Happening>),
}

/// One step, with how much there was up to and including it.
#[derive(Debug, Clone)]
struct Step {
    taken: Taken,
    events: usize,
    observations: usize,
    passages: usize,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    pub(super) fn add(&mut self, taken: Taken, outcome: Outcome) {
        self.events.extend(outcome.events);
        self.observations.extend(outcome.observations);
        self.passages.extend(outcome.passages);
        self.steps.push(Step {
            taken,
            events: self.events.len(),
            observations: self.observations.len(),
            passages: self.passages.len(),
        });
    }

    /// Why the step of this number was taken.
    pub(super) fn taken(&self, step: usize) -> Option<&Taken> {
        self.steps.get(step).map(|step| &step.taken)
    }

    /// Forgets all but the first `steps`.
    pub(super) fn truncate(&mut self, steps: usize) {
        self.steps.truncate(steps);
        let end = self.events(steps).len();
        self.events.truncate(end);
        let end = self.observations(steps).len();
        self.observations.truncate(end);
        let end = self.passages(steps).len();
        self.passages.truncate(end);
    }

    /// The events of the first `steps`.
    pub(super) fn events(&self, steps: usize) -> &[Event] {
        let end = self.last(steps).map_or(0, |step| step.events);
        self.events.get(..end).unwrap_or_default()
    }

    /// The intermediate values of the first `steps`.
    pub(super) fn observations(&self, steps: usize) -> &[Observation] {
        let end = self.last(steps).map_or(0, |step| step.observations);
        self.observations.get(..end).unwrap_or_default()
    }

    /// The passages of the first `steps`.
    pub(super) fn passages(&self, steps: usize) -> &[Passage] {
        let end = self.last(steps).map_or(0, |step| step.passages);
        self.passages.get(..end).unwrap_or_default()
    }

    fn last(&self, steps: usize) -> Option<&Step> {
        self.steps.get(steps.checked_sub(1)?)
    }
}
