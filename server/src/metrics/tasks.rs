//! Counts and times of tasks, by what they call (feature map, MON-07 to MON-09).

use super::names::Names;
use super::{Times, long_times, seconds};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// Resources told apart for each kind of task.
const RESOURCES: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResourceLabel {
    resource: String,
}

/// How a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskEnd {
    /// With a result.
    Succeeded,
    /// With an error.
    Failed,
    /// It took longer than it may.
    TimedOut,
    /// Its worker gave no sign of life.
    HeartbeatTimedOut,
}

/// The counts of one kind of task.
#[derive(Debug)]
pub(crate) struct TaskCounts {
    resources: Names,
    scheduled: Family<ResourceLabel, Counter>,
    started: Family<ResourceLabel, Counter>,
    succeeded: Family<ResourceLabel, Counter>,
    failed: Family<ResourceLabel, Counter>,
    timed_out: Family<ResourceLabel, Counter>,
    heartbeat_timed_out: Family<ResourceLabel, Counter>,
    time: Times<ResourceLabel>,
    schedule_time: Times<ResourceLabel>,
    run_time: Times<ResourceLabel>,
}

impl TaskCounts {
    /// `many` and `one` begin the names, for example `activities_started` and `activity_time`.
    pub(super) fn register(registry: &mut Registry, many: &str, one: &str) -> Self {
        let counter = |registry: &mut Registry, what: &str, help: &str| {
            let family = Family::<ResourceLabel, Counter>::default();
            registry.register(format!("{many}_{what}"), help, family.clone());
            family
        };
        let times = |registry: &mut Registry, what: &str, help: &str| {
            let family = Times::new_with_constructor(long_times as fn() -> Histogram);
            let name = format!("{one}_{what}");
            registry.register_with_unit(name, help, Unit::Seconds, family.clone());
            family
        };
        Self {
            resources: Names::up_to(RESOURCES),
            scheduled: counter(registry, "scheduled", "Tasks scheduled"),
            started: counter(registry, "started", "Tasks started"),
            succeeded: counter(registry, "succeeded", "Tasks that succeeded"),
            failed: counter(registry, "failed", "Tasks that failed"),
            timed_out: counter(registry, "timed_out", "Tasks that timed out"),
            heartbeat_timed_out: counter(
                registry,
                "heartbeat_timed_out",
                "Tasks whose heartbeat timed out",
            ),
            time: times(registry, "time", "From schedule to end"),
            schedule_time: times(registry, "schedule_time", "From schedule to start"),
            run_time: times(registry, "run_time", "From start to end"),
        }
    }

    fn label(&self, resource: &str) -> ResourceLabel {
        let resource = self.resources.admit(resource);
        ResourceLabel { resource }
    }

    /// A task was scheduled.
    pub(crate) fn scheduled(&self, resource: &str) {
        let label = self.label(resource);
        self.scheduled.get_or_create(&label).inc();
    }

    /// A task was started.
    pub(crate) fn started(&self, resource: &str, scheduled_ms: i64, now_ms: i64) {
        let label = self.label(resource);
        self.started.get_or_create(&label).inc();
        let time = seconds(scheduled_ms, now_ms);
        self.schedule_time.get_or_create(&label).observe(time);
    }

    /// A task ended; one that was never started has no time of running.
    pub(crate) fn ended(
        &self,
        resource: &str,
        end: TaskEnd,
        scheduled_ms: i64,
        started_ms: Option<i64>,
        now_ms: i64,
    ) {
        let label = self.label(resource);
        let family = match end {
            TaskEnd::Succeeded => &self.succeeded,
            TaskEnd::Failed => &self.failed,
            TaskEnd::TimedOut => &self.timed_out,
            TaskEnd::HeartbeatTimedOut => &self.heartbeat_timed_out,
        };
        family.get_or_create(&label).inc();
        let time = seconds(scheduled_ms, now_ms);
        self.time.get_or_create(&label).observe(time);
        if let Some(started_ms) = started_ms {
            let time = seconds(started_ms, now_ms);
            self.run_time.get_or_create(&label).observe(time);
        }
    }
}
