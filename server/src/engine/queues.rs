//! Tasks that wait for a worker, by activity.

use crate::arn::ActivityArn;
use asl::machine::TaskId;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// A task in a queue. Its input and token stay on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) execution: i64,
    pub(super) task: TaskId,
    /// It was taken before, and may not have reached its worker.
    pub(super) taken: bool,
}

/// The queue of one activity.
#[derive(Debug, Default)]
pub(super) struct Queue {
    entries: Mutex<VecDeque<Entry>>,
    pub(super) arrived: Notify,
}

impl Queue {
    fn with<T>(&self, work: impl FnOnce(&mut VecDeque<Entry>) -> T) -> T {
        work(&mut self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The oldest task.
    pub(super) fn pop(&self) -> Option<Entry> {
        let (entry, more) = self.with(|entries| (entries.pop_front(), !entries.is_empty()));
        if more {
            self.arrived.notify_one();
        }
        entry
    }

    /// Adds a task behind all others.
    pub(super) fn push(&self, entry: Entry) {
        self.with(|entries| entries.push_back(entry));
        self.arrived.notify_one();
    }

    /// Puts a task back that did not reach a worker.
    pub(super) fn put_back(&self, entry: Entry) {
        self.with(|entries| entries.push_front(entry));
        self.arrived.notify_one();
    }
}

#[derive(Debug, Default)]
pub(super) struct Queues(Mutex<HashMap<ActivityArn, Arc<Queue>>>);

impl Queues {
    /// The queue of an activity.
    pub(super) fn of(&self, activity: &ActivityArn) -> Arc<Queue> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(activity.clone()).or_default())
    }

    /// Adds a new task.
    pub(super) fn push(&self, activity: &ActivityArn, execution: i64, task: TaskId) {
        self.of(activity).push(Entry {
            execution,
            task,
            taken: false,
        });
    }
}
