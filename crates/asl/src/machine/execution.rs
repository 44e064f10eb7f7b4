//! The state of one execution between steps: what is open, and what is still to be done.
//!
//! A *thread* is a sequence of states in one block: the execution's own, a branch, or an iteration. A thread whose
//! state is a Parallel or Map waits for the threads of its branches or iterations; of a finished one only the result
//! is kept. Everything is kept in order, so that the same inputs always give the same bytes.

use super::alone::Alone;
use super::payload::Payload;
use super::{Effect, Finish, Identity, MapRunId, TaskId, TaskRequest, TimerId};
use crate::definition::{BlockId, StateId, StateMachine};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// An execution with this many events cannot be redriven any more (feature map, API-908).
pub const MAX_REDRIVABLE_EVENTS: u64 = 24_999;

/// The state of one execution, between steps; its serde form is what the server stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Execution {
    pub(super) identity: Identity,
    pub(super) input: Payload,
    #[serde(default)]
    pub(super) scope: ExecutionScope,
    pub(super) start_ms: i64,
    pub(super) observe: bool,
    /// Whether each piece of work waits for [`super::Input::Continue`].
    pub(super) one_at_a_time: bool,
    /// How the state is met when it runs on its own; such executions are never stored.
    #[serde(skip)]
    pub(super) alone: Option<Box<Alone>>,
    /// Activities that are not there, as whoever drives the execution said last.
    #[serde(skip)]
    pub(super) absent_activities: Vec<String>,
    pub(super) last_event: u64,
    /// The time of the last event, in milliseconds since 1970.
    #[serde(default)]
    pub(super) last_event_ms: i64,
    /// The next number for a thread, task or timer.
    pub(super) next_number: u64,
    pub(super) threads: BTreeMap<ThreadId, Thread>,
    pub(super) tasks: BTreeMap<TaskId, ThreadId>,
    #[serde(default)]
    pub(super) map_runs: BTreeMap<MapRunId, ThreadId>,
    pub(super) timers: BTreeMap<TimerId, Timer>,
    pub(super) ready: VecDeque<Work>,
    pub(super) finish: Option<Finish>,
    /// How often it was redriven.
    #[serde(default)]
    pub(super) redrives: u32,
    /// When it was redriven last, in milliseconds since 1970.
    #[serde(default)]
    pub(super) redriven_ms: i64,
}

/// Which part of the machine an execution runs.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub(super) enum ExecutionScope {
    /// All of it.
    #[default]
    Machine,
    /// The processor of a distributed Map, for one item or batch.
    Child {
        block: BlockId,
        /// Seconds that it may take.
        limit: Option<u64>,
    },
}

/// Machine variables by name.
pub(crate) type Variables = IndexMap<String, Value>;

/// A thread of one execution: its own block, a branch or an iteration. Unique within it, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ThreadId(pub(super) u64);

/// A sequence of states in one block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Thread {
    /// The thread whose Parallel or Map it belongs to, with the number of the branch or iteration.
    pub(super) parent: Option<(ThreadId, u32)>,
    /// Variables that it can see; `None` as long as they are those of its parent.
    pub(super) variables: Option<Arc<Variables>>,
    pub(super) state: StateId,
    /// The raw input of the state.
    pub(super) input: Payload,
    /// The last event of the thread.
    pub(super) previous: u64,
    /// What the entered event names as its cause.
    pub(super) entered_previous: u64,
    /// The entered event of the state.
    pub(super) entered: u64,
    pub(super) entered_ms: i64,
    /// Retries of the state in this visit.
    pub(super) retries: u32,
    /// Retries by retrier, in this visit.
    pub(super) retriers: Vec<u64>,
    /// The state's last map run, when it ended without success and a redrive goes on with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_map_run: Option<OpenMapRun>,
    pub(super) activity: Activity,
}

impl Thread {
    /// Ends what it does, as [`Activity::stop`] does; a map run is remembered for a redrive.
    pub(super) fn halt(&mut self) -> Activity {
        let ended = self.activity.stop();
        if let Activity::MapRun(open) = &ended {
            self.last_map_run = Some(open.clone());
        }
        ended
    }
}

/// What a thread is doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Activity {
    /// Nothing that takes time: it stands in the queue of work.
    Running,
    /// A task is open.
    Task(Box<OpenTask>),
    /// A Wait state waits.
    Waiting(TimerId),
    /// A failed state waits to be tried again.
    Retrying(TimerId),
    /// Branches or iterations run.
    Fan(Box<Fan>),
    /// Branches or iterations were ended by a failure; what they had come to is kept for a redrive.
    Stopped(Box<Fan>),
    /// A map run is under way.
    MapRun(OpenMapRun),
}

impl Activity {
    /// Ends it: branches and iterations are kept for a redrive, a task or timer is given out to be cancelled.
    pub(super) fn stop(&mut self) -> Self {
        match std::mem::replace(self, Self::Running) {
            Self::Fan(fan) | Self::Stopped(fan) => {
                *self = Self::Stopped(fan);
                Self::Running
            }
            ended @ (Self::Running
            | Self::Task(_)
            | Self::Waiting(_)
            | Self::Retrying(_)
            | Self::MapRun(_)) => ended,
        }
    }
}

/// A map run that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OpenMapRun {
    pub(super) map_run: MapRunId,
    /// Its `MapRunStarted` event, or that of its last redrive.
    pub(super) started: u64,
    /// Its ARN; states that were stored before there was a redrive do not have it.
    #[serde(default)]
    pub(super) arn: Option<Arc<str>>,
    /// How often it was redriven.
    #[serde(default)]
    pub(super) redrives: u32,
}

/// A map run for which an execution waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwaitedMapRun<'a> {
    /// Which map run.
    pub map_run: MapRunId,
    /// The Map state.
    pub state: &'a str,
    /// Zero-based count of tries of the state in this visit.
    pub attempt: u32,
    /// How often it was redriven: one that knows of fewer redrives has yet to be told.
    pub redrive_count: u32,
}

/// A task that was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenTask {
    pub(super) request: TaskRequest,
    /// Whether its started event was written.
    pub(super) started: bool,
    pub(super) timeout: Option<TimerId>,
    pub(super) heartbeat: Option<TimerId>,
}

/// Branches of a Parallel, or iterations of a Map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Fan {
    /// The input of every branch, or what the item selector sees as `$`.
    pub(super) input: Payload,
    /// The items of a Map; their texts when they were read from one.
    pub(super) items: Option<Payload>,
    pub(super) total: u32,
    /// The next one to begin.
    pub(super) next: u32,
    /// How many are done.
    pub(super) done: u32,
    /// How many may run at once.
    pub(super) limit: u32,
    pub(super) active: BTreeMap<u32, ThreadId>,
    pub(super) results: Vec<Option<Payload>>,
    /// Bytes of all results so far; beyond the limit of a payload, results are not kept any more.
    pub(super) bytes: usize,
}

/// An open timer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Timer {
    pub(super) at_ms: i64,
    pub(super) purpose: Purpose,
}

/// What a timer is for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) enum Purpose {
    /// The end of a Wait state.
    Wait(ThreadId),
    /// The next try of a failed state.
    Retry(ThreadId),
    /// The limit of a task.
    TaskTimeout(TaskId),
    /// The limit between two heartbeats of a task.
    Heartbeat(TaskId),
    /// The limit of the whole execution.
    ExecutionTimeout,
    /// Work that was left over when a step had done its share.
    Continue,
}

/// Something to do in this step, or in the next one when this one has done its share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) enum Work {
    /// Enter the state of a thread.
    Enter(ThreadId),
    /// Do the work of the state again, after a failure.
    Again(ThreadId),
    /// Go on with the state of a thread after a redrive.
    Resume(ThreadId),
    /// Write that a task has started.
    Started(TaskId),
}

impl Execution {
    /// An execution that has not started; `input` is JSON text.
    pub fn new(_machine: &StateMachine, identity: Identity, input: Arc<str>) -> Self {
        Self::empty(identity, Payload::from_text(input))
    }

    /// The execution of a distributed Map's processor on one item or batch; `input` is JSON text.
    pub(super) fn child(
        identity: Identity,
        input: Payload,
        block: BlockId,
        limit: Option<u64>,
    ) -> Self {
        Self {
            scope: ExecutionScope::Child { block, limit },
            ..Self::empty(identity, input)
        }
    }

    /// The same execution with nothing but one thread.
    pub(super) fn with_only(&self, id: ThreadId, thread: Thread) -> Self {
        Self {
            start_ms: self.start_ms,
            observe: self.observe,
            next_number: self.next_number,
            threads: BTreeMap::from([(id, thread)]),
            ..Self::empty(self.identity.clone(), self.input.clone())
        }
    }

    fn empty(identity: Identity, input: Payload) -> Self {
        Self {
            identity,
            input,
            scope: ExecutionScope::Machine,
            start_ms: 0,
            observe: false,
            one_at_a_time: false,
            alone: None,
            absent_activities: Vec::new(),
            last_event: 0,
            last_event_ms: 0,
            next_number: 1,
            threads: BTreeMap::new(),
            tasks: BTreeMap::new(),
            map_runs: BTreeMap::new(),
            timers: BTreeMap::new(),
            ready: VecDeque::new(),
            finish: None,
            redrives: 0,
            redriven_ms: 0,
        }
    }

    /// What the execution is told about itself.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// When it started, in milliseconds since 1970; 0 before.
    pub fn start_ms(&self) -> i64 {
        self.start_ms
    }

    /// Its input, as JSON text.
    pub fn input(&self) -> &Arc<str> {
        self.input.text()
    }

    /// Lets the numbers of its threads, tasks, map runs and timers begin at `first`, so that they are unique among several
    /// executions too. Only before it has started.
    pub fn number_from(&mut self, first: u64) {
        if !self.is_started() {
            self.next_number = first.max(1);
        }
    }

    /// Asks for [`super::Outcome::observations`] from now on.
    pub fn observe(&mut self, on: bool) {
        self.observe = on;
    }

    /// Asks that work be done piece by piece: an input only queues it, and each [`super::Input::Continue`] does one piece,
    /// which is at most one state. The history is the same as otherwise.
    pub fn one_at_a_time(&mut self, on: bool) {
        self.one_at_a_time = on;
    }

    /// Whether work is left over that [`super::Input::Continue`] does.
    pub fn has_work(&self) -> bool {
        self.finish.is_none() && !self.ready.is_empty()
    }

    /// The state that the next piece of work enters, when it enters one.
    pub fn next_to_enter(&self) -> Option<StateId> {
        match self.ready.front()? {
            Work::Enter(thread) => Some(self.threads.get(thread)?.state),
            Work::Again(_) | Work::Resume(_) | Work::Started(_) => None,
        }
    }

    /// Whether a timer only limits something else: a task, its heartbeats, or the whole execution.
    pub fn is_limit(&self, timer: TimerId) -> bool {
        self.timers
            .get(&timer)
            .is_some_and(|timer| match timer.purpose {
                Purpose::TaskTimeout(_) | Purpose::Heartbeat(_) | Purpose::ExecutionTimeout => true,
                Purpose::Wait(_) | Purpose::Retry(_) | Purpose::Continue => false,
            })
    }

    /// Gives a child the X-Ray header of who started it.
    pub fn set_trace_header(&mut self, header: Option<String>) {
        self.identity.trace_header = header;
    }

    /// Whether it is an Express execution: one of an Express machine, or a child of a map run whose children are.
    pub fn is_express(&self) -> bool {
        match self.scope {
            ExecutionScope::Machine => self.identity.is_express(),
            ExecutionScope::Child { limit, .. } => limit.is_some(),
        }
    }

    /// Whether [`super::Input::Redrive`] is taken: the execution failed, timed out or was stopped, and its history has
    /// room for more (feature map, RED-01). Express children of a map run are not: they are started again (RED-06).
    pub fn is_redrivable(&self) -> bool {
        let is_unsuccessful = match &self.finish {
            Some(Finish::Failed { .. } | Finish::TimedOut { .. } | Finish::Aborted { .. }) => true,
            Some(Finish::Succeeded { .. }) | None => false,
        };
        is_unsuccessful
            && !self.is_express()
            && !self.threads.is_empty()
            && self.last_event < MAX_REDRIVABLE_EVENTS
    }

    /// How often it was redriven.
    pub fn redrive_count(&self) -> u32 {
        self.redrives
    }

    /// When it was redriven last, in milliseconds since 1970.
    pub fn redriven_ms(&self) -> Option<i64> {
        (self.redrives > 0).then_some(self.redriven_ms)
    }

    /// How it ended, once it has.
    pub fn finish(&self) -> Option<&Finish> {
        self.finish.as_ref()
    }

    /// Whether it has started.
    pub fn is_started(&self) -> bool {
        self.last_event > 0
    }

    /// Map runs that are open now.
    pub fn open_map_runs<'a>(
        &'a self,
        machine: &'a StateMachine,
    ) -> impl Iterator<Item = AwaitedMapRun<'a>> {
        self.map_runs.iter().filter_map(|(map_run, thread)| {
            let thread = self.threads.get(thread)?;
            let redrive_count = match &thread.activity {
                Activity::MapRun(open) => open.redrives,
                Activity::Running
                | Activity::Task(_)
                | Activity::Waiting(_)
                | Activity::Retrying(_)
                | Activity::Fan(_)
                | Activity::Stopped(_) => 0,
            };
            Some(AwaitedMapRun {
                map_run: *map_run,
                state: &machine.state(thread.state)?.name,
                attempt: thread.retries,
                redrive_count,
            })
        })
    }

    /// Tasks and timers that are open now, as effects: what a restarted server does first. Map runs are kept by the caller.
    pub fn open_effects(&self) -> Vec<Effect> {
        let tasks = self.open_tasks().map(|task| Effect::Schedule(task.clone()));
        let timers = self.timers.iter().map(|(id, timer)| Effect::SetTimer {
            timer: *id,
            at_ms: timer.at_ms,
        });
        tasks.chain(timers).collect()
    }

    /// Says which activities of the machine are not there: the next steps end their tasks without scheduling them, as AWS
    /// does (recorded). What is not said is taken to be there. Not part of the stored form.
    pub fn set_absent_activities(&mut self, arns: Vec<String>) {
        self.absent_activities = arns;
    }

    /// Tasks that are open now, oldest first.
    pub fn open_tasks(&self) -> impl Iterator<Item = &TaskRequest> {
        self.tasks
            .values()
            .filter_map(|thread| match &self.threads.get(thread)?.activity {
                Activity::Task(task) => Some(&task.request),
                Activity::Running
                | Activity::Waiting(_)
                | Activity::Retrying(_)
                | Activity::Fan(_)
                | Activity::Stopped(_)
                | Activity::MapRun(_) => None,
            })
    }

    /// Id of the last event.
    pub fn last_event_id(&self) -> u64 {
        self.last_event
    }

    /// Time of the last event, in milliseconds since 1970; 0 before the first. A later event has no earlier time.
    pub fn last_event_ms(&self) -> i64 {
        self.last_event_ms
    }

    pub(super) fn number(&mut self) -> u64 {
        let number = self.next_number;
        self.next_number += 1;
        number
    }
}
