//! Activities: tasks that workers fetch.

use super::Engine;
use crate::arn::ActivityArn;
use crate::store::StoreError;
use std::sync::Arc;

/// A task for a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityTask {
    /// Answers the task.
    pub token: String,
    /// JSON text.
    pub input: Arc<str>,
}

/// Why no task could be fetched.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PollError {
    /// There is no such activity.
    #[error("the activity does not exist: {0}")]
    DoesNotExist(ActivityArn),
    /// People answer its tasks.
    #[error(
        "the tasks of {0} are answered by people, on the approval page, and are not handed to workers"
    )]
    AnsweredByPeople(ActivityArn),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Engine {
    /// Waits up to 60 seconds for a task of the activity (API-112). May be dropped at any time: a task that was not handed
    /// over stays in the queue.
    pub async fn poll_activity(
        &self,
        _activity: &ActivityArn,
        _worker: Option<String>,
    ) -> Result<Option<ActivityTask>, PollError> {
        unimplemented!()
    }
}
