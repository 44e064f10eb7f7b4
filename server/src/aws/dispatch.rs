//! From an HTTP request to an operation and back: target, body, limits, errors, headers (feature map, 9.1).

use super::body::{BodyError, read_body};
use super::error::AwsError;
use super::limits::MAX_BODY;
use super::shape::{Member, judge};
use super::signature::{Signed, is_of_studio, verify};
use crate::app::App;
use crate::ids::uuid;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// What stands before the operation's name in `X-Amz-Target`.
const STATES_PREFIX: &str = "AWSStepFunctions.";
/// The same for the operations on connections.
const EVENTS_PREFIX: &str = "AWSEvents.";
/// Longest time for one request: GetActivityTask waits up to 60 seconds (API-112).
const TIME_LIMIT: Duration = Duration::from_secs(75);
/// Longest time for one request that runs something to its end, which takes five minutes at most (API-906, TS-01).
const RUN_TIME_LIMIT: Duration = Duration::from_secs(315);

/// Answers one request of the AWS API. Any credentials will do, unless the settings name keys.
pub(crate) async fn answer(State(app): State<Arc<App>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let target = target(&parts.headers);
    let operation = target.as_ref().map_or("", Target::operation).to_owned();
    let limit = target.map_or(TIME_LIMIT, |target| target.time_limit());
    let answered = tokio::time::timeout(limit, perform(&app, &parts, body)).await;
    let result = answered.unwrap_or(Err(AwsError::RequestTimeout));
    match &result {
        Ok(_) => tracing::debug!(operation, "answered"),
        Err(AwsError::Internal(why)) => tracing::error!(operation, why, "failed"),
        Err(error) => tracing::debug!(operation, code = error.code(), "refused"),
    }
    match result {
        Ok(value) => reply(StatusCode::OK, value.into_text()),
        Err(error) => refusal(&error),
    }
}

/// What an operation answers.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A value that is to be written.
    Value(Value),
    /// JSON that is text already.
    Text(String),
}

impl From<Value> for Answer {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

impl Answer {
    /// The answer as a value; `None` when the text is no JSON.
    pub(super) fn into_value(self) -> Option<Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Text(text) => serde_json::from_str(&text).ok(),
        }
    }

    fn into_text(self) -> String {
        match self {
            Self::Value(value) => value.to_string(),
            Self::Text(text) => text,
        }
    }
}

async fn perform(app: &App, parts: &Parts, body: Body) -> Result<Answer, AwsError> {
    check_content_type(&parts.headers)?;
    let target = target(&parts.headers)?;
    target.check()?;
    let bytes = read_body(body, MAX_BODY)
        .await
        .map_err(|error| match error {
            BodyError::TooLong => AwsError::RequestEntityTooLarge(MAX_BODY),
            BodyError::Broken => AwsError::Serialization("The request body broke off".into()),
        })?;
    check_signature(app, parts, &bytes, target)?;
    let request = parse(&bytes)?;
    match target {
        Target::States(operation) => Operation::find(operation)?.perform(app, request).await,
        Target::Events(operation) => {
            let answered = super::events::perform(app, operation, request).await;
            answered.map(Answer::from)
        }
    }
}

/// Refuses a request that is not signed as the settings demand; pages of the studio have no keys.
fn check_signature(
    app: &App,
    parts: &Parts,
    body: &[u8],
    target: Target<'_>,
) -> Result<(), AwsError> {
    let Some(keys) = &app.config.access_keys else {
        return Ok(());
    };
    if is_of_studio(&parts.headers) {
        return Ok(());
    }
    let signed = Signed {
        headers: &parts.headers,
        query: parts.uri.query(),
        body,
        service: target.service(),
    };
    verify(signed, keys, app.engine.now_ms())
}

/// Which operation of which service a request names.
#[derive(Debug, Clone, Copy)]
enum Target<'h> {
    /// One of Step Functions.
    States(&'h str),
    /// One of EventBridge.
    Events(&'h str),
}

impl<'h> Target<'h> {
    fn parse(text: &'h str) -> Option<Self> {
        let states = text.strip_prefix(STATES_PREFIX).map(Self::States);
        states.or_else(|| text.strip_prefix(EVENTS_PREFIX).map(Self::Events))
    }

    fn operation(&self) -> &'h str {
        match self {
            Self::States(operation) | Self::Events(operation) => operation,
        }
    }

    /// The service's name in the scope of a signature.
    fn service(self) -> &'static str {
        match self {
            Self::States(_) => "states",
            Self::Events(_) => "events",
        }
    }

    fn time_limit(self) -> Duration {
        match self {
            Self::States(name) => Operation::find(name).map_or(TIME_LIMIT, Operation::time_limit),
            Self::Events(_) => TIME_LIMIT,
        }
    }

    /// Refuses an operation that is not there before its body is read.
    fn check(self) -> Result<(), AwsError> {
        match self {
            Self::States(name) => Operation::find(name).map(drop),
            Self::Events(name) => super::events::check(name),
        }
    }
}

/// Scripts of other sites can only send a few harmless content types without asking, so one of ours is demanded.
fn check_content_type(headers: &HeaderMap) -> Result<(), AwsError> {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = given
        .and_then(|text| text.split(';').next())
        .unwrap_or_default()
        .trim();
    let known = [
        "application/x-amz-json-1.0",
        "application/x-amz-json-1.1",
        "application/json",
    ];
    if known
        .iter()
        .any(|known| known.eq_ignore_ascii_case(essence))
    {
        return Ok(());
    }
    Err(AwsError::Serialization(
        "The header Content-Type must be application/x-amz-json-1.0".into(),
    ))
}

/// The operation that the header `X-Amz-Target` names.
fn target(headers: &HeaderMap) -> Result<Target<'_>, AwsError> {
    let Some(value) = headers.get("x-amz-target") else {
        return Err(AwsError::UnknownOperation(
            "The header X-Amz-Target is missing: it names the operation, as in AWSStepFunctions.ListStateMachines".into(),
        ));
    };
    value.to_str().ok().and_then(Target::parse).ok_or_else(|| {
        let given = String::from_utf8_lossy(value.as_bytes());
        AwsError::UnknownOperation(format!("'{given}' is no operation of AWSStepFunctions"))
    })
}

/// The operation that a request names, when this server has it; those on connections count as one.
pub(crate) fn operation_name(headers: &HeaderMap) -> Option<&'static str> {
    match target(headers).ok()? {
        Target::States(operation) => {
            let mut names = Operation::NAMES.iter().copied();
            names.find(|name| *name == operation)
        }
        Target::Events(_) => Some("AWSEvents"),
    }
}

/// The request as JSON; an empty body counts as `{}`.
fn parse(bytes: &[u8]) -> Result<Value, AwsError> {
    if bytes.is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        AwsError::Serialization(format!(
            "The request body is not JSON that can be read: {error}"
        ))
    })
}

/// Judges a request by its table and gives it its type.
pub(super) fn read<R: DeserializeOwned>(
    request: Value,
    members: &'static [Member],
) -> Result<R, AwsError> {
    judge(&request, members)?;
    serde_json::from_value(request).map_err(|error| AwsError::Serialization(error.to_string()))
}

/// A refusal as AWS writes it.
pub(crate) fn refusal(error: &AwsError) -> Response {
    let mut response = reply(error.status(), error.body().to_string());
    let kind = HeaderValue::from_static(error.code());
    response
        .headers_mut()
        .insert(HeaderName::from_static("x-amzn-errortype"), kind);
    response
}

fn reply(status: StatusCode, body: String) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/x-amz-json-1.0");
    headers.insert(header::CONTENT_TYPE, json);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(id) = uuid().ok().and_then(|id| HeaderValue::from_str(&id).ok()) {
        headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    response
}

/// Names every operation once: the enum, its reading by name and the call.
macro_rules! operations {
    ($($operation:ident => $module:ident),+ $(,)?) => {
        /// The operations that this server has.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Operation { $($operation),+ }

        impl Operation {
            /// AWS's names of all of them.
            const NAMES: &[&str] = &[$(stringify!($operation)),+];

            /// All of them.
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$operation),+];

            /// Reads AWS's name.
            pub(super) fn find(name: &str) -> Result<Self, AwsError> {
                match name {
                    $(stringify!($operation) => Ok(Self::$operation),)+
                    _ => Err(AwsError::UnknownOperation(format!("This server has no operation named '{name}'"))),
                }
            }

            /// What its requests must look like.
            pub(super) fn members(self) -> &'static [Member] {
                match self {
                    $(Self::$operation => super::$module::INPUT,)+
                }
            }

            pub(super) async fn perform(self, app: &App, request: Value) -> Result<Answer, AwsError> {
                match self {
                    $(Self::$operation => {
                        let request = read(request, self.members())?;
                        super::$module::answer(app, request).await.map(Answer::from)
                    })+
                }
            }
        }
    };
}

operations! {
    CreateActivity => create_activity,
    CreateStateMachine => create_state_machine,
    CreateStateMachineAlias => create_state_machine_alias,
    DeleteActivity => delete_activity,
    DeleteStateMachine => delete_state_machine,
    DeleteStateMachineAlias => delete_state_machine_alias,
    DeleteStateMachineVersion => delete_state_machine_version,
    DescribeActivity => describe_activity,
    DescribeExecution => describe_execution,
    DescribeMapRun => describe_map_run,
    DescribeStateMachine => describe_state_machine,
    DescribeStateMachineAlias => describe_state_machine_alias,
    DescribeStateMachineForExecution => describe_state_machine_for_execution,
    GetActivityTask => get_activity_task,
    GetExecutionHistory => get_execution_history,
    ListActivities => list_activities,
    ListExecutions => list_executions,
    ListMapRuns => list_map_runs,
    ListStateMachineAliases => list_state_machine_aliases,
    ListStateMachineVersions => list_state_machine_versions,
    ListStateMachines => list_state_machines,
    ListTagsForResource => list_tags_for_resource,
    PublishStateMachineVersion => publish_state_machine_version,
    RedriveExecution => redrive_execution,
    SendTaskFailure => send_task_failure,
    SendTaskHeartbeat => send_task_heartbeat,
    SendTaskSuccess => send_task_success,
    StartExecution => start_execution,
    StartSyncExecution => start_sync_execution,
    StopExecution => stop_execution,
    TagResource => tag_resource,
    TestState => test_state,
    UntagResource => untag_resource,
    UpdateMapRun => update_map_run,
    UpdateStateMachine => update_state_machine,
    UpdateStateMachineAlias => update_state_machine_alias,
    ValidateStateMachineDefinition => validate_state_machine_definition,
}

/// Every operation as `X-Amz-Target` names it, with what its requests must look like.
#[cfg(test)]
pub(crate) fn targets() -> Vec<(String, &'static [Member])> {
    let states = Operation::NAMES.iter().zip(Operation::ALL);
    let states =
        states.map(|(name, operation)| (format!("{STATES_PREFIX}{name}"), operation.members()));
    let events = super::events::TABLES.iter();
    let events = events.map(|(name, members)| (format!("{EVENTS_PREFIX}{name}"), *members));
    states.chain(events).collect()
}

impl Operation {
    fn time_limit(self) -> Duration {
        if matches!(self, Self::StartSyncExecution | Self::TestState) {
            RUN_TIME_LIMIT
        } else {
            TIME_LIMIT
        }
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_deep_or_broken_body_is_a_serialization_error() {
        for body in ["{", "nope", &"[".repeat(200_000), "{\"a\": \"\u{0}\"}"] {
            assert!(matches!(
                parse(body.as_bytes()),
                Err(AwsError::Serialization(_))
            ));
        }
        assert!(matches!(
            parse(b"\"\xff\""),
            Err(AwsError::Serialization(_))
        ));
        assert!(matches!(
            parse(br#""\ud800""#),
            Err(AwsError::Serialization(_))
        ));
    }

    #[test]
    fn every_operation_is_found_by_its_own_name_only() {
        for name in Operation::NAMES {
            assert!(Operation::find(name).is_ok());
            assert!(Operation::find(&name.to_lowercase()).is_err());
        }
    }
}
