//! Traces of executions, sent to an OpenTelemetry collector (OTLP over HTTP): a span for each execution, each of its states
//! and each task of those.
//!
//! Spans are made of events that are on disk, and hold names, ARNs, times and errors' names: no payloads and no causes. The
//! ids of an execution's own spans follow from its ARN (and for a child that starts again, from when), so nothing has to be kept for them, and its span is whole after a restart
//! of the server. States and tasks are followed in memory only: those that were open at a restart or a redrive have no span.
//! Nothing waits for a span; what finds no room or is not taken is dropped and counted.

mod context;
mod export;
mod spans;

pub(crate) use context::{header_of_child, header_of_restart};

use crate::arn::ExecutionArn;
use crate::config::TraceSettings;
use asl::history::{Event, EventKind, ExecutionEvent, Failure};
use asl::machine::Identity;
use context::Context;
use export::{Exporter, Finished};
use opentelemetry::KeyValue;
use prometheus_client::metrics::counter::Counter;
use spans::{Span, Track, What};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Executions whose states are followed; others have a span of their own only.
const CAPACITY: usize = 20_000;

/// The execution of some events, as it is behind them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Traced<'a> {
    /// Tells it from all others.
    pub(crate) key: &'a ExecutionArn,
    /// What it is.
    pub(crate) identity: &'a Identity,
    /// When it was started, in milliseconds since 1970.
    pub(crate) start_ms: i64,
    /// How often it was redriven.
    pub(crate) redrive_count: u32,
    /// When it was redriven last.
    pub(crate) redriven_ms: Option<i64>,
}

/// Makes spans of events.
#[derive(Debug)]
pub(crate) struct Traces {
    tracks: Mutex<HashMap<ExecutionArn, Track>>,
    exporter: Arc<Exporter>,
}

impl Traces {
    /// Starts sending to a collector. `dropped` counts spans that did not arrive. `None` when that cannot be done at all.
    pub(crate) fn start(settings: &TraceSettings, dropped: Counter) -> Option<Self> {
        Some(Self {
            tracks: Mutex::default(),
            exporter: Arc::new(Exporter::start(settings, dropped)?),
        })
    }

    /// Events of a step that are on disk. Never waits.
    pub(crate) fn see(&self, traced: Traced<'_>, events: &[Event]) {
        let context = Context::of(traced.identity);
        if !context.is_sampled {
            return;
        }
        for event in events {
            for span in self.follow(traced.key, event) {
                self.exporter.give(&context, below(&context, span));
            }
            if let Some(end) = End::of(event) {
                self.exporter.give(&context, whole(&context, traced, &end));
            }
        }
    }

    fn follow(&self, key: &ExecutionArn, event: &Event) -> Vec<Span> {
        let mut tracks = self.tracks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(end) = End::of(event) {
            let track = tracks.remove(key).unwrap_or_default();
            return track.finish(end.at_ms, end.failure);
        }
        if let Some(track) = tracks.get_mut(key) {
            return track.follow(event);
        }
        let mut track = Track::default();
        let spans = track.follow(event);
        if tracks.len() < CAPACITY && !track.is_empty() {
            tracks.insert(key.clone(), track);
        }
        spans
    }

    /// Sends what waits, but not longer than `limit`.
    pub(crate) async fn flush(&self, limit: Duration) {
        let exporter = Arc::clone(&self.exporter);
        let flushed = tokio::task::spawn_blocking(move || exporter.flush());
        if tokio::time::timeout(limit, flushed).await.is_err() {
            tracing::warn!("spans are lost: they could not be sent in time");
        }
    }
}

/// The end of an execution.
struct End<'a> {
    at_ms: i64,
    status: &'static str,
    /// Unless it succeeded.
    failure: Option<&'a Failure>,
}

impl<'a> End<'a> {
    fn of(event: &'a Event) -> Option<Self> {
        let EventKind::Execution(what) = &event.kind else {
            return None;
        };
        let (status, failure) = match what {
            ExecutionEvent::Started { .. } | ExecutionEvent::Redriven { .. } => return None,
            ExecutionEvent::Succeeded { .. } => ("SUCCEEDED", None),
            ExecutionEvent::Failed(failure) => ("FAILED", Some(failure)),
            ExecutionEvent::Aborted(failure) => ("ABORTED", Some(failure)),
            ExecutionEvent::TimedOut(failure) => ("TIMED_OUT", Some(failure)),
        };
        Some(Self {
            at_ms: event.timestamp_ms,
            status,
            failure,
        })
    }
}

/// The span of an execution from its start or last redrive to its end. That of a redrive stands below the first one.
fn whole(context: &Context, traced: Traced<'_>, end: &End<'_>) -> Finished {
    let Traced {
        identity,
        redrive_count,
        ..
    } = traced;
    let mut attributes = vec![
        KeyValue::new(
            "aws.step_functions.state_machine.arn",
            identity.machine_arn.clone(),
        ),
        KeyValue::new("statecraft.execution.arn", identity.execution_arn.clone()),
        KeyValue::new("statecraft.execution.status", end.status),
        KeyValue::new(
            "statecraft.execution.redrive_count",
            i64::from(redrive_count),
        ),
    ];
    let named = [
        ("statecraft.version.arn", &identity.version_arn),
        ("statecraft.alias.arn", &identity.alias_arn),
    ];
    attributes.extend(
        named
            .into_iter()
            .filter_map(|(name, arn)| Some(KeyValue::new(name, arn.clone()?))),
    );
    let first = context.run(0);
    Finished {
        id: context.run(redrive_count),
        parent: if redrive_count == 0 {
            context.parent
        } else {
            Some(first)
        },
        is_parent_remote: redrive_count == 0,
        name: identity.machine_name.clone(),
        is_call: false,
        start_ms: traced.redriven_ms.unwrap_or(traced.start_ms),
        end_ms: end.at_ms,
        attributes,
        error: end.failure.map(error_name),
    }
}

/// The span of a state or a task.
fn below(context: &Context, span: Span) -> Finished {
    let (attributes, is_call) = match &span.what {
        What::State(kind) => (
            vec![
                KeyValue::new("statecraft.state.name", span.name.to_string()),
                KeyValue::new("statecraft.state.type", *kind),
            ],
            false,
        ),
        What::Task { attempt } => (
            vec![
                KeyValue::new("statecraft.task.resource", span.name.to_string()),
                KeyValue::new("statecraft.task.attempt", i64::from(*attempt)),
            ],
            true,
        ),
    };
    Finished {
        id: context.event(span.id),
        parent: Some(match span.parent {
            Some(parent) => context.event(parent),
            None => context.run(0),
        }),
        is_parent_remote: false,
        name: span.name.to_string(),
        is_call,
        start_ms: span.start_ms,
        end_ms: span.end_ms,
        attributes,
        error: span.error,
    }
}

/// The error's name; empty where there is none.
fn error_name(failure: &Failure) -> String {
    failure.error.as_deref().unwrap_or_default().to_owned()
}
