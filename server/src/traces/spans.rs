//! Follows an execution from event to event: which state and which task an event belongs to, and what it ends.
//!
//! Every event names the one before it in its own branch, so each event is known by the innermost span that is open after it.

use super::error_name;
use asl::history::{
    ActivityEvent, Event, EventKind, Failure, LambdaEvent, MapEvent, ParallelEvent, StateEvent,
    TaskEvent, TaskResource,
};
use std::collections::HashMap;
use std::sync::Arc;

/// What a span stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A state of this type.
    State(&'static str),
    /// A task; the first try is number 1.
    Task {
        /// The number of the try.
        attempt: u32,
    },
}

/// A span of an execution that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// Id of the event that began it.
    pub(super) id: u64,
    /// The span around it; the execution itself without.
    pub(super) parent: Option<u64>,
    /// The state's name, or the task's resource.
    pub(super) name: Arc<str>,
    /// What it stands for.
    pub(super) what: What,
    /// Its beginning, in milliseconds since 1970.
    pub(super) start_ms: i64,
    /// Its end.
    pub(super) end_ms: i64,
    /// The error's name when it ended without success; empty where it was cut off.
    pub(super) error: Option<String>,
}

/// A span that is not over.
#[derive(Debug)]
struct Open {
    parent: Option<u64>,
    name: Arc<str>,
    what: What,
    start_ms: i64,
    /// Tasks that it had.
    tasks: u32,
}

/// The innermost open span after an event.
#[derive(Debug, Clone, Copy)]
struct Place {
    span: u64,
    /// Whether several branches go on from this event.
    is_fork: bool,
}

/// What is open in one execution.
#[derive(Debug, Default)]
pub(super) struct Track {
    open: HashMap<u64, Open>,
    places: HashMap<u64, Place>,
}

/// What an event says of a task.
enum Step<'a> {
    Scheduled(Arc<str>),
    GoesOn,
    Ended(Option<&'a Failure>),
}

impl Track {
    /// Nothing is open.
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The spans that end with an event, innermost first. What belongs to no known span begins or ends none.
    pub(super) fn follow(&mut self, event: &Event) -> Vec<Span> {
        let place = self.place_before(event);
        let is_fork = is_fork(event);
        let (place, closed) = match (&event.kind, step(event)) {
            (_, Some(step)) => self.task(event, place, step),
            (EventKind::State(state), None) => self.state(event, place, state),
            (
                EventKind::Execution(_)
                | EventKind::Task(_)
                | EventKind::Lambda(_)
                | EventKind::Activity(_)
                | EventKind::Parallel(_)
                | EventKind::Map(_)
                | EventKind::EvaluationFailed(_),
                None,
            ) => (place, Vec::new()),
        };
        if let Some(span) = place.filter(|span| self.open.contains_key(span)) {
            self.places.insert(event.id, Place { span, is_fork });
        }
        closed
    }

    /// The end of the execution: everything that is open ends, with its failure.
    pub(super) fn finish(mut self, end_ms: i64, failure: Option<&Failure>) -> Vec<Span> {
        let open = std::mem::take(&mut self.open);
        let error = failure.map(error_name);
        let close = |(id, open)| closed(id, open, end_ms, error.clone());
        open.into_iter().map(close).collect()
    }

    fn place_before(&mut self, event: &Event) -> Option<u64> {
        let before = event.previous_event_id;
        let place = *self.places.get(&before)?;
        if !place.is_fork {
            self.places.remove(&before);
        }
        Some(place.span)
    }

    fn begin(&mut self, event: &Event, parent: Option<u64>, name: &Arc<str>, what: What) {
        let open = Open {
            parent,
            name: Arc::clone(name),
            what,
            start_ms: event.timestamp_ms,
            tasks: 0,
        };
        self.open.insert(event.id, open);
    }

    fn task(
        &mut self,
        event: &Event,
        place: Option<u64>,
        step: Step<'_>,
    ) -> (Option<u64>, Vec<Span>) {
        match step {
            Step::GoesOn => (place, Vec::new()),
            Step::Scheduled(resource) => {
                let state = place.and_then(|state| self.open.get_mut(&state));
                let attempt = state.map_or(1, |state| {
                    state.tasks += 1;
                    state.tasks
                });
                self.begin(event, place, &resource, What::Task { attempt });
                (Some(event.id), Vec::new())
            }
            Step::Ended(failure) => {
                let task = place.filter(|span| self.is_task(*span));
                let Some(task) = task else {
                    return (place, Vec::new());
                };
                let around = self.open.get(&task).and_then(|open| open.parent);
                (around, self.close(task, event, failure.map(error_name)))
            }
        }
    }

    fn state(
        &mut self,
        event: &Event,
        place: Option<u64>,
        state: &StateEvent,
    ) -> (Option<u64>, Vec<Span>) {
        let (found, error) = match state {
            StateEvent::Entered {
                state_type, name, ..
            } => {
                self.begin(event, place, name, What::State(state_type.name()));
                return (Some(event.id), Vec::new());
            }
            StateEvent::Exited { name, .. } => {
                let is_it = |open: &Open| open.name == *name;
                (self.around(place, is_it), None)
            }
            StateEvent::Aborted { .. } => (self.around(place, |_| true), Some(String::new())),
        };
        let Some(found) = found else {
            return (place, Vec::new());
        };
        let around = self.open.get(&found).and_then(|open| open.parent);
        let mut closed = self.cut_off(place, found, event);
        closed.extend(self.close(found, event, error));
        (around, closed)
    }

    fn is_task(&self, span: u64) -> bool {
        let open = self.open.get(&span);
        open.is_some_and(|open| matches!(open.what, What::Task { .. }))
    }

    /// The nearest state around a place that is the one.
    fn around(&self, place: Option<u64>, is_it: impl Fn(&Open) -> bool) -> Option<u64> {
        let mut at = place?;
        loop {
            let open = self.open.get(&at)?;
            if matches!(open.what, What::State(_)) && is_it(open) {
                return Some(at);
            }
            at = open.parent?;
        }
    }

    /// Ends what is open from a place out to a state, and in a Parallel or Map state everything below it.
    fn cut_off(&mut self, place: Option<u64>, state: u64, event: &Event) -> Vec<Span> {
        let has_branches = self.open.get(&state).is_some_and(|open| {
            open.what == What::State("Parallel") || open.what == What::State("Map")
        });
        let mut within: Vec<u64> = if has_branches {
            let below = self.open.keys().copied();
            below.filter(|span| self.is_below(*span, state)).collect()
        } else {
            place.into_iter().filter(|span| *span != state).collect()
        };
        // What began later is further in.
        within.sort_unstable_by(|a, b| b.cmp(a));
        let mut closed = Vec::new();
        for span in within {
            closed.extend(self.close(span, event, Some(String::new())));
        }
        if has_branches {
            let open = &self.open;
            self.places
                .retain(|_, place| open.contains_key(&place.span));
        }
        closed
    }

    fn is_below(&self, span: u64, state: u64) -> bool {
        let parent = |span: &u64| self.open.get(span).and_then(|open| open.parent);
        std::iter::successors(parent(&span), parent).any(|around| around == state)
    }

    fn close(&mut self, span: u64, event: &Event, error: Option<String>) -> Vec<Span> {
        let open = self.open.remove(&span);
        let close = |open| closed(span, open, event.timestamp_ms, error);
        open.map(close).into_iter().collect()
    }
}

fn closed(id: u64, open: Open, end_ms: i64, error: Option<String>) -> Span {
    Span {
        id,
        parent: open.parent,
        name: open.name,
        what: open.what,
        start_ms: open.start_ms,
        end_ms,
        error,
    }
}

/// Whether branches or iterations go on from this event.
fn is_fork(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::Parallel(ParallelEvent::Started) | EventKind::Map(MapEvent::Started { .. })
    )
}

fn step(event: &Event) -> Option<Step<'_>> {
    match &event.kind {
        EventKind::Task(task) => Some(of_integration(task)),
        EventKind::Lambda(task) => Some(of_function(task)),
        EventKind::Activity(task) => Some(of_activity(task)),
        EventKind::Execution(_)
        | EventKind::State(_)
        | EventKind::Parallel(_)
        | EventKind::Map(_)
        | EventKind::EvaluationFailed(_) => None,
    }
}

fn of_integration(event: &TaskEvent) -> Step<'_> {
    match event {
        TaskEvent::Scheduled { resource, .. } => Step::Scheduled(arn(resource)),
        TaskEvent::Started(_) | TaskEvent::Submitted(..) => Step::GoesOn,
        TaskEvent::Succeeded(..) => Step::Ended(None),
        TaskEvent::StartFailed(_, failure)
        | TaskEvent::SubmitFailed(_, failure)
        | TaskEvent::Failed(_, failure)
        | TaskEvent::TimedOut(_, failure) => Step::Ended(Some(failure)),
    }
}

fn arn(resource: &TaskResource) -> Arc<str> {
    let (service, call) = (&resource.resource_type, &resource.resource);
    format!("arn:aws:states:::{service}:{call}").into()
}

fn of_function(event: &LambdaEvent) -> Step<'_> {
    match event {
        LambdaEvent::Scheduled { resource, .. } => Step::Scheduled(Arc::clone(resource)),
        LambdaEvent::Started => Step::GoesOn,
        LambdaEvent::Succeeded(_) => Step::Ended(None),
        LambdaEvent::ScheduleFailed(failure)
        | LambdaEvent::StartFailed(failure)
        | LambdaEvent::Failed(failure)
        | LambdaEvent::TimedOut(failure) => Step::Ended(Some(failure)),
    }
}

fn of_activity(event: &ActivityEvent) -> Step<'_> {
    match event {
        ActivityEvent::Scheduled { resource, .. } => Step::Scheduled(Arc::clone(resource)),
        ActivityEvent::Started { .. } => Step::GoesOn,
        ActivityEvent::Succeeded(_) => Step::Ended(None),
        ActivityEvent::ScheduleFailed(failure)
        | ActivityEvent::Failed(failure)
        | ActivityEvent::TimedOut(failure) => Step::Ended(Some(failure)),
    }
}
