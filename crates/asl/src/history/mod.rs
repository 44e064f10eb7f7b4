//! The events of an execution, exactly with AWS's names and fields (feature map, section 10).
//!
//! One file holds one family of events. An [`Event`] knows its name ([`Event::type_name`]) and its form on the wire
//! ([`Event::to_wire`], [`Event::from_wire`]). This module does not decide when an event is written.

mod activity;
mod evaluation;
mod execution;
mod lambda;
mod map;
mod parallel;
mod state;
mod task;
mod wire;

#[cfg(test)]
mod tests;

pub use activity::ActivityEvent;
pub use evaluation::EvaluationFailed;
pub use execution::ExecutionEvent;
pub use lambda::LambdaEvent;
pub use map::{Iteration, MapEvent};
pub use parallel::ParallelEvent;
pub use state::{AbortedType, EnteredType, ExitedType, StateEvent};
pub use task::{TaskEvent, TaskResource};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// One event, as GetExecutionHistory gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Milliseconds since 1970; on the wire the AWS API writes seconds.
    pub timestamp_ms: i64,
    /// From 1, without gaps.
    pub id: u64,
    /// The event that caused it (asl-rules 16).
    pub previous_event_id: u64,
    /// What happened, with its details.
    pub kind: EventKind,
}

/// What happened: one of the 62 types of event, by family.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// The execution began, ended or was redriven.
    Execution(ExecutionEvent),
    /// A state was entered, left or aborted.
    State(StateEvent),
    /// A task by service integration.
    Task(TaskEvent),
    /// A task whose resource is a function's ARN.
    Lambda(LambdaEvent),
    /// A task whose resource is an activity's ARN.
    Activity(ActivityEvent),
    /// The branches of a Parallel state.
    Parallel(ParallelEvent),
    /// The iterations of a Map state, or its Map Run.
    Map(MapEvent),
    /// A query could not be evaluated.
    EvaluationFailed(EvaluationFailed),
}

/// An error's name and cause; either may be missing, and is then left out on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Failure {
    /// The error's name.
    pub error: Option<Arc<str>>,
    /// The cause.
    pub cause: Option<Arc<str>>,
}

/// The details member of an event on the wire: its name and its content.
pub(crate) type Details = Option<(&'static str, Value)>;

impl EventKind {
    /// AWS's name of the type, for example `TaskStateEntered`.
    pub fn type_name(&self) -> &'static str {
        match self {
            EventKind::Execution(event) => event.type_name(),
            EventKind::State(event) => event.type_name(),
            EventKind::Task(event) => event.type_name(),
            EventKind::Lambda(event) => event.type_name(),
            EventKind::Activity(event) => event.type_name(),
            EventKind::Parallel(event) => event.type_name(),
            EventKind::Map(event) => event.type_name(),
            EventKind::EvaluationFailed(_) => "EvaluationFailed",
        }
    }

    fn details(&self) -> Details {
        match self {
            EventKind::Execution(event) => event.details(),
            EventKind::State(event) => event.details(),
            EventKind::Task(event) => event.details(),
            EventKind::Lambda(event) => event.details(),
            EventKind::Activity(event) => event.details(),
            EventKind::Parallel(_) => None,
            EventKind::Map(event) => event.details(),
            EventKind::EvaluationFailed(event) => event.details(),
        }
    }

    fn from_wire(type_name: &str, event: &Value) -> Option<Self> {
        ExecutionEvent::from_wire(type_name, event)
            .map(EventKind::Execution)
            .or_else(|| TaskEvent::from_wire(type_name, event).map(EventKind::Task))
            .or_else(|| LambdaEvent::from_wire(type_name, event).map(EventKind::Lambda))
            .or_else(|| ActivityEvent::from_wire(type_name, event).map(EventKind::Activity))
            .or_else(|| ParallelEvent::from_wire(type_name).map(EventKind::Parallel))
            .or_else(|| MapEvent::from_wire(type_name, event).map(EventKind::Map))
            .or_else(|| {
                EvaluationFailed::from_wire(type_name, event).map(EventKind::EvaluationFailed)
            })
            .or_else(|| StateEvent::from_wire(type_name, event).map(EventKind::State))
    }
}

impl Event {
    /// AWS's name of the type, for example `TaskStateEntered`.
    pub fn type_name(&self) -> &'static str {
        self.kind.type_name()
    }

    /// The event exactly as GetExecutionHistory answers it (`timestamp` in seconds, `type`, `id`, `previousEventId`, details).
    pub fn to_wire(&self) -> Value {
        let mut wire = wire::Object::default();
        wire.put("timestamp", wire::seconds(self.timestamp_ms));
        wire.put("type", self.type_name());
        wire.put("id", self.id);
        wire.put("previousEventId", self.previous_event_id);
        if let Some((name, details)) = self.kind.details() {
            wire.put(name, details);
        }
        wire.into()
    }

    /// Reads what [`Event::to_wire`] wrote.
    pub fn from_wire(value: &Value) -> Option<Self> {
        let type_name = value.get("type")?.as_str()?;
        Some(Event {
            timestamp_ms: wire::milliseconds(value.get("timestamp")?)?,
            id: value.get("id")?.as_u64()?,
            previous_event_id: value.get("previousEventId")?.as_u64()?,
            kind: EventKind::from_wire(type_name, value)?,
        })
    }

    /// The state that the event names, for entered and exited events and those of iterations (where it is the Map state).
    pub fn state_name(&self) -> Option<&str> {
        match &self.kind {
            EventKind::State(event) => event.name(),
            EventKind::Map(event) => event.name(),
            EventKind::EvaluationFailed(event) => Some(&event.state),
            EventKind::Execution(_)
            | EventKind::Task(_)
            | EventKind::Lambda(_)
            | EventKind::Activity(_)
            | EventKind::Parallel(_) => None,
        }
    }
}
