//! Why a test is refused, in AWS's words where they were recorded (asl-rules 19).

/// Why a test is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The definition has errors; holds `CODE: message at location`.
    #[error("Invalid State Machine Definition: '{0}'")]
    Definition(String),
    /// A Map or Parallel without a mock.
    #[error(
        "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]"
    )]
    StateNeedsMock,
    /// A task without a mock that no test can run; holds its `Resource`.
    #[error(
        "TestState API does not support the resource {0} when a mock is not specified. Activities, .sync and .waitForTaskToken need a mock"
    )]
    ResourceNeedsMock(String),
    /// The input is no JSON.
    #[error("Invalid State Machine Execution Input: '{0}'")]
    Input(String),
    /// No state of this name is in the definition.
    #[error("State not found in definition")]
    StateNotFound,
    /// A mock for a state that does its work itself; holds the type.
    #[error("State type '{0}' is not supported when a mock is specified")]
    TakesNoMock(&'static str),
    /// Something that makes sense with a mock only; holds its name.
    #[error("TestState does not support {0} when a mock is not specified.")]
    NeedsMock(&'static str),
    /// `revealSecrets` beside a mock.
    #[error("TestState does not support RevealSecrets when a mock is specified.")]
    RevealSecretsWithMock,
    /// A mock with both fields, or with none.
    #[error("A test mock should have only one of the following fields: [result, errorOutput].")]
    MockIsNotOne,
    /// A mocked result that is no JSON.
    #[error("Mocked result must be a valid JSON.")]
    ResultIsNoJson,
    /// A mocked result that is no array.
    #[error("Mocked result must be an array.")]
    ResultIsNoArray,
    /// A mocked result that is no object.
    #[error("Mocked result must be a JSON object.")]
    ResultIsNoObject,
    /// A mocked result of a Parallel with another length.
    #[error("Mocked result must contain the same number of items as number of Parallel branches.")]
    ResultIsNotOfEachBranch,
    /// A mocked result that does not fit the API; holds what is wrong with which field.
    #[error("Mock result schema validation error: {0}")]
    ResultDoesNotFit(String),
    /// More iterations failed than there are.
    #[error(
        "Map iteration failure count must be less than or equal to the number of Map iterations"
    )]
    TooManyFailures,
    /// A field of the configuration that the state has no use for; holds its name and the state's type.
    #[error("{0} is not supported for a state of type '{1}'")]
    Unfitting(&'static str, &'static str),
    /// A state that is said to have failed and is not inside the tested one; holds its name.
    #[error("The state '{0}' in ErrorCausedByState is not inside the tested state")]
    NotInside(String),
    /// A context object with a wrong member; holds what is wrong.
    #[error("Invalid Context object provided: {0}")]
    Context(String),
    /// Variables that are no JSON object.
    #[error("Invalid variables provided: they must be a JSON object")]
    Variables,
    /// A task that would run for real, without a role.
    #[error("RoleArn must be specified when testing a Task state without a mock")]
    NeedsRole,
}

/// Which of AWS's errors a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// `InvalidDefinition`
    InvalidDefinition,
    /// `InvalidExecutionInput`
    InvalidExecutionInput,
    /// `ValidationException`
    Validation,
}

impl Refusal {
    /// Which of AWS's errors it is.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Self::Definition(_) | Self::StateNeedsMock | Self::ResourceNeedsMock(_) => {
                RefusalKind::InvalidDefinition
            }
            Self::Input(_) => RefusalKind::InvalidExecutionInput,
            Self::StateNotFound
            | Self::TakesNoMock(_)
            | Self::NeedsMock(_)
            | Self::RevealSecretsWithMock
            | Self::MockIsNotOne
            | Self::ResultIsNoJson
            | Self::ResultIsNoArray
            | Self::ResultIsNoObject
            | Self::ResultIsNotOfEachBranch
            | Self::ResultDoesNotFit(_)
            | Self::TooManyFailures
            | Self::Unfitting(..)
            | Self::NotInside(_)
            | Self::Context(_)
            | Self::Variables
            | Self::NeedsRole => RefusalKind::Validation,
        }
    }
}
