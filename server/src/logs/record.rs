//! Which events are logged, and how one is written.

use crate::logs::Batch;
use asl::history::{Event, EventKind, ExecutionEvent};
use serde_json::{Map, Value, json};

/// Members that hold data of an execution, left out unless the machine asks for them.
const DATA: [&str; 7] = [
    "input",
    "inputDetails",
    "output",
    "outputDetails",
    "parameters",
    "assignedVariables",
    "assignedVariablesDetails",
];
/// Payloads above this are left out, in bytes (feature map, 12.2).
const LONGEST: usize = 248 * 1024;

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Every event.
    All,
    /// What failed, timed out or was aborted.
    Error,
    /// Executions that ended so.
    Fatal,
}

impl Level {
    /// AWS's name; `None` for `OFF`.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "ALL" => Some(Self::All),
            "ERROR" => Some(Self::Error),
            "FATAL" => Some(Self::Fatal),
            _ => None,
        }
    }

    /// Whether an event is logged at this level.
    pub(super) fn takes(self, event: &Event) -> bool {
        match self {
            Self::All => true,
            Self::Fatal => is_fatal(event),
            Self::Error => is_error(event),
        }
    }
}

fn is_fatal(event: &Event) -> bool {
    match &event.kind {
        EventKind::Execution(event) => match event {
            ExecutionEvent::Failed(_)
            | ExecutionEvent::Aborted(_)
            | ExecutionEvent::TimedOut(_) => true,
            ExecutionEvent::Started { .. }
            | ExecutionEvent::Succeeded { .. }
            | ExecutionEvent::Redriven { .. } => false,
        },
        EventKind::State(_)
        | EventKind::Task(_)
        | EventKind::Lambda(_)
        | EventKind::Activity(_)
        | EventKind::Parallel(_)
        | EventKind::Map(_)
        | EventKind::EvaluationFailed(_) => false,
    }
}

fn is_error(event: &Event) -> bool {
    let name = event.type_name();
    name == "FailStateEntered"
        || ["Failed", "TimedOut", "Aborted"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// One line, without its end.
pub(super) fn line(batch: &Batch, event: &Event, with_data: bool) -> String {
    json!({
        "id": event.id.to_string(),
        "type": event.type_name(),
        "details": details(event, with_data),
        "previous_event_id": event.previous_event_id.to_string(),
        "event_timestamp": event.timestamp_ms.to_string(),
        "execution_arn": batch.execution,
        "redrive_count": batch.redrive_count.to_string(),
    })
    .to_string()
}

/// The details member of the event on the wire, whatever its name.
fn details(event: &Event, with_data: bool) -> Value {
    let Value::Object(wire) = event.to_wire() else {
        return json!({});
    };
    let mut members = wire.into_iter();
    let found =
        members.find_map(|(name, details)| name.ends_with("EventDetails").then_some(details));
    let Some(Value::Object(mut details)) = found else {
        return json!({});
    };
    if with_data {
        shorten(&mut details);
    } else {
        details.retain(|name, _| !DATA.contains(&name.as_str()));
    }
    Value::Object(details)
}

/// Leaves long payloads out, and says so beside them.
fn shorten(details: &mut Map<String, Value>) {
    for name in ["input", "output"] {
        let is_long = details
            .get(name)
            .and_then(Value::as_str)
            .is_some_and(|text| text.len() > LONGEST);
        if is_long {
            details.remove(name);
            details.insert(format!("{name}Details"), json!({"truncated": true}));
        }
    }
}
