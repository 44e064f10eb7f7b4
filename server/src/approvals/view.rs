//! A review as the studio's API answers it.

use crate::store::Review;
use crate::time::rfc3339;
use asl::approval::{Request, reviewers};
use serde_json::{Value, json};

/// `Review` in ARCHITECTURE.md. Token and activity stay out of it: whoever sees a review needs neither.
pub(super) fn to_json(review: &Review) -> Value {
    let request = Request::read(&review.input, &review.state);
    json!({
        "id": review.id,
        "status": review.status.name(),
        "title": request.title,
        "question": request.question,
        "details": request.details,
        "evidence": request.evidence,
        "reviewers": reviewers(&review.input),
        "ifApproved": request.if_approved,
        "ifRejected": request.if_rejected,
        "machine": review.execution.machine_name(),
        "execution": review.execution.name(),
        "state": review.state,
        "askedAt": rfc3339(review.asked_ms),
        "dueAt": review.due_ms.map(rfc3339),
        "decidedAt": review.decided_ms.map(rfc3339),
        "decidedBy": review.decided_by,
        "comment": review.comment,
    })
}
