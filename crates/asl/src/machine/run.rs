//! One step: takes the input, does the work that it makes possible, and collects events and effects.
//!
//! Work stands in a queue, so that nothing recurses and a long chain of states needs no stack. A step does a bounded
//! share of it; the rest continues with an immediate timer.

use super::entropy::Stream;
use super::error::StateError;
use super::execution::{
    Activity, ExecutionScope, Purpose, Thread, ThreadId, Timer, Variables, Work,
};
use super::payload::Payload;
use super::{
    Effect, Execution, Finish, Input, MapRunId, Moment, Observation, Outcome, Stage, TaskId,
    TimerId,
};
use crate::definition::{BlockId, State, StateId, StateMachine};
use crate::history::{Event, EventKind, ExecutionEvent, Failure};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Events that a history may hold (feature map, API-903); the last one is the end of the execution.
pub(super) const MAX_EVENTS: u64 = 25_000;

/// States entered, and other pieces of work done, in one call.
const SHARE: usize = 4_000;

/// Bytes of outputs after which a call ends early, so that what it gives fits into memory and into one write.
const SHARE_BYTES: usize = 4 << 20;

pub(super) fn step(
    machine: &StateMachine,
    execution: &mut Execution,
    input: Input,
    moment: Moment,
) -> Outcome {
    let mut run = Run::new(machine, execution, moment);
    let share = run.share(&input);
    if run.execution.finish.is_none() || input == Input::Redrive {
        run.take(input);
        run.work(share);
    }
    run.outcome
}

/// One step under way.
pub(super) struct Run<'a> {
    pub(super) machine: &'a StateMachine,
    pub(super) execution: &'a mut Execution,
    /// What timers are set by.
    pub(super) now_ms: i64,
    /// The time of the step's events, which is never before that of an event that was written earlier.
    pub(super) stamp_ms: i64,
    pub(super) entropy: Stream,
    pub(super) outcome: Outcome,
    history_is_full: bool,
    /// Bytes of the outputs of states that were left.
    pub(super) output_bytes: usize,
}

/// What a state can see of itself while it runs.
pub(super) struct Visit<'a> {
    pub(super) thread: ThreadId,
    pub(super) state: &'a State,
    /// The raw input.
    pub(super) input: Payload,
    pub(super) variables: Arc<Variables>,
    pub(super) entered: u64,
    pub(super) entered_ms: i64,
    pub(super) retries: u32,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        machine: &'a StateMachine,
        execution: &'a mut Execution,
        moment: Moment,
    ) -> Self {
        Self {
            machine,
            now_ms: moment.now_ms,
            stamp_ms: moment.now_ms.max(execution.last_event_ms),
            execution,
            entropy: Stream::new(moment.entropy),
            outcome: Outcome::default(),
            history_is_full: false,
            output_bytes: 0,
        }
    }

    /// How many pieces of work this step may do.
    fn share(&self, input: &Input) -> usize {
        match (self.execution.one_at_a_time, input) {
            (false, _) => SHARE,
            (true, Input::Continue) => 1,
            (true, _) => 0,
        }
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::Start => self.start(),
            Input::TaskStarted { task, worker } => self.task_started(task, worker.as_deref()),
            Input::TaskSubmitted { task, output } => self.task_submitted(task, output),
            Input::TaskSucceeded { task, output } => self.task_succeeded(task, output),
            Input::TaskFailed {
                task,
                error,
                cause,
                at,
            } => {
                self.task_failed(task, StateError::reported(error, cause), at);
            }
            Input::Heartbeat { task } => self.heartbeat(task),
            Input::TimerFired { timer } => self.timer_fired(timer),
            Input::MapRunFinished { map_run, end } => self.map_run_finished(map_run, end),
            Input::Continue => {}
            Input::Stop { error, cause } => self.stop(error, cause),
            Input::Redrive => self.redrive(),
        }
    }

    fn start(&mut self) {
        if self.execution.last_event > 0 {
            return;
        }
        let identity = &self.execution.identity;
        let role_arn = Arc::from(identity.role_arn.as_str());
        let input = self.execution.input.text().clone();
        self.execution.start_ms = self.stamp_ms;
        let started = ExecutionEvent::Started {
            input,
            role_arn,
            alias_arn: identity.alias_arn.as_deref().map(Arc::from),
            version_arn: identity.version_arn.as_deref().map(Arc::from),
        };
        self.emit_after(0, EventKind::Execution(started));
        let (block, limit) = self.scope();
        if let Some(seconds) = limit {
            self.set_timer(
                after_seconds(self.now_ms, seconds),
                Purpose::ExecutionTimeout,
            );
        }
        let Some(input) = Payload::checked(self.execution.input.text().clone()) else {
            let cause = "The input of the execution is no JSON, or it is nested too deeply.";
            return self.finish_failed(0, &StateError::runtime(cause));
        };
        let (first, variables) = match &self.execution.alone {
            Some(alone) => (Some(alone.state), Arc::new(alone.variables.clone())),
            None => {
                let block = self.machine.block(block);
                (block.map(|block| block.start_at), Arc::default())
            }
        };
        if let Some(first) = first {
            let thread = self.spawn(None, first, input, 0);
            if let Some(thread) = self.thread(thread) {
                thread.variables = Some(variables);
            }
        }
    }

    /// The block that the execution runs, and the seconds that it may take.
    pub(super) fn scope(&self) -> (BlockId, Option<u64>) {
        match self.execution.scope {
            ExecutionScope::Machine => (self.machine.root(), self.machine.timeout_seconds()),
            ExecutionScope::Child { block, limit } => (block, limit),
        }
    }

    /// Makes a thread and queues its first state.
    pub(super) fn spawn(
        &mut self,
        parent: Option<(ThreadId, u32)>,
        state: StateId,
        input: Payload,
        previous: u64,
    ) -> ThreadId {
        let id = ThreadId(self.execution.number());
        let thread = Thread {
            parent,
            variables: None,
            state,
            input,
            previous,
            entered_previous: previous,
            entered: 0,
            entered_ms: self.stamp_ms,
            retries: 0,
            retriers: Vec::new(),
            last_map_run: None,
            activity: Activity::Running,
        };
        self.execution.threads.insert(id, thread);
        self.execution.ready.push_back(Work::Enter(id));
        id
    }

    /// Does queued work until something must happen outside, the execution is over, or the step's share is done.
    fn work(&mut self, share: usize) {
        for _ in 0..share {
            let is_full = self.history_is_full || self.output_bytes > SHARE_BYTES;
            if is_full || self.execution.finish.is_some() {
                break;
            }
            let Some(work) = self.execution.ready.pop_front() else {
                break;
            };
            match work {
                Work::Enter(thread) => self.enter(thread),
                Work::Again(thread) => self.perform(thread),
                Work::Resume(thread) => self.resume(thread),
                Work::Started(task) => self.write_started(task, None),
            }
        }
        if self.history_is_full {
            return self.finish_full();
        }
        if self.execution.ready.is_empty() || self.execution.one_at_a_time {
            return;
        }
        let waits = self
            .execution
            .timers
            .values()
            .any(|timer| timer.purpose == Purpose::Continue);
        if !waits {
            self.set_timer(self.now_ms, Purpose::Continue);
        }
    }

    fn timer_fired(&mut self, id: TimerId) {
        let Some(timer) = self.execution.timers.remove(&id) else {
            return;
        };
        match timer.purpose {
            Purpose::Wait(thread) => self.wait_is_over(thread),
            Purpose::Retry(thread) => self.retry(thread),
            Purpose::TaskTimeout(task) => self.task_timed_out(task, StateError::timeout()),
            Purpose::Heartbeat(task) => self.task_timed_out(task, StateError::heartbeat()),
            Purpose::ExecutionTimeout => self.finish_timed_out(),
            Purpose::Continue => {}
        }
    }

    fn retry(&mut self, id: ThreadId) {
        if let Some(thread) = self.thread(id) {
            thread.activity = Activity::Running;
            self.execution.ready.push_back(Work::Again(id));
        }
    }

    // Threads

    pub(super) fn thread(&mut self, id: ThreadId) -> Option<&mut Thread> {
        self.execution.threads.get_mut(&id)
    }

    /// The visit of a thread's state; `None` when the thread is gone.
    pub(super) fn visit(&self, id: ThreadId) -> Option<Visit<'a>> {
        let thread = self.execution.threads.get(&id)?;
        Some(Visit {
            thread: id,
            state: self.machine.state(thread.state)?,
            input: thread.input.clone(),
            variables: self.variables(thread),
            entered: thread.entered,
            entered_ms: thread.entered_ms,
            retries: thread.retries,
        })
    }

    fn variables(&self, thread: &Thread) -> Arc<Variables> {
        let mut thread = Some(thread);
        while let Some(current) = thread {
            if let Some(variables) = &current.variables {
                return variables.clone();
            }
            let parent = current.parent;
            thread = parent.and_then(|(parent, _)| self.execution.threads.get(&parent));
        }
        Arc::default()
    }

    // Events

    /// Writes an event as the next of a thread.
    pub(super) fn emit(&mut self, thread: ThreadId, kind: EventKind) -> u64 {
        let previous = self.thread(thread).map_or(0, |thread| thread.previous);
        let id = self.emit_after(previous, kind);
        self.chain(thread, id);
        id
    }

    /// Makes an event the one that the thread's next event follows.
    pub(super) fn chain(&mut self, thread: ThreadId, event: u64) {
        if let Some(thread) = self.thread(thread) {
            thread.previous = event;
        }
    }

    /// Writes an event that follows a given one.
    pub(super) fn emit_after(&mut self, previous_event_id: u64, kind: EventKind) -> u64 {
        let is_end = matches!(
            kind,
            EventKind::Execution(
                ExecutionEvent::Succeeded { .. }
                    | ExecutionEvent::Failed(_)
                    | ExecutionEvent::Aborted(_)
                    | ExecutionEvent::TimedOut(_)
            )
        );
        if !is_end && self.execution.last_event + 1 >= MAX_EVENTS {
            self.history_is_full = true;
            return self.execution.last_event;
        }
        self.execution.last_event += 1;
        self.execution.last_event_ms = self.stamp_ms;
        let id = self.execution.last_event;
        self.outcome.events.push(Event {
            timestamp_ms: self.stamp_ms,
            id,
            previous_event_id,
            kind,
        });
        id
    }

    pub(super) fn observe(&mut self, visit: &Visit<'_>, stage: Stage, value: &Payload) {
        if self.execution.observe {
            self.outcome.observations.push(Observation {
                state: visit.state.name.clone(),
                entered: visit.entered,
                stage,
                value: value.text().clone(),
            });
        }
    }

    /// The intermediate values noted so far, which are not given again.
    pub(super) fn take_observations(&mut self) -> Vec<Observation> {
        std::mem::take(&mut self.outcome.observations)
    }

    pub(super) fn is_observed(&self) -> bool {
        self.execution.observe
    }

    // Effects

    pub(super) fn want(&mut self, effect: Effect) {
        self.outcome.effects.push(effect);
    }

    pub(super) fn set_timer(&mut self, at_ms: i64, purpose: Purpose) -> TimerId {
        let timer = TimerId(self.execution.number());
        self.execution
            .timers
            .insert(timer, Timer { at_ms, purpose });
        self.want(Effect::SetTimer { timer, at_ms });
        timer
    }

    /// Closes a timer; one that was set in this very step is not asked for at all.
    pub(super) fn cancel_timer(&mut self, timer: TimerId) {
        if self.execution.timers.remove(&timer).is_none() {
            return;
        }
        let is_same = |effect: &Effect| matches!(effect, Effect::SetTimer { timer: set, .. } if *set == timer);
        match self.outcome.effects.iter().position(is_same) {
            Some(index) => {
                self.outcome.effects.remove(index);
            }
            None => self.want(Effect::CancelTimer { timer }),
        }
    }

    /// Closes a task that nobody waits for any more.
    pub(super) fn cancel_task(&mut self, task: TaskId) {
        if self.execution.tasks.remove(&task).is_none() {
            return;
        }
        let is_same =
            |effect: &Effect| matches!(effect, Effect::Schedule(request) if request.task == task);
        match self.outcome.effects.iter().position(is_same) {
            Some(index) => {
                self.outcome.effects.remove(index);
            }
            None => self.want(Effect::CancelTask { task }),
        }
    }

    /// Closes a map run that nobody waits for any more.
    pub(super) fn abort_map_run(&mut self, map_run: MapRunId) {
        let Some(thread) = self.execution.map_runs.remove(&map_run) else {
            return;
        };
        let is_same = |effect: &Effect| match effect {
            Effect::StartMapRun(request) => request.map_run == map_run,
            Effect::RedriveMapRun { map_run: other, .. } => *other == map_run,
            Effect::Schedule(_)
            | Effect::CancelTask { .. }
            | Effect::AbortMapRun { .. }
            | Effect::SetTimer { .. }
            | Effect::CancelTimer { .. }
            | Effect::Finish(_) => false,
        };
        match self.outcome.effects.iter().position(is_same) {
            Some(index) => {
                let effect = self.outcome.effects.remove(index);
                if let Effect::StartMapRun(_) = effect {
                    self.forget_map_run(thread);
                }
            }
            None => self.want(Effect::AbortMapRun { map_run }),
        }
    }

    // The end

    pub(super) fn finish_succeeded(&mut self, previous: u64, output: &Payload) {
        let output = output.text().clone();
        let event = ExecutionEvent::Succeeded {
            output: output.clone(),
        };
        self.finish(previous, event, Finish::Succeeded { output });
    }

    pub(super) fn finish_failed(&mut self, previous: u64, error: &StateError) {
        let failure = error.failure();
        let finish = Finish::Failed {
            error: failure.error.as_deref().map(str::to_owned),
            cause: failure.cause.as_deref().map(str::to_owned),
        };
        self.finish(previous, ExecutionEvent::Failed(failure), finish);
    }

    fn finish_full(&mut self) {
        self.history_is_full = false;
        let cause =
            format!("The execution reached the maximum number of history events ({MAX_EVENTS}).");
        self.finish_failed(self.execution.last_event, &StateError::runtime(&cause));
    }

    fn finish_timed_out(&mut self) {
        self.write_map_runs_aborted();
        let event = ExecutionEvent::TimedOut(Failure::default());
        self.finish(
            0,
            event,
            Finish::TimedOut {
                error: None,
                cause: None,
            },
        );
    }

    fn stop(&mut self, error: Option<String>, cause: Option<String>) {
        let failure = Failure {
            error: error.as_deref().map(Arc::from),
            cause: cause.as_deref().map(Arc::from),
        };
        self.write_map_runs_aborted();
        self.finish(
            0,
            ExecutionEvent::Aborted(failure),
            Finish::Aborted { error, cause },
        );
    }

    /// Does nothing when the history is full: then [`Run::finish_full`] follows.
    fn finish(&mut self, previous: u64, event: ExecutionEvent, finish: Finish) {
        if self.history_is_full {
            return;
        }
        self.emit_after(previous, EventKind::Execution(event));
        let tasks: Vec<TaskId> = self.execution.tasks.keys().copied().collect();
        tasks.into_iter().for_each(|task| self.cancel_task(task));
        let map_runs: Vec<MapRunId> = self.execution.map_runs.keys().copied().collect();
        map_runs
            .into_iter()
            .for_each(|map_run| self.abort_map_run(map_run));
        let timers: Vec<TimerId> = self.execution.timers.keys().copied().collect();
        timers
            .into_iter()
            .for_each(|timer| self.cancel_timer(timer));
        self.execution.ready.clear();
        match &finish {
            Finish::Succeeded { .. } => self.execution.threads = BTreeMap::new(),
            Finish::Failed { .. } | Finish::TimedOut { .. } | Finish::Aborted { .. } => self.rest(),
        }
        self.execution.finish = Some(finish.clone());
        self.want(Effect::Finish(finish));
    }
}

/// A moment some seconds later, without overflow.
pub(super) fn after_seconds(now_ms: i64, seconds: u64) -> i64 {
    let ms = i64::try_from(seconds)
        .unwrap_or(i64::MAX)
        .saturating_mul(1000);
    now_ms.saturating_add(ms)
}
