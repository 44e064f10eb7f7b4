//! What a restarted server does first: unfinished executions go on where their record ends.
//!
//! A task that was under way is asked again, with the same token: at least once. The request half of a callback task is
//! not sent again once its answer is on disk. Timers need nothing here: they are read from disk when they come into reach.
//! Executions for which nothing has to be done are not read, however many there are. Nothing goes on until all others were
//! read, so that each is asked for what it was doing when the record ended, once.

use super::Inner;
use super::queues::Entry;
use super::slots::Loaded;
use crate::connectors::Asked;
use crate::store::StoreError;
use crate::store::journal::{OpenTask, Resumable, TaskKind};
use asl::machine::{TaskId, TaskRequest};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Executions read at a time.
const BATCH: usize = 256;

/// Tasks that wait for their token, by execution and task.
type Waiting = HashMap<(i64, u64), OpenTask>;

/// Lets every unfinished execution go on that something has to be done for.
pub(super) async fn recover(inner: &Arc<Inner>) -> Result<(), StoreError> {
    let tasks = inner.store.open_tasks().await?;
    fill_queues(inner, &tasks);
    let waiting: Waiting = tasks
        .into_iter()
        .map(|task| ((task.execution, task.task), task))
        .collect();
    let open = inner.store.count_unfinished().await?;
    inner.open.change(open);
    inner.recover_map_runs().await?;
    // What begins from here on is asked by its own first step.
    let until = inner.last_execution.load(Ordering::Relaxed);
    let (mut after, mut count) = (0, 0_usize);
    loop {
        let batch = inner.store.awake(after, until, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        count += batch.len();
        for found in batch {
            resume(inner, &waiting, found).await;
        }
    }
    inner.resume_deletions().await?;
    inner.recovered.send_replace(true);
    inner.stop_orphans(None).await?;
    if open > 0 {
        tracing::info!(open, asked = count, "unfinished executions go on");
    }
    Ok(())
}

fn fill_queues(inner: &Inner, tasks: &[OpenTask]) {
    for open in tasks.iter().filter(|open| open.kind == TaskKind::Worker) {
        if let Some(activity) = &open.activity {
            let entry = Entry {
                execution: open.execution,
                task: TaskId(open.task),
                taken: open.taken,
            };
            inner.queues.of(activity).push(entry);
        }
    }
}

/// Asks the tasks of one execution again. What cannot be read is reported and left as it is on disk.
async fn resume(inner: &Arc<Inner>, waiting: &Waiting, found: Resumable) {
    let arn = found.arn.clone();
    if let Err(error) = ask_again(inner, waiting, found).await {
        tracing::error!(execution = %arn, %error, "an execution could not go on");
    }
}

async fn ask_again(
    inner: &Arc<Inner>,
    waiting: &Waiting,
    found: Resumable,
) -> Result<(), StoreError> {
    let loaded = inner.load(found).await?;
    for request in loaded.state.open_tasks() {
        if let Some(asked) = how_to_ask(waiting, &loaded, request) {
            let route = inner.route(&loaded, request).await?;
            inner.run(loaded.id, request.clone(), route, asked);
        }
    }
    inner.resume_open_map_runs(&loaded).await
}

/// Workers and people have their queues; a callback whose request was answered waits for its token.
fn how_to_ask(waiting: &Waiting, loaded: &Loaded, request: &TaskRequest) -> Option<Asked> {
    let Some(open) = waiting.get(&(loaded.id, request.task.0)) else {
        return Some(Asked::Again);
    };
    match (open.kind, open.taken) {
        (TaskKind::Worker | TaskKind::People, _) | (TaskKind::Callback, true) => None,
        (TaskKind::Callback | TaskKind::Job, false) => Some(Asked::Again),
        (TaskKind::Job, true) => Some(Asked::Submitted),
    }
}
