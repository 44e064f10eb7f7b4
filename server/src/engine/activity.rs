//! Activities: tasks that workers fetch.

use super::queues::{Entry, Queue};
use super::route::Samples;
use super::slots::Loaded;
use super::turn::Cause;
use super::{Engine, Inner};
use crate::arn::ActivityArn;
use crate::store::StoreError;
use asl::definition::{Resource, StateKind, StateMachine};
use asl::machine::{Input, TaskId, TaskRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// How long a worker waits for a task (API-112).
const LONG_POLL: Duration = Duration::from_secs(60);

/// A task for a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityTask {
    /// Answers the task.
    pub token: String,
    /// JSON text.
    pub input: Arc<str>,
}

/// Why no task could be fetched.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PollError {
    /// There is no such activity.
    #[error("the activity does not exist: {0}")]
    DoesNotExist(ActivityArn),
    /// People answer its tasks.
    #[error(
        "the tasks of {0} are answered by people, on the approval page, and are not handed to workers"
    )]
    AnsweredByPeople(ActivityArn),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Engine {
    /// Waits up to 60 seconds for a task of the activity (API-112). May be dropped at any time: a task that was not handed
    /// over stays in the queue.
    pub async fn poll_activity(
        &self,
        activity: &ActivityArn,
        worker: Option<String>,
    ) -> Result<Option<ActivityTask>, PollError> {
        match self.inner.store.activity(activity).await? {
            None => return Err(PollError::DoesNotExist(activity.clone())),
            Some(found) if found.answered_by_people() => {
                return Err(PollError::AnsweredByPeople(activity.clone()));
            }
            Some(_) => {}
        }
        let queue = self.inner.queues.of(activity);
        let deadline = Instant::now() + LONG_POLL;
        let mut ending = self.ending();
        loop {
            if let Some(entry) = queue.pop() {
                match self.inner.hand_over(&queue, entry, worker.clone()).await? {
                    Some(task) => return Ok(Some(task)),
                    None => continue,
                }
            }
            tokio::select! {
                () = queue.arrived.notified() => {}
                () = tokio::time::sleep_until(deadline) => return Ok(None),
                _ = ending.wait_for(|ending| *ending) => return Ok(None),
            }
        }
    }
}

/// A task on its way to a worker; goes back to its queue when it is dropped on the way.
struct OnTheWay {
    queue: Arc<Queue>,
    entry: Entry,
    task: Option<ActivityTask>,
}

impl OnTheWay {
    fn arrive(mut self) -> Option<ActivityTask> {
        self.task.take()
    }
}

impl Drop for OnTheWay {
    fn drop(&mut self) {
        if self.task.is_some() {
            self.queue.put_back(self.entry);
        }
    }
}

impl Inner {
    /// Writes that a worker takes the task; `None` when nobody waits for it any more. The caller may be dropped meanwhile.
    async fn hand_over(
        self: &Arc<Self>,
        queue: &Arc<Queue>,
        entry: Entry,
        worker: Option<String>,
    ) -> Result<Option<ActivityTask>, StoreError> {
        let (sender, receiver) = oneshot::channel();
        let (inner, queue) = (Arc::clone(self), Arc::clone(queue));
        tokio::spawn(async move {
            let result = inner.take_task(entry, worker).await;
            if result.is_err() {
                queue.put_back(entry);
            }
            let way = result.map(|task| OnTheWay {
                queue,
                entry: Entry {
                    taken: true,
                    ..entry
                },
                task,
            });
            // A worker that is gone drops what was sent, which puts the task back.
            drop(sender.send(way));
        });
        let way = receiver.await.map_err(|_| StoreError::Closed)??;
        Ok(way.arrive())
    }

    async fn take_task(
        self: &Arc<Self>,
        entry: Entry,
        worker: Option<String>,
    ) -> Result<Option<ActivityTask>, StoreError> {
        let turn = self.turn(entry.execution).await?;
        let open = turn
            .execution()
            .and_then(|loaded| open_task(loaded.state.open_tasks(), entry.task));
        let Some((token, input)) = open else {
            return Ok(None);
        };
        if !entry.taken {
            turn.take(
                vec![Input::TaskStarted {
                    task: entry.task,
                    worker,
                }],
                Cause::Happened,
            )
            .await?;
        }
        Ok(Some(ActivityTask { token, input }))
    }
}

fn open_task<'a>(
    mut tasks: impl Iterator<Item = &'a TaskRequest>,
    task: TaskId,
) -> Option<(String, Arc<str>)> {
    let request = tasks.find(|request| request.task == task)?;
    Some((request.token.clone()?, Arc::clone(&request.input)))
}

impl Inner {
    /// Tells an execution which of its machine's activities are not there. Sample results stand for activities as well.
    pub(super) async fn look_for_activities(&self, loaded: &mut Loaded) -> Result<(), StoreError> {
        let mut absent = Vec::new();
        if matches!(loaded.samples, Samples::None) {
            for arn in activities(&loaded.program) {
                let found = match ActivityArn::parse(arn) {
                    Some(arn) => self.store.activity(&arn).await?,
                    None => None,
                };
                if found.is_none() {
                    absent.push(arn.to_owned());
                }
            }
        }
        loaded.state.set_absent_activities(absent);
        Ok(())
    }
}

/// The activities of a machine, by ARN, each once.
fn activities(program: &StateMachine) -> BTreeSet<&str> {
    let of_states = program.states().filter_map(|state| match &state.kind {
        StateKind::Task(task) => match &task.resource {
            Resource::Activity(arn) => Some(&**arn),
            Resource::Function(_) | Resource::Service { .. } => None,
        },
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed
        | StateKind::Fail(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => None,
    });
    of_states.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_that_was_dropped_on_the_way_is_the_next_one_again() {
        let queue = Arc::new(Queue::default());
        let entry = |task| Entry {
            execution: 1,
            task: TaskId(task),
            taken: true,
        };
        queue.push(entry(2));
        let task = ActivityTask {
            token: "t".into(),
            input: "{}".into(),
        };
        drop(OnTheWay {
            queue: Arc::clone(&queue),
            entry: entry(1),
            task: Some(task),
        });
        assert_eq!(queue.pop(), Some(entry(1)));
        assert_eq!(queue.pop(), Some(entry(2)));
        assert_eq!(queue.pop(), None);
    }
}
