//! The interpreter: a pure step function.
//!
//! *Given a machine, the state of one execution, one input and the present moment, give the next state, the history events
//! that this caused, and the effects wanted.* No clock, no I/O, no threads, no random numbers: [`Moment`] brings time and
//! entropy. Effects come in a fixed order. Branches and iterations share nothing.

pub(crate) mod alone;
mod choice;
mod context;
mod data;
mod distributed;
mod entropy;
mod error;
mod execution;
mod failure;
mod fan;
mod fields;
mod flow;
mod inspect;
mod jsonata;
mod map;
pub mod map_run;
mod parallel;
mod passage;
mod payload;
pub mod query_language;
mod redrive;
mod run;
mod task;
mod variables;
mod wait;

#[cfg(test)]
pub(crate) mod tests;

pub use execution::{AwaitedMapRun, Execution, MAX_REDRIVABLE_EVENTS, ThreadId};
pub use inspect::{Doing, Entry, ThreadView};
pub use passage::{Passage, Through};

use crate::definition::StateMachine;
use crate::history::Event;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Time and entropy of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z. May go backwards from step to step, as clocks do that are set; the events
    /// of an execution do not.
    pub now_ms: i64,
    /// Fresh entropy for tokens, UUIDs, jitter and `States.MathRandom`; the same entropy gives the same step.
    pub entropy: [u8; 32],
}

/// What an execution is told about itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// ARN of the execution.
    pub execution_arn: String,
    /// Its name.
    pub execution_name: String,
    /// ARN of the machine, without version or case.
    pub machine_arn: String,
    /// The machine's name.
    pub machine_name: String,
    /// The role given at creation.
    pub role_arn: String,
    /// For `TaskScheduled` events.
    pub region: String,
    /// ARN of the alias through which it was started (feature map, VER-07).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias_arn: Option<String>,
    /// ARN of the version that it runs, when it was started on a version or through an alias (feature map, VER-07).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_arn: Option<String>,
    /// The X-Ray header that it was started with (feature map, 12.3). Nothing in an execution reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace_header: Option<String>,
}

impl Identity {
    /// Whether it is an Express execution: its ARN says so. Nobody redrives one, and its context object does not count it.
    pub fn is_express(&self) -> bool {
        self.execution_arn.split(':').nth(5) == Some("express")
    }
}

/// A task of one execution: unique within it, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TaskId(pub u64);

/// A map run of one execution: unique within it, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MapRunId(pub u64);

/// A timer of one execution: unique within it, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TimerId(pub u64);

/// What can happen to an execution.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The first input of every execution.
    Start,
    /// A worker or service has taken the task (an activity's `GetActivityTask`); writes `ActivityStarted`.
    TaskStarted {
        /// Which task.
        task: TaskId,
        /// The worker's name, as it gave it.
        worker: Option<String>,
    },
    /// The request half of a callback or job task was answered; the task goes on. `output` is JSON text.
    TaskSubmitted {
        /// Which task.
        task: TaskId,
        /// What the service answered, as JSON text.
        output: Arc<str>,
    },
    /// The task is done. `output` is JSON text; text that is no JSON fails the state with `States.Runtime`.
    TaskSucceeded {
        /// Which task.
        task: TaskId,
        /// Its result, as JSON text.
        output: Arc<str>,
    },
    /// The task failed.
    TaskFailed {
        /// Which task.
        task: TaskId,
        /// The error's name, when there is one.
        error: Option<String>,
        /// The cause, when there is one.
        cause: Option<String>,
        /// At which point it failed: decides which event is written (`TaskFailed`, `LambdaFunctionScheduleFailed`, …).
        at: FailurePoint,
    },
    /// The worker lives.
    Heartbeat {
        /// Which task.
        task: TaskId,
    },
    /// A timer has come due.
    TimerFired {
        /// Which timer.
        timer: TimerId,
    },
    /// A map run is over.
    MapRunFinished {
        /// Which map run.
        map_run: MapRunId,
        /// How it ended.
        end: MapRunEnd,
    },
    /// Do the next piece of work that was left over, for a caller that goes [state by state](Execution::one_at_a_time).
    Continue,
    /// RedriveExecution: go on where an execution failed, timed out or was stopped (feature map, RED-01 to RED-03). Taken
    /// only when [`Execution::is_redrivable`].
    Redrive,
    /// StopExecution.
    Stop {
        /// The error given.
        error: Option<String>,
        /// The cause given.
        cause: Option<String>,
    },
}

/// At which point a task failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailurePoint {
    /// It could not be handed over (no such resource, refused).
    Schedule,
    /// It was handed over and could not begin.
    Start,
    /// The request half of a callback or job task failed.
    Submit,
    /// While working.
    Work,
}

/// What the interpreter wants done. It must be done only after the events of the same step are on disk.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Run a task. Asked again after a restart, with the same id and token.
    Schedule(TaskRequest),
    /// Nobody waits for the task any more (timeout, stop, failed sibling).
    CancelTask {
        /// Which task.
        task: TaskId,
    },
    /// Begin a map run: keep it, give it [`map_run::Input::Continue`], and do what it wants until it is over.
    StartMapRun(Box<MapRunRequest>),
    /// Go on with a map run that ended without success: give it [`map_run::Input::Redrive`]. A mocked one is mocked again.
    RedriveMapRun {
        /// Which map run.
        map_run: MapRunId,
        /// The Map state.
        state: String,
        /// Zero-based count of tries of the state in this visit: picks the mocked response.
        attempt: u32,
        /// How often it was redriven, this time included.
        redrive_count: u32,
    },
    /// Nobody waits for the map run any more (stop, time limit, failed sibling): give it [`map_run::Input::Abort`].
    AbortMapRun {
        /// Which map run.
        map_run: MapRunId,
    },
    /// Send [`Input::TimerFired`] at `at_ms` (or at once when that is past).
    SetTimer {
        /// Which timer.
        timer: TimerId,
        /// When, in milliseconds since 1970.
        at_ms: i64,
    },
    /// The timer is not needed any more. One that fires nevertheless is ignored.
    CancelTimer {
        /// Which timer.
        timer: TimerId,
    },
    /// The execution is over; always the last effect.
    Finish(Finish),
}

/// How an execution ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Finish {
    /// `SUCCEEDED`; the output is JSON text.
    Succeeded {
        /// JSON text.
        output: Arc<str>,
    },
    /// `FAILED`
    Failed {
        /// The error's name.
        error: Option<String>,
        /// The cause.
        cause: Option<String>,
    },
    /// `TIMED_OUT`
    TimedOut {
        /// The error's name.
        error: Option<String>,
        /// The cause.
        cause: Option<String>,
    },
    /// `ABORTED`
    Aborted {
        /// The error given to StopExecution.
        error: Option<String>,
        /// The cause given to StopExecution.
        cause: Option<String>,
    },
}

/// How a map run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MapRunEnd {
    /// Its result, as JSON text.
    Succeeded {
        /// JSON text.
        output: Arc<str>,
    },
    /// It succeeded, but its results together are longer than a payload may be.
    TooLong,
    /// It failed.
    Failed {
        /// The error's name.
        error: Option<Arc<str>>,
        /// The cause.
        cause: Option<Arc<str>>,
    },
    /// It was aborted; the execution does not wait for it any more.
    Aborted,
}

/// A map run that a distributed Map state asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct MapRunRequest {
    /// Which map run.
    pub map_run: MapRunId,
    /// The Map state.
    pub state: String,
    /// Zero-based count of tries of the state in this visit: picks the mocked response.
    pub attempt: u32,
    /// The map run itself.
    pub run: map_run::MapRun,
}

/// A task to be run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskRequest {
    /// Which task.
    pub task: TaskId,
    /// The state that asks.
    pub state: String,
    /// Its `Resource`, as written.
    pub resource: String,
    /// What the task gets, as JSON text (after `Parameters` or `Arguments`).
    pub input: Arc<str>,
    /// For callback tasks and activities: the token that answers it.
    pub token: Option<String>,
    /// Zero-based count of tasks of this state in this visit (0 first, then one for each retry): picks the mocked response.
    pub attempt: u32,
    /// Seconds until it times out; the interpreter sets the timer itself, this is for the connector's own limit.
    pub timeout_seconds: Option<u64>,
    /// Seconds between heartbeats.
    pub heartbeat_seconds: Option<u64>,
    /// `Credentials.RoleArn`
    pub role_arn: Option<String>,
}

/// What one step gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// New history events, ids continuing the execution's.
    pub events: Vec<Event>,
    /// What is to be done now.
    pub effects: Vec<Effect>,
    /// Intermediate values, for inspection; only when [`Execution::observe`] was asked.
    pub observations: Vec<Observation>,
    /// Which places of the definition it came through; only when [`Execution::observe`] was asked.
    pub passages: Vec<Passage>,
}

/// One intermediate value of one visit of a state (the stages of feature map 5.1, TestState's names).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The state.
    pub state: Arc<str>,
    /// Id of the visit's `…StateEntered` event.
    pub entered: u64,
    /// Which stage.
    pub stage: Stage,
    /// The value, as JSON text.
    pub value: Arc<str>,
}

/// The stages of a state's data, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "the names are those of TestState's inspection data"
)]
pub enum Stage {
    Input,
    AfterInputPath,
    AfterParameters,
    AfterArguments,
    MaxConcurrency,
    AfterItemsPath,
    ToleratedFailureCount,
    ToleratedFailurePercentage,
    AfterItemsPointer,
    AfterItemSelector,
    AfterItemBatcher,
    Result,
    AfterResultSelector,
    AfterResultPath,
    Output,
    Variables,
    Error,
}

/// Takes one input. Inputs that come too late (a closed task, an old timer, a finished execution) change nothing.
///
/// One call does a bounded amount of work; what is left over continues with an immediate timer.
pub fn step(
    machine: &StateMachine,
    execution: &mut Execution,
    input: Input,
    moment: Moment,
) -> Outcome {
    run::step(machine, execution, input, moment)
}
