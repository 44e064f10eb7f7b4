//! Express executions: run in memory for at most five minutes, and kept nowhere (feature map, API-104, 906 and 109).
//!
//! They use the interpreter, the connectors and the sample results of durable executions, and nothing of the store but
//! the machine. One that runs when the server ends is lost, as AWS may lose one.

use super::observe::Tracks;
use super::route::Route;
use super::slots::Loaded;
use super::start::{StartError, StartRequest};
use super::turn::guarded_step;
use super::{Engine, Inner};
use crate::arn::ExpressArn;
use crate::clock::Clock;
use crate::connectors::{Asked, Job, Ran, TaskAnswer};
use crate::ids::{self, NoRandomness};
use crate::metrics::{ExecutionEnd, Origin};
use crate::store::StoreError;
use asl::history::{Event, EventKind, ExecutionEvent, Failure};
use asl::machine::{
    Effect, Execution, FailurePoint, Finish, Input, MapRunEnd, MapRunId, Moment, TaskId,
    TaskRequest, TimerId,
};
use futures_util::FutureExt;
use std::collections::{BTreeMap, HashMap};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{AbortHandle, JoinSet};

/// Longest time of an Express execution (API-906).
const LONGEST: Duration = Duration::from_secs(300);

/// Express executions under way that nobody waits for. Whoever waits for one holds a connection or a task, and those are bounded.
pub(super) const MOST_UNAWAITED: usize = 10_000;

/// An Express execution that has begun.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpressStarted {
    /// Its ARN.
    pub arn: ExpressArn,
    /// Its name.
    pub name: String,
    /// When it was started, in milliseconds since 1970.
    pub start_ms: i64,
}

/// An Express execution that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpressEnded {
    /// How it began.
    pub started: ExpressStarted,
    /// When it ended, in milliseconds since 1970.
    pub stop_ms: i64,
    /// How it ended.
    pub finish: Finish,
}

impl Engine {
    /// Runs an execution of an Express machine to its end. It goes on when the caller goes away.
    pub async fn run_express(&self, request: StartRequest) -> Result<ExpressEnded, StartError> {
        let (express, started) = self.inner.express(request).await?;
        let finish = tokio::spawn(express.run()).await;
        Ok(ExpressEnded {
            stop_ms: self.now_ms().max(started.start_ms),
            started,
            finish: finish.map_err(|_| StoreError::Broken)?,
        })
    }

    /// Starts an execution of an Express machine and does not wait for it. [`StartError::LimitExceeded`] when ten thousand of
    /// that kind are under way.
    pub async fn start_express(&self, request: StartRequest) -> Result<ExpressStarted, StartError> {
        let (express, started) = self.inner.express(request).await?;
        let room = Arc::clone(&self.inner.unawaited).try_acquire_owned();
        let room = room.map_err(|_| StartError::LimitExceeded)?;
        tokio::spawn(async move {
            let _room = room;
            express.run().await
        });
        Ok(started)
    }
}

impl Inner {
    async fn express(
        self: &Arc<Self>,
        request: StartRequest,
    ) -> Result<(Express, ExpressStarted), StartError> {
        let runnable = self.runnable(&request.target).await?;
        let machine = &runnable.machine;
        let samples = self.start_samples(&request).await?;
        let program = self
            .compiled(runnable.revision, &machine.definition)
            .map_err(StartError::Definition)?;
        let id = ids::uuid().map_err(StoreError::from)?;
        let name = request.name.map_or_else(ids::uuid, Ok);
        let name = name.map_err(StoreError::from)?;
        let started = ExpressStarted {
            arn: self.home.express(&machine.name, &name, &id),
            name,
            start_ms: self.clock.now_ms(),
        };
        let mut identity = self.identity(
            &runnable,
            &request.target,
            started.arn.to_string(),
            &started.name,
        );
        identity.trace_header = self.kept_header(request.trace_header);
        let loaded = Loaded {
            id: 0,
            // For connectors, which tell executions apart by it.
            arn: self.home.execution(&machine.name, &id),
            machine_arn: machine.arn.clone(),
            start_ms: started.start_ms,
            state: Execution::new(&program, identity, request.input.into()),
            program,
            samples,
            child_of: None,
        };
        Ok((Express::new(Arc::clone(self), loaded), started))
    }
}

/// The event that would tell of an end.
fn told(finish: &Finish) -> ExecutionEvent {
    let failure = |error: &Option<String>, cause: &Option<String>| Failure {
        error: error.as_deref().map(Arc::from),
        cause: cause.as_deref().map(Arc::from),
    };
    match finish {
        Finish::Succeeded { output } => ExecutionEvent::Succeeded {
            output: output.to_string().into(),
        },
        Finish::Failed { error, cause } => ExecutionEvent::Failed(failure(error, cause)),
        Finish::TimedOut { error, cause } => ExecutionEvent::TimedOut(failure(error, cause)),
        Finish::Aborted { error, cause } => ExecutionEvent::Aborted(failure(error, cause)),
    }
}

/// An Express execution under way.
struct Express {
    inner: Arc<Inner>,
    loaded: Loaded,
    /// When timers are due, in ticks of the clock.
    timers: BTreeMap<TimerId, i64>,
    work: JoinSet<(Option<TaskId>, Input)>,
    handles: HashMap<TaskId, AbortHandle>,
    tracks: Tracks,
}

impl Express {
    fn new(inner: Arc<Inner>, loaded: Loaded) -> Self {
        Self {
            inner,
            loaded,
            timers: BTreeMap::new(),
            work: JoinSet::new(),
            handles: HashMap::new(),
            tracks: Tracks::default(),
        }
    }

    async fn run(mut self) -> Finish {
        let limit = tokio::time::sleep(LONGEST);
        tokio::pin!(limit);
        let mut input = Some(Input::Start);
        loop {
            if let Some(input) = input {
                match self.step(input).await {
                    Ok(Some(finish)) => return finish,
                    Ok(None) => {}
                    Err(error) => return self.cut_off(ExecutionEnd::Failed, broken(&error)),
                }
            }
            let next = self.next_timer();
            let clock = &self.inner.clock;
            input = tokio::select! {
                () = &mut limit => return self.cut_off(ExecutionEnd::TimedOut, timed_out()),
                Some(done) = self.work.join_next() => done.ok().map(|(task, input)| {
                    task.map(|task| self.handles.remove(&task));
                    input
                }),
                timer = due(clock, next) => {
                    self.timers.remove(&timer);
                    Some(Input::TimerFired { timer })
                }
            };
        }
    }

    /// An end that no event tells.
    fn cut_off(&self, end: ExecutionEnd, finish: Finish) -> Finish {
        let (origin, start_ms) = (Origin(self.loaded.state.identity()), self.loaded.start_ms);
        let (observer, timestamp_ms) = (&self.inner.observer, self.inner.clock.now_ms());
        observer
            .metrics
            .execution_ended(origin, end, start_ms, timestamp_ms);
        let event = Event {
            timestamp_ms,
            id: self.loaded.state.last_event_id() + 1,
            previous_event_id: 0,
            kind: EventKind::Execution(told(&finish)),
        };
        observer.trace(&self.loaded, &[event]);
        finish
    }

    /// The timer that is due first.
    fn next_timer(&self) -> Option<(TimerId, i64)> {
        let timers = self.timers.iter().map(|(timer, due)| (*timer, *due));
        timers.min_by_key(|(_, due)| *due)
    }

    /// One step of the interpreter and its effects; how it ended, once it has.
    async fn step(&mut self, input: Input) -> Result<Option<Finish>, StoreError> {
        let moment = Moment {
            now_ms: self.inner.clock.now_ms(),
            entropy: ids::random().map_err(|error: NoRandomness| StoreError::from(error))?,
        };
        let outcome = guarded_step(&mut self.loaded, input, moment);
        let observer = &self.inner.observer;
        observer.see_express(&self.loaded, &mut self.tracks, &outcome.events);
        for effect in outcome.effects {
            match effect {
                Effect::Schedule(request) => self.schedule(request).await?,
                Effect::CancelTask { task } => {
                    if let Some(handle) = self.handles.remove(&task) {
                        handle.abort();
                    }
                }
                Effect::SetTimer { timer, at_ms } => {
                    let due = self.inner.clock.ticks_at(at_ms);
                    self.timers.insert(timer, due);
                }
                Effect::CancelTimer { timer } => drop(self.timers.remove(&timer)),
                Effect::StartMapRun(request) => {
                    let refused = no_map_run(request.map_run);
                    self.work.spawn(async move { (None, refused) });
                }
                Effect::RedriveMapRun { .. } | Effect::AbortMapRun { .. } => {}
                Effect::Finish(finish) => return Ok(Some(finish)),
            }
        }
        Ok(None)
    }

    async fn schedule(&mut self, request: TaskRequest) -> Result<(), StoreError> {
        let route = self.inner.route(&self.loaded, &request).await?;
        let task = request.task;
        let work = work(Arc::clone(&self.inner), request, route);
        let work = AssertUnwindSafe(work).catch_unwind();
        let handle = self.work.spawn(async move {
            let answer = work.await.unwrap_or_else(|_| TaskAnswer::broken());
            (Some(task), answer.into_input(task))
        });
        self.handles.insert(task, handle);
        Ok(())
    }
}

/// Waits until a timer is due; for ever when there is none.
async fn due(clock: &Clock, next: Option<(TimerId, i64)>) -> TimerId {
    let Some((timer, due)) = next else {
        return std::future::pending().await;
    };
    tokio::time::sleep(clock.until(due)).await;
    timer
}

/// Runs a task to its answer.
async fn work(inner: Arc<Inner>, request: TaskRequest, route: Route) -> TaskAnswer {
    let ran = match route {
        Route::Refused(answer) => Ran::Answer(answer),
        Route::Sample(response) => inner.sample(0, request, response).await,
        Route::Connector(connector, asker) => {
            let job = Job {
                asker,
                request,
                asked: Asked::First,
                trace: None,
            };
            let _permit = match connector.calls_out() {
                true => inner.calls.entered(job.deployed_name()).await,
                false => None,
            };
            connector.run(job).await
        }
        Route::Worker(_) | Route::People { .. } => Ran::Answer(no_worker(&request.resource)),
    };
    match ran {
        Ran::Answer(answer) => answer,
        Ran::Begun { end, .. } => end.await,
    }
}

fn no_worker(resource: &str) -> TaskAnswer {
    TaskAnswer::Failed {
        error: Some("States.Runtime".into()),
        cause: Some(format!(
            "Express state machines do not use activities: {resource}. Deploy it as a STANDARD state machine."
        )),
        at: FailurePoint::Schedule,
    }
}

/// AWS has no distributed Map in Express machines either, and refuses one when the machine is made.
fn no_map_run(map_run: MapRunId) -> Input {
    let cause =
        "Express state machines have no distributed Map. Deploy it as a STANDARD state machine.";
    let end = MapRunEnd::Failed {
        error: Some("States.Runtime".into()),
        cause: Some(cause.into()),
    };
    Input::MapRunFinished { map_run, end }
}

fn timed_out() -> Finish {
    Finish::TimedOut {
        error: Some("States.Timeout".into()),
        cause: None,
    }
}

fn broken(error: &StoreError) -> Finish {
    Finish::Failed {
        error: Some("States.Runtime".into()),
        cause: Some(error.to_string()),
    }
}
