//! What will happen at which virtual time.

use crate::machine::{Input, TaskId, TimerId};
use std::collections::BTreeMap;

/// When, and which one of those planned.
type Key = (i64, u64);

/// Inputs to come, by time and then in the order in which they were planned.
#[derive(Debug, Clone, Default)]
pub(super) struct Agenda {
    planned: BTreeMap<Key, Input>,
    timers: BTreeMap<TimerId, Key>,
    next: u64,
}

impl Agenda {
    pub(super) fn plan(&mut self, at_ms: i64, input: Input) {
        let key = (at_ms, self.next);
        if let Input::TimerFired { timer } = input {
            self.timers.insert(timer, key);
        }
        self.planned.insert(key, input);
        self.next += 1;
    }

    pub(super) fn pop(&mut self) -> Option<(i64, Input)> {
        let ((at_ms, _), input) = self.planned.pop_first()?;
        if let Input::TimerFired { timer } = input {
            self.timers.remove(&timer);
        }
        Some((at_ms, input))
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.planned.values()
    }

    pub(super) fn cancel_timer(&mut self, timer: TimerId) {
        if let Some(key) = self.timers.remove(&timer) {
            self.planned.remove(&key);
        }
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
