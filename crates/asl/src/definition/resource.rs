//! What a task's `Resource` names (feature map 11.1): decides which events are written and how the task is answered.

use crate::history::TaskResource;
use std::sync::Arc;

/// What a `Resource` names.
#[derive(Debug, Clone, PartialEq)]
pub enum Resource {
    /// A function's ARN, or any other text: the task's result is the function's answer.
    Function(Arc<str>),
    /// An activity's ARN: a worker takes the task.
    Activity(Arc<str>),
    /// A service integration.
    Service {
        /// The resource, as written.
        arn: Arc<str>,
        /// Its names in events.
        names: TaskResource,
        /// How it is answered.
        pattern: Pattern,
    },
}

/// How a service integration is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// With the service's own answer.
    RequestResponse,
    /// `.sync` and `.sync:2`: when the job that it started is done.
    Sync,
    /// `.waitForTaskToken`: by somebody who has the token.
    Callback,
}

impl Resource {
    /// Reads a `Resource`; every text names something.
    pub fn parse(text: &str) -> Self {
        let arn: Arc<str> = Arc::from(text);
        let mut parts = text.splitn(6, ':');
        let head: Vec<&str> = parts.by_ref().take(5).collect();
        match (head.as_slice(), parts.next()) {
            (["arn", _, "states", "", ""], Some(rest)) => {
                service(&arn, rest).unwrap_or(Resource::Function(arn))
            }
            (["arn", _, "states", _, _], Some(rest)) if rest.starts_with("activity:") => {
                Resource::Activity(arn)
            }
            _ => Resource::Function(arn),
        }
    }

    /// The resource, as written.
    pub fn arn(&self) -> &Arc<str> {
        match self {
            Resource::Function(arn) | Resource::Activity(arn) | Resource::Service { arn, .. } => {
                arn
            }
        }
    }

    /// Whether somebody sends heartbeats for it; `HeartbeatSeconds` has no effect on other tasks (asl-rules 15).
    pub fn takes_heartbeats(&self) -> bool {
        match self {
            Resource::Function(_) => false,
            Resource::Activity(_) => true,
            Resource::Service { pattern, .. } => *pattern == Pattern::Callback,
        }
    }

    /// Whether a token can answer it: always for activities and callbacks, early for jobs (feature map, INT-02).
    pub fn has_token(&self) -> bool {
        match self {
            Resource::Function(_) => false,
            Resource::Activity(_) => true,
            Resource::Service { pattern, .. } => match pattern {
                Pattern::Callback | Pattern::Sync => true,
                Pattern::RequestResponse => false,
            },
        }
    }
}

fn service(arn: &Arc<str>, rest: &str) -> Option<Resource> {
    let suffixes = [
        (".waitForTaskToken", Pattern::Callback),
        (".sync:2", Pattern::Sync),
        (".sync", Pattern::Sync),
    ];
    let found = suffixes.into_iter().find_map(|(suffix, pattern)| {
        rest.strip_suffix(suffix)
            .map(|stem| (stem, suffix, pattern))
    });
    let (stem, suffix, pattern) = found.unwrap_or((rest, "", Pattern::RequestResponse));
    let (service, api) = stem.rsplit_once(':')?;
    let names = TaskResource {
        resource_type: Arc::from(service),
        resource: Arc::from(format!("{api}{suffix}")),
    };
    Some(Resource::Service {
        arn: arn.clone(),
        names,
        pattern,
    })
}
