//! Executions and their history: what readers see.

use super::{Store, StoreError};
use crate::arn::{ExecutionArn, MachineArn};
use serde_json::Value;

/// Status of an execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExecutionStatus {
    /// It has not ended.
    Running,
    /// It ended with an output.
    Succeeded,
    /// It ended with an error.
    Failed,
    /// It took longer than it may.
    TimedOut,
    /// It was stopped.
    Aborted,
}

impl ExecutionStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Running,
        Self::Succeeded,
        Self::Failed,
        Self::TimedOut,
        Self::Aborted,
    ];

    /// AWS's name, for example `TIMED_OUT`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
        }
    }
    /// Reads AWS's name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// An execution, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExecutionSummary {
    /// Its ARN; machine and name are in it.
    pub arn: ExecutionArn,
    /// ARN of the machine.
    pub machine_arn: MachineArn,
    /// Its status.
    pub status: ExecutionStatus,
    /// When it was started, in milliseconds since 1970.
    pub start_ms: i64,
    /// When it ended.
    pub stop_ms: Option<i64>,
}

/// An execution in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Execution {
    /// What lists show.
    pub summary: ExecutionSummary,
    /// The input, as it was given.
    pub input: String,
    /// The output, when it succeeded.
    pub output: Option<String>,
    /// The error's name, when there is one.
    pub error: Option<String>,
    /// The cause, when there is one.
    pub cause: Option<String>,
    /// The case of the sample results it runs on.
    pub case: Option<String>,
    /// The definition it runs.
    pub definition: String,
    /// The role of that revision.
    pub role_arn: String,
    /// The revision it runs.
    pub revision_id: String,
    /// When that revision was made, in milliseconds since 1970.
    pub revision_ms: i64,
}

/// Which executions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecutionFilter {
    /// Only those of this machine.
    pub machine: Option<MachineArn>,
    /// Only those with this status.
    pub status: Option<ExecutionStatus>,
}

/// One page of executions, newest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecutionPage {
    /// The executions.
    pub executions: Vec<ExecutionSummary>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<i64>,
}

/// Which part of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryQuery {
    /// The first event of the page; `None` begins at the first, or the last when `reverse`.
    pub from: Option<u64>,
    /// Newest first.
    pub reverse: bool,
    /// At most so many.
    pub limit: usize,
}

/// One page of a history.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistoryPage {
    /// Events, exactly as GetExecutionHistory answers them.
    pub events: Vec<Value>,
    /// The first event of the next page; `None` on the last.
    pub next: Option<u64>,
}

impl Store {
    /// An execution in full.
    pub async fn execution(&self, _arn: &ExecutionArn) -> Result<Option<Execution>, StoreError> {
        unimplemented!()
    }
    /// Executions, newest first; `from` is the `next` of the page before.
    pub async fn executions(
        &self,
        _filter: ExecutionFilter,
        _from: Option<i64>,
        _limit: usize,
    ) -> Result<ExecutionPage, StoreError> {
        unimplemented!()
    }
    /// A page of the history; `None` when there is no such execution.
    pub async fn history(
        &self,
        _arn: &ExecutionArn,
        _query: HistoryQuery,
    ) -> Result<Option<HistoryPage>, StoreError> {
        unimplemented!()
    }
}
