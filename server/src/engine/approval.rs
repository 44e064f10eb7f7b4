//! What a decision makes of a task: its result or its error (ARCHITECTURE.md, "Approvals").

use crate::time::rfc3339;
use asl::approval::{Decision, REJECTED, Verdict};
use asl::machine::{FailurePoint, Input, TaskId};

/// When the time for a review is over.
pub(super) fn due_ms(asked_ms: i64, timeout_seconds: Option<u64>) -> Option<i64> {
    let seconds = i64::try_from(timeout_seconds?).ok()?;
    asked_ms.checked_add(seconds.checked_mul(1000)?)
}

/// The inputs that a decision gives the execution.
pub(super) fn inputs(task: TaskId, decision: &Decision, now_ms: i64) -> Vec<Input> {
    let started = Input::TaskStarted {
        task,
        worker: Some(decision.by.clone()),
    };
    let record = decision.record(&rfc3339(now_ms)).to_string();
    let end = match decision.verdict {
        Verdict::Approve => Input::TaskSucceeded {
            task,
            output: record.into(),
        },
        Verdict::Reject => Input::TaskFailed {
            task,
            error: Some(REJECTED.into()),
            cause: Some(record),
            at: FailurePoint::Work,
        },
    };
    vec![started, end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_is_too_long_is_no_time() {
        assert_eq!(due_ms(5, Some(2)), Some(2_005));
        assert_eq!(due_ms(5, Some(u64::MAX)), None);
        assert_eq!(due_ms(5, None), None);
    }
}
