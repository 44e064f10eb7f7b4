//! The events of the execution itself.

use super::{Details, Failure, wire};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// The execution began, ended or was redriven.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ExecutionEvent {
    /// `ExecutionStarted`
    Started {
        /// JSON text, as it was given.
        input: Arc<str>,
        /// The role of the machine.
        role_arn: Arc<str>,
        /// The alias by which it was started.
        alias_arn: Option<Arc<str>>,
        /// The version that runs.
        version_arn: Option<Arc<str>>,
    },
    /// `ExecutionSucceeded`
    Succeeded {
        /// JSON text.
        output: Arc<str>,
    },
    /// `ExecutionFailed`
    Failed(Failure),
    /// `ExecutionAborted`
    Aborted(Failure),
    /// `ExecutionTimedOut`
    TimedOut(Failure),
    /// `ExecutionRedriven`
    Redriven {
        /// How often it was redriven, this time included.
        redrive_count: u64,
    },
}

impl ExecutionEvent {
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "ExecutionStarted",
            Self::Succeeded { .. } => "ExecutionSucceeded",
            Self::Failed(_) => "ExecutionFailed",
            Self::Aborted(_) => "ExecutionAborted",
            Self::TimedOut(_) => "ExecutionTimedOut",
            Self::Redriven { .. } => "ExecutionRedriven",
        }
    }

    pub(super) fn details(&self) -> Details {
        let object = wire::Object::default();
        Some(match self {
            Self::Started {
                input,
                role_arn,
                alias_arn,
                version_arn,
            } => (
                "executionStartedEventDetails",
                object
                    .input(input)
                    .text("roleArn", role_arn)
                    .maybe_text("stateMachineAliasArn", alias_arn.as_ref())
                    .maybe_text("stateMachineVersionArn", version_arn.as_ref())
                    .into(),
            ),
            Self::Succeeded { output } => (
                "executionSucceededEventDetails",
                object.output(output).into(),
            ),
            Self::Failed(failure) => (
                "executionFailedEventDetails",
                object.failure(failure).into(),
            ),
            Self::Aborted(failure) => (
                "executionAbortedEventDetails",
                object.failure(failure).into(),
            ),
            Self::TimedOut(failure) => (
                "executionTimedOutEventDetails",
                object.failure(failure).into(),
            ),
            Self::Redriven { redrive_count } => (
                "executionRedrivenEventDetails",
                object.with("redriveCount", *redrive_count).into(),
            ),
        })
    }

    pub(super) fn from_wire(type_name: &str, event: &Value) -> Option<Self> {
        let failure = |name: &str| event.get(name).map(wire::failure).unwrap_or_default();
        Some(match type_name {
            "ExecutionStarted" => {
                let details = event.get("executionStartedEventDetails")?;
                Self::Started {
                    input: wire::text(details, "input")?,
                    role_arn: wire::text(details, "roleArn")?,
                    alias_arn: wire::text(details, "stateMachineAliasArn"),
                    version_arn: wire::text(details, "stateMachineVersionArn"),
                }
            }
            "ExecutionSucceeded" => {
                let details = event.get("executionSucceededEventDetails")?;
                Self::Succeeded {
                    output: wire::text(details, "output")?,
                }
            }
            "ExecutionFailed" => Self::Failed(failure("executionFailedEventDetails")),
            "ExecutionAborted" => Self::Aborted(failure("executionAbortedEventDetails")),
            "ExecutionTimedOut" => Self::TimedOut(failure("executionTimedOutEventDetails")),
            "ExecutionRedriven" => {
                let details = event.get("executionRedrivenEventDetails")?;
                Self::Redriven {
                    redrive_count: wire::number(details, "redriveCount")?,
                }
            }
            _ => return None,
        })
    }
}
