//! What an execution looks like between two steps, for a debugger: which threads there are, in which states, and what the
//! state about to be entered will see. Changes nothing.

use super::execution::{Activity, Thread, ThreadId, Variables, Work};
use super::{Execution, MapRunId};
use crate::definition::StateId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A state that the next piece of work enters.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The thread that enters it.
    pub thread: ThreadId,
    /// The state.
    pub state: StateId,
    /// Its raw input, as JSON text.
    pub input: Arc<str>,
}

/// A thread: the execution's own block, a branch, or an iteration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadView {
    /// Which thread.
    pub id: ThreadId,
    /// The thread whose Parallel or Map it belongs to, with the number of the branch or iteration.
    pub parent: Option<(ThreadId, u32)>,
    /// The state in which it is, or which it is about to enter.
    pub state: StateId,
    /// Id of the visit's `…StateEntered` event; `None` when the state is not entered yet.
    pub entered: Option<u64>,
    /// What it is doing.
    pub doing: Doing,
}

/// What a thread is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// It goes on as soon as it is its turn.
    Running,
    /// A task is open.
    Task,
    /// A Wait state waits until then, in milliseconds since 1970.
    Waiting(i64),
    /// A failed state is tried again then, in milliseconds since 1970.
    Retrying(i64),
    /// Its branches, iterations or child executions run.
    Inside,
}

impl ThreadId {
    /// The number, in the series of the execution's tasks and timers.
    pub(crate) fn number(self) -> u64 {
        self.0
    }
}

impl Execution {
    /// The state that the next piece of work enters, when it enters one.
    pub fn next_entry(&self) -> Option<Entry> {
        match self.ready.front()? {
            Work::Enter(id) => {
                let thread = self.threads.get(id)?;
                Some(Entry {
                    thread: *id,
                    state: thread.state,
                    input: thread.input.text().clone(),
                })
            }
            Work::Again(_) | Work::Resume(_) | Work::Started(_) => None,
        }
    }

    /// All threads, outer before inner.
    pub fn threads(&self) -> impl Iterator<Item = ThreadView> {
        let entering = self.ready.iter().filter_map(|work| match work {
            Work::Enter(id) => Some(*id),
            Work::Again(_) | Work::Resume(_) | Work::Started(_) => None,
        });
        let entering: BTreeSet<ThreadId> = entering.collect();
        self.threads.iter().map(move |(id, thread)| ThreadView {
            id: *id,
            parent: thread.parent,
            state: thread.state,
            entered: (!entering.contains(id)).then_some(thread.entered),
            doing: self.doing(thread),
        })
    }

    fn doing(&self, thread: &Thread) -> Doing {
        let until = |timer| self.timers.get(timer).map_or(0, |timer| timer.at_ms);
        match &thread.activity {
            Activity::Running | Activity::Stopped(_) => Doing::Running,
            Activity::Task(_) => Doing::Task,
            Activity::Waiting(timer) => Doing::Waiting(until(timer)),
            Activity::Retrying(timer) => Doing::Retrying(until(timer)),
            Activity::Fan(_) | Activity::MapRun(_) => Doing::Inside,
        }
    }

    /// Whether the thread is not over.
    pub fn has_thread(&self, id: ThreadId) -> bool {
        self.threads.contains_key(&id)
    }

    /// The thread whose Parallel or Map a thread belongs to.
    pub fn parent_of(&self, id: ThreadId) -> Option<ThreadId> {
        self.threads.get(&id)?.parent.map(|(parent, _)| parent)
    }

    /// The thread whose distributed Map waits for a map run.
    pub(crate) fn thread_of(&self, map_run: MapRunId) -> Option<ThreadId> {
        self.map_runs.get(&map_run).copied()
    }

    /// The variables that a thread can see; none when it is over.
    pub(crate) fn variables_of(&self, id: ThreadId) -> Arc<Variables> {
        let mut thread = self.threads.get(&id);
        while let Some(current) = thread {
            if let Some(variables) = &current.variables {
                return variables.clone();
            }
            thread = current
                .parent
                .and_then(|(parent, _)| self.threads.get(&parent));
        }
        Arc::default()
    }
}
