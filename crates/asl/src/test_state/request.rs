//! What is asked of a test (feature map 9.6), and what may be asked together.

use super::refusal::Refusal;

/// A test of one state. All documents are JSON texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// A state, or a whole machine with `state_name`.
    pub definition: String,
    /// The state of a whole machine, at any depth.
    pub state_name: Option<String>,
    /// The state's input; `{}` when absent.
    pub input: Option<String>,
    /// Machine variables, an object.
    pub variables: Option<String>,
    /// Members of the context object that differ from what the test would give.
    pub context: Option<String>,
    /// The role that the state would run as.
    pub role_arn: Option<String>,
    /// How much the reply tells.
    pub inspection_level: InspectionLevel,
    /// Whether secrets of an HTTP task are shown.
    pub reveal_secrets: bool,
    /// What the state's work is said to give.
    pub mock: Option<Mock>,
    /// What is said to have happened before.
    pub configuration: Configuration,
}

/// How much a reply tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InspectionLevel {
    /// The outcome alone.
    #[default]
    Info,
    /// Every intermediate value as well.
    Debug,
    /// The request and response of an HTTP task as well.
    Trace,
}

/// What the state's work is said to give.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mock {
    /// Its result, as JSON text.
    pub result: Option<String>,
    /// Its error.
    pub error_output: Option<ErrorOutput>,
    /// How the result is held against the API that the task would call.
    pub field_validation_mode: FieldValidationMode,
}

/// A mocked error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorOutput {
    /// The error's name.
    pub error: Option<String>,
    /// The cause.
    pub cause: Option<String>,
}

/// How a mocked result is held against the API that the task would call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldValidationMode {
    /// Required fields must be there, and what is there must fit.
    #[default]
    Strict,
    /// What is there must fit.
    Present,
    /// Not at all.
    None,
}

/// What is said to have happened before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Configuration {
    /// Retries that the retrier has made which takes the error.
    pub retrier_retry_count: Option<u64>,
    /// The state inside a Map or Parallel that failed.
    pub error_caused_by_state: Option<String>,
    /// Iterations of a Map that failed.
    pub map_iteration_failure_count: Option<u64>,
    /// What a Map's `ItemReader` has read, as it stands in its source.
    pub map_item_reader_data: Option<String>,
}

/// Names that the state sees in its context object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// For example `us-east-1`.
    pub region: String,
    /// Twelve digits.
    pub account_id: String,
    /// Name of the machine that the state is said to stand in.
    pub machine_name: String,
    /// Name of the execution.
    pub execution_name: String,
}

/// The mocked work of a state: one of the two is given.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum MockedWork {
    /// JSON text.
    Result(String),
    /// An error.
    Error(ErrorOutput),
}

impl Request {
    /// Refuses what cannot be asked together, whatever the definition is.
    pub(super) fn judge(&self) -> Result<Option<MockedWork>, Refusal> {
        let Some(mock) = &self.mock else {
            return self.judge_without_mock().map(|()| None);
        };
        let work = match (&mock.result, &mock.error_output) {
            (Some(result), None) => MockedWork::Result(result.clone()),
            (None, Some(error)) => MockedWork::Error(error.clone()),
            (Some(_), Some(_)) | (None, None) => return Err(Refusal::MockIsNotOne),
        };
        if self.reveal_secrets {
            return Err(Refusal::RevealSecretsWithMock);
        }
        Ok(Some(work))
    }

    fn judge_without_mock(&self) -> Result<(), Refusal> {
        let Configuration {
            retrier_retry_count,
            error_caused_by_state,
            map_iteration_failure_count,
            map_item_reader_data,
        } = &self.configuration;
        let given = [
            (
                "MapIterationFailureCount",
                map_iteration_failure_count.is_some(),
            ),
            ("RetrierRetryCount", retrier_retry_count.is_some()),
            ("ErrorCausedByState", error_caused_by_state.is_some()),
            ("MapItemReaderData", map_item_reader_data.is_some()),
            ("Context", self.context.is_some()),
        ];
        match given.into_iter().find(|(_, given)| *given) {
            Some((field, _)) => Err(Refusal::NeedsMock(field)),
            None => Ok(()),
        }
    }
}
