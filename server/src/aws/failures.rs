//! Translates what the store and the engine refuse into AWS's errors.

use super::error::AwsError;
use crate::engine::{AnswerError, PollError, RedriveError, StartError, StopError};
use crate::ids::NoRandomness;
use crate::store::StoreError;

impl From<StoreError> for AwsError {
    fn from(error: StoreError) -> Self {
        let text = sentence(&error);
        if error.is_passing() {
            Self::Unavailable(text)
        } else {
            Self::Internal(text)
        }
    }
}

impl From<NoRandomness> for AwsError {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<StartError> for AwsError {
    fn from(error: StartError) -> Self {
        match error {
            StartError::MachineIsDeleted(arn) => Self::StateMachineDeleting(arn.to_string()),
            StartError::MachineDoesNotExist(arn) => Self::StateMachineDoesNotExist(arn.to_string()),
            StartError::AlreadyExists(arn) => Self::ExecutionAlreadyExists(arn.to_string()),
            StartError::Express(_) => Self::StateMachineTypeNotSupported,
            StartError::LimitExceeded => Self::ExecutionLimitExceeded(sentence(&error)),
            StartError::UnknownCase(_) | StartError::Definition(_) => {
                Self::Validation(sentence(&error))
            }
            StartError::Store(error) => error.into(),
        }
    }
}

impl From<StopError> for AwsError {
    fn from(error: StopError) -> Self {
        match error {
            StopError::DoesNotExist(arn) => Self::ExecutionDoesNotExist(arn.to_string()),
            StopError::Store(error) => error.into(),
        }
    }
}

impl From<RedriveError> for AwsError {
    fn from(error: RedriveError) -> Self {
        match error {
            RedriveError::DoesNotExist(arn) => Self::ExecutionDoesNotExist(arn.to_string()),
            RedriveError::NotRedrivable(_) | RedriveError::ByMapRun => {
                Self::ExecutionNotRedrivable(error.to_string())
            }
            RedriveError::LimitExceeded => Self::ExecutionLimitExceeded(sentence(&error)),
            RedriveError::Store(error) => error.into(),
        }
    }
}

/// Why an answer with this token is refused: a text that can be no token is told apart from one that no task has (API-113).
pub(super) fn of_answer(error: &AnswerError, token: &str) -> AwsError {
    match error {
        AnswerError::UnknownToken if has_form(token) => AwsError::TaskDoesNotExist,
        AnswerError::UnknownToken => AwsError::InvalidToken,
        AnswerError::Closed => AwsError::TaskTimedOut,
        AnswerError::AnsweredByPeople => AwsError::Validation(sentence(error)),
        AnswerError::Store(error) => error.clone().into(),
    }
}

/// Refuses a text that can be no token.
pub(super) fn check_form(token: &str) -> Result<(), AwsError> {
    if has_form(token) {
        Ok(())
    } else {
        Err(AwsError::InvalidToken)
    }
}

/// The interpreter makes tokens of 48 bytes in URL-safe base64.
fn has_form(token: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    token.len() == 64 && token.bytes().all(is_letter)
}

impl From<PollError> for AwsError {
    fn from(error: PollError) -> Self {
        match error {
            PollError::DoesNotExist(arn) => Self::ActivityDoesNotExist(arn.to_string()),
            PollError::AnsweredByPeople(arn) => Self::AnsweredByPeople(arn.to_string()),
            PollError::Store(error) => error.into(),
        }
    }
}

/// An error's text as a sentence.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
