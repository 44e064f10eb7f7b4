//! Runs executions: asks the interpreter, commits what it answers, then does what it wants.
//!
//! One rule: an event is on disk before its effect is done, and an answer is sent only after what it promises is on disk.

mod activity;
mod answer;
mod decide;
mod live;
mod start;

pub use activity::{ActivityTask, PollError};
pub use answer::AnswerError;
pub use decide::{DecideError, Decision, Verdict};
pub use live::{ExecutionChange, LiveEvent, Progress};
pub use start::{StartError, StartRequest, Started, StopError};

use crate::config::Config;
use crate::connectors::TaskReadiness;
use crate::store::{Store, StoreError};

/// The engine; cheap to clone.
#[derive(Debug, Clone)]
pub struct Engine {}

impl Engine {
    /// Starts the engine; unfinished executions go on where their record ends.
    pub async fn start(_config: &Config, _store: Store) -> Result<Self, StoreError> {
        unimplemented!()
    }
    /// The present moment, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        unimplemented!()
    }
    /// Which tasks of a definition something serves, in the order of the text.
    pub async fn readiness(&self, _definition: &str) -> Result<Vec<TaskReadiness>, StoreError> {
        unimplemented!()
    }
    /// Takes no new work and waits for commits under way.
    pub async fn shut_down(&self) {
        unimplemented!()
    }
}
