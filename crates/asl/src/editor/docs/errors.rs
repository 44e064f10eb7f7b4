//! What the reserved errors mean, and where each can occur (asl-rules 13; feature map 6).

use crate::check::RESERVED;
use crate::check::fields::Language;
use crate::graph::StateType;

/// A reserved error.
#[derive(Debug, Clone, Copy)]
pub(in crate::editor) struct Error {
    pub(in crate::editor) name: &'static str,
    pub(in crate::editor) words: &'static str,
}

/// The words on an error.
pub(in crate::editor) fn of(name: &str) -> Option<Error> {
    let code = name.strip_prefix("States.Http.StatusCode.");
    if code.is_some() {
        let (name, words) = (
            "States.Http.StatusCode",
            "The HTTP endpoint answered with this status.",
        );
        return Some(Error { name, words });
    }
    let name = RESERVED.into_iter().find(|known| *known == name)?;
    Some(Error {
        name,
        words: words(name),
    })
}

/// All reserved errors.
pub(in crate::editor) fn known() -> impl Iterator<Item = Error> {
    RESERVED.into_iter().filter_map(of)
}

impl Error {
    /// Whether such a state can fail with it, so that a retrier or catcher for it makes sense.
    pub(in crate::editor) fn occurs(self, kind: Option<StateType>, language: Language) -> bool {
        let is_task = kind == Some(StateType::Task);
        let is_map = kind == Some(StateType::Map);
        match self.name {
            "States.TaskFailed" | "States.Timeout" | "States.HeartbeatTimeout" => {
                is_task || kind == Some(StateType::Parallel) || is_map
            }
            "States.Permissions" => is_task,
            "States.Http.Socket" => is_task,
            "States.BranchFailed" => kind == Some(StateType::Parallel),
            "States.ExceedToleratedFailureThreshold"
            | "States.ItemReaderFailed"
            | "States.ResultWriterFailed" => is_map,
            "States.NoChoiceMatched" => is_map || kind == Some(StateType::Parallel),
            "States.QueryEvaluationError" => language == Language::Jsonata,
            "States.IntrinsicFailure"
            | "States.ParameterPathFailure"
            | "States.ResultPathMatchFailure" => language == Language::JsonPath,
            _ => true,
        }
    }
}

fn words(name: &str) -> &'static str {
    match name {
        "States.ALL" => "Any error. Stands alone in its list, in the last retrier or catcher.",
        "States.BranchFailed" => "A branch of a Parallel state failed.",
        "States.DataLimitExceeded" => "A result or input is larger than 256 KiB (262,144 bytes).",
        "States.ExceedToleratedFailureThreshold" => "More items of a Map failed than it tolerates.",
        "States.HeartbeatTimeout" => {
            "The worker was silent for longer than HeartbeatSeconds; also matched by `States.Timeout`."
        }
        "States.Http.Socket" => {
            "The HTTP endpoint did not answer within 60 seconds, or the connection broke."
        }
        "States.IntrinsicFailure" => "A function such as `States.Format` refused its arguments.",
        "States.ItemReaderFailed" => "A Map could not read its items from S3.",
        "States.NoChoiceMatched" => "No rule of a Choice matched, and it has no Default.",
        "States.ParameterPathFailure" => {
            "A path in Parameters found nothing. In fact such failures are `States.Runtime`."
        }
        "States.Permissions" => "The role may not do what the task asks for.",
        "States.QueryEvaluationError" => {
            "A JSONata expression failed, gave nothing, or a value of the wrong type."
        }
        "States.ResultPathMatchFailure" => "The input cannot hold a result at ResultPath.",
        "States.ResultWriterFailed" => "A Map could not write its results to S3.",
        "States.Runtime" => {
            "A path found nothing, or a value does not fit. Never retried, and `States.ALL` does not take it."
        }
        "States.TaskFailed" => "Any error of a task but a timeout.",
        "States.Timeout" => {
            "The task took longer than TimeoutSeconds, or sent no heartbeat in time."
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reserved_error_has_its_words() {
        for error in known() {
            assert!(!error.words.is_empty(), "{}", error.name);
        }
        assert_eq!(known().count(), RESERVED.len());
    }
}
