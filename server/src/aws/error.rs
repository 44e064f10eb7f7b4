//! Refusals of the AWS API: each declared error with its recorded wording (feature map, 9.2 and API-116).
//!
//! Only what a client reads is decided here: type, text, status, extra members. Who refuses and why is decided by the
//! operations.

use asl::test_state::{Refusal, RefusalKind};
use axum::http::StatusCode;
use serde_json::{Map, Value};

/// Why a request of the AWS API is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AwsError {
    /// An activity of this name exists with other settings; holds its ARN.
    #[error("Activity already exists: '{0}'")]
    ActivityAlreadyExists(String),
    /// No such activity; holds the ARN asked for.
    #[error("Activity Does Not Exist: '{0}'")]
    ActivityDoesNotExist(String),
    /// Other settings or a use of the thing stand against the request; holds the whole text.
    #[error("{0}")]
    Conflict(String),
    /// The execution's name is taken by a closed execution or by one with another input; holds the execution's ARN.
    #[error("Execution Already Exists: '{0}'")]
    ExecutionAlreadyExists(String),
    /// A connection of this name is there; holds the whole text.
    #[error("{0}")]
    ConnectionAlreadyExists(String),
    /// No such connection; holds the whole text.
    #[error("{0}")]
    ConnectionDoesNotExist(String),
    /// Two requests change one connection; holds the whole text.
    #[error("{0}")]
    ConnectionChanged(String),
    /// No such execution; holds the ARN asked for.
    #[error("Execution Does Not Exist: '{0}'")]
    ExecutionDoesNotExist(String),
    /// Too many executions are open (API-909); holds a plain sentence.
    #[error("Execution Limit Exceeded: '{0}'")]
    ExecutionLimitExceeded(String),
    /// The execution cannot be redriven (RED-05); holds the reason.
    #[error("Execution Not Redrivable: '{0}'")]
    ExecutionNotRedrivable(String),
    /// An ARN that cannot be read or names another kind of thing; holds what is wrong.
    #[error("Invalid Arn: '{0}'")]
    InvalidArn(String),
    /// A definition that fails its checks; holds `CODE: message at location`.
    #[error("Invalid State Machine Definition: '{0}'")]
    InvalidDefinition(String),
    /// Keys that this server cannot use; holds a plain sentence.
    #[error("Invalid Encryption Configuration: {0}")]
    InvalidEncryptionConfiguration(String),
    /// The execution's input is no JSON; holds what is wrong.
    #[error("Invalid State Machine Execution Input: '{0}'")]
    InvalidExecutionInput(String),
    /// A logging configuration that AWS would refuse; holds a plain sentence (API-114).
    #[error("Invalid Logging Configuration: {0}")]
    InvalidLoggingConfiguration(String),
    /// A name with characters that are not allowed (API-904); holds the name.
    #[error("Invalid Name: '{0}'")]
    InvalidName(String),
    /// A task's output that is no JSON; holds what is wrong.
    #[error("Invalid Output: '{0}'")]
    InvalidOutput(String),
    /// A page token or task token that this server never gave out.
    #[error("Invalid Token: 'Invalid token'")]
    InvalidToken,
    /// An update that changes nothing (API-106).
    #[error(
        "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified"
    )]
    MissingRequiredParameter,
    /// Nothing can be tagged under this ARN.
    #[error("Resource not found: '{0}'")]
    ResourceNotFound(String),
    /// An alias cannot lead where it should (VER-04); holds the whole text.
    #[error("{0}")]
    InvalidRouting(String),
    /// One more than a machine may have (API-911); holds the whole text.
    #[error("{0}")]
    QuotaExceeded(String),
    /// A machine of this name exists with other settings (API-105); holds its ARN.
    #[error("State Machine Already Exists: '{0}'")]
    StateMachineAlreadyExists(String),
    /// The machine goes when its last execution has ended (API-108); holds its ARN.
    #[error("State Machine is being deleted: '{0}'")]
    StateMachineDeleting(String),
    /// No such machine; holds the ARN asked for.
    #[error("State Machine Does Not Exist: '{0}'")]
    StateMachineDoesNotExist(String),
    /// The operation does not fit the machine's type (API-109).
    #[error("This operation is not supported by this type of state machine")]
    StateMachineTypeNotSupported,
    /// A token of the right form that no task has.
    #[error("Task Does Not Exist: 'Provided task does not exist'")]
    TaskDoesNotExist,
    /// The task of this token is over.
    #[error("Task Timed Out: 'Provided task does not exist anymore'")]
    TaskTimedOut,
    /// More than fifty tags on one resource (API-915); holds the ARN.
    #[error("'Tags' contains an invalid value. The length can be at most 50")]
    TooManyTags(String),
    /// Parameters outside their limits, or which do not go together; holds the whole text.
    #[error("{0}")]
    Validation(String),
    /// A state that cannot be tested as asked.
    #[error(transparent)]
    TestRefused(#[from] Refusal),
    /// People answer this activity: workers cannot. Holds its ARN.
    #[error(
        "This activity is answered by people: '{0}'. Workers cannot take its tasks; they wait on the approvals page of the studio"
    )]
    AnsweredByPeople(String),
    /// A body that is no JSON, or a member of the wrong type; holds a plain sentence.
    #[error("{0}")]
    Serialization(String),
    /// No such operation, or one that this server does not have; holds a plain sentence.
    #[error("{0}")]
    UnknownOperation(String),
    /// The request came from a page of another site; holds a plain sentence.
    #[error("{0}")]
    AccessDenied(String),
    /// Keys are demanded and the request is not signed.
    #[error(
        "Missing Authentication Token. This server takes requests that are signed with one of the accessKeys of its settings"
    )]
    MissingAuthenticationToken,
    /// A signature that cannot be read; holds a plain sentence.
    #[error("{0}")]
    IncompleteSignature(String),
    /// The request is signed with a key that the settings do not name.
    #[error("The security token included in the request is invalid")]
    UnrecognizedClient,
    /// The signature is not that of the request; holds a plain sentence.
    #[error("{0}")]
    InvalidSignature(String),
    /// The ARN names a Map state's processor, which the operation does not take; holds the ARN.
    #[error("This operation does not support state machine ARNs with a label: '{0}'")]
    LabelledArn(String),
    /// The map run is over and cannot be changed; holds its ARN.
    #[error("The Map Run is completed and cannot be updated: '{0}'")]
    MapRunCompleted(String),
    /// The body is longer than the limit, in bytes.
    #[error("The request body is longer than {0} bytes, the most that is taken")]
    RequestEntityTooLarge(usize),
    /// The answer took too long.
    #[error("The request was not answered in time. Try again")]
    RequestTimeout,
    /// Nothing can be written at present (full or failed disk, server ending); holds a plain sentence. Clients of AWS try again.
    #[error("{0}")]
    Unavailable(String),
    /// The server itself cannot answer (engine, what is on disk); holds a plain sentence.
    #[error("{0}")]
    Internal(String),
}

impl AwsError {
    /// AWS's name of the error, as clients match it (`__type`, `x-amzn-ErrorType`).
    pub fn code(&self) -> &'static str {
        match self {
            Self::ActivityAlreadyExists(_) => "ActivityAlreadyExists",
            Self::ActivityDoesNotExist(_) => "ActivityDoesNotExist",
            Self::Conflict(_) => "ConflictException",
            Self::ExecutionAlreadyExists(_) => "ExecutionAlreadyExists",
            Self::ConnectionAlreadyExists(_) => "ResourceAlreadyExistsException",
            Self::ConnectionDoesNotExist(_) => "ResourceNotFoundException",
            Self::ConnectionChanged(_) => "ConcurrentModificationException",
            Self::ExecutionDoesNotExist(_) => "ExecutionDoesNotExist",
            Self::ExecutionLimitExceeded(_) => "ExecutionLimitExceeded",
            Self::ExecutionNotRedrivable(_) => "ExecutionNotRedrivable",
            Self::InvalidArn(_) => "InvalidArn",
            Self::InvalidDefinition(_) => "InvalidDefinition",
            Self::InvalidEncryptionConfiguration(_) => "InvalidEncryptionConfiguration",
            Self::InvalidExecutionInput(_) => "InvalidExecutionInput",
            Self::InvalidLoggingConfiguration(_) => "InvalidLoggingConfiguration",
            Self::InvalidName(_) => "InvalidName",
            Self::InvalidOutput(_) => "InvalidOutput",
            Self::InvalidToken => "InvalidToken",
            Self::MissingRequiredParameter => "MissingRequiredParameter",
            Self::QuotaExceeded(_) => "ServiceQuotaExceededException",
            Self::ResourceNotFound(_) => "ResourceNotFound",
            Self::StateMachineAlreadyExists(_) => "StateMachineAlreadyExists",
            Self::StateMachineDeleting(_) => "StateMachineDeleting",
            Self::StateMachineDoesNotExist(_) => "StateMachineDoesNotExist",
            Self::StateMachineTypeNotSupported => "StateMachineTypeNotSupported",
            Self::TaskDoesNotExist => "TaskDoesNotExist",
            Self::TaskTimedOut => "TaskTimedOut",
            Self::TooManyTags(_) => "TooManyTags",
            Self::Validation(_)
            | Self::LabelledArn(_)
            | Self::InvalidRouting(_)
            | Self::MapRunCompleted(_)
            | Self::AnsweredByPeople(_) => "ValidationException",
            Self::TestRefused(refusal) => match refusal.kind() {
                RefusalKind::InvalidDefinition => "InvalidDefinition",
                RefusalKind::InvalidExecutionInput => "InvalidExecutionInput",
                RefusalKind::Validation => "ValidationException",
            },
            Self::Serialization(_) => "SerializationException",
            Self::UnknownOperation(_) => "UnknownOperationException",
            Self::AccessDenied(_) => "AccessDeniedException",
            Self::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            Self::IncompleteSignature(_) => "IncompleteSignatureException",
            Self::UnrecognizedClient => "UnrecognizedClientException",
            Self::InvalidSignature(_) => "InvalidSignatureException",
            Self::RequestEntityTooLarge(_) => "RequestEntityTooLargeException",
            Self::RequestTimeout => "RequestTimeoutException",
            Self::Unavailable(_) => "ServiceUnavailable",
            Self::Internal(_) => "InternalServerException",
        }
    }

    /// The HTTP status: 400 for what a client can mend, as AWS answers (feature map, 9.1).
    pub fn status(&self) -> StatusCode {
        match self {
            Self::AccessDenied(_) => StatusCode::FORBIDDEN,
            Self::RequestEntityTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::ActivityAlreadyExists(_)
            | Self::ActivityDoesNotExist(_)
            | Self::Conflict(_)
            | Self::ExecutionAlreadyExists(_)
            | Self::ConnectionAlreadyExists(_)
            | Self::ConnectionDoesNotExist(_)
            | Self::ConnectionChanged(_)
            | Self::ExecutionDoesNotExist(_)
            | Self::ExecutionLimitExceeded(_)
            | Self::ExecutionNotRedrivable(_)
            | Self::InvalidArn(_)
            | Self::InvalidDefinition(_)
            | Self::InvalidEncryptionConfiguration(_)
            | Self::InvalidExecutionInput(_)
            | Self::InvalidLoggingConfiguration(_)
            | Self::InvalidName(_)
            | Self::InvalidOutput(_)
            | Self::InvalidToken
            | Self::MissingRequiredParameter
            | Self::InvalidRouting(_)
            | Self::QuotaExceeded(_)
            | Self::ResourceNotFound(_)
            | Self::StateMachineAlreadyExists(_)
            | Self::StateMachineDeleting(_)
            | Self::StateMachineDoesNotExist(_)
            | Self::StateMachineTypeNotSupported
            | Self::TaskDoesNotExist
            | Self::TaskTimedOut
            | Self::TestRefused(_)
            | Self::TooManyTags(_)
            | Self::Validation(_)
            | Self::LabelledArn(_)
            | Self::MapRunCompleted(_)
            | Self::AnsweredByPeople(_)
            | Self::Serialization(_)
            | Self::MissingAuthenticationToken
            | Self::IncompleteSignature(_)
            | Self::UnrecognizedClient
            | Self::InvalidSignature(_)
            | Self::UnknownOperation(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// The body that clients read: `__type`, `message` and the extra members of some errors.
    pub fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("__type".into(), self.code().into());
        body.insert("message".into(), self.to_string().into());
        if let Self::ResourceNotFound(name) | Self::TooManyTags(name) = self {
            body.insert("resourceName".into(), name.as_str().into());
        }
        if let Self::LabelledArn(_) = self {
            body.insert("reason".into(), "API_DOES_NOT_SUPPORT_LABELED_ARNS".into());
        }
        if let Self::InvalidRouting(_) = self {
            body.insert("reason".into(), "INVALID_ROUTING_CONFIGURATION".into());
        }
        if let Self::MapRunCompleted(_) = self {
            body.insert("reason".into(), "CANNOT_UPDATE_COMPLETED_MAP_RUN".into());
        }
        Value::Object(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_about_resources_name_the_resource_in_a_member() {
        let body = AwsError::ResourceNotFound("arn:x".into()).body();
        assert_eq!(body["__type"], "ResourceNotFound");
        assert_eq!(body["resourceName"], "arn:x");
        assert_eq!(body["message"], "Resource not found: 'arn:x'");
    }

    #[test]
    fn what_a_client_can_mend_is_a_400_and_what_it_cannot_is_a_500() {
        assert_eq!(AwsError::InvalidToken.status(), StatusCode::BAD_REQUEST);
        assert_eq!(
            AwsError::Internal("x".into()).status(),
            StatusCode::INTERNAL_SERVER_ERROR
        );
    }
}
