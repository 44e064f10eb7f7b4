//! What a run did to the states and ways of a pipeline, or how two versions of it differ, for the canvas to draw.

use crate::document::Way;
use asl::graph::{Outline, Role};
use asl::text::Pointer;
use rustc_hash::FxHashMap;

/// How a state is doing in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// It runs.
    Running,
    /// It waits for a person.
    Waiting,
    /// The dry run stands still before or in it.
    Paused,
    /// It ended without an error.
    Succeeded,
    /// It ended with an error.
    Failed,
    /// Its time ran out.
    TimedOut,
    /// The run was stopped while it ran.
    Aborted,
    /// The run is over and never came to it.
    Skipped,
    /// In a comparison: it is new.
    Added,
    /// In a comparison: it is gone in the other one.
    Removed,
    /// In a comparison: it differs.
    Changed,
}

/// What is drawn on a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// How it is doing.
    pub condition: Condition,
    /// The fact for the second line ("4.1 s", "2 of 4 attempts").
    pub detail: Option<String>,
    /// How many times it was entered.
    pub count: usize,
}

/// How a way was used, or what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Taken {
    /// The run went along it.
    Done,
    /// The run goes along it now: it leads to a state that runs.
    Now,
    /// The run went along it after an error.
    Error,
    /// In a comparison: it is gone.
    Removed,
    /// In a comparison: it is new.
    Added,
}

/// All marks of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// By state.
    pub states: FxHashMap<Pointer, Mark>,
    /// By way.
    pub ways: FxHashMap<Way, Taken>,
    /// Whether the run is over: what has no mark was not reached and is drawn faint.
    pub over: bool,
}

impl Marks {
    /// Whether there is any run to show.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty() && self.ways.is_empty()
    }

    /// Marks the way from one state to the next of its block. No `from` is the start of the block of `to`; no `to` is
    /// the end of the block of `from`. After an error a catcher's way is meant.
    pub fn take(
        &mut self,
        outline: &Outline,
        from: Option<&Pointer>,
        to: Option<&Pointer>,
        taken: Taken,
    ) {
        if let Some(way) = way_between(outline, from, to, taken == Taken::Error) {
            self.ways.insert(way, taken);
        }
    }
}

/// The way between two states; see [`Marks::take`].
pub fn way_between(
    outline: &Outline,
    from: Option<&Pointer>,
    to: Option<&Pointer>,
    after_error: bool,
) -> Option<Way> {
    let node = |pointer: &Pointer| outline.find(pointer).map(|state| &outline.states[state.0]);
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) => (node(from)?, node(to)?),
        (None, Some(to)) => {
            return Some(Way::Start(
                outline.blocks[node(to)?.block.0].pointer.clone(),
            ));
        }
        (Some(from), None) => return Some(Way::End(from.clone())),
        (None, None) => return None,
    };
    let leads = |catch: bool| {
        from.transitions
            .iter()
            .find(|way| *way.target == *to.name && matches!(way.role, Role::Catch(_)) == catch)
            .map(|way| Way::Transition(way.pointer.clone()))
    };
    leads(after_error).or_else(|| leads(!after_error))
}
