//! Starting and stopping executions.

use super::Engine;
use crate::arn::{ExecutionArn, MachineArn};
use crate::store::StoreError;

/// An execution to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRequest {
    /// The machine, without version, alias or case.
    pub machine: MachineArn,
    /// The execution's name, checked by the caller; made up when absent (API-102).
    pub name: Option<String>,
    /// JSON text, checked by the caller.
    pub input: String,
    /// The case of the sample results to run on.
    pub case: Option<String>,
}

/// A started execution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// Its ARN.
    pub arn: ExecutionArn,
    /// When it was started, in milliseconds since 1970.
    pub start_ms: i64,
}

/// Why an execution was not started.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StartError {
    /// There is no such machine.
    #[error("the state machine does not exist: {0}")]
    MachineDoesNotExist(MachineArn),
    /// An execution of this name is there, closed or with another input (API-101).
    #[error("the execution already exists: {0}")]
    AlreadyExists(ExecutionArn),
    /// The machine has no sample results under this name.
    #[error("the state machine has no sample results named {0}")]
    UnknownCase(String),
    /// Express machines are not started this way.
    #[error("the state machine is an Express one: {0}")]
    Express(MachineArn),
    /// The definition on disk cannot be run.
    #[error("the definition cannot be run: {0}")]
    Definition(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

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
    /// Starts an execution. Answers once it is on disk. The same name and input while it runs give the first answer again.
    pub async fn start_execution(&self, _request: StartRequest) -> Result<Started, StartError> {
        unimplemented!()
    }
    /// Stops an execution; gives the time at which it ended (now, or earlier when it had ended before).
    pub async fn stop_execution(
        &self,
        _arn: &ExecutionArn,
        _error: Option<String>,
        _cause: Option<String>,
    ) -> Result<i64, StopError> {
        unimplemented!()
    }
}
