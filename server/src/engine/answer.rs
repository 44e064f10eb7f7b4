//! Answers to tasks that wait for their token.

use super::Engine;
use crate::store::StoreError;

/// Why an answer was not taken.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AnswerError {
    /// No task ever had this token.
    #[error("no task has this token")]
    UnknownToken,
    /// The task was answered before, timed out, or its execution ended.
    #[error("the task is closed")]
    Closed,
    /// The task waits for a person, who decides on the approval page.
    #[error("people answer this task, on its approval page")]
    AnsweredByPeople,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Engine {
    /// The task is done; `output` is JSON text, checked by the caller.
    pub async fn task_success(&self, _token: &str, _output: String) -> Result<(), AnswerError> {
        unimplemented!()
    }
    /// The task failed.
    pub async fn task_failure(
        &self,
        _token: &str,
        _error: Option<String>,
        _cause: Option<String>,
    ) -> Result<(), AnswerError> {
        unimplemented!()
    }
    /// The worker lives.
    pub async fn task_heartbeat(&self, _token: &str) -> Result<(), AnswerError> {
        unimplemented!()
    }
}
