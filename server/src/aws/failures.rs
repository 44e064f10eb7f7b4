//! Translates what the store and the engine refuse into AWS's errors.

use super::error::AwsError;
use crate::engine::{AnswerError, PollError, StartError, StopError};
use crate::store::StoreError;

impl From<StoreError> for AwsError {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<StartError> for AwsError {
    fn from(error: StartError) -> Self {
        match error {
            StartError::MachineDoesNotExist(arn) => Self::StateMachineDoesNotExist(arn.to_string()),
            StartError::AlreadyExists(arn) => Self::ExecutionAlreadyExists(arn.to_string()),
            StartError::Express(arn) => Self::ExpressNotRun(arn.to_string()),
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

impl From<AnswerError> for AwsError {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::UnknownToken => Self::InvalidToken,
            AnswerError::Closed => Self::TaskTimedOut,
            AnswerError::AnsweredByPeople => Self::Validation(sentence(&error)),
            AnswerError::Store(error) => error.into(),
        }
    }
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
