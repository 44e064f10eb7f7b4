//! The events of a Parallel state's branches; none has details.

use serde::{Deserialize, Serialize};

/// The branches of a Parallel state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParallelEvent {
    /// `ParallelStateStarted`
    Started,
    /// `ParallelStateSucceeded`
    Succeeded,
    /// `ParallelStateFailed`
    Failed,
}

impl ParallelEvent {
    pub(super) fn type_name(self) -> &'static str {
        match self {
            Self::Started => "ParallelStateStarted",
            Self::Succeeded => "ParallelStateSucceeded",
            Self::Failed => "ParallelStateFailed",
        }
    }

    pub(super) fn from_wire(type_name: &str) -> Option<Self> {
        [Self::Started, Self::Succeeded, Self::Failed]
            .into_iter()
            .find(|event| event.type_name() == type_name)
    }
}
