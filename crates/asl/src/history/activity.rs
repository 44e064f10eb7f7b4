//! The events of tasks whose resource is an activity's ARN.

use super::{Details, Failure, wire};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// A task whose resource is an activity's ARN.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ActivityEvent {
    /// `ActivityScheduled`
    Scheduled {
        /// The activity's ARN, as written.
        resource: Arc<str>,
        /// What the worker gets, as JSON text.
        input: Arc<str>,
        /// Limit in seconds, when the state has one.
        timeout_seconds: Option<u64>,
        /// Seconds between heartbeats, when the state asks for them.
        heartbeat_seconds: Option<u64>,
    },
    /// `ActivityScheduleFailed`
    ScheduleFailed(Failure),
    /// `ActivityStarted`
    Started {
        /// The name that the worker gave, when it gave one.
        worker_name: Option<Arc<str>>,
    },
    /// `ActivitySucceeded`, with the result, as JSON text.
    Succeeded(Arc<str>),
    /// `ActivityFailed`
    Failed(Failure),
    /// `ActivityTimedOut`
    TimedOut(Failure),
}

impl ActivityEvent {
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Scheduled { .. } => "ActivityScheduled",
            Self::ScheduleFailed(_) => "ActivityScheduleFailed",
            Self::Started { .. } => "ActivityStarted",
            Self::Succeeded(_) => "ActivitySucceeded",
            Self::Failed(_) => "ActivityFailed",
            Self::TimedOut(_) => "ActivityTimedOut",
        }
    }

    pub(super) fn details(&self) -> Details {
        let object = wire::Object::default();
        Some(match self {
            Self::Scheduled {
                resource,
                input,
                timeout_seconds,
                heartbeat_seconds,
            } => (
                "activityScheduledEventDetails",
                object
                    .text("resource", resource)
                    .input(input)
                    .maybe_number("timeoutInSeconds", *timeout_seconds)
                    .maybe_number("heartbeatInSeconds", *heartbeat_seconds)
                    .into(),
            ),
            Self::ScheduleFailed(failure) => (
                "activityScheduleFailedEventDetails",
                object.failure(failure).into(),
            ),
            Self::Started { worker_name } => (
                "activityStartedEventDetails",
                object.maybe_text("workerName", worker_name.as_ref()).into(),
            ),
            Self::Succeeded(output) => (
                "activitySucceededEventDetails",
                object.output(output).into(),
            ),
            Self::Failed(failure) => ("activityFailedEventDetails", object.failure(failure).into()),
            Self::TimedOut(failure) => (
                "activityTimedOutEventDetails",
                object.failure(failure).into(),
            ),
        })
    }

    pub(super) fn from_wire(type_name: &str, event: &Value) -> Option<Self> {
        let failure = |name: &str| event.get(name).map(wire::failure).unwrap_or_default();
        Some(match type_name {
            "ActivityScheduled" => {
                let details = event.get("activityScheduledEventDetails")?;
                Self::Scheduled {
                    resource: wire::text(details, "resource")?,
                    input: wire::text(details, "input")?,
                    timeout_seconds: wire::number(details, "timeoutInSeconds"),
                    heartbeat_seconds: wire::number(details, "heartbeatInSeconds"),
                }
            }
            "ActivityScheduleFailed" => {
                Self::ScheduleFailed(failure("activityScheduleFailedEventDetails"))
            }
            "ActivityStarted" => {
                let details = event.get("activityStartedEventDetails");
                Self::Started {
                    worker_name: details.and_then(|details| wire::text(details, "workerName")),
                }
            }
            "ActivitySucceeded" => Self::Succeeded(wire::text(
                event.get("activitySucceededEventDetails")?,
                "output",
            )?),
            "ActivityFailed" => Self::Failed(failure("activityFailedEventDetails")),
            "ActivityTimedOut" => Self::TimedOut(failure("activityTimedOutEventDetails")),
            _ => return None,
        })
    }
}
