//! One turn: a step of the interpreter, its commit, then its effects.

use super::approval;
use super::live::News;
use super::map_run::{lost, new_map_run};
use super::open::change_by;
use super::perform::{Child, Planned};
use super::route::{Route, Samples};
use super::slots::Loaded;
use super::{Inner, finish_anyway};
use crate::ids;
use crate::store::crash::{self, Point};
use crate::store::journal::{
    Decided, Finished, NewExecution, NewReview, NewTask, Piece, Record, Recorded, Resumable,
    TaskKind, TokenHash, UnderWay,
};
use crate::store::redrive::Reopening;
use crate::store::{ExecutionStatus, StoreError};
use asl::definition::{Pattern, Resource};
use asl::history::{Event, EventKind, ExecutionEvent, Failure};
use asl::machine::{
    self, Effect, Execution, Finish, Input, MapRunId, MapRunRequest, Moment, Outcome, TaskId,
    TaskRequest,
};
use sha2::{Digest, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tokio::sync::OwnedMutexGuard;

/// An execution under its lock, ready for a step.
pub(super) struct Turn {
    inner: Arc<Inner>,
    slot: OwnedMutexGuard<Option<Loaded>>,
}

/// Why a turn is taken, as far as it is written beside the step.
#[derive(Debug)]
pub(super) enum Cause {
    /// Something happened to the execution.
    Happened,
    /// Somebody decided on a review.
    Decided(Decided),
}

impl Cause {
    fn note(self, record: &mut Record) {
        match self {
            Self::Happened => {}
            Self::Decided(decided) => record.decided = Some(decided),
        }
    }
}

/// What became of a turn's inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// They count, and are on disk.
    Done,
    /// They came too late and changed nothing.
    TooLate,
}

/// SHA-256 of a token.
pub(super) fn token_hash(token: &str) -> TokenHash {
    Sha256::digest(token).into()
}

impl Inner {
    /// Waits for the execution's lock and reads it from disk when it is not in memory.
    pub(super) async fn turn(self: &Arc<Self>, id: i64) -> Result<Turn, StoreError> {
        self.recovery().await?;
        let mut slot = self.slots.lock(id).await;
        if slot.is_none() {
            *slot = match self.store.resumable(id).await? {
                Some(found) => Some(self.load(found).await?),
                None => None,
            };
        }
        Ok(Turn {
            inner: Arc::clone(self),
            slot,
        })
    }

    /// An execution as it was written.
    pub(super) async fn load(&self, found: Resumable) -> Result<Loaded, StoreError> {
        let state: Execution = serde_json::from_str(&found.snapshot)
            .map_err(|error| StoreError::Corrupt(format!("the state of {}: {error}", found.arn)))?;
        let samples = match found.case {
            None => Samples::None,
            Some(name) => self.samples_of(&found.machine_arn, &name).await?,
        };
        Ok(Loaded {
            id: found.id,
            arn: found.arn,
            machine_arn: found.machine_arn,
            start_ms: found.start_ms,
            program: self.program(found.revision).await?,
            samples,
            child_of: found.child_of,
            state,
        })
    }

    /// Gives an execution one input, in a turn of its own.
    pub(super) async fn apply(
        self: &Arc<Self>,
        id: i64,
        input: Input,
    ) -> Result<Taken, StoreError> {
        let inner = Arc::clone(self);
        finish_anyway(async move {
            inner
                .turn(id)
                .await?
                .take(vec![input], Cause::Happened)
                .await
        })
        .await?
    }

    /// Like [`Inner::apply`], for inputs that nobody waits for.
    pub(super) fn apply_later(self: &Arc<Self>, id: i64, input: Input) {
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(error) = inner.apply(id, input).await {
                tracing::error!(execution = id, %error, "an execution could not go on");
            }
        });
    }

    /// Takes the first step of a new execution.
    pub(super) async fn begin(
        self: &Arc<Self>,
        loaded: Loaded,
        new: NewExecution,
    ) -> Result<Recorded, StoreError> {
        let prepared = self.prepare_new(loaded, new).await?;
        self.write_first(prepared).await
    }

    /// Writes the first step of an execution, new or opened again, and does what follows from it.
    pub(super) async fn write_first(
        self: &Arc<Self>,
        mut prepared: Prepared,
    ) -> Result<Recorded, StoreError> {
        let recorded = self.store.record(prepared.take_record()).await?;
        crash::passed(Point::Recorded);
        self.after_record(prepared, &recorded);
        Ok(recorded)
    }

    /// The first step of a new execution, ready to be written.
    pub(super) async fn prepare_new(
        &self,
        mut loaded: Loaded,
        new: NewExecution,
    ) -> Result<Prepared, StoreError> {
        // From its commit on, others can find it: they wait until all that follows from its first step is done.
        let slot = self.slots.lock(loaded.id).await;
        self.look_for_activities(&mut loaded).await?;
        let mut draft = Draft::new(loaded.id, new.start_ms);
        draft.record.new = Some(new);
        draft.step(&mut loaded, Input::Start)?;
        let step = self.prepare(&loaded, draft).await?;
        Ok(Prepared { loaded, step, slot })
    }

    /// The first step of an execution that is opened again under its lock, ready to be written.
    pub(super) async fn prepare_again(
        &self,
        slot: OwnedMutexGuard<Option<Loaded>>,
        mut loaded: Loaded,
        input: Input,
        how: Reopening,
    ) -> Result<Prepared, StoreError> {
        self.look_for_activities(&mut loaded).await?;
        let mut draft = Draft::new(loaded.id, self.clock.now_ms());
        draft.record.reopening = Some(how);
        draft.step(&mut loaded, input)?;
        let step = self.prepare(&loaded, draft).await?;
        Ok(Prepared { loaded, step, slot })
    }

    /// What follows from the first step of an execution, once it is on disk.
    pub(super) fn after_record(self: &Arc<Self>, prepared: Prepared, recorded: &Recorded) {
        let Prepared {
            loaded,
            step,
            mut slot,
        } = prepared;
        let Recorded::Done { reviews_gone } = recorded else {
            return self.slots.forget(loaded.id);
        };
        self.open.change(step.opens);
        self.live.publish(step.news, reviews_gone);
        self.see(&loaded, &step.events, step.finish.is_some());
        let (id, child_of) = (loaded.id, loaded.child_of);
        if step.finish.is_some() {
            self.after_end(&loaded);
        } else {
            *slot = Some(loaded);
        }
        self.after_commit(id, child_of, step.planned, step.finish);
    }

    /// Finds who runs the new tasks, so that the step can be written.
    async fn prepare(&self, loaded: &Loaded, mut draft: Draft) -> Result<Step, StoreError> {
        let planned = self.plan(loaded, &mut draft).await?;
        draft.record.pieces = pieces(&draft.events);
        match &mut draft.record.finished {
            None => {
                draft.record.snapshot = snapshot(&loaded.state)?;
                draft.record.under_way = under_way(loaded);
            }
            Some(end) if loaded.state.is_redrivable() => {
                end.redrivable = Some(snapshot(&loaded.state)?);
            }
            Some(_) => {}
        }
        Ok(Step {
            news: News::of(loaded, &draft.record),
            events: draft.events,
            opens: change_by(&draft.record),
            record: draft.record,
            planned,
            finish: draft.finish,
        })
    }

    /// Writes a step and tells listeners; gives what is to be done now.
    async fn commit(
        self: &Arc<Self>,
        loaded: &Loaded,
        draft: Draft,
    ) -> Result<(Vec<Planned>, Option<Finish>), StoreError> {
        let step = self.prepare(loaded, draft).await?;
        if let Recorded::Done { reviews_gone } = self.store.record(step.record).await? {
            self.open.change(step.opens);
            self.live.publish(step.news, &reviews_gone);
            self.see(loaded, &step.events, step.finish.is_some());
        }
        Ok((step.planned, step.finish))
    }

    /// A mocked Map state has its end at once; any other map run is written with the step.
    fn plan_map_run(
        &self,
        loaded: &Loaded,
        draft: &mut Draft,
        request: &MapRunRequest,
    ) -> Result<Planned, StoreError> {
        let map_run = request.map_run;
        let (state, attempt) = (&request.state, request.attempt);
        if let Some((end, latency_ms)) = self.mocked_map_run(loaded, map_run, state, attempt) {
            return Ok(Planned::EndMapRun {
                map_run,
                end,
                latency_ms,
                redrive_count: 0,
            });
        }
        let id = self.next_map_run();
        draft.record.map_runs.push(new_map_run(id, request)?);
        Ok(Planned::StartMapRun(id))
    }

    /// A map run that is not on disk was mocked, and is mocked again.
    async fn plan_map_run_again(
        &self,
        loaded: &Loaded,
        map_run: MapRunId,
        (state, attempt): (&str, u32),
        redrive_count: u32,
    ) -> Result<Planned, StoreError> {
        if let Some(id) = self.store.map_run_of(loaded.id, map_run.0).await? {
            return Ok(Planned::RedriveMapRun { id, redrive_count });
        }
        let mocked = self.mocked_map_run(loaded, map_run, state, attempt);
        let (end, latency_ms) = mocked.unwrap_or_else(|| (lost(), 0));
        Ok(Planned::EndMapRun {
            map_run,
            end,
            latency_ms,
            redrive_count,
        })
    }

    /// The key of an execution's map run, which may begin in this very step; `None` when it was mocked.
    async fn key_of_map_run(
        &self,
        execution: i64,
        draft: &Draft,
        map_run: MapRunId,
    ) -> Result<Option<i64>, StoreError> {
        let mut new = draft.record.map_runs.iter();
        match new.find(|new| new.number == map_run.0) {
            Some(new) => Ok(Some(new.id)),
            None => self.store.map_run_of(execution, map_run.0).await,
        }
    }

    /// Turns effects into what is written with the step and what is done after it.
    async fn plan(&self, loaded: &Loaded, draft: &mut Draft) -> Result<Vec<Planned>, StoreError> {
        // Whoever works on a task that was answered by its token need not go on.
        let mut planned = Vec::new();
        for task in &draft.record.tasks_closed {
            planned.push(Planned::Answered(TaskId(*task)));
            // A child whose end was not awaited runs on for itself.
            if self.running.child_of(loaded.id, TaskId(*task)) == Child::Waited {
                draft.record.children_let_go.push(*task);
            }
        }
        for effect in std::mem::take(&mut draft.effects) {
            let plan = match effect {
                Effect::Schedule(request) => {
                    let route = self.route(loaded, &request).await?;
                    draft.note_task(&request, &route);
                    Planned::Run(Box::new((request, route)))
                }
                Effect::CancelTask { task } => {
                    draft.record.tasks_closed.push(task.0);
                    Planned::Cancel(task)
                }
                Effect::SetTimer { timer, at_ms } => {
                    draft.record.timers_set.push((timer.0, at_ms));
                    Planned::SetTimer { timer, at_ms }
                }
                Effect::CancelTimer { timer } => {
                    draft.record.timers_set.retain(|(set, _)| *set != timer.0);
                    draft.record.timers_gone.push(timer.0);
                    Planned::CancelTimer(timer)
                }
                Effect::StartMapRun(request) => self.plan_map_run(loaded, draft, &request)?,
                Effect::RedriveMapRun {
                    map_run,
                    state,
                    attempt,
                    redrive_count,
                } => {
                    let tried = (state.as_str(), attempt);
                    self.plan_map_run_again(loaded, map_run, tried, redrive_count)
                        .await?
                }
                Effect::AbortMapRun { map_run } => {
                    match self.key_of_map_run(loaded.id, draft, map_run).await? {
                        Some(id) => Planned::AbortMapRun(id),
                        None => continue,
                    }
                }
                Effect::Finish(finish) => {
                    draft.record.finished = Some(finished(finish.clone()));
                    draft.finish = Some(finish);
                    continue;
                }
            };
            planned.push(plan);
        }
        Ok(planned)
    }
}

/// A step that can be written, and what follows from it then.
struct Step {
    record: Record,
    news: News,
    /// Those of the record.
    events: Vec<Event>,
    /// By how much it changes the count of open executions.
    opens: i64,
    planned: Vec<Planned>,
    finish: Option<Finish>,
}

/// The first step of an execution that can be written.
pub(super) struct Prepared {
    loaded: Loaded,
    step: Step,
    /// Its lock.
    slot: OwnedMutexGuard<Option<Loaded>>,
}

impl Prepared {
    /// What is to be written.
    pub(super) fn take_record(&mut self) -> Record {
        std::mem::take(&mut self.step.record)
    }
}

impl Turn {
    /// The execution; `None` when it has ended.
    pub(super) fn execution(&self) -> Option<&Loaded> {
        self.slot.as_ref()
    }

    /// Gives the execution its inputs, in one commit.
    pub(super) async fn take(
        mut self,
        inputs: Vec<Input>,
        cause: Cause,
    ) -> Result<Taken, StoreError> {
        // The slot stays empty when anything fails: the next turn reads from disk what was really written.
        let Some(mut loaded) = self.slot.take() else {
            return Ok(Taken::TooLate);
        };
        self.inner.look_for_activities(&mut loaded).await?;
        let mut draft = Draft::new(loaded.id, self.inner.clock.now_ms());
        for input in inputs {
            let instead = self.inner.ends_instead(&loaded, &input);
            draft.step(&mut loaded, instead.unwrap_or(input))?;
        }
        if draft.is_empty() {
            *self.slot = Some(loaded);
            return Ok(Taken::TooLate);
        }
        cause.note(&mut draft.record);
        let (planned, finish) = self.inner.commit(&loaded, draft).await?;
        crash::passed(Point::Recorded);
        let (id, child_of) = (loaded.id, loaded.child_of);
        if finish.is_some() {
            self.inner.after_end(&loaded);
        } else {
            *self.slot = Some(loaded);
        }
        self.inner.after_commit(id, child_of, planned, finish);
        Ok(Taken::Done)
    }
}

/// What a turn has gathered before its commit.
struct Draft {
    record: Record,
    /// What the wall clock shows. The record's own time is that of its events, which never goes backwards.
    now_ms: i64,
    effects: Vec<Effect>,
    events: Vec<Event>,
    /// How the execution ended, when it has.
    finish: Option<Finish>,
    /// It must be written even when nothing was said: the state changed (a heartbeat), or a timer on disk is used up.
    must_write: bool,
}

impl Draft {
    fn new(execution: i64, now_ms: i64) -> Self {
        Self {
            record: Record {
                execution,
                now_ms,
                ..Record::default()
            },
            now_ms,
            effects: Vec::new(),
            events: Vec::new(),
            finish: None,
            must_write: false,
        }
    }

    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.effects.is_empty() && !self.must_write
    }

    /// One step of the interpreter, added to what the turn has gathered.
    fn step(&mut self, loaded: &mut Loaded, input: Input) -> Result<(), StoreError> {
        let moment = Moment {
            now_ms: self.now_ms,
            entropy: ids::random()?,
        };
        self.note_input(&input);
        let outcome = guarded_step(loaded, input, moment);
        if let Some(last) = outcome.events.last() {
            self.record.now_ms = self.record.now_ms.max(last.timestamp_ms);
        }
        self.events.extend(outcome.events);
        self.effects.extend(outcome.effects);
        Ok(())
    }

    fn note_input(&mut self, input: &Input) {
        match input {
            Input::TaskStarted { task, .. } | Input::TaskSubmitted { task, .. } => {
                self.record.tasks_taken.push(task.0);
            }
            Input::TaskSucceeded { task, .. } | Input::TaskFailed { task, .. } => {
                self.record.tasks_closed.push(task.0);
            }
            Input::Heartbeat { .. } => self.must_write = true,
            Input::TimerFired { timer } => {
                self.record.timers_gone.push(timer.0);
                self.must_write = true;
            }
            Input::Start
            | Input::MapRunFinished { .. }
            | Input::Continue
            | Input::Stop { .. }
            | Input::Redrive => {}
        }
    }

    /// What a new task needs on disk, so that its token is known, its review can be read, and its job is not begun twice.
    fn note_task(&mut self, request: &TaskRequest, route: &Route) {
        let Some(token) = &request.token else { return };
        let (kind, activity) = match route {
            Route::Refused(_) => return,
            Route::Worker(activity) => (TaskKind::Worker, Some(activity.clone())),
            Route::People { activity, .. } => (TaskKind::People, Some(activity.clone())),
            Route::Connector(..) if is_callback(request) => (TaskKind::Callback, None),
            Route::Connector(..) | Route::Sample(_) => (TaskKind::Job, None),
        };
        let (task, token_hash) = (request.task.0, token_hash(token));
        self.record.tasks_open.push(NewTask {
            task,
            token_hash,
            kind,
            activity,
        });
        if let Route::People { activity, review } = route {
            self.record.reviews.push(NewReview {
                id: review.clone(),
                task,
                activity: activity.clone(),
                state: request.state.clone(),
                input: Arc::clone(&request.input),
                due_ms: approval::due_ms(self.record.now_ms, request.timeout_seconds),
            });
        }
    }
}

/// Whether only the token answers the task, once its request was sent.
fn is_callback(request: &TaskRequest) -> bool {
    match Resource::parse(&request.resource) {
        Resource::Service { pattern, .. } => pattern == Pattern::Callback,
        Resource::Function(_) | Resource::Activity(_) => false,
    }
}

/// A step that cannot take the server with it: a panic of the interpreter fails this execution alone.
pub(super) fn guarded_step(loaded: &mut Loaded, input: Input, moment: Moment) -> Outcome {
    let last_event = (loaded.state.last_event_id(), loaded.state.last_event_ms());
    let step = || machine::step(&loaded.program, &mut loaded.state, input, moment);
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| {
        tracing::error!(execution = %loaded.arn, "the interpreter broke down; the execution fails");
        broken_down(last_event, moment.now_ms)
    })
}

fn broken_down((last_event, last_ms): (u64, i64), now_ms: i64) -> Outcome {
    let (error, cause) = (
        "States.Runtime",
        "The interpreter broke down in this execution.",
    );
    let failure = Failure {
        error: Some(error.into()),
        cause: Some(cause.into()),
    };
    let event = Event {
        timestamp_ms: now_ms.max(last_ms),
        id: last_event + 1,
        previous_event_id: last_event,
        kind: EventKind::Execution(ExecutionEvent::Failed(failure)),
    };
    let finish = Finish::Failed {
        error: Some(error.into()),
        cause: Some(cause.into()),
    };
    Outcome {
        events: vec![event],
        effects: vec![Effect::Finish(finish)],
        ..Outcome::default()
    }
}

fn pieces(events: &[Event]) -> Vec<Piece> {
    let first_id = events.first().map_or(0, |event| event.id);
    Piece::all(
        first_id,
        events.iter().map(|event| event.to_wire().to_string()),
    )
}

fn under_way(loaded: &Loaded) -> UnderWay {
    if loaded.state.open_map_runs(&loaded.program).next().is_some() {
        return UnderWay::MapRuns;
    }
    match loaded.state.open_tasks().count() {
        0 => UnderWay::Nothing,
        count => UnderWay::Tasks(count),
    }
}

fn snapshot(state: &Execution) -> Result<String, StoreError> {
    serde_json::to_string(state)
        .map_err(|error| StoreError::Corrupt(format!("a state cannot be written: {error}")))
}

fn finished(finish: Finish) -> Finished {
    let (status, output, error, cause) = match finish {
        Finish::Succeeded { output } => (
            ExecutionStatus::Succeeded,
            Some(output.to_string()),
            None,
            None,
        ),
        Finish::Failed { error, cause } => (ExecutionStatus::Failed, None, error, cause),
        Finish::TimedOut { error, cause } => (ExecutionStatus::TimedOut, None, error, cause),
        Finish::Aborted { error, cause } => (ExecutionStatus::Aborted, None, error, cause),
    };
    Finished {
        status,
        output,
        error,
        cause,
        redrivable: None,
    }
}
