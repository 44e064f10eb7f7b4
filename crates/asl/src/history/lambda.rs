//! The events of tasks whose resource is a function's ARN.

use super::task::{read_credentials, with_credentials};
use super::{Details, Failure, wire};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// A task whose resource is a function's ARN.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum LambdaEvent {
    /// `LambdaFunctionScheduled`
    Scheduled {
        /// The function's ARN, as written.
        resource: Arc<str>,
        /// What the function gets, as JSON text.
        input: Arc<str>,
        /// Limit in seconds, when the state has one.
        timeout_seconds: Option<u64>,
        /// `Credentials.RoleArn`
        role_arn: Option<Arc<str>>,
    },
    /// `LambdaFunctionScheduleFailed`
    ScheduleFailed(Failure),
    /// `LambdaFunctionStarted`
    Started,
    /// `LambdaFunctionStartFailed`
    StartFailed(Failure),
    /// `LambdaFunctionSucceeded`, with the result, as JSON text.
    Succeeded(Arc<str>),
    /// `LambdaFunctionFailed`
    Failed(Failure),
    /// `LambdaFunctionTimedOut`
    TimedOut(Failure),
}

impl LambdaEvent {
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Scheduled { .. } => "LambdaFunctionScheduled",
            Self::ScheduleFailed(_) => "LambdaFunctionScheduleFailed",
            Self::Started => "LambdaFunctionStarted",
            Self::StartFailed(_) => "LambdaFunctionStartFailed",
            Self::Succeeded(_) => "LambdaFunctionSucceeded",
            Self::Failed(_) => "LambdaFunctionFailed",
            Self::TimedOut(_) => "LambdaFunctionTimedOut",
        }
    }

    pub(super) fn details(&self) -> Details {
        let object = wire::Object::default();
        match self {
            Self::Scheduled {
                resource,
                input,
                timeout_seconds,
                role_arn,
            } => {
                let object = object
                    .text("resource", resource)
                    .input(input)
                    .maybe_number("timeoutInSeconds", *timeout_seconds);
                let details = with_credentials(object, role_arn.as_ref());
                Some(("lambdaFunctionScheduledEventDetails", details.into()))
            }
            Self::Started => None,
            Self::Succeeded(output) => Some((
                "lambdaFunctionSucceededEventDetails",
                object.output(output).into(),
            )),
            Self::ScheduleFailed(failure) => Some((
                "lambdaFunctionScheduleFailedEventDetails",
                object.failure(failure).into(),
            )),
            Self::StartFailed(failure) => Some((
                "lambdaFunctionStartFailedEventDetails",
                object.failure(failure).into(),
            )),
            Self::Failed(failure) => Some((
                "lambdaFunctionFailedEventDetails",
                object.failure(failure).into(),
            )),
            Self::TimedOut(failure) => Some((
                "lambdaFunctionTimedOutEventDetails",
                object.failure(failure).into(),
            )),
        }
    }

    pub(super) fn from_wire(type_name: &str, event: &Value) -> Option<Self> {
        let failure = |name: &str| event.get(name).map(wire::failure).unwrap_or_default();
        Some(match type_name {
            "LambdaFunctionScheduled" => {
                let details = event.get("lambdaFunctionScheduledEventDetails")?;
                Self::Scheduled {
                    resource: wire::text(details, "resource")?,
                    input: wire::text(details, "input")?,
                    timeout_seconds: wire::number(details, "timeoutInSeconds"),
                    role_arn: read_credentials(details),
                }
            }
            "LambdaFunctionScheduleFailed" => {
                Self::ScheduleFailed(failure("lambdaFunctionScheduleFailedEventDetails"))
            }
            "LambdaFunctionStarted" => Self::Started,
            "LambdaFunctionStartFailed" => {
                Self::StartFailed(failure("lambdaFunctionStartFailedEventDetails"))
            }
            "LambdaFunctionSucceeded" => Self::Succeeded(wire::text(
                event.get("lambdaFunctionSucceededEventDetails")?,
                "output",
            )?),
            "LambdaFunctionFailed" => Self::Failed(failure("lambdaFunctionFailedEventDetails")),
            "LambdaFunctionTimedOut" => {
                Self::TimedOut(failure("lambdaFunctionTimedOutEventDetails"))
            }
            _ => return None,
        })
    }
}
