//! What a mock may be for which state (asl-rules 19, feature map TS-02 to TS-06).

use super::refusal::Refusal;
use super::request::{FieldValidationMode, MockedWork, Request};
use super::shapes;
use super::subject::Subject;
use crate::definition::{Pattern, Resource, StateKind, Task};
use serde_json::Value;

/// Refuses a mock, or its absence, that does not fit the state.
pub(super) fn judge(
    subject: &Subject,
    request: &Request,
    mocked: Option<&MockedWork>,
) -> Result<(), Refusal> {
    let Some(state) = subject.state() else {
        return Err(Refusal::StateNotFound);
    };
    match (&state.kind, mocked) {
        (StateKind::Task(task), None) => judge_real_task(task, request),
        (StateKind::Parallel(_) | StateKind::Map(_), None) => Err(Refusal::StateNeedsMock),
        (
            StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed
            | StateKind::Fail(_),
            None,
        ) => Ok(()),
        (StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_), Some(mocked)) => {
            judge_configuration(subject, request, &state.kind)?;
            judge_result(subject, request, &state.kind, mocked)
        }
        (
            StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed
            | StateKind::Fail(_),
            Some(_),
        ) => Err(Refusal::TakesNoMock(state.kind.type_name())),
    }
}

fn judge_real_task(task: &Task, request: &Request) -> Result<(), Refusal> {
    if task.resource.has_token() {
        return Err(Refusal::ResourceNeedsMock(task.resource.arn().to_string()));
    }
    match request.role_arn {
        Some(_) => Ok(()),
        None => Err(Refusal::NeedsRole),
    }
}

/// Fields of the configuration that only some types of state have a use for.
fn judge_configuration(
    subject: &Subject,
    request: &Request,
    kind: &StateKind,
) -> Result<(), Refusal> {
    let configuration = &request.configuration;
    let is_map = matches!(kind, StateKind::Map(_));
    let has_inner = is_map || matches!(kind, StateKind::Parallel(_));
    let unfitting = [
        (
            "MapIterationFailureCount",
            configuration.map_iteration_failure_count.is_some() && !is_map,
        ),
        (
            "MapItemReaderData",
            configuration.map_item_reader_data.is_some() && !is_map,
        ),
        (
            "ErrorCausedByState",
            configuration.error_caused_by_state.is_some() && !has_inner,
        ),
    ];
    if let Some((field, _)) = unfitting.into_iter().find(|(_, unfitting)| *unfitting) {
        return Err(Refusal::Unfitting(field, kind.type_name()));
    }
    match &configuration.error_caused_by_state {
        Some(name) if !subject.holds(name) => Err(Refusal::NotInside(name.clone())),
        Some(_) | None => Ok(()),
    }
}

fn judge_result(
    subject: &Subject,
    request: &Request,
    kind: &StateKind,
    mocked: &MockedWork,
) -> Result<(), Refusal> {
    let MockedWork::Result(text) = mocked else {
        return Ok(());
    };
    let result: Value = serde_json::from_str(text).map_err(|_| Refusal::ResultIsNoJson)?;
    match kind {
        StateKind::Task(task) => judge_task_result(task, mode(request), &result),
        StateKind::Map(_) if subject.written.get("ResultWriter").is_some() => object(&result),
        StateKind::Map(_) => array(&result).map(|_| ()),
        StateKind::Parallel(branches) => match array(&result)?.len() == branches.len() {
            true => Ok(()),
            false => Err(Refusal::ResultIsNotOfEachBranch),
        },
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed
        | StateKind::Fail(_) => Ok(()),
    }
}

/// A service answers with an object; what a function or whoever has the token answers can be anything.
fn judge_task_result(
    task: &Task,
    mode: FieldValidationMode,
    result: &Value,
) -> Result<(), Refusal> {
    match &task.resource {
        Resource::Function(_) | Resource::Activity(_) => Ok(()),
        Resource::Service {
            pattern: Pattern::Callback,
            ..
        } => Ok(()),
        Resource::Service { names, .. } => {
            object(result)?;
            shapes::judge(names, mode, result).map_err(Refusal::ResultDoesNotFit)
        }
    }
}

fn mode(request: &Request) -> FieldValidationMode {
    let mock = request.mock.as_ref();
    mock.map(|mock| mock.field_validation_mode)
        .unwrap_or_default()
}

fn object(value: &Value) -> Result<(), Refusal> {
    match value {
        Value::Object(_) => Ok(()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(Refusal::ResultIsNoObject)
        }
    }
}

fn array(value: &Value) -> Result<&Vec<Value>, Refusal> {
    value.as_array().ok_or(Refusal::ResultIsNoArray)
}
