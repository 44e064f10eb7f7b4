//! Follows tasks from event to event: only the first one of a task names what it calls and says when it was asked.

use crate::metrics::{Metrics, TaskCounts, TaskEnd};
use asl::history::{
    ActivityEvent, Event, EventKind, Failure, LambdaEvent, TaskEvent, TaskResource,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Executions whose tasks are followed in memory; the history of others is read when they go on.
const CAPACITY: usize = 20_000;

/// The task of an event is not followed.
#[derive(Debug)]
pub(super) struct Missed;

/// What an event says of a task.
enum Step<'a> {
    Scheduled(Arc<str>),
    Started,
    /// It goes on.
    Moved,
    Ended(TaskEnd, Option<&'a Failure>),
}

/// Which kind of task, and how far it is; `None` for all other events.
fn step<'a>(metrics: &'a Metrics, event: &'a Event) -> Option<(&'a TaskCounts, Step<'a>)> {
    match &event.kind {
        EventKind::Activity(event) => Some((&metrics.activities, of_activity(event))),
        EventKind::Lambda(event) => Some((&metrics.functions, of_function(event))),
        EventKind::Task(event) => Some((&metrics.integrations, of_integration(event))),
        EventKind::Execution(_)
        | EventKind::State(_)
        | EventKind::Parallel(_)
        | EventKind::Map(_)
        | EventKind::EvaluationFailed(_) => None,
    }
}

fn of_activity(event: &ActivityEvent) -> Step<'_> {
    match event {
        ActivityEvent::Scheduled { resource, .. } => Step::Scheduled(Arc::clone(resource)),
        ActivityEvent::Started { .. } => Step::Started,
        ActivityEvent::Succeeded(_) => Step::Ended(TaskEnd::Succeeded, None),
        ActivityEvent::ScheduleFailed(_) | ActivityEvent::Failed(_) => {
            Step::Ended(TaskEnd::Failed, None)
        }
        ActivityEvent::TimedOut(failure) => Step::Ended(TaskEnd::TimedOut, Some(failure)),
    }
}

fn of_function(event: &LambdaEvent) -> Step<'_> {
    match event {
        LambdaEvent::Scheduled { resource, .. } => Step::Scheduled(Arc::clone(resource)),
        LambdaEvent::Started => Step::Started,
        LambdaEvent::Succeeded(_) => Step::Ended(TaskEnd::Succeeded, None),
        LambdaEvent::ScheduleFailed(_) | LambdaEvent::StartFailed(_) | LambdaEvent::Failed(_) => {
            Step::Ended(TaskEnd::Failed, None)
        }
        LambdaEvent::TimedOut(failure) => Step::Ended(TaskEnd::TimedOut, Some(failure)),
    }
}

fn of_integration(event: &TaskEvent) -> Step<'_> {
    match event {
        TaskEvent::Scheduled { resource, .. } => Step::Scheduled(arn(resource)),
        TaskEvent::Started(_) => Step::Started,
        TaskEvent::Submitted(..) => Step::Moved,
        TaskEvent::Succeeded(..) => Step::Ended(TaskEnd::Succeeded, None),
        TaskEvent::StartFailed(..) | TaskEvent::SubmitFailed(..) | TaskEvent::Failed(..) => {
            Step::Ended(TaskEnd::Failed, None)
        }
        TaskEvent::TimedOut(_, failure) => Step::Ended(TaskEnd::TimedOut, Some(failure)),
    }
}

fn arn(resource: &TaskResource) -> Arc<str> {
    let TaskResource {
        resource_type,
        resource,
    } = resource;
    format!("arn:aws:states:::{resource_type}:{resource}").into()
}

/// Whether a task begins with this event.
pub(super) fn is_first(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::Activity(ActivityEvent::Scheduled { .. })
            | EventKind::Lambda(LambdaEvent::Scheduled { .. })
            | EventKind::Task(TaskEvent::Scheduled { .. })
    )
}

fn refine(end: TaskEnd, failure: Option<&Failure>) -> TaskEnd {
    let error = failure.and_then(|failure| failure.error.as_deref());
    if error == Some("States.HeartbeatTimeout") {
        TaskEnd::HeartbeatTimedOut
    } else {
        end
    }
}

#[derive(Debug)]
struct Task {
    resource: Arc<str>,
    scheduled_ms: i64,
    started_ms: Option<i64>,
}

/// Open tasks of one execution, by their last event.
#[derive(Debug, Default)]
pub(in crate::engine) struct Tracks(HashMap<u64, Task>);

impl Tracks {
    /// Counts what an event says of a task. What is not followed is left to the caller.
    pub(super) fn follow(&mut self, metrics: &Metrics, event: &Event) -> Result<(), Missed> {
        let Some((counts, step)) = step(metrics, event) else {
            return Ok(());
        };
        let now_ms = event.timestamp_ms;
        match step {
            Step::Scheduled(resource) => counts.scheduled(&resource),
            Step::Started => {
                let task = self.0.get(&event.previous_event_id).ok_or(Missed)?;
                counts.started(&task.resource, task.scheduled_ms, now_ms);
            }
            Step::Moved => {}
            Step::Ended(end, failure) => {
                let task = self.0.remove(&event.previous_event_id).ok_or(Missed)?;
                let end = refine(end, failure);
                counts.ended(
                    &task.resource,
                    end,
                    task.scheduled_ms,
                    task.started_ms,
                    now_ms,
                );
            }
        }
        self.know(event);
        Ok(())
    }

    /// Notes how far a task is, and counts nothing.
    pub(super) fn know(&mut self, event: &Event) {
        let resource = match &event.kind {
            EventKind::Activity(ActivityEvent::Scheduled { resource, .. })
            | EventKind::Lambda(LambdaEvent::Scheduled { resource, .. }) => Arc::clone(resource),
            EventKind::Task(TaskEvent::Scheduled { resource, .. }) => arn(resource),
            EventKind::Activity(_) | EventKind::Lambda(_) | EventKind::Task(_) => {
                return self.go_on(event);
            }
            EventKind::Execution(_)
            | EventKind::State(_)
            | EventKind::Parallel(_)
            | EventKind::Map(_)
            | EventKind::EvaluationFailed(_) => return,
        };
        let task = Task {
            resource,
            scheduled_ms: event.timestamp_ms,
            started_ms: None,
        };
        self.0.insert(event.id, task);
    }

    fn go_on(&mut self, event: &Event) {
        if let Some(mut task) = self.0.remove(&event.previous_event_id) {
            task.started_ms = task.started_ms.or(Some(event.timestamp_ms));
            self.0.insert(event.id, task);
        }
    }
}

/// Open tasks of executions, by their keys.
#[derive(Debug, Default)]
pub(super) struct Table(Mutex<HashMap<i64, Tracks>>);

impl Table {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<i64, Tracks>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// See [`Tracks::follow`].
    pub(super) fn follow(&self, metrics: &Metrics, id: i64, event: &Event) -> Result<(), Missed> {
        if step(metrics, event).is_none() {
            return Ok(());
        }
        self.with(|table| {
            if table.len() < CAPACITY || table.contains_key(&id) {
                let tracks = table.entry(id).or_default();
                let followed = tracks.follow(metrics, event);
                if tracks.0.is_empty() {
                    table.remove(&id);
                }
                followed
            } else {
                Tracks::default().follow(metrics, event)
            }
        })
    }

    /// The execution has ended.
    pub(super) fn forget(&self, id: i64) {
        self.with(|table| table.remove(&id));
    }
}
