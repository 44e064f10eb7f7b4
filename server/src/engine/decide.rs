//! Decisions of people.

use super::Engine;
use crate::store::{Review, StoreError};

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// The task succeeds.
    Approve,
    /// The task fails with `Approval.Rejected`.
    Reject,
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Yes or no.
    pub verdict: Verdict,
    /// Who.
    pub by: String,
    /// What they said.
    pub comment: Option<String>,
}

/// Why a decision was not taken.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DecideError {
    /// There is no such review.
    #[error("there is no such approval")]
    NotFound,
    /// Somebody decided before; the review says who and what.
    #[error("this was decided before")]
    AlreadyDecided(Box<Review>),
    /// The run ended, or the time was over.
    #[error("this approval is not needed any more: the run ended, or the time for it was over")]
    Gone(Box<Review>),
    /// The request names who may decide, and this is somebody else.
    #[error("{by} is not among those who may decide: {}", .reviewers.join(", "))]
    NotAllowed {
        /// Who tried.
        by: String,
        /// Who may.
        reviewers: Vec<String>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Engine {
    /// Records a decision and lets the run go on, in one commit. Gives the review as it is then.
    pub async fn decide(&self, _review: &str, _decision: Decision) -> Result<Review, DecideError> {
        unimplemented!()
    }
}
