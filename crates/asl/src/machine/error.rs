//! Why a state failed, and what the language says about such an error (asl-rules 10 and 13).

use crate::history::Failure;
use serde_json::Value;
use std::sync::Arc;

pub(super) const RUNTIME: &str = "States.Runtime";
const TIMEOUT: &str = "States.Timeout";
const DATA_LIMIT: &str = "States.DataLimitExceeded";

/// Longest error name and cause, in characters (feature map, API-914).
const MAX_ERROR: usize = 256;
const MAX_CAUSE: usize = 32_768;

/// The first `limit` characters of a text.
fn clipped(text: &str, limit: usize) -> Arc<str> {
    let end = text
        .char_indices()
        .nth(limit)
        .map_or(text.len(), |(end, _)| end);
    Arc::from(text.get(..end).unwrap_or(text))
}

/// Why a state failed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StateError {
    pub(super) error: Option<Arc<str>>,
    pub(super) cause: Option<Arc<str>>,
    pub(super) origin: Origin,
    pub(super) is_heartbeat: bool,
}

/// Where an error comes from: decides which events the state writes about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Origin {
    /// The state's own fields; the cause still lacks the state's name.
    Fields,
    /// An expression, with its field; the cause still lacks the state's name.
    Evaluation(Option<Arc<str>>),
    /// A worker, a service, a Fail state, a branch or an iteration.
    Work,
}

impl StateError {
    fn new(error: &str, cause: Option<&str>, origin: Origin) -> Self {
        Self {
            error: Some(Arc::from(error)),
            cause: cause.map(Arc::from),
            origin,
            is_heartbeat: false,
        }
    }

    /// `States.Runtime` from the state's own fields.
    pub(super) fn runtime(cause: &str) -> Self {
        Self::new(RUNTIME, Some(cause), Origin::Fields)
    }

    /// Another error of the language from the state's own fields.
    pub(super) fn fields(error: &str, cause: &str) -> Self {
        Self::new(error, Some(cause), Origin::Fields)
    }

    /// `States.QueryEvaluationError`, with the field inside the state when an expression is at fault.
    pub(super) fn evaluation(location: Option<&str>, cause: &str) -> Self {
        let origin = Origin::Evaluation(location.map(Arc::from));
        Self::new("States.QueryEvaluationError", Some(cause), origin)
    }

    /// What a worker, a service or a Fail state reports.
    pub(super) fn reported(error: Option<String>, cause: Option<String>) -> Self {
        Self {
            error: error.map(|error| clipped(&error, MAX_ERROR)),
            cause: cause.map(|cause| clipped(&cause, MAX_CAUSE)),
            origin: Origin::Work,
            is_heartbeat: false,
        }
    }

    /// What a map run reports.
    pub(super) fn of_map_run(failure: Failure) -> Self {
        Self {
            error: failure.error,
            cause: failure.cause,
            origin: Origin::Work,
            is_heartbeat: false,
        }
    }

    /// The limit of a task.
    pub(super) fn timeout() -> Self {
        Self::new(TIMEOUT, None, Origin::Work)
    }

    /// A lost heartbeat; AWS reports it by the same name as a timeout.
    pub(super) fn heartbeat() -> Self {
        Self {
            is_heartbeat: true,
            ..Self::timeout()
        }
    }

    /// A payload over the limit.
    pub(super) fn data_limit(name: &str) -> Self {
        let cause = format!(
            "The state/task '{name}' returned a result with a size exceeding the maximum number \
             of bytes service limit."
        );
        Self::new(DATA_LIMIT, Some(&cause), Origin::Work)
    }

    /// Variables over the limit.
    pub(super) fn variables_limit(state: &str) -> Self {
        let cause = format!(
            "The variables that the state '{state}' assigns exceed the maximum size of 256 KiB."
        );
        Self::new(DATA_LIMIT, Some(&cause), Origin::Work)
    }

    /// All variables together over the limit.
    pub(super) fn all_variables_limit(state: &str) -> Self {
        let cause = format!(
            "The variables that the state '{state}' assigns and those that it can see exceed the maximum size of 10 MiB."
        );
        Self::new(DATA_LIMIT, Some(&cause), Origin::Work)
    }

    /// The error with the beginning that AWS gives to causes of the language's own errors.
    pub(super) fn in_state(mut self, state: &str, entered: u64) -> Self {
        if self.origin != Origin::Work {
            let tail = self.cause.as_deref().unwrap_or_default();
            self.cause = Some(Arc::from(format!(
                "An error occurred while executing the state '{state}' \
                 (entered at the event id #{entered}). {tail}"
            )));
        }
        self
    }

    /// The error as a branch or an iteration hands it to its Parallel or Map.
    pub(super) fn raised_inside(mut self) -> Self {
        self.origin = Origin::Work;
        self
    }

    pub(super) fn failure(&self) -> Failure {
        Failure {
            error: self.error.clone(),
            cause: self.cause.clone(),
        }
    }

    /// The error output that a catcher passes on (asl-rules 13).
    pub(super) fn output(&self) -> Value {
        let text = |text: &Option<Arc<str>>| text.as_deref().map_or(Value::Null, Value::from);
        let mut output = serde_json::Map::new();
        output.insert("Error".to_owned(), text(&self.error));
        output.insert("Cause".to_owned(), text(&self.cause));
        Value::Object(output)
    }

    /// Whether a retrier or catcher with these names takes the error.
    ///
    /// `States.Runtime` ends the execution whatever is written.
    pub(super) fn is_named_by(&self, names: &[Arc<str>]) -> bool {
        let error = self.error.as_deref();
        if error == Some(RUNTIME) {
            return false;
        }
        names.iter().any(|name| match &**name {
            "States.ALL" => true,
            "States.TaskFailed" => error != Some(TIMEOUT),
            "States.HeartbeatTimeout" if self.is_heartbeat => true,
            name => error == Some(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(error: &StateError, name: &str) -> bool {
        error.is_named_by(&[Arc::from(name)])
    }

    #[test]
    fn names_match_exactly_and_wildcards_match_many() {
        let error = StateError::reported(Some("Boom".to_owned()), None);
        assert!(takes(&error, "Boom") && takes(&error, "States.ALL"));
        assert!(takes(&error, "States.TaskFailed"));
        assert!(!takes(&error, "boom") && !takes(&error, "State.ALL"));
    }

    #[test]
    fn task_failed_does_not_take_a_timeout_and_heartbeat_timeout_takes_a_lost_heartbeat() {
        assert!(!takes(&StateError::timeout(), "States.TaskFailed"));
        assert!(takes(&StateError::heartbeat(), "States.HeartbeatTimeout"));
        assert!(takes(&StateError::heartbeat(), "States.Timeout"));
        assert!(!takes(&StateError::timeout(), "States.HeartbeatTimeout"));
    }

    #[test]
    fn what_a_worker_reports_is_cut_to_the_limits_between_characters() {
        let error = StateError::reported(Some("ä".repeat(300)), Some("ö".repeat(40_000)));
        let length = |text: Option<Arc<str>>| text.map(|text| text.chars().count());
        assert_eq!(
            (length(error.error), length(error.cause)),
            (Some(256), Some(32_768))
        );
    }

    #[test]
    fn all_takes_a_data_limit_and_an_error_without_a_name_but_not_runtime() {
        assert!(takes(&StateError::data_limit("lambda"), "States.ALL"));
        assert!(takes(&StateError::reported(None, None), "States.ALL"));
        assert!(!takes(&StateError::runtime("x"), "States.ALL"));
    }
}
