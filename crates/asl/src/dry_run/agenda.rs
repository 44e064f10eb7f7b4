//! What will happen at which virtual time.

use crate::machine::{Input, TaskId, TimerId};
use std::collections::BTreeMap;

/// Inputs to come, by time and then in the order in which they were planned.
#[derive(Debug, Clone, Default)]
pub(super) struct Agenda {
    planned: BTreeMap<(i64, u64), Input>,
    next: u64,
}

impl Agenda {
    pub(super) fn plan(&mut self, at_ms: i64, input: Input) {
        self.planned.insert((at_ms, self.next), input);
        self.next += 1;
    }

    pub(super) fn pop(&mut self) -> Option<(i64, Input)> {
        self.planned
            .pop_first()
            .map(|((at_ms, _), input)| (at_ms, input))
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.planned.values()
    }

    /// Takes one planned input out that is equal to `input`.
    pub(super) fn forget(&mut self, input: &Input) {
        let key = self
            .planned
            .iter()
            .find(|(_, planned)| *planned == input)
            .map(|(key, _)| *key);
        if let Some(key) = key {
            self.planned.remove(&key);
        }
    }

    pub(super) fn cancel_timer(&mut self, timer: TimerId) {
        self.forget(&Input::TimerFired { timer });
    }

    pub(super) fn cancel_task(&mut self, cancelled: TaskId) {
        self.planned.retain(|_, input| match input {
            Input::TaskStarted { task, .. }
            | Input::TaskSubmitted { task, .. }
            | Input::TaskSucceeded { task, .. }
            | Input::TaskFailed { task, .. }
            | Input::Heartbeat { task } => *task != cancelled,
            Input::Start
            | Input::TimerFired { .. }
            | Input::Continue
            | Input::Redrive
            | Input::Stop { .. } => true,
        });
    }
}
