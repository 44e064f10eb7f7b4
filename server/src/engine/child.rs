//! Step Functions' own tasks, served by this server itself: executions started by executions
//! (`states:startExecution`, also `.sync` and `.waitForTaskToken`), and `aws-sdk:sfn` calls.
//!
//! Stopping the parent does not stop a child that runs.

use super::{AnswerError, Engine, Inner, StartError, StartRequest};
use crate::arn::{ExecutionArn, MachineArn};
use crate::connectors::{Asked, Connector, Job, Ran, TaskAnswer};
use crate::ids;
use crate::store::{Execution, ExecutionStatus, StoreError};
use asl::definition::{Pattern, Resource};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::sync::Weak;

/// Runs Step Functions' own tasks.
#[derive(Debug, Clone)]
pub(super) struct Children(Weak<Inner>);

/// Which integration asks: their errors and results differ (asl-rules 18).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `states:…`
    Optimised,
    /// `aws-sdk:sfn:…`
    Sdk,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    Start,
    Success,
    Failure,
    Heartbeat,
}

fn call_of(resource: &Resource) -> Option<(Style, Call, Pattern)> {
    let Resource::Service { names, pattern, .. } = resource else {
        return None;
    };
    let style = match &*names.resource_type {
        "states" => Style::Optimised,
        "aws-sdk:sfn" => Style::Sdk,
        _ => return None,
    };
    let call = match (names.resource.split('.').next()?, style) {
        ("startExecution", _) => Call::Start,
        ("sendTaskSuccess", Style::Sdk) => Call::Success,
        ("sendTaskFailure", Style::Sdk) => Call::Failure,
        ("sendTaskHeartbeat", Style::Sdk) => Call::Heartbeat,
        _ => return None,
    };
    Some((style, call, *pattern))
}

/// The call's parameters.
struct Parameters(Value);

impl Parameters {
    fn text(&self, field: &str) -> Option<String> {
        self.0.get(field).and_then(Value::as_str).map(str::to_owned)
    }

    /// JSON text: a text stands for itself, and anything else is written as JSON. Nothing and `null` are `{}`.
    fn json_text(&self, field: &str) -> String {
        match self.0.get(field) {
            None | Some(Value::Null) => "{}".into(),
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
        }
    }
}

impl Children {
    pub(super) fn new(engine: &Weak<Inner>) -> Self {
        Self(engine.clone())
    }

    async fn work(self, job: Job) -> Ran {
        let resource = Resource::parse(&job.request.resource);
        let (Some(inner), Some((style, call, pattern))) = (self.0.upgrade(), call_of(&resource))
        else {
            return Ran::Answer(TaskAnswer::broken());
        };
        let engine = Engine { inner };
        let parameters = Parameters(serde_json::from_str(&job.request.input).unwrap_or_default());
        let ran = match call {
            Call::Start => start(engine, style, pattern, &job, &parameters).await,
            Call::Success | Call::Failure | Call::Heartbeat => {
                send(&engine, call, &parameters).await.map(Ran::Answer)
            }
        };
        ran.unwrap_or_else(|failed| Ran::Answer(failed.answer(style)))
    }
}

/// What the API would have refused.
struct Refused {
    code: &'static str,
    message: String,
}

impl Refused {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// AWS's styles of error names and causes (asl-rules 18).
    fn answer(self, style: Style) -> TaskAnswer {
        let (Self { code, message }, id) = (self, ids::uuid().unwrap_or_default());
        match style {
            Style::Optimised => TaskAnswer::failed(
                format!("StepFunctions.{code}Exception"),
                format!(
                    "{message} (Service: AWSStepFunctions; Status Code: 400; Error Code: {code}; Request ID: {id}; Proxy: null)"
                ),
            ),
            Style::Sdk => TaskAnswer::failed(
                format!("Sfn.{code}Exception"),
                format!(
                    "{message} (Service: Sfn, Status Code: 400, Request ID: {id}) (SDK Attempt Count: 1)"
                ),
            ),
        }
    }
}

impl From<StartError> for Refused {
    fn from(error: StartError) -> Self {
        match error {
            StartError::MachineDoesNotExist(arn) => Self::new(
                "StateMachineDoesNotExist",
                format!("State Machine Does Not Exist: '{arn}'"),
            ),
            StartError::AlreadyExists(arn) => Self::new(
                "ExecutionAlreadyExists",
                format!("Execution Already Exists: '{arn}'"),
            ),
            StartError::Express(arn) => Self::new(
                "StateMachineTypeNotSupported",
                format!("State Machine Type Not Supported: '{arn}'"),
            ),
            error @ StartError::LimitExceeded => {
                Self::new("ExecutionLimitExceeded", error.to_string())
            }
            error @ (StartError::UnknownCase(_)
            | StartError::Definition(_)
            | StartError::Store(_)) => Self::new("Validation", error.to_string()),
        }
    }
}

impl From<AnswerError> for Refused {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::UnknownToken => {
                Self::new("InvalidToken", "Invalid Token: 'Invalid token'")
            }
            AnswerError::Closed => Self::new(
                "TaskTimedOut",
                "Task Timed Out: 'Provided task does not exist anymore'",
            ),
            error @ (AnswerError::AnsweredByPeople | AnswerError::Store(_)) => {
                Self::new("Validation", error.to_string())
            }
        }
    }
}

async fn send(engine: &Engine, call: Call, parameters: &Parameters) -> Result<TaskAnswer, Refused> {
    let token = parameters.text("TaskToken").unwrap_or_default();
    match call {
        Call::Success => {
            engine
                .task_success(&token, parameters.json_text("Output"))
                .await?
        }
        Call::Failure => {
            let (error, cause) = (parameters.text("Error"), parameters.text("Cause"));
            engine.task_failure(&token, error, cause).await?;
        }
        Call::Start | Call::Heartbeat => engine.task_heartbeat(&token).await?,
    }
    Ok(TaskAnswer::Succeeded {
        output: "{}".into(),
    })
}

async fn start(
    engine: Engine,
    style: Style,
    pattern: Pattern,
    job: &Job,
    parameters: &Parameters,
) -> Result<Ran, Refused> {
    let text = parameters.text("StateMachineArn").unwrap_or_default();
    let machine = MachineArn::parse(&text).ok_or_else(|| {
        Refused::new(
            "InvalidArn",
            format!("Invalid Arn: 'Invalid ARN prefix: {text}'"),
        )
    })?;
    let request = StartRequest {
        name: Some(parameters.text("Name").unwrap_or_else(|| name_of(job))),
        input: parameters.json_text("Input"),
        case: None,
        machine,
    };
    let express = request.clone();
    let (arn, start_ms) = match begin(&engine, request, job.asked).await {
        Err(StartError::Express(_)) if pattern == Pattern::RequestResponse => {
            let started = engine.start_express(express).await?;
            let output = started_document(style, started.arn.as_str(), started.start_ms);
            return Ok(Ran::Answer(TaskAnswer::Succeeded {
                output: output.into(),
            }));
        }
        begun => begun?,
    };
    let output = started_document(style, arn.as_str(), start_ms);
    Ok(match pattern {
        Pattern::RequestResponse => Ran::Answer(TaskAnswer::Succeeded {
            output: output.into(),
        }),
        Pattern::Callback => Ran::Answer(TaskAnswer::Submitted {
            output: output.into(),
        }),
        Pattern::Sync => {
            let parsed = job.request.resource.ends_with(":2");
            let end = async move { end_of(&engine, &arn, parsed).await };
            Ran::Begun {
                output: output.into(),
                end: end.boxed(),
            }
        }
    })
}

/// Starts the child. One that was started before the server was started again is the same one, even when it has ended.
async fn begin(
    engine: &Engine,
    request: StartRequest,
    asked: Asked,
) -> Result<(ExecutionArn, i64), StartError> {
    match engine.start_execution(request).await {
        Ok(started) => Ok((started.arn, started.start_ms)),
        Err(StartError::AlreadyExists(arn)) if asked != Asked::First => {
            let found = engine.inner.store.execution(&arn).await?;
            let start_ms = found.map(|execution| execution.summary.start_ms);
            start_ms
                .map(|start_ms| (arn.clone(), start_ms))
                .ok_or(StartError::AlreadyExists(arn))
        }
        Err(error) => Err(error),
    }
}

/// A name that is the same whenever this task is asked: a UUID made from the parent and the task.
fn name_of(job: &Job) -> String {
    let hash = Sha256::digest(format!("{} {}", job.execution, job.request.task.0));
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

/// Waits until the child has ended.
async fn end_of(engine: &Engine, arn: &ExecutionArn, parsed: bool) -> TaskAnswer {
    let mut progress = engine.subscribe_execution(arn);
    loop {
        match engine.inner.store.execution(arn).await {
            Ok(Some(child)) if child.summary.status == ExecutionStatus::Running => {}
            Ok(Some(child)) => return ended(&child, parsed),
            Ok(None) => {
                return TaskAnswer::failed(
                    "States.TaskFailed",
                    format!("The execution {arn} is gone."),
                );
            }
            Err(StoreError::Closed) => return std::future::pending().await,
            Err(error) => return TaskAnswer::failed("States.TaskFailed", error.to_string()),
        }
        if progress.changed().await.is_err() {
            progress = engine.subscribe_execution(arn);
        }
    }
}

/// The child's description; its texts are JSON values in `.sync:2`.
fn ended(child: &Execution, parsed: bool) -> TaskAnswer {
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
    put("StartDate", summary.start_ms.into());
    put("StateMachineArn", summary.machine_arn.as_str().into());
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

    fn run(&self, job: Job) -> BoxFuture<'static, Ran> {
        self.clone().work(job).boxed()
    }
}
