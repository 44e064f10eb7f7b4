//! Which events of a history are told as changes of their execution's status. Express executions are not told of, as on AWS,
//! and those below a map run, which are kept like Standard ones, must not even take room in the queue.

use crate::engine::slots::Loaded;
use crate::status_events::Change;
use crate::store::ExecutionStatus;
use asl::history::{Event, EventKind, ExecutionEvent, Failure};

/// The change that an event of `loaded` stands for; `None` when the status stays, or nobody is told of it.
pub(super) fn change(loaded: &Loaded, event: &Event) -> Option<Change> {
    if loaded.state.is_express() {
        return None;
    }
    let EventKind::Execution(what) = &event.kind else {
        return None;
    };
    let (status, failure) = status(what);
    Some(Change {
        execution: loaded.arn.clone(),
        status,
        at_ms: event.timestamp_ms,
        failure: failure.cloned(),
        redrive_count: loaded.state.redrive_count(),
        redrive_ms: loaded.state.redriven_ms(),
        has_state: loaded.state.is_redrivable(),
        event: event.id,
    })
}

fn status(event: &ExecutionEvent) -> (ExecutionStatus, Option<&Failure>) {
    match event {
        ExecutionEvent::Started { .. } | ExecutionEvent::Redriven { .. } => {
            (ExecutionStatus::Running, None)
        }
        ExecutionEvent::Succeeded { .. } => (ExecutionStatus::Succeeded, None),
        ExecutionEvent::Failed(failure) => (ExecutionStatus::Failed, Some(failure)),
        ExecutionEvent::Aborted(failure) => (ExecutionStatus::Aborted, Some(failure)),
        ExecutionEvent::TimedOut(failure) => (ExecutionStatus::TimedOut, Some(failure)),
    }
}
