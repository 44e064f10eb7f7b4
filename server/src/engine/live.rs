//! What listeners are told, after it is on disk.

use super::Engine;
use crate::arn::ExecutionArn;
use crate::store::{ExecutionSummary, ReviewStatus};
use tokio::sync::{broadcast, watch};

/// An execution started or ended.
pub type ExecutionChange = ExecutionSummary;

/// Something happened that lists show.
#[derive(Debug, Clone, PartialEq)]
pub enum LiveEvent {
    /// An execution started or ended.
    Execution(ExecutionChange),
    /// A review was asked, decided, or went.
    Review {
        /// Its id.
        id: String,
        /// Where it stands now.
        status: ReviewStatus,
    },
}

/// How far an execution's history is on disk. A listener reads what it has not seen from the store, so that it can never
/// miss anything, however slow it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Id of the last event on disk.
    pub last_event: u64,
    /// The execution has ended.
    pub finished: bool,
}

impl Engine {
    /// Tells when there is more of an execution's history to read. Subscribe first, then read.
    pub fn subscribe_execution(&self, _arn: &ExecutionArn) -> watch::Receiver<Progress> {
        unimplemented!()
    }
    /// Changes of all executions and reviews. A listener that lags is told so by the channel and reads lists again.
    pub fn subscribe_live(&self) -> broadcast::Receiver<LiveEvent> {
        unimplemented!()
    }
}
