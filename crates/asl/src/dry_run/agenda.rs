//! What will happen at which virtual time.

use crate::machine::{Input, TaskId, TimerId, map_run};
use std::collections::BTreeMap;

/// When, and which one of those planned.
type Key = (i64, u64);

/// An execution of a dry run, or one of its map runs: 0 is the execution itself.
pub(super) type Place = u32;

/// Something that happens to an execution or to a map run.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Happening {
    /// To the execution at this place.
    Execution(Place, Input),
    /// To the map run at this place.
    MapRun(Place, map_run::Input),
}

/// What is to come, by time and then in the order in which it was planned.
#[derive(Debug, Clone, Default)]
pub(super) struct Agenda {
    planned: BTreeMap<Key, Happening>,
    timers: BTreeMap<TimerId, Key>,
    next: u64,
}

impl Agenda {
    pub(super) fn plan(&mut self, at_ms: i64, happening: Happening) {
        let key = (at_ms, self.next);
        if let Happening::Execution(_, Input::TimerFired { timer }) = &happening {
            self.timers.insert(*timer, key);
        }
        self.planned.insert(key, happening);
        self.next += 1;
    }

    pub(super) fn pop(&mut self) -> Option<(i64, Happening)> {
        let ((at_ms, _), happening) = self.planned.pop_first()?;
        if let Happening::Execution(_, Input::TimerFired { timer }) = &happening {
            self.timers.remove(timer);
        }
        Some((at_ms, happening))
    }

    pub(super) fn happenings(&self) -> impl Iterator<Item = &Happening> {
        self.planned.values()
    }

    /// Timers have numbers of their own in each execution.
    pub(super) fn cancel_timer(&mut self, timer: TimerId) {
        if let Some(key) = self.timers.remove(&timer) {
            self.planned.remove(&key);
        }
    }

    pub(super) fn cancel_task(&mut self, cancelled: TaskId) {
        self.planned.retain(|_, happening| match happening {
            Happening::Execution(_, input) => task_of(input) != Some(cancelled),
            Happening::MapRun(..) => true,
        });
    }

    /// Nothing happens any more to an execution that is over.
    pub(super) fn cancel_all(&mut self, over: Place) {
        self.planned.retain(|_, happening| match happening {
            Happening::Execution(place, _) => *place != over,
            Happening::MapRun(..) => true,
        });
    }
}

/// The task that an input is about.
fn task_of(input: &Input) -> Option<TaskId> {
    match input {
        Input::TaskStarted { task, .. }
        | Input::TaskSubmitted { task, .. }
        | Input::TaskSucceeded { task, .. }
        | Input::TaskFailed { task, .. }
        | Input::Heartbeat { task } => Some(*task),
        Input::Start
        | Input::TimerFired { .. }
        | Input::MapRunFinished { .. }
        | Input::Continue
        | Input::Redrive
        | Input::Stop { .. } => None,
    }
}
