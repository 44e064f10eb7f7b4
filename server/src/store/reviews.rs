//! Tasks that wait for a person's decision, and the decisions made.

use super::{Store, StoreError};
use crate::arn::{ActivityArn, ExecutionArn};

/// Where a review stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewStatus {
    /// Somebody may decide.
    Waiting,
    /// It was approved.
    Approved,
    /// It was rejected.
    Rejected,
    /// The run ended, or the time was over, before anybody decided.
    Gone,
}

impl ReviewStatus {
    /// The name in the JSON API and on disk.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Gone => "gone",
        }
    }
}

/// A task that waits for a person, or waited.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Names it on pages; says nothing about the token.
    pub id: String,
    /// Where it stands.
    pub status: ReviewStatus,
    /// The execution that waits.
    pub execution: ExecutionArn,
    /// The activity it was asked of.
    pub activity: ActivityArn,
    /// The state that asks.
    pub state: String,
    /// The request: the task's input, as JSON text.
    pub input: String,
    /// When it was asked, in milliseconds since 1970.
    pub asked_ms: i64,
    /// When the time is over.
    pub due_ms: Option<i64>,
    /// When it was decided, or went.
    pub decided_ms: Option<i64>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// What they said.
    pub comment: Option<String>,
}

impl Store {
    /// One review.
    pub async fn review(&self, _id: &str) -> Result<Option<Review>, StoreError> {
        unimplemented!()
    }
    /// Reviews, newest first: those that wait, or (`decided`) those that do not wait any more.
    pub async fn reviews(&self, _decided: bool, _limit: usize) -> Result<Vec<Review>, StoreError> {
        unimplemented!()
    }
}
