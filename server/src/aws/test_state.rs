//! TestState (feature map, 9.6): one state, run on its own by [`asl::test_state`]. A task without a mock is run by its
//! connector; nothing is kept.

use super::AwsError;
use super::limits::{ARN, CAUSE, DATA, DEFINITION, ERROR, NAME};
use super::shape::{Member, Shape, optional, required};
use crate::app::App;
use crate::connectors::{Secrets, Trace};
use crate::ids;
use asl::machine::{Input, Moment};
use asl::test_state::{
    Configuration, ErrorOutput, FieldValidationMode, InspectionLevel, Mock, Progress, Reply,
    Surroundings, TestState,
};
use serde::Deserialize;
use serde_json::Value;

const ERROR_OUTPUT: Shape = Shape::Structure(&[optional("error", ERROR), optional("cause", CAUSE)]);
const MOCK: Shape = Shape::Structure(&[
    optional("result", DATA),
    optional("errorOutput", ERROR_OUTPUT),
    optional(
        "fieldValidationMode",
        Shape::OneOf(&["STRICT", "PRESENT", "NONE"]),
    ),
]);
const COUNT: Shape = Shape::Integer {
    min: 0,
    max: i32::MAX as i64,
};
const CONFIGURATION: Shape = Shape::Structure(&[
    optional("retrierRetryCount", COUNT),
    optional("errorCausedByState", NAME),
    optional("mapIterationFailureCount", COUNT),
    optional("mapItemReaderData", DATA),
]);

pub(super) const INPUT: &[Member] = &[
    required("definition", DEFINITION),
    optional("roleArn", ARN),
    optional("input", DATA),
    optional("inspectionLevel", Shape::OneOf(&["INFO", "DEBUG", "TRACE"])),
    optional("revealSecrets", Shape::Flag),
    optional("variables", DATA),
    optional("stateName", NAME),
    optional("mock", MOCK),
    optional("context", DATA),
    optional("stateConfiguration", CONFIGURATION),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    definition: String,
    role_arn: Option<String>,
    input: Option<String>,
    inspection_level: Option<Level>,
    reveal_secrets: Option<bool>,
    variables: Option<String>,
    state_name: Option<String>,
    mock: Option<MockMember>,
    context: Option<String>,
    state_configuration: Option<ConfigurationMember>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Level {
    Info,
    Debug,
    Trace,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MockMember {
    result: Option<String>,
    error_output: Option<ErrorMember>,
    field_validation_mode: Option<Mode>,
}

#[derive(Debug, Deserialize)]
struct ErrorMember {
    error: Option<String>,
    cause: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Mode {
    Strict,
    Present,
    None,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConfigurationMember {
    retrier_retry_count: Option<u64>,
    error_caused_by_state: Option<String>,
    map_iteration_failure_count: Option<u64>,
    map_item_reader_data: Option<String>,
}

impl From<Request> for asl::test_state::Request {
    fn from(request: Request) -> Self {
        Self {
            definition: request.definition,
            state_name: request.state_name,
            input: request.input,
            variables: request.variables,
            context: request.context,
            role_arn: request.role_arn,
            inspection_level: request.inspection_level.map(Into::into).unwrap_or_default(),
            reveal_secrets: request.reveal_secrets.unwrap_or(false),
            mock: request.mock.map(Into::into),
            configuration: request.state_configuration.unwrap_or_default().into(),
        }
    }
}

impl From<Level> for InspectionLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Info => Self::Info,
            Level::Debug => Self::Debug,
            Level::Trace => Self::Trace,
        }
    }
}

impl From<MockMember> for Mock {
    fn from(mock: MockMember) -> Self {
        let error = |member: ErrorMember| ErrorOutput {
            error: member.error,
            cause: member.cause,
        };
        Self {
            result: mock.result,
            error_output: mock.error_output.map(error),
            field_validation_mode: mock
                .field_validation_mode
                .map(Into::into)
                .unwrap_or_default(),
        }
    }
}

impl From<Mode> for FieldValidationMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Strict => Self::Strict,
            Mode::Present => Self::Present,
            Mode::None => Self::None,
        }
    }
}

impl From<ConfigurationMember> for Configuration {
    fn from(member: ConfigurationMember) -> Self {
        Self {
            retrier_retry_count: member.retrier_retry_count,
            error_caused_by_state: member.error_caused_by_state,
            map_iteration_failure_count: member.map_iteration_failure_count,
            map_item_reader_data: member.map_item_reader_data,
        }
    }
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let around = Surroundings {
        region: app.config.home.region.clone(),
        account_id: app.config.home.account_id.clone(),
        machine_name: ids::uuid()?,
        execution_name: ids::uuid()?,
    };
    let (machine, execution) = (around.machine_name.clone(), around.execution_name.clone());
    let trace = trace(&request);
    let moment = moment(app)?;
    // A long definition or an expression takes a while: not in the way of other requests.
    let begun = tokio::task::spawn_blocking(move || {
        let mut test = TestState::new(&request.into(), &around, moment)?;
        let progress = test.begin(moment)?;
        Ok::<_, AwsError>((test, progress))
    });
    let begun = begun.await;
    let (test, progress) =
        begun.map_err(|_| AwsError::Internal("The state could not be tested".into()))??;
    let reply = match progress {
        Progress::Done(reply) => reply,
        Progress::Task(task) => {
            let execution = app.config.home.execution(&machine, &execution);
            let id = task.task;
            let answer = app.engine.run_alone(execution, task, trace.clone()).await;
            finish(app, test, answer.into_input(id)).await?
        }
    };
    let mut wire = reply.to_wire();
    if let Some(trace) = trace {
        add_trace(&mut wire, &trace);
    }
    Ok(wire)
}

/// Where to note what an HTTP task sends, when it is to be shown.
fn trace(request: &Request) -> Option<Trace> {
    let secrets = match request.reveal_secrets {
        Some(true) => Secrets::Revealed,
        Some(false) | None => Secrets::Hidden,
    };
    match request.inspection_level {
        Some(Level::Trace) => Some(Trace::new(secrets)),
        Some(Level::Info | Level::Debug) | None => None,
    }
}

/// Puts what was really sent and received in the place of what the definition and the result tell of it.
fn add_trace(wire: &mut Value, trace: &Trace) {
    let seen = trace.seen();
    for (name, value) in [("request", seen.request), ("response", seen.response)] {
        if let Some(value) = value {
            wire["inspectionData"][name] = value;
        }
    }
}

async fn finish(app: &App, mut test: TestState, input: Input) -> Result<Reply, AwsError> {
    let moment = moment(app)?;
    let done = tokio::task::spawn_blocking(move || test.take(input, moment)).await;
    done.map_err(|_| AwsError::Internal("The state could not be tested".into()))
}

fn moment(app: &App) -> Result<Moment, AwsError> {
    Ok(Moment {
        now_ms: app.engine.now_ms(),
        entropy: ids::random()?,
    })
}
