//! Decisions of people.

use super::turn::{Cause, Taken};
use super::{Engine, Inner, approval, finish_anyway};
use crate::store::journal::Decided;
use crate::store::{Review, ReviewStatus, StoreError};
use asl::approval::reviewers;
pub use asl::approval::{Decision, Verdict};
use asl::machine::TaskId;
use std::sync::Arc;

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
    pub async fn decide(&self, review: &str, decision: Decision) -> Result<Review, DecideError> {
        let (inner, review) = (Arc::clone(&self.inner), review.to_owned());
        finish_anyway(async move { inner.decide(&review, decision).await }).await?
    }
}

impl Inner {
    async fn decide(self: &Arc<Self>, id: &str, decision: Decision) -> Result<Review, DecideError> {
        let (_, execution, task) = self
            .store
            .review_task(id)
            .await?
            .ok_or(DecideError::NotFound)?;
        let turn = self.turn(execution).await?;
        // Only turns of this execution change its reviews, and this one has its lock.
        let review = self.store.review(id).await?.ok_or(DecideError::NotFound)?;
        may_decide(&review, &decision)?;
        let inputs = approval::inputs(TaskId(task), &decision, self.clock.now_ms());
        let status = match decision.verdict {
            Verdict::Approve => ReviewStatus::Approved,
            Verdict::Reject => ReviewStatus::Rejected,
        };
        let decided = Decided {
            review: id.to_owned(),
            status,
            by: decision.by,
            comment: decision.comment,
        };
        match turn.take(inputs, Cause::Decided(decided)).await? {
            Taken::Done => self.store.review(id).await?.ok_or(DecideError::NotFound),
            Taken::TooLate => Err(DecideError::Gone(Box::new(review))),
        }
    }
}

fn may_decide(review: &Review, decision: &Decision) -> Result<(), DecideError> {
    match review.status {
        ReviewStatus::Waiting => {}
        ReviewStatus::Approved | ReviewStatus::Rejected => {
            return Err(DecideError::AlreadyDecided(Box::new(review.clone())));
        }
        ReviewStatus::Gone => return Err(DecideError::Gone(Box::new(review.clone()))),
    }
    let reviewers = reviewers(&review.input);
    if reviewers.is_empty() || reviewers.contains(&decision.by) {
        return Ok(());
    }
    Err(DecideError::NotAllowed {
        by: decision.by.clone(),
        reviewers,
    })
}
