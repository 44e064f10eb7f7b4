//! What map runs want done, after the commit that holds their cause.

use super::LoadedRun;
use crate::engine::Inner;
use crate::engine::turn::Cause;
use crate::store::journal::ChildOf;
use crate::store::map_runs::{EndedChild, UnsuccessfulChild};
use crate::store::{ExecutionStatus, StoreError};
use asl::machine::map_run::{ChildRecord, Effect, Input, Unsuccess, Unsuccessful};
use asl::machine::{self, Finish, MapRunEnd, MapRunId};
use std::sync::Arc;

impl Inner {
    /// Does what a map run wants. Waits for nothing.
    pub(super) fn perform_map_run(self: &Arc<Self>, loaded: &LoadedRun, effects: Vec<Effect>) {
        let id = loaded.id;
        for effect in effects {
            match effect {
                Effect::Read(request) => {
                    let objects = self.objects.clone();
                    self.answer_map_run(
                        id,
                        async move { Ok(Input::Read(objects.read(request).await)) },
                    );
                }
                Effect::Write(written) => {
                    let objects = self.objects.clone();
                    self.answer_map_run(id, async move {
                        Ok(Input::Written(objects.write(written).await))
                    });
                }
                Effect::Gather => {
                    let inner = Arc::clone(self);
                    self.answer_map_run(id, async move {
                        let ended = inner.store.ended_children(id).await?;
                        Ok(Input::Gathered(ended.into_iter().map(record).collect()))
                    });
                }
                Effect::FindUnsuccessful {
                    redrive_count,
                    after,
                    most,
                } => {
                    let inner = Arc::clone(self);
                    self.answer_map_run(id, async move {
                        let from = after.map_or(0, |after| after.saturating_add(1));
                        let now_ms = inner.clock.now_ms();
                        let found = inner.store.unsuccessful_children(id, from, most, now_ms);
                        let children = found.await?.into_iter().filter_map(unsuccessful).collect();
                        Ok(Input::Unsuccessful {
                            redrive_count,
                            children,
                        })
                    });
                }
                Effect::StopChild { child } => self.stop_child(id, child),
                Effect::Continue => self.map_run_later(id, Input::Continue),
                Effect::Finish(end) => self.end_map_run(loaded, end),
                // They are started by the commit.
                Effect::StartChild { .. }
                | Effect::RedriveChild { .. }
                | Effect::RestartChild { .. } => {}
            }
        }
    }

    /// Gives a map run the answer that it waits for.
    fn answer_map_run(
        self: &Arc<Self>,
        id: i64,
        answer: impl Future<Output = Result<Input, StoreError>> + Send + 'static,
    ) {
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            match answer.await {
                Ok(input) => inner.map_run_later(id, input),
                Err(error) => tracing::error!(map_run = id, %error, "a map run could not go on"),
            }
        });
    }

    fn stop_child(self: &Arc<Self>, map_run: i64, child: u32) {
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            let stop = machine::Input::Stop {
                error: None,
                cause: None,
            };
            let stopped = match inner.store.running_child(map_run, child).await {
                Ok(Some(id)) => inner.apply(id, stop).await.map(drop),
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            if let Err(error) = stopped {
                tracing::error!(map_run, child, %error, "a child could not be stopped");
            }
        });
    }

    fn end_map_run(self: &Arc<Self>, loaded: &LoadedRun, end: MapRunEnd) {
        let redrive_count = loaded.run.progress().redrive_count();
        self.give_end(loaded.execution, loaded.number, redrive_count, end);
    }

    /// Gives an execution the end of its map run after so many redrives. An execution that was redriven since waits for
    /// another end of the same map run, and does not take this one.
    pub(in crate::engine) fn give_end(
        self: &Arc<Self>,
        execution: i64,
        map_run: MapRunId,
        redrive_count: u32,
        end: MapRunEnd,
    ) {
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            let given = inner.take_end(execution, map_run, redrive_count, end).await;
            if let Err(error) = given {
                tracing::error!(execution, %error, "an execution could not go on");
            }
        });
    }

    async fn take_end(
        self: &Arc<Self>,
        execution: i64,
        map_run: MapRunId,
        redrive_count: u32,
        end: MapRunEnd,
    ) -> Result<(), StoreError> {
        let turn = self.turn(execution).await?;
        let is_awaited = turn.execution().is_some_and(|loaded| {
            let mut open = loaded.state.open_map_runs(&loaded.program);
            open.any(|open| open.map_run == map_run && open.redrive_count == redrive_count)
        });
        if is_awaited {
            let finished = machine::Input::MapRunFinished { map_run, end };
            turn.take(vec![finished], Cause::Happened).await?;
        }
        Ok(())
    }

    /// Tells the map run of a child how the child has ended.
    pub(in crate::engine) fn child_has_ended(self: &Arc<Self>, child_of: ChildOf, finish: Finish) {
        let ended = Input::ChildFinished {
            child: child_of.child,
            finish,
        };
        self.map_run_later(child_of.map_run, ended);
    }
}

fn unsuccessful(found: UnsuccessfulChild) -> Option<Unsuccessful> {
    let how = match found.status {
        ExecutionStatus::Failed => Unsuccess::Failed,
        ExecutionStatus::TimedOut => Unsuccess::TimedOut,
        ExecutionStatus::Aborted => Unsuccess::Aborted,
        ExecutionStatus::Running | ExecutionStatus::Succeeded => return None,
    };
    Some(Unsuccessful {
        child: found.child,
        items: found.items,
        how,
        is_redrivable: found.is_redrivable,
    })
}

/// A child that has ended, as a map run describes it.
pub(super) fn record(ended: EndedChild) -> ChildRecord {
    let name = ended.arn.rsplit(':').next().unwrap_or_default().to_owned();
    let (error, cause) = (ended.error, ended.cause);
    let finish = match ended.status {
        ExecutionStatus::Succeeded => Finish::Succeeded {
            output: ended.output.unwrap_or_else(|| Arc::from("null")),
        },
        ExecutionStatus::Failed => Finish::Failed { error, cause },
        ExecutionStatus::TimedOut => Finish::TimedOut { error, cause },
        ExecutionStatus::Aborted | ExecutionStatus::Running => Finish::Aborted { error, cause },
    };
    ChildRecord {
        child: ended.child,
        arn: ended.arn,
        name,
        input: ended.input,
        finish,
        start_ms: ended.start_ms,
        stop_ms: ended.stop_ms,
        redrive_count: ended.redrive_count,
    }
}
