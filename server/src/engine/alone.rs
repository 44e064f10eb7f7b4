//! A task that no execution asked for: what TestState runs for real. Nothing of it is kept.

use super::Engine;
use crate::arn::ExecutionArn;
use crate::connectors::{Asked, Asker, Job, Ran, Refusal, TaskAnswer, Trace};
use asl::definition::Resource;
use asl::machine::{FailurePoint, TaskRequest};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// Longest time for one task (feature map, TS-01).
const TIME_LIMIT: Duration = Duration::from_secs(300);

impl Engine {
    /// Runs a task by its connector, for an execution that is only said to be there. It fails with `States.Timeout`
    /// after its own limit, or after five minutes.
    pub(crate) async fn run_alone(
        &self,
        execution: ExecutionArn,
        request: TaskRequest,
        trace: Option<Trace>,
    ) -> TaskAnswer {
        let resource = Resource::parse(&request.resource);
        let connector = match self.inner.connectors.find(&resource) {
            Ok(connector) => connector,
            Err(Refusal { error, cause }) => {
                return TaskAnswer::Failed {
                    error: Some(error),
                    cause: Some(cause),
                    at: FailurePoint::Schedule,
                };
            }
        };
        let limit = request.timeout_seconds.map(Duration::from_secs);
        let limit = limit.map_or(TIME_LIMIT, |limit| limit.min(TIME_LIMIT));
        let asker = Asker {
            execution,
            trace_header: None,
        };
        let job = Job {
            asker,
            request,
            asked: Asked::First,
            trace,
        };
        let calls = self.inner.calls.clone();
        let work = async move {
            let _permit = match connector.calls_out() {
                true => calls.entered(job.deployed_name()).await,
                false => None,
            };
            match connector.run(job).await {
                Ran::Answer(answer) => answer,
                Ran::Begun { end, .. } => end.await,
            }
        };
        let work = AssertUnwindSafe(work).catch_unwind();
        match tokio::time::timeout(limit, work).await {
            Ok(answer) => answer.unwrap_or_else(|_| TaskAnswer::broken()),
            Err(_) => TaskAnswer::Failed {
                error: Some("States.Timeout".into()),
                cause: None,
                at: FailurePoint::Work,
            },
        }
    }
}
