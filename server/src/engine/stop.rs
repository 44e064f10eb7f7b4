//! Stopping executions.

use super::turn::Taken;
use super::{Engine, Inner};
use crate::arn::ExecutionArn;
use crate::store::StoreError;
use asl::machine::Input;
use std::sync::Arc;

/// Why an execution was not stopped.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StopError {
    /// There is no such execution.
    #[error("the execution does not exist: {0}")]
    DoesNotExist(ExecutionArn),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Engine {
    /// Stops an execution; gives the time at which it ended (now, or earlier when it had ended before).
    pub async fn stop_execution(
        &self,
        arn: &ExecutionArn,
        error: Option<String>,
        cause: Option<String>,
    ) -> Result<i64, StopError> {
        let missing = || StopError::DoesNotExist(arn.clone());
        let store = &self.inner.store;
        let id = store.execution_id(arn).await?.ok_or_else(missing)?;
        if self.inner.apply(id, Input::Stop { error, cause }).await? == Taken::TooLate {
            tracing::debug!(%arn, "the execution had ended before it was stopped");
        }
        let execution = store.execution(arn).await?.ok_or_else(missing)?;
        Ok(execution.summary.stop_ms.unwrap_or_else(|| self.now_ms()))
    }
}

impl Inner {
    /// Stops the executions that run although the task that waited for them was given up: those of one parent, or all.
    /// One that cannot be stopped is left to the next start.
    pub(super) async fn stop_orphans(
        self: &Arc<Self>,
        parent: Option<i64>,
    ) -> Result<(), StoreError> {
        for orphan in self.store.orphans(parent).await? {
            let (error, cause) = (None, None);
            if let Err(error) = self.apply(orphan, Input::Stop { error, cause }).await {
                tracing::error!(execution = orphan, %error, "nobody waits for it, and it could not be stopped");
            }
        }
        Ok(())
    }

    /// Likewise for one parent, when nobody waits for it. What fails is done at the next start.
    pub(super) fn stop_orphans_later(self: &Arc<Self>, parent: i64) {
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(error) = inner.stop_orphans(Some(parent)).await {
                tracing::error!(execution = parent, %error, "its children could not be stopped");
            }
        });
    }
}
