//! Stopping executions.

use super::Engine;
use super::turn::Taken;
use crate::arn::ExecutionArn;
use crate::store::StoreError;
use asl::machine::Input;

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
        Ok(execution.summary.stop_ms.unwrap_or_else(super::now_ms))
    }
}
