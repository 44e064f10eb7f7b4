//! The events of tasks by service integration.

use super::{Details, Failure, wire};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// The two names by which task events call a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskResource {
    /// The service, for example `lambda` or `aws-sdk:s3`.
    pub resource_type: Arc<str>,
    /// The API with its suffix, for example `startExecution.sync:2`.
    pub resource: Arc<str>,
}

/// A task by service integration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TaskEvent {
    /// `TaskScheduled`
    Scheduled {
        /// Which resource.
        resource: TaskResource,
        /// The region of the machine.
        region: Arc<str>,
        /// What the task gets, as JSON text.
        parameters: Arc<str>,
        /// Limit in seconds, when the state has one.
        timeout_seconds: Option<u64>,
        /// Seconds between heartbeats, when the state asks for them.
        heartbeat_seconds: Option<u64>,
        /// `Credentials.RoleArn`
        role_arn: Option<Arc<str>>,
    },
    /// `TaskStarted`
    Started(TaskResource),
    /// `TaskStartFailed`
    StartFailed(TaskResource, Failure),
    /// `TaskSubmitted`, with what the service answered, as JSON text.
    Submitted(TaskResource, Arc<str>),
    /// `TaskSubmitFailed`
    SubmitFailed(TaskResource, Failure),
    /// `TaskSucceeded`, with the result, as JSON text.
    Succeeded(TaskResource, Arc<str>),
    /// `TaskFailed`
    Failed(TaskResource, Failure),
    /// `TaskTimedOut`
    TimedOut(TaskResource, Failure),
}

impl TaskEvent {
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Scheduled { .. } => "TaskScheduled",
            Self::Started(_) => "TaskStarted",
            Self::StartFailed(..) => "TaskStartFailed",
            Self::Submitted(..) => "TaskSubmitted",
            Self::SubmitFailed(..) => "TaskSubmitFailed",
            Self::Succeeded(..) => "TaskSucceeded",
            Self::Failed(..) => "TaskFailed",
            Self::TimedOut(..) => "TaskTimedOut",
        }
    }

    fn member(&self) -> &'static str {
        match self {
            Self::Scheduled { .. } => "taskScheduledEventDetails",
            Self::Started(_) => "taskStartedEventDetails",
            Self::StartFailed(..) => "taskStartFailedEventDetails",
            Self::Submitted(..) => "taskSubmittedEventDetails",
            Self::SubmitFailed(..) => "taskSubmitFailedEventDetails",
            Self::Succeeded(..) => "taskSucceededEventDetails",
            Self::Failed(..) => "taskFailedEventDetails",
            Self::TimedOut(..) => "taskTimedOutEventDetails",
        }
    }

    pub(super) fn details(&self) -> Details {
        let details = match self {
            Self::Scheduled {
                resource,
                region,
                parameters,
                timeout_seconds,
                heartbeat_seconds,
                role_arn,
            } => {
                let object = names(resource)
                    .text("region", region)
                    .text("parameters", parameters)
                    .maybe_number("timeoutInSeconds", *timeout_seconds)
                    .maybe_number("heartbeatInSeconds", *heartbeat_seconds);
                with_credentials(object, role_arn.as_ref())
            }
            Self::Started(resource) => names(resource),
            Self::Submitted(resource, output) | Self::Succeeded(resource, output) => {
                names(resource).output(output)
            }
            Self::StartFailed(resource, failure)
            | Self::SubmitFailed(resource, failure)
            | Self::Failed(resource, failure)
            | Self::TimedOut(resource, failure) => names(resource).failure(failure),
        };
        Some((self.member(), details.into()))
    }

    pub(super) fn from_wire(type_name: &str, event: &Value) -> Option<Self> {
        let read = |member: &str| {
            let details = event.get(member)?;
            let resource = TaskResource {
                resource_type: wire::text(details, "resourceType")?,
                resource: wire::text(details, "resource")?,
            };
            Some((resource, details))
        };
        let read_failure = |member: &str| {
            read(member).map(|(resource, details)| (resource, wire::failure(details)))
        };
        let read_output = |member: &str| {
            let (resource, details) = read(member)?;
            Some((resource, wire::text(details, "output")?))
        };
        Some(match type_name {
            "TaskScheduled" => {
                let (resource, details) = read("taskScheduledEventDetails")?;
                Self::Scheduled {
                    resource,
                    region: wire::text(details, "region")?,
                    parameters: wire::text(details, "parameters")?,
                    timeout_seconds: wire::number(details, "timeoutInSeconds"),
                    heartbeat_seconds: wire::number(details, "heartbeatInSeconds"),
                    role_arn: read_credentials(details),
                }
            }
            "TaskStarted" => Self::Started(read("taskStartedEventDetails")?.0),
            "TaskStartFailed" => {
                let (resource, failure) = read_failure("taskStartFailedEventDetails")?;
                Self::StartFailed(resource, failure)
            }
            "TaskSubmitted" => {
                let (resource, output) = read_output("taskSubmittedEventDetails")?;
                Self::Submitted(resource, output)
            }
            "TaskSubmitFailed" => {
                let (resource, failure) = read_failure("taskSubmitFailedEventDetails")?;
                Self::SubmitFailed(resource, failure)
            }
            "TaskSucceeded" => {
                let (resource, output) = read_output("taskSucceededEventDetails")?;
                Self::Succeeded(resource, output)
            }
            "TaskFailed" => {
                let (resource, failure) = read_failure("taskFailedEventDetails")?;
                Self::Failed(resource, failure)
            }
            "TaskTimedOut" => {
                let (resource, failure) = read_failure("taskTimedOutEventDetails")?;
                Self::TimedOut(resource, failure)
            }
            _ => return None,
        })
    }
}

fn names(resource: &TaskResource) -> wire::Object {
    wire::Object::default()
        .text("resourceType", &resource.resource_type)
        .text("resource", &resource.resource)
}

pub(super) fn with_credentials(object: wire::Object, role_arn: Option<&Arc<str>>) -> wire::Object {
    match role_arn {
        Some(role_arn) => object.with(
            "taskCredentials",
            wire::Object::default().text("roleArn", role_arn),
        ),
        None => object,
    }
}

pub(super) fn read_credentials(details: &Value) -> Option<Arc<str>> {
    details
        .get("taskCredentials")
        .and_then(|credentials| wire::text(credentials, "roleArn"))
}
