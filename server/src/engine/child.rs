//! Executions started by executions: `states:startExecution`, also `.sync`, `.sync:2` and `.waitForTaskToken`, and
//! `aws-sdk:sfn:startExecution`. Every other call of `aws-sdk:sfn` is one of the API's (`aws/integration.rs`).
//!
//! What is refused, and why, is decided by the API's own StartExecution. A child that a task waits for is linked to it on
//! disk (`store/waiting.rs`), and stopped when the task is given up.

use super::perform::Child;
use super::{
    Engine, Inner, Progress, StartError, StartRequest, Started, finish_anyway, redrive_status,
};
use crate::arn::ExecutionArn;
use crate::aws::{self, AwsError, Style};
use crate::connectors::{Asked, Connector, Job, Ran, TaskAnswer};
use crate::ids;
use crate::store::waiting::WaitedBy;
use crate::store::{Execution, ExecutionStatus, StoreError};
use asl::definition::{Pattern, Resource};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Weak};
use tokio::sync::watch;
use tokio::sync::watch::error::RecvError;

/// Starts executions for tasks.
#[derive(Debug, Clone)]
pub(super) struct Children(Weak<Inner>);

fn call_of(resource: &Resource) -> Option<(Style, Pattern)> {
    let Resource::Service { names, pattern, .. } = resource else {
        return None;
    };
    let style = match &*names.resource_type {
        "states" => Style::Optimised,
        "aws-sdk:sfn" => Style::Sdk,
        _ => return None,
    };
    (names.resource.split('.').next()? == "startExecution").then_some((style, *pattern))
}

/// Whether a task of this resource waits for a child.
pub(super) fn of_task(resource: &str) -> Child {
    match call_of(&Resource::parse(resource)) {
        Some((_, Pattern::Sync)) => Child::Waited,
        Some((_, Pattern::RequestResponse | Pattern::Callback)) | None => Child::None,
    }
}

impl Children {
    pub(super) fn new(engine: &Weak<Inner>) -> Self {
        Self(engine.clone())
    }

    async fn work(self, job: Job) -> Ran {
        let resource = Resource::parse(&job.request.resource);
        let (Some(inner), Some((style, pattern))) = (self.0.upgrade(), call_of(&resource)) else {
            return Ran::Answer(TaskAnswer::broken());
        };
        let ran = start(Engine { inner }, style, pattern, &job).await;
        ran.unwrap_or_else(|refused| Ran::Answer(aws::failed_call(&refused, style)))
    }
}

/// What is to be started. An execution without a name gets one that is the same whenever this task is asked.
fn wanted(job: &Job) -> Result<StartRequest, AwsError> {
    let parameters: Value = serde_json::from_str(&job.request.input).unwrap_or_default();
    let mut request = aws::start_request(&parameters)?;
    request.name.get_or_insert_with(|| name_of(job));
    Ok(request)
}

async fn start(engine: Engine, style: Style, pattern: Pattern, job: &Job) -> Result<Ran, AwsError> {
    let mut request = wanted(job)?;
    if request.trace_header.is_none() {
        request.trace_header.clone_from(&job.asker.trace_header);
    }
    if pattern == Pattern::Sync {
        return start_and_wait(engine, style, job, request).await;
    }
    let started = match begin(&engine, request.clone(), None, job.asked).await {
        Err(StartError::Express(_)) => {
            let started = engine.start_express(request).await?;
            started_document(style, started.arn.as_str(), started.start_ms)
        }
        begun => begun.map(|it| started_document(style, it.arn.as_str(), it.start_ms))?,
    };
    let output = started.into();
    Ok(Ran::Answer(match pattern {
        Pattern::RequestResponse | Pattern::Sync => TaskAnswer::Succeeded { output },
        Pattern::Callback => TaskAnswer::Submitted { output },
    }))
}

async fn start_and_wait(
    engine: Engine,
    style: Style,
    job: &Job,
    request: StartRequest,
) -> Result<Ran, AwsError> {
    let parent = engine
        .inner
        .store
        .execution_id(&job.asker.execution)
        .await?;
    let task = job.request.task.0;
    let waited_by = parent.map(|execution| WaitedBy { execution, task });
    let begun = begin(&engine, request, waited_by, job.asked).await?;
    let output = started_document(style, begun.arn.as_str(), begun.start_ms);
    let parsed = job.request.resource.ends_with(":2");
    let end = async move { end_of(&engine, &begun.arn, parsed).await };
    Ok(Ran::Begun {
        output: output.into(),
        end: end.boxed(),
    })
}

/// Starts the child. One that was started before the server was started again is the same one, even when it has ended.
async fn begin(
    engine: &Engine,
    request: StartRequest,
    waited_by: Option<WaitedBy>,
    asked: Asked,
) -> Result<Started, StartError> {
    let inner = Arc::clone(&engine.inner);
    let begun = finish_anyway(async move { inner.start_child(request, waited_by).await }).await?;
    match begun {
        Err(StartError::AlreadyExists(arn)) if asked != Asked::First => {
            let found = engine.inner.store.execution(&arn).await?;
            match found {
                Some(found) => Ok(Started {
                    arn,
                    start_ms: found.summary.start_ms,
                }),
                None => Err(StartError::AlreadyExists(arn)),
            }
        }
        begun => begun,
    }
}

impl Inner {
    /// Starts a child. When its task was given up meanwhile, nobody else would stop it.
    async fn start_child(
        self: &Arc<Self>,
        request: StartRequest,
        waited_by: Option<WaitedBy>,
    ) -> Result<Started, StartError> {
        let started = self.start_execution(request, waited_by).await?;
        if let Some(by) = waited_by {
            self.stop_orphans(Some(by.execution)).await?;
        }
        Ok(started)
    }
}

/// A name that is the same whenever this task is asked: a UUID made from the parent and the task.
fn name_of(job: &Job) -> String {
    let hash = Sha256::digest(format!("{} {}", job.asker.execution, job.request.task.0));
    let hex: String = hash
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ]
    .join("-")
}

/// What StartExecution answers, as the integration shows it. The call went over no wire, so there are no headers.
fn started_document(style: Style, arn: &str, start_ms: i64) -> String {
    match style {
        Style::Optimised => json!({
            "ExecutionArn": arn,
            "SdkHttpMetadata": {"AllHttpHeaders": {}, "HttpHeaders": {}, "HttpStatusCode": 200},
            "SdkResponseMetadata": {"RequestId": ids::uuid().unwrap_or_default()},
            "StartDate": start_ms,
        }),
        Style::Sdk => {
            let at = jiff::Timestamp::from_millisecond(start_ms).unwrap_or_default();
            json!({"ExecutionArn": arn, "StartDate": format!("{at:.3}")})
        }
    }
    .to_string()
}

/// Waits for the news that an execution has ended. Its steps may be many, and only the end is worth a reading.
async fn until_finished(progress: &mut watch::Receiver<Progress>) -> Result<(), RecvError> {
    loop {
        progress.changed().await?;
        if progress.borrow_and_update().finished {
            return Ok(());
        }
    }
}

/// Waits until the child has ended.
async fn end_of(engine: &Engine, arn: &ExecutionArn, parsed: bool) -> TaskAnswer {
    let mut progress = engine.subscribe_execution(arn);
    loop {
        match engine.inner.store.execution(arn).await {
            Ok(Some(child)) if child.summary.status == ExecutionStatus::Running => {}
            Ok(Some(child)) => return ended(&child, parsed, engine.now_ms()),
            Ok(None) => {
                return TaskAnswer::failed(
                    "States.TaskFailed",
                    format!("The execution {arn} is gone."),
                );
            }
            Err(StoreError::Closed) => return std::future::pending().await,
            Err(error) => return TaskAnswer::failed("States.TaskFailed", error.to_string()),
        }
        if until_finished(&mut progress).await.is_err() {
            progress = engine.subscribe_execution(arn);
        }
    }
}

/// The child's description, with redrive as in recordings since that exists; its texts are JSON values in `.sync:2`.
fn ended(child: &Execution, parsed: bool, now_ms: i64) -> TaskAnswer {
    let payload = |text: &str| match serde_json::from_str::<Value>(text) {
        Ok(value) if parsed => value,
        Ok(_) | Err(_) => Value::from(text),
    };
    let summary = &child.summary;
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| drop(document.insert(name.to_owned(), value));
    if summary.status != ExecutionStatus::Succeeded {
        child
            .cause
            .iter()
            .for_each(|cause| put("Cause", cause.as_str().into()));
        child
            .error
            .iter()
            .for_each(|error| put("Error", error.as_str().into()));
    }
    put("ExecutionArn", summary.arn.as_str().into());
    put("Input", payload(&child.input));
    put("InputDetails", json!({"Included": true}));
    put("Name", summary.arn.name().into());
    if let Some(output) = &child.output {
        put("Output", payload(output));
        put("OutputDetails", json!({"Included": true}));
    }
    put("RedriveCount", summary.redrive_count.into());
    let redrive = redrive_status(child, now_ms);
    put("RedriveStatus", redrive.name().into());
    if let Some(reason) = redrive.reason() {
        put("RedriveStatusReason", reason.to_string().into());
    }
    put("StartDate", summary.start_ms.into());
    if let Some(alias) = &summary.alias_arn {
        put("StateMachineAliasArn", alias.as_str().into());
    }
    put("StateMachineArn", summary.machine_arn.as_str().into());
    if let Some(version) = &summary.version_arn {
        put("StateMachineVersionArn", version.as_str().into());
    }
    put("Status", summary.status.name().into());
    put("StopDate", summary.stop_ms.into());
    let document = Value::Object(document).to_string();
    match summary.status {
        ExecutionStatus::Succeeded => TaskAnswer::Succeeded {
            output: document.into(),
        },
        ExecutionStatus::Running
        | ExecutionStatus::Failed
        | ExecutionStatus::TimedOut
        | ExecutionStatus::Aborted => TaskAnswer::failed("States.TaskFailed", document),
    }
}

impl Connector for Children {
    fn serves(&self, resource: &Resource) -> bool {
        call_of(resource).is_some()
    }

    fn describe(&self) -> String {
        "This server".into()
    }

    fn calls_out(&self) -> bool {
        false
    }

    fn run(&self, job: Job) -> BoxFuture<'static, Ran> {
        self.clone().work(job).boxed()
    }
}
