//! Counts and times for operators: those of AWS's namespace `AWS/States` (feature map, MON-01 to MON-09), and the server's own.
//!
//! Everything counts from the start of the process, as Prometheus expects. Nothing here decides anything, and nothing waits.

mod names;
mod tasks;

pub(crate) use tasks::{TaskCounts, TaskEnd};

use crate::store::CommitStats;
use asl::machine::Identity;
use names::{Names, OTHER};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

/// Machines, with their versions and aliases, told apart; all further ones count as one.
const MACHINES: usize = 500;

/// A family of times with its buckets.
type Times<L> = Family<L, Histogram, fn() -> Histogram>;

/// From ten milliseconds to a week.
fn long_times() -> Histogram {
    Histogram::new(exponential_buckets(0.01, 4.0, 14))
}

/// Milliseconds as seconds; 0 when a clock went back.
fn seconds(from_ms: i64, to_ms: i64) -> f64 {
    std::time::Duration::from_millis(u64::try_from(to_ms - from_ms).unwrap_or(0)).as_secs_f64()
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct MachineLabel {
    state_machine: String,
    version: String,
    alias: String,
}

/// What an execution was started on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a>(pub(crate) &'a Identity);

impl Origin<'_> {
    /// Machine, version and alias; empty where it was started on none.
    fn parts(self) -> [String; 3] {
        let name = |arn: &Option<String>| {
            let name = arn.as_deref().and_then(|arn| arn.rsplit(':').next());
            name.unwrap_or_default().to_owned()
        };
        let Self(identity) = self;
        [
            identity.machine_arn.clone(),
            name(&identity.version_arn),
            name(&identity.alias_arn),
        ]
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabel {
    operation: String,
    status: u16,
}

/// How an execution ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExecutionEnd {
    /// With an output.
    Succeeded,
    /// With an error.
    Failed,
    /// It was stopped.
    Aborted,
    /// It took longer than it may.
    TimedOut,
}

/// The counts of executions, by machine.
#[derive(Debug)]
struct Executions {
    started: Family<MachineLabel, Counter>,
    redriven: Family<MachineLabel, Counter>,
    succeeded: Family<MachineLabel, Counter>,
    failed: Family<MachineLabel, Counter>,
    aborted: Family<MachineLabel, Counter>,
    timed_out: Family<MachineLabel, Counter>,
    time: Times<MachineLabel>,
}

impl Executions {
    fn register(registry: &mut Registry) -> Self {
        let mut counter = |name: &str, help: &str| {
            let family = Family::<MachineLabel, Counter>::default();
            registry.register(name, help, family.clone());
            family
        };
        let (started, redriven, succeeded, failed, aborted, timed_out) = (
            counter("executions_started", "Executions started"),
            counter("executions_redriven", "Redrives of executions"),
            counter("executions_succeeded", "Executions that succeeded"),
            counter("executions_failed", "Executions that failed"),
            counter("executions_aborted", "Executions that were stopped"),
            counter("executions_timed_out", "Executions that timed out"),
        );
        let time = Times::new_with_constructor(long_times as fn() -> Histogram);
        let help = "From the start of an execution to its end";
        registry.register_with_unit("execution_time", help, Unit::Seconds, time.clone());
        Self {
            started,
            redriven,
            succeeded,
            failed,
            aborted,
            timed_out,
            time,
        }
    }
}

/// All of them.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    machines: Names,
    executions: Executions,
    /// Tasks by activity.
    pub(crate) activities: TaskCounts,
    /// Tasks whose resource is a function's ARN.
    pub(crate) functions: TaskCounts,
    /// Tasks by service integration.
    pub(crate) integrations: TaskCounts,
    requests: Family<RequestLabel, Counter>,
    lateness: Histogram,
    /// Events that should have been logged and were not.
    pub(crate) logs_dropped: Counter,
    /// Status events that did not reach what takes them.
    pub(crate) status_events_dropped: Counter,
    /// Spans that did not reach the collector of traces.
    pub(crate) spans_dropped: Counter,
    open: Gauge,
    queue: Gauge,
    calls: [Gauge; 2],
}

impl Metrics {
    /// None of them counted yet.
    pub(crate) fn new(commits: &CommitStats) -> Self {
        let mut registry = Registry::with_prefix("statecraft");
        let executions = Executions::register(&mut registry);
        let activities = TaskCounts::register(&mut registry, "activities", "activity");
        let functions = TaskCounts::register(&mut registry, "lambda_functions", "lambda_function");
        let integrations =
            TaskCounts::register(&mut registry, "service_integrations", "service_integration");
        let requests = Family::<RequestLabel, Counter>::default();
        let help = "HTTP requests answered";
        registry.register("http_requests", help, requests.clone());
        let lateness = Histogram::new(exponential_buckets(0.001, 4.0, 10));
        let help = "From the moment a timer was due to the moment it fired";
        registry.register_with_unit("timer_lateness", help, Unit::Seconds, lateness.clone());
        let logs_dropped = Counter::default();
        let help = "Events that should have been logged and were not";
        registry.register("log_events_dropped", help, logs_dropped.clone());
        let status_events_dropped = Counter::default();
        let help = "Status events that did not reach what takes them";
        let name = "status_events_dropped";
        registry.register(name, help, status_events_dropped.clone());
        let spans_dropped = Counter::default();
        let help = "Spans that did not reach the collector of traces";
        registry.register("spans_dropped", help, spans_dropped.clone());
        let (open, queue) = (Gauge::default(), Gauge::default());
        registry.register("open_executions", "Executions that run", open.clone());
        registry.register(
            "write_queue",
            "Writes that wait for a commit",
            queue.clone(),
        );
        let calls = [Gauge::default(), Gauge::default()];
        let [under_way, waiting] = &calls;
        let help = "Calls of functions and HTTP APIs under way";
        registry.register("calls_under_way", help, under_way.clone());
        let help = "Tasks that wait until such a call may begin";
        registry.register("calls_waiting", help, waiting.clone());
        commits.register(&mut registry);
        Self {
            registry,
            machines: Names::up_to(MACHINES),
            executions,
            activities,
            functions,
            integrations,
            requests,
            lateness,
            logs_dropped,
            status_events_dropped,
            spans_dropped,
            open,
            queue,
            calls,
        }
    }

    fn machine(&self, origin: Origin<'_>) -> MachineLabel {
        let parts = origin.parts();
        let [state_machine, version, alias] = if self.machines.admits(&parts.join(" ")) {
            parts
        } else {
            [OTHER.to_owned(), String::new(), String::new()]
        };
        MachineLabel {
            state_machine,
            version,
            alias,
        }
    }

    /// An execution was started.
    pub(crate) fn execution_started(&self, origin: Origin<'_>) {
        let label = self.machine(origin);
        self.executions.started.get_or_create(&label).inc();
    }

    /// An execution was redriven.
    pub(crate) fn execution_redriven(&self, origin: Origin<'_>) {
        let label = self.machine(origin);
        self.executions.redriven.get_or_create(&label).inc();
    }

    /// An execution ended.
    pub(crate) fn execution_ended(
        &self,
        origin: Origin<'_>,
        end: ExecutionEnd,
        start_ms: i64,
        stop_ms: i64,
    ) {
        let label = self.machine(origin);
        let family = match end {
            ExecutionEnd::Succeeded => &self.executions.succeeded,
            ExecutionEnd::Failed => &self.executions.failed,
            ExecutionEnd::Aborted => &self.executions.aborted,
            ExecutionEnd::TimedOut => &self.executions.timed_out,
        };
        family.get_or_create(&label).inc();
        let time = seconds(start_ms, stop_ms);
        self.executions.time.get_or_create(&label).observe(time);
    }

    /// A request was answered. The operation is one of few names.
    pub(crate) fn request(&self, operation: &str, status: u16) {
        let operation = operation.to_owned();
        let label = RequestLabel { operation, status };
        self.requests.get_or_create(&label).inc();
    }

    /// A timer fired.
    pub(crate) fn timer_fired(&self, due_ms: i64, now_ms: i64) {
        self.lateness.observe(seconds(due_ms, now_ms));
    }

    /// All of it as OpenMetrics text, with what only counts at this moment.
    pub(crate) fn text(
        &self,
        open: i64,
        queued: usize,
        (under_way, waiting): (usize, usize),
    ) -> Result<String, std::fmt::Error> {
        self.open.set(open);
        let gauge =
            |gauge: &Gauge, count: usize| gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        gauge(&self.queue, queued);
        let [calls_under_way, calls_waiting] = &self.calls;
        gauge(calls_under_way, under_way);
        gauge(calls_waiting, waiting);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
