//! Effects, done after the commit that holds their cause.

use super::Inner;
use super::route::Route;
use crate::connectors::TaskAnswer;
use asl::machine::{Input, TaskId, TaskRequest, TimerId};
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
    /// Wake the execution.
    SetTimer { timer: TimerId, at_ms: i64 },
    /// Do not wake it.
    CancelTimer(TimerId),
}

/// Tasks under way in this process, by execution.
#[derive(Debug, Default)]
pub(super) struct Running(Mutex<HashMap<i64, HashMap<TaskId, AbortHandle>>>);

impl Running {
    fn with<T>(
        &self,
        work: impl FnOnce(&mut HashMap<i64, HashMap<TaskId, AbortHandle>>) -> T,
    ) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Starts a task while the table is held, so that its end finds it there.
    fn spawn(&self, id: i64, task: TaskId, work: impl Future<Output = ()> + Send + 'static) {
        self.with(|running| {
            running
                .entry(id)
                .or_default()
                .insert(task, tokio::spawn(work).abort_handle());
        });
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

    fn cancel(&self, id: i64, task: TaskId) {
        let handle =
            self.with(|running| running.get_mut(&id).and_then(|tasks| tasks.remove(&task)));
        if let Some(handle) = handle {
            handle.abort();
        }
    }

    fn cancel_all(&self, id: i64) {
        for handle in self
            .with(|running| running.remove(&id))
            .into_iter()
            .flatten()
        {
            handle.1.abort();
        }
    }
}

impl Inner {
    /// Does what a step wants, once it is on disk. Waits for nothing.
    pub(super) fn after_commit(self: &Arc<Self>, id: i64, planned: Vec<Planned>, finished: bool) {
        if finished {
            self.slots.forget(id);
            self.timers.cancel_all(id);
            self.running.cancel_all(id);
            return;
        }
        for plan in planned {
            match plan {
                Planned::Run(task) => self.run(id, task.0, task.1),
                Planned::Cancel(task) => self.running.cancel(id, task),
                Planned::SetTimer { timer, at_ms } => self.timers.set(id, timer, at_ms),
                Planned::CancelTimer(timer) => self.timers.cancel(id, timer),
            }
        }
    }

    /// Hands a task to who runs it.
    pub(super) fn run(self: &Arc<Self>, id: i64, request: TaskRequest, route: Route) {
        match route {
            Route::People { .. } => {}
            Route::Worker(activity) => self.queues.push(&activity, id, request.task),
            Route::Answer { answer, latency_ms } => {
                self.work(id, request.task, async move {
                    if latency_ms > 0 {
                        tokio::time::sleep(Duration::from_millis(latency_ms)).await;
                    }
                    answer
                });
            }
            Route::Connector(connector) => {
                let task = request.task;
                self.work(id, task, async move { connector.run(request).await });
            }
        }
    }

    /// Runs `work` and gives the execution its answer.
    fn work(
        self: &Arc<Self>,
        id: i64,
        task: TaskId,
        work: impl Future<Output = TaskAnswer> + Send + 'static,
    ) {
        let inner = Arc::clone(self);
        self.running.spawn(id, task, async move {
            let answer = AssertUnwindSafe(work)
                .catch_unwind()
                .await
                .unwrap_or_else(|_| TaskAnswer::broken());
            inner.running.done(id, task);
            inner.apply_later(id, input(task, answer));
        });
    }
}

fn input(task: TaskId, answer: TaskAnswer) -> Input {
    match answer {
        TaskAnswer::Succeeded { output } => Input::TaskSucceeded { task, output },
        TaskAnswer::Submitted { output } => Input::TaskSubmitted { task, output },
        TaskAnswer::Failed { error, cause, at } => Input::TaskFailed {
            task,
            error,
            cause,
            at,
        },
    }
}
