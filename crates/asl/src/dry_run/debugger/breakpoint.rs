//! Breakpoints: where a run stops, on which condition, and at which time it comes by.

use super::condition::Condition;
use std::collections::BTreeSet;

/// A breakpoint of one debugger, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BreakpointId(pub u64);

/// Where and when a run stops.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakpoint {
    /// Where.
    pub place: BreakAt,
    /// What must hold there; without one, it always stops.
    pub condition: Option<Condition>,
    /// At which of the times when the condition holds it stops.
    pub hits: Hits,
}

/// Where a breakpoint stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BreakAt {
    /// Before the state of this name is entered.
    Entry(String),
    /// After a state has failed, whether or not a retrier or catcher takes the error.
    Error {
        /// Only this state; any when absent.
        state: Option<String>,
        /// Only an error of this name; any when absent.
        name: Option<String>,
        /// Only errors that no retrier and no catcher of the state takes.
        uncaught: bool,
    },
}

/// At which times a breakpoint stops; the first time is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hits {
    /// Every time.
    #[default]
    Every,
    /// The time of this number.
    Only(usize),
    /// From this time on.
    From(usize),
    /// Every so many times.
    Each(usize),
}

impl Breakpoint {
    /// Stops whenever a state is about to be entered.
    pub fn entry(state: &str) -> Self {
        Self {
            place: BreakAt::Entry(state.to_owned()),
            condition: None,
            hits: Hits::Every,
        }
    }

    /// Stops whenever any state has failed.
    pub fn any_error() -> Self {
        let place = BreakAt::Error {
            state: None,
            name: None,
            uncaught: false,
        };
        Self {
            place,
            condition: None,
            hits: Hits::Every,
        }
    }
}

impl Hits {
    /// Whether it stops at the time of this number.
    pub(super) fn stops_at(self, time: usize) -> bool {
        match self {
            Self::Every => true,
            Self::Only(wanted) => time == wanted,
            Self::From(first) => time >= first,
            Self::Each(step) => step > 0 && time.is_multiple_of(step),
        }
    }
}

/// A breakpoint with the positions at which it was hit.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) breakpoint: Breakpoint,
    /// Positions at which its condition held, or could not be evaluated.
    pub(super) hits: BTreeSet<usize>,
}

impl Kept {
    /// Whether it stops at a position.
    pub(super) fn stops_at(&self, position: usize) -> bool {
        let time = self.hits.range(..=position).count();
        self.hits.contains(&position) && self.breakpoint.hits.stops_at(time)
    }

    /// The last position before `position` at which it stops.
    pub(super) fn last_before(&self, position: usize) -> Option<usize> {
        let before = self.hits.range(..position).enumerate();
        let stops = before.filter(|(index, _)| self.breakpoint.hits.stops_at(index + 1));
        stops.map(|(_, position)| *position).last()
    }
}
