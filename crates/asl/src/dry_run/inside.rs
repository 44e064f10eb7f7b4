//! What a debugger sees of a world: the threads of all its executions as one tree, since their numbers differ.

use super::agenda::Place;
use super::world::{MAIN, World, place_of_number};
use crate::machine::{Entry, Execution, ThreadId, ThreadView};
use indexmap::IndexMap;
use serde_json::Value;

impl World {
    fn execution_of(&self, thread: ThreadId) -> Option<&Execution> {
        self.execution(place_of_number(thread.number()))
    }

    /// Whether a thread is one of the run's own execution, whose events are kept.
    pub(super) fn is_main(thread: ThreadId) -> bool {
        place_of_number(thread.number()) == MAIN
    }

    /// The state that the next piece of work enters, when it enters one.
    pub(super) fn next_entry(&self) -> Option<Entry> {
        self.execution(self.next_busy()?)?.next_entry()
    }

    pub(super) fn has_thread(&self, thread: ThreadId) -> bool {
        self.execution_of(thread)
            .is_some_and(|execution| execution.has_thread(thread))
    }

    /// The thread around a thread; for the block of a child execution, the one whose distributed Map started it.
    pub(super) fn parent_of(&self, thread: ThreadId) -> Option<ThreadId> {
        let inside = self.execution_of(thread)?.parent_of(thread);
        inside.or_else(|| {
            let (parent, _) = self.starter_of(place_of_number(thread.number()))?;
            Some(parent)
        })
    }

    /// The thread whose distributed Map started a child execution, and the child's number.
    fn starter_of(&self, child: Place) -> Option<(ThreadId, u32)> {
        let (parent, map_run, number) = self.map_runs.starter_of(child)?;
        let thread = self.execution(parent)?.thread_of(map_run)?;
        Some((thread, number))
    }

    /// All threads, those of child executions after those of the run's own.
    pub(super) fn threads(&self) -> Vec<ThreadView> {
        let children = self.children.iter().flat_map(|(place, execution)| {
            let starter = self.starter_of(*place);
            execution.threads().map(move |thread| ThreadView {
                parent: thread.parent.or(starter),
                entered: None,
                ..thread
            })
        });
        let main = self
            .execution(MAIN)
            .into_iter()
            .flat_map(Execution::threads);
        main.chain(children).collect()
    }

    /// The variables that a thread can see.
    pub(super) fn variables_of(&self, thread: ThreadId) -> IndexMap<String, Value> {
        let execution = self.execution_of(thread);
        execution.map_or_else(Default::default, |execution| {
            (*execution.variables_of(thread)).clone()
        })
    }
}
