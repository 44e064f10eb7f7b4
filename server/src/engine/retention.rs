//! Removes executions that ended long ago, in the background (feature map, API-907).
//!
//! A clock that is set forward while the server runs removes nothing early; one that is wrong when it starts does.
//! The jobs of a sweep leave the writer alone for four times as long as they took, so a sweep costs others a fifth at most.

use super::Inner;
use crate::store::StoreError;
use crate::store::retention::Sweep;
use std::collections::HashSet;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

const DAY_MS: i64 = 86_400_000;
/// Between the start of the server and the first sweep: unfinished executions come first.
const FIRST: Duration = Duration::from_secs(60);
/// Between two sweeps.
const PAUSE: Duration = Duration::from_secs(3600);
/// Shortest pause between two jobs.
const BREATH: Duration = Duration::from_millis(20);
/// Revisions removed in one job.
const REVISIONS: usize = 100;

/// Sweeps until the engine is gone. Executions that ended more than so many days ago go; with 0 days, nothing ever goes.
pub(super) async fn run(engine: Weak<Inner>, days: u32) {
    if days == 0 {
        return;
    }
    let mut unused = HashSet::new();
    let mut wait = FIRST;
    loop {
        tokio::time::sleep(wait).await;
        wait = PAUSE;
        let Some(inner) = engine.upgrade() else {
            return;
        };
        let before_ms = cutoff_ms(&inner, days);
        match sweep(&inner, before_ms, &mut unused).await {
            Ok(0) => {}
            Ok(executions) => tracing::info!(executions, days, "old executions were removed"),
            Err(error) => tracing::warn!(%error, "old executions could not be removed"),
        }
    }
}

/// What ended before this moment goes.
pub(super) fn cutoff_ms(inner: &Inner, days: u32) -> i64 {
    inner.clock.cautious_ms() - i64::from(days) * DAY_MS
}

/// One sweep; gives the number of executions removed. A revision goes when it was in `unused` before: a start that read
/// it before a change of its machine is long through by the next sweep.
pub(super) async fn sweep(
    inner: &Arc<Inner>,
    before_ms: i64,
    unused: &mut HashSet<i64>,
) -> Result<usize, StoreError> {
    let (mut place, mut executions) = (Some(Sweep::new(before_ms)), 0);
    while let Some(sweep) = place {
        let begun = Instant::now();
        let done = inner.store.sweep(sweep).await?;
        executions += done.executions;
        place = done.next;
        tokio::time::sleep((begun.elapsed() * 4).max(BREATH)).await;
    }
    let found = inner.store.unused_revisions(REVISIONS).await?;
    let (again, first) = found.into_iter().partition(|id| unused.contains(id));
    inner.store.remove_revisions(again).await?;
    *unused = HashSet::from_iter::<Vec<i64>>(first);
    Ok(executions)
}
