//! Answers to tasks that wait for their token.

use super::turn::{Cause, Taken, token_hash};
use super::{Engine, Inner, finish_anyway};
use crate::store::StoreError;
use crate::store::journal::{TaskKind, TokenTask};
use asl::machine::{FailurePoint, Input, TaskId};
use std::sync::Arc;

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
    pub async fn task_success(&self, token: &str, output: String) -> Result<(), AnswerError> {
        let output: Arc<str> = output.into();
        self.inner
            .answer(token, |task| Input::TaskSucceeded { task, output })
            .await
    }

    /// The task failed.
    pub async fn task_failure(
        &self,
        token: &str,
        error: Option<String>,
        cause: Option<String>,
    ) -> Result<(), AnswerError> {
        let at = FailurePoint::Work;
        self.inner
            .answer(token, |task| Input::TaskFailed {
                task,
                error,
                cause,
                at,
            })
            .await
    }

    /// The worker lives.
    pub async fn task_heartbeat(&self, token: &str) -> Result<(), AnswerError> {
        self.inner
            .answer(token, |task| Input::Heartbeat { task })
            .await
    }
}

impl Inner {
    async fn answer(
        self: &Arc<Self>,
        token: &str,
        input: impl FnOnce(TaskId) -> Input,
    ) -> Result<(), AnswerError> {
        let hash = token_hash(token);
        let found = open(self.store.token_task(hash).await?)?;
        let input = input(TaskId(found.task));
        let inner = Arc::clone(self);
        finish_anyway(async move {
            let turn = inner.turn(found.execution).await?;
            // Only turns of this execution close the task, and this one has its lock.
            open(inner.store.token_task(hash).await?)?;
            match turn.take(vec![input], Cause::Happened).await? {
                Taken::Done => Ok(()),
                Taken::TooLate => Err(AnswerError::Closed),
            }
        })
        .await?
    }
}

fn open(found: Option<TokenTask>) -> Result<TokenTask, AnswerError> {
    match found {
        None => Err(AnswerError::UnknownToken),
        Some(task) => match task.kind {
            TaskKind::People => Err(AnswerError::AnsweredByPeople),
            TaskKind::Worker | TaskKind::Callback | TaskKind::Job if task.open => Ok(task),
            TaskKind::Worker | TaskKind::Callback | TaskKind::Job => Err(AnswerError::Closed),
        },
    }
}
