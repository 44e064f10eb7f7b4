//! Effects, done after the commit that holds their cause.

use super::Inner;
use super::child;
use super::fair::Entrance;
use super::route::{Route, sample_answer};
use crate::connectors::{Asked, Connector, Job, Ran, TaskAnswer};
use crate::store::StoreError;
use crate::store::journal::ChildOf;
use asl::definition::{Pattern, Resource};
use asl::dry_run::mocks::{self, Drawn};
use asl::machine::{Finish, Input, MapRunEnd, MapRunId, TaskId, TaskRequest, TimerId, map_run};
use futures_util::FutureExt;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::AbortHandle;

/// An effect of which is known who does it.
#[derive(Debug)]
pub(super) enum Planned {
    /// Run a task.
    Run(Box<(TaskRequest, Route)>),
    /// Nobody waits for the task any more.
    Cancel(TaskId),
    /// Its answer has come, maybe not from who works on it.
    Answered(TaskId),
    /// Wake the execution.
    SetTimer { timer: TimerId, at_ms: i64 },
    /// Do not wake it.
    CancelTimer(TimerId),
    /// Let a map run begin.
    StartMapRun(i64),
    /// Let a map run go on that had ended.
    RedriveMapRun { id: i64, redrive_count: u32 },
    /// Nobody waits for a map run any more.
    AbortMapRun(i64),
    /// Give the end of a mocked map run.
    EndMapRun {
        map_run: MapRunId,
        end: MapRunEnd,
        latency_ms: u64,
        redrive_count: u32,
    },
}

/// Tasks under way in this process, by execution.
#[derive(Debug, Default)]
pub(super) struct Running(Mutex<HashMap<i64, HashMap<TaskId, Work>>>);

/// A task under way.
#[derive(Debug)]
struct Work {
    handle: AbortHandle,
    child: Child,
}

/// Whether a task under way waits for an execution that it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    Waited,
    None,
}

impl Running {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<i64, HashMap<TaskId, Work>>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Starts a task while the table is held, so that its end finds it there.
    fn spawn(
        &self,
        id: i64,
        task: TaskId,
        child: Child,
        work: impl Future<Output = ()> + Send + 'static,
    ) {
        self.with(|running| {
            let handle = tokio::spawn(work).abort_handle();
            let work = Work { handle, child };
            running.entry(id).or_default().insert(task, work);
        });
    }

    /// Whether the task is under way and waits for a child.
    pub(super) fn child_of(&self, id: i64, task: TaskId) -> Child {
        self.with(|running| {
            let work = running.get(&id).and_then(|tasks| tasks.get(&task));
            work.map_or(Child::None, |work| work.child)
        })
    }

    fn done(&self, id: i64, task: TaskId) {
        self.with(|running| {
            if let Some(tasks) = running.get_mut(&id) {
                tasks.remove(&task);
                if tasks.is_empty() {
                    running.remove(&id);
                }
            }
        });
    }

    fn cancel(&self, id: i64, task: TaskId) -> Child {
        let work = self.with(|running| running.get_mut(&id).and_then(|tasks| tasks.remove(&task)));
        work.map_or(Child::None, |work| {
            work.handle.abort();
            work.child
        })
    }

    fn cancel_all(&self, id: i64) -> Child {
        let mut child = Child::None;
        for (_, work) in self
            .with(|running| running.remove(&id))
            .into_iter()
            .flatten()
        {
            work.handle.abort();
            if work.child == Child::Waited {
                child = Child::Waited;
            }
        }
        child
    }
}

impl Inner {
    /// Does what a step wants, once it is on disk. Waits for nothing.
    pub(super) fn after_commit(
        self: &Arc<Self>,
        id: i64,
        child_of: Option<ChildOf>,
        planned: Vec<Planned>,
        finish: Option<Finish>,
    ) {
        if let Some(finish) = finish {
            self.timers.cancel_all(id);
            if self.running.cancel_all(id) == Child::Waited {
                self.stop_orphans_later(id);
            }
            for plan in planned {
                if let Planned::AbortMapRun(map_run) = plan {
                    self.abort_map_run(map_run);
                }
            }
            // From here on it can be redriven.
            self.slots.forget(id);
            if let Some(child_of) = child_of {
                self.child_has_ended(child_of, finish);
            }
            return;
        }
        for plan in planned {
            match plan {
                Planned::Run(task) => self.run(id, task.0, task.1, Asked::First),
                Planned::Cancel(task) => {
                    if self.running.cancel(id, task) == Child::Waited {
                        self.stop_orphans_later(id);
                    }
                }
                Planned::Answered(task) => drop(self.running.cancel(id, task)),
                Planned::SetTimer { timer, at_ms } => {
                    self.timers.set(&self.clock, id, timer, at_ms)
                }
                Planned::CancelTimer(timer) => self.timers.cancel(id, timer),
                Planned::StartMapRun(map_run) => {
                    self.begin_map_run(map_run, map_run::Input::Continue);
                }
                Planned::RedriveMapRun { id, redrive_count } => {
                    self.begin_map_run(id, map_run::Input::Redrive { redrive_count });
                }
                Planned::AbortMapRun(map_run) => self.abort_map_run(map_run),
                Planned::EndMapRun {
                    map_run,
                    end,
                    latency_ms,
                    redrive_count,
                } => {
                    let inner = Arc::clone(self);
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_millis(latency_ms)).await;
                        inner.give_end(id, map_run, redrive_count, end);
                    });
                }
            }
        }
    }

    /// Hands a task to who runs it.
    pub(super) fn run(self: &Arc<Self>, id: i64, request: TaskRequest, route: Route, asked: Asked) {
        match route {
            Route::People { .. } => {}
            Route::Worker(activity) => self.queues.push(&activity, id, request.task),
            Route::Refused(answer) => {
                let work = async { Ran::Answer(answer) };
                self.work(id, request.task, Child::None, asked, work);
            }
            Route::Sample(drawn) => {
                let (inner, task) = (Arc::clone(self), request.task);
                self.work(id, task, Child::None, asked, async move {
                    inner.sample(id, request, drawn).await
                });
            }
            Route::Connector(connector, asker) => {
                let (task, child) = (request.task, child::of_task(&request.resource));
                let job = Job {
                    asker,
                    request,
                    asked,
                    trace: None,
                };
                if connector.calls_out() {
                    return self.call(id, connector, job);
                }
                let work = async move { connector.run(job).await };
                self.work(id, task, child, asked, work);
            }
        }
    }

    /// Calls something outside when it is the machine's turn. Whoever waits for it keeps nothing but keys in memory.
    fn call(self: &Arc<Self>, id: i64, connector: Arc<dyn Connector>, job: Job) {
        let (task, asked) = (job.request.task, job.asked);
        match self.calls.enter(job.deployed_name()) {
            Entrance::Free(permit) => {
                self.work(id, task, Child::None, asked, async move {
                    let _permit = permit;
                    connector.run(job).await
                });
            }
            Entrance::Later(turn) => {
                drop(job);
                let inner = Arc::clone(self);
                self.work(id, task, Child::None, asked, async move {
                    let Ok(permit) = turn.await else {
                        return Ran::Answer(TaskAnswer::broken());
                    };
                    let call = Box::pin(inner.call_again(id, task, asked)).await;
                    drop(permit);
                    match call {
                        Ok(Some(ran)) => ran,
                        // Its answer has come meanwhile, and this one comes too late.
                        Ok(None) => Ran::Answer(TaskAnswer::broken()),
                        Err(error) => {
                            tracing::error!(execution = id, %error, "a task could not be read");
                            // The next start asks it again.
                            std::future::pending().await
                        }
                    }
                });
            }
        }
    }

    /// Reads a task that has waited and runs it; `None` when nobody waits for it any more.
    async fn call_again(
        self: &Arc<Self>,
        id: i64,
        task: TaskId,
        asked: Asked,
    ) -> Result<Option<Ran>, StoreError> {
        let turn = self.turn(id).await?;
        let Some(loaded) = turn.execution() else {
            return Ok(None);
        };
        let mut open = loaded.state.open_tasks();
        let Some(request) = open.find(|open| open.task == task).cloned() else {
            return Ok(None);
        };
        drop(open);
        let Route::Connector(connector, asker) = self.route(loaded, &request).await? else {
            return Ok(None);
        };
        drop(turn);
        let job = Job {
            asker,
            request,
            asked,
            trace: None,
        };
        Ok(Some(connector.run(job).await))
    }

    /// What a sample result stands for, with the steps that come before the answer of such a resource.
    pub(super) async fn sample(
        self: &Arc<Self>,
        id: i64,
        request: TaskRequest,
        drawn: Drawn,
    ) -> Ran {
        let resource = Resource::parse(&request.resource);
        let answer = sample_answer(&request, &drawn.answer);
        let end = async move {
            if drawn.latency_ms > 0 {
                tokio::time::sleep(Duration::from_millis(drawn.latency_ms)).await;
            }
            answer
        };
        match resource {
            Resource::Service {
                pattern: Pattern::Sync | Pattern::Callback,
                ..
            } => {
                let output = mocks::submitted(&request.resource).to_string();
                Ran::Begun {
                    output: output.into(),
                    end: end.boxed(),
                }
            }
            Resource::Activity(_) => {
                let started = Input::TaskStarted {
                    task: request.task,
                    worker: None,
                };
                if let Err(error) = self.apply(id, started).await {
                    tracing::error!(execution = id, %error, "a task could not be marked as taken");
                }
                Ran::Answer(end.await)
            }
            Resource::Function(_) | Resource::Service { .. } => Ran::Answer(end.await),
        }
    }

    /// Runs `work` and gives the execution its answer.
    fn work(
        self: &Arc<Self>,
        id: i64,
        task: TaskId,
        child: Child,
        asked: Asked,
        work: impl Future<Output = Ran> + Send + 'static,
    ) {
        let inner = Arc::clone(self);
        self.running.spawn(id, task, child, async move {
            let answer = AssertUnwindSafe(inner.answer_of(id, task, asked, work)).catch_unwind();
            let answer = answer.await.unwrap_or_else(|_| Some(TaskAnswer::broken()));
            inner.running.done(id, task);
            if let Some(answer) = answer {
                inner.apply_later(id, answer.into_input(task));
            }
        });
    }

    /// Waits for the answer of a task, and writes down meanwhile that its job was begun. `None` when that cannot be
    /// written: the next start asks again.
    async fn answer_of(
        self: &Arc<Self>,
        id: i64,
        task: TaskId,
        asked: Asked,
        work: impl Future<Output = Ran> + Send + 'static,
    ) -> Option<TaskAnswer> {
        let (output, end) = match work.await {
            Ran::Answer(answer) => return Some(answer),
            Ran::Begun { output, end } => (output, end),
        };
        if asked != Asked::Submitted
            && let Err(error) = self.apply(id, Input::TaskSubmitted { task, output }).await
        {
            tracing::error!(execution = id, %error, "an execution could not go on");
            return None;
        }
        Some(end.await)
    }
}
