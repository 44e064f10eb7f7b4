//! What there is to see where a debugger stands.

use super::Debugger;
use crate::machine::{Doing, Observation, ThreadId, Through};
use serde_json::{Map, Value};
use std::sync::Arc;

/// A thread as it stands: the execution's own block, a branch, an iteration, or a child execution of a distributed Map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Which thread.
    pub thread: ThreadId,
    /// The thread around it, with the number of the branch or iteration.
    pub parent: Option<(ThreadId, u32)>,
    /// The state in which it is, or which it is about to enter.
    pub state: Arc<str>,
    /// Id of the visit's `…StateEntered` event, when the state was entered; none inside a child execution, whose events are
    /// not kept.
    pub entered: Option<u64>,
    /// What it is doing.
    pub doing: Doing,
}

impl Debugger {
    /// All threads, outer before inner.
    pub fn frames(&self) -> Vec<Frame> {
        let threads = self.run.threads().into_iter();
        let frames = threads.filter_map(|thread| {
            Some(Frame {
                thread: thread.id,
                parent: thread.parent,
                state: Arc::from(self.run.name_of(thread.state)?),
                entered: thread.entered,
                doing: thread.doing,
            })
        });
        frames.collect()
    }

    /// The thread at hand and those around it, innermost first.
    pub fn stack(&self) -> Vec<Frame> {
        let frames = self.frames();
        let mut stack: Vec<Frame> = Vec::new();
        let mut wanted = self.thread_at_hand();
        while let Some(id) = wanted {
            let frame = frames.iter().find(|frame| frame.thread == id).cloned();
            wanted = frame
                .as_ref()
                .and_then(|frame| frame.parent)
                .map(|(parent, _)| parent);
            stack.extend(frame);
        }
        stack
    }

    /// The thread that is about to enter a state, else the one that entered one last and is not over.
    pub fn thread_at_hand(&self) -> Option<ThreadId> {
        let next = self.run.next_entry().map(|entry| entry.thread);
        let last = || {
            let passages = self.run.passages().iter().rev();
            let mut entries = passages.filter(|passage| passage.through == Through::Entry);
            let found = entries.find(|passage| self.run.has_thread(passage.thread));
            found.map(|passage| passage.thread)
        };
        next.or_else(last)
    }

    /// The raw input of the state before which it stands, as JSON text.
    pub fn next_input(&self) -> Option<Arc<str>> {
        self.run.next_entry().map(|entry| entry.input)
    }

    /// The variables that a thread can see.
    pub fn variables(&self, thread: ThreadId) -> Map<String, Value> {
        self.run.variables_of(thread).into_iter().collect()
    }

    /// The values of one visit, by the id of its entered event, in the order in which they came to be.
    pub fn values(&self, entered: u64) -> impl Iterator<Item = &Observation> {
        let all = self.run.observations().iter();
        all.filter(move |value| value.entered == entered)
    }
}
