//! Which places of the definition an execution comes through: what the history does not tell (which rule, retrier or
//! catcher it was), for coverage and for a debugger. Nothing here is stored with an execution.

use super::execution::ThreadId;
use super::run::{Run, Visit};
use crate::definition::StateId;
use crate::history::Failure;

/// An execution came through a place of the definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The state.
    pub state: StateId,
    /// The thread whose state it is.
    pub thread: ThreadId,
    /// Id of the visit's `…StateEntered` event.
    pub entered: u64,
    /// Which place of the state.
    pub through: Through,
}

/// A place of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Through {
    /// The state was entered.
    Entry,
    /// The rule of this number held and was taken.
    Rule(usize),
    /// No rule held, and `Default` was taken.
    Default,
    /// The state failed, whatever followed from it.
    Failure(Failure),
    /// The retrier of this number lets the state be tried again.
    Retrier(usize),
    /// The catcher of this number took the error.
    Catcher(usize),
}

impl Run<'_> {
    /// Notes that a visit came through a place, for a caller that observes.
    pub(super) fn pass_through(&mut self, visit: &Visit<'_>, through: impl FnOnce() -> Through) {
        if self.is_observed() {
            self.outcome.passages.push(Passage {
                state: visit.state.id,
                thread: visit.thread,
                entered: visit.entered,
                through: through(),
            });
        }
    }
}
