//! What is told to operators of each step, once it is on disk: counts, times, logs.
//!
//! Nothing here can hold a turn up or fail it.

mod status;
mod tasks;

use super::slots::Loaded;
use super::{Engine, Inner};
use crate::arn::MachineArn;
use crate::config::Config;
use crate::logs::Logs;
use crate::metrics::{ExecutionEnd, Metrics, Origin};
use crate::status_events::StatusEvents;
use crate::store::Store;
use crate::traces::{Traced, Traces};
use asl::history::{Event, EventKind, ExecutionEvent};
use std::sync::Arc;
use std::time::Duration;
pub(super) use tasks::Tracks;
use tasks::{Missed, Table};
use tokio::sync::Semaphore;

/// Who watches.
#[derive(Debug)]
pub(super) struct Observer {
    pub(super) metrics: Metrics,
    logs: Logs,
    status_events: Option<StatusEvents>,
    traces: Option<Traces>,
    tasks: Table,
    /// Room for tasks that are looked up in their histories.
    lookups: Arc<Semaphore>,
}

/// Tasks that are looked up at a time; more are not counted, so that what is only counted takes no memory without bound.
const LOOKUPS: usize = 4096;

impl Observer {
    /// What watches a server with these settings.
    pub(super) fn new(config: &Config, store: &Store) -> Self {
        let metrics = Metrics::new(store.commits());
        let folder = config.data.join("logs");
        let status_events = config.status_events.as_ref().and_then(|sink| {
            let dropped = metrics.status_events_dropped.clone();
            StatusEvents::start(sink, &config.home, store, dropped)
        });
        let traces = config.traces.as_ref().and_then(|settings| {
            let dropped = metrics.spans_dropped.clone();
            Traces::start(settings, dropped)
        });
        Self {
            traces,
            logs: Logs::start(store.clone(), folder, metrics.logs_dropped.clone()),
            status_events,
            metrics,
            tasks: Table::default(),
            lookups: Arc::new(Semaphore::new(LOOKUPS)),
        }
    }
}

/// The execution that a step belongs to.
struct Seen<'a> {
    origin: Origin<'a>,
    start_ms: i64,
}

impl<'a> Seen<'a> {
    fn of(loaded: &'a Loaded) -> Self {
        Self {
            origin: Origin(loaded.state.identity()),
            start_ms: loaded.start_ms,
        }
    }
}

impl Observer {
    /// Events of an execution that runs in memory only.
    pub(super) fn see_express(&self, loaded: &Loaded, tracks: &mut Tracks, events: &[Event]) {
        let seen = &Seen::of(loaded);
        self.log(loaded, &loaded.machine_arn, events);
        self.trace(loaded, events);
        for event in events {
            self.count(seen, event);
            // Events of one process that are not known were never scheduled.
            let _ = tracks.follow(&self.metrics, event);
        }
    }

    fn log(&self, loaded: &Loaded, machine: &MachineArn, events: &[Event]) {
        let (execution, redrives) = (
            &loaded.state.identity().execution_arn,
            loaded.state.redrive_count(),
        );
        self.logs.see(machine, execution, redrives, events);
    }

    /// Whether executions have traces.
    pub(super) fn makes_traces(&self) -> bool {
        self.traces.is_some()
    }

    /// Makes spans of events.
    pub(super) fn trace(&self, loaded: &Loaded, events: &[Event]) {
        let Some(traces) = &self.traces else { return };
        let traced = Traced {
            key: &loaded.arn,
            identity: loaded.state.identity(),
            start_ms: loaded.start_ms,
            redrive_count: loaded.state.redrive_count(),
            redriven_ms: loaded.state.redriven_ms(),
        };
        traces.see(traced, events);
    }

    fn tell_of_status(&self, loaded: &Loaded, events: &[Event]) {
        let Some(status_events) = &self.status_events else {
            return;
        };
        for change in events
            .iter()
            .filter_map(|event| status::change(loaded, event))
        {
            status_events.see(loaded.id, change);
        }
    }

    fn count(&self, seen: &Seen<'_>, event: &Event) {
        let EventKind::Execution(what) = &event.kind else {
            return;
        };
        let end = match what {
            ExecutionEvent::Started { .. } => return self.metrics.execution_started(seen.origin),
            ExecutionEvent::Redriven { .. } => {
                return self.metrics.execution_redriven(seen.origin);
            }
            ExecutionEvent::Succeeded { .. } => ExecutionEnd::Succeeded,
            ExecutionEvent::Failed(_) => ExecutionEnd::Failed,
            ExecutionEvent::Aborted(_) => ExecutionEnd::Aborted,
            ExecutionEvent::TimedOut(_) => ExecutionEnd::TimedOut,
        };
        let stop_ms = event.timestamp_ms;
        self.metrics
            .execution_ended(seen.origin, end, seen.start_ms, stop_ms);
    }
}

impl Inner {
    /// Events of a step, which are on disk.
    pub(super) fn see(self: &Arc<Self>, loaded: &Loaded, events: &[Event], ended: bool) {
        let id = loaded.id;
        let seen = Seen::of(loaded);
        // Children of map runs are logged with the machine that was deployed.
        let deployed = self.home.machine(loaded.machine_arn.deployed_name());
        self.observer.log(loaded, &deployed, events);
        self.observer.tell_of_status(loaded, events);
        self.observer.trace(loaded, events);
        for event in events {
            self.observer.count(&seen, event);
            if let Err(Missed) = self
                .observer
                .tasks
                .follow(&self.observer.metrics, id, event)
            {
                self.count_from_history(id, event.clone());
            }
        }
        if ended {
            self.observer.tasks.forget(id);
        }
    }

    /// A task that was scheduled before this server started, or so long ago that it was forgotten: its history knows the rest.
    fn count_from_history(self: &Arc<Self>, id: i64, event: Event) {
        let Ok(room) = Arc::clone(&self.observer.lookups).try_acquire_owned() else {
            return;
        };
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            let _room = room;
            let mut chain = Vec::new();
            let mut next = event.previous_event_id;
            while next > 0 {
                let found = inner.store.event(id, next).await.ok().flatten();
                let Some(before) = found.as_ref().and_then(Event::from_wire) else {
                    return;
                };
                let is_first = tasks::is_first(&before);
                next = if is_first {
                    0
                } else {
                    before.previous_event_id
                };
                chain.push(before);
            }
            let mut tracks = Tracks::default();
            for before in chain.iter().rev() {
                tracks.know(before);
            }
            // What is still unknown after that is no task.
            let _ = tracks.follow(&inner.observer.metrics, &event);
        });
    }
}

impl Engine {
    /// Everything that is counted, as OpenMetrics text.
    pub(crate) fn metrics_text(&self) -> Result<String, std::fmt::Error> {
        let inner = &self.inner;
        inner.observer.metrics.text(
            inner.open.count(),
            inner.store.queued(),
            inner.calls.count(),
        )
    }

    /// Waits until logs that were seen are written, and status events and spans delivered or given up, but not longer than
    /// `limit`.
    pub async fn deliver_rest(&self, limit: Duration) {
        let observer = &self.inner.observer;
        let status_events = async {
            if let Some(status_events) = &observer.status_events {
                status_events.drain(limit).await;
            }
        };
        let traces = async {
            if let Some(traces) = &observer.traces {
                traces.flush(limit).await;
            }
        };
        tokio::join!(observer.logs.drain(limit), status_events, traces);
    }

    /// A request was answered. The operation is one of few names.
    pub(crate) fn count_request(&self, operation: &str, status: u16) {
        self.inner.observer.metrics.request(operation, status);
    }
}
