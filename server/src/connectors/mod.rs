//! What runs tasks outside this server. Activities and sample results need no connector: the engine serves them itself.

mod http;
mod lambda;
mod objects;
mod services;
mod trace;

pub(crate) use http::HttpTasks;
pub(crate) use objects::Objects;
pub(crate) use trace::{Secrets, Trace};

use crate::arn::ExecutionArn;
use crate::config::Config;
use asl::definition::Resource;
use asl::machine::{FailurePoint, Input, TaskId, TaskRequest};
use futures_util::future::BoxFuture;
use std::fmt::Debug;
use std::sync::Arc;

/// Whether something serves a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskReadiness {
    /// The state.
    pub state: String,
    /// Its `Resource`, as written.
    pub resource: String,
    /// Who serves it, in plain words (`Lambda-compatible endpoint http://…`), or what is missing and what to do.
    pub served: Result<String, String>,
}

/// How a task was answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TaskAnswer {
    /// It is done; JSON text.
    Succeeded { output: Arc<str> },
    /// The request half of a callback task is done; the token answers the rest. JSON text.
    Submitted { output: Arc<str> },
    /// It failed.
    Failed {
        error: Option<String>,
        cause: Option<String>,
        at: FailurePoint,
    },
}

impl TaskAnswer {
    /// The task failed while working.
    pub(crate) fn failed(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self::Failed {
            error: Some(error.into()),
            cause: Some(cause.into()),
            at: FailurePoint::Work,
        }
    }

    /// The answer as an input of the execution that has the task.
    pub(crate) fn into_input(self, task: TaskId) -> Input {
        match self {
            Self::Succeeded { output } => Input::TaskSucceeded { task, output },
            Self::Submitted { output } => Input::TaskSubmitted { task, output },
            Self::Failed { error, cause, at } => Input::TaskFailed {
                task,
                error,
                cause,
                at,
            },
        }
    }

    /// The connector itself broke down.
    pub(crate) fn broken() -> Self {
        Self::failed(
            "States.Runtime",
            "The connector broke down while it ran the task.",
        )
    }
}

/// An execution that asks a connector for something.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    /// Which.
    pub(crate) execution: ExecutionArn,
    /// What puts whatever it starts into its trace, when traces are made.
    pub(crate) trace_header: Option<String>,
}

/// A task on its way to its connector.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    /// Who asks.
    pub(crate) asker: Asker,
    /// What it asks.
    pub(crate) request: TaskRequest,
    /// Whether it asked before.
    pub(crate) asked: Asked,
    /// Where to note what is sent and what comes back.
    pub(crate) trace: Option<Trace>,
}

impl Job {
    /// The machine that asks, as it was deployed: for a child of a map run, its parent's.
    pub(crate) fn deployed_name(&self) -> &str {
        let name = self.asker.execution.machine_name();
        name.split_once('/').map_or(name, |(machine, _)| machine)
    }
}

/// How often a task was asked, as far as the record knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Now for the first time.
    First,
    /// Before the server was started again; it may have begun.
    Again,
    /// Likewise, and what it began is on record.
    Submitted,
}

/// What came of running a task.
pub(crate) enum Ran {
    /// It is answered.
    Answer(TaskAnswer),
    /// A job was begun (`.sync`); its end is the answer.
    Begun {
        /// What the service answered to the request that began it, as JSON text.
        output: Arc<str>,
        /// Waits for its end.
        end: BoxFuture<'static, TaskAnswer>,
    },
}

/// Why nothing runs a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The error that the task fails with.
    pub(crate) error: String,
    /// What is missing and what to do.
    pub(crate) cause: String,
}

/// Runs tasks of some kinds of resource.
pub(crate) trait Connector: Debug + Send + Sync {
    /// Whether it runs tasks of this resource.
    fn serves(&self, resource: &Resource) -> bool;
    /// What it is, in plain words.
    fn describe(&self) -> String;
    /// Whether it calls something outside this server. Only so many such calls are under way at a time.
    fn calls_out(&self) -> bool;
    /// Runs a task. Dropping the future gives the task up.
    fn run(&self, job: Job) -> BoxFuture<'static, Ran>;
}

/// All connectors of a server.
#[derive(Debug)]
pub(crate) struct Connectors(Vec<Arc<dyn Connector>>);

impl Connectors {
    /// Those that the settings ask for, and those of the engine itself.
    pub(crate) fn new(config: &Config, own: Vec<Arc<dyn Connector>>) -> Self {
        let lambda = config
            .lambda_endpoint
            .as_deref()
            .and_then(lambda::Lambda::new);
        let lambda = lambda.map(|lambda| Arc::new(lambda) as Arc<dyn Connector>);
        Self(own.into_iter().chain(lambda).collect())
    }

    /// The connector that runs tasks of this resource, or what is missing.
    pub(crate) fn find(&self, resource: &Resource) -> Result<Arc<dyn Connector>, Refusal> {
        self.0
            .iter()
            .find(|connector| connector.serves(resource))
            .map(Arc::clone)
            .ok_or_else(|| services::missing(resource))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_connector_says_what_to_configure() {
        let none = Connectors(Vec::new());
        let function = Resource::parse("arn:aws:lambda:us-east-1:123456789012:function:train");
        let cause = none.find(&function).unwrap_err().cause;
        assert!(
            cause.contains("AWS_ENDPOINT_URL_LAMBDA") && cause.contains("function:train"),
            "{cause}"
        );
        let queue = Resource::parse("arn:aws:states:::sqs:sendMessage");
        let cause = none.find(&queue).unwrap_err().cause;
        assert!(
            cause.contains("sqs:sendMessage") && cause.contains("sample results"),
            "{cause}"
        );
    }
}
