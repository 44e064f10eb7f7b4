//! Timers: those due soon in memory, all others on disk only.

use super::{Inner, now_ms};
use asl::machine::{Input, TimerId};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::Notify;

/// How far ahead timers are held in memory.
const WINDOW_MS: i64 = 60_000;
/// Longest sleep, so that a clock that was set is noticed.
const LONGEST_SLEEP_MS: i64 = 30_000;

#[derive(Debug, Default)]
pub(super) struct Timers {
    table: Mutex<Table>,
    changed: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Table {
    /// Due time, execution, timer.
    heap: BinaryHeap<Reverse<(i64, i64, u64)>>,
    /// Those of the heap that were not cancelled, as execution and timer.
    live: BTreeSet<(i64, u64)>,
    /// Every timer due up to here is in the heap.
    horizon_ms: i64,
    /// When the first timer behind the horizon is due.
    next_on_disk: Option<i64>,
}

impl Table {
    fn add(&mut self, id: i64, timer: u64, due_ms: i64) {
        if self.live.insert((id, timer)) {
            self.heap.push(Reverse((due_ms, id, timer)));
        }
    }

    fn set(&mut self, id: i64, timer: u64, due_ms: i64) {
        if due_ms <= self.horizon_ms {
            self.add(id, timer, due_ms);
        } else {
            self.next_on_disk = Some(self.next_on_disk.map_or(due_ms, |next| next.min(due_ms)));
        }
    }

    fn cancel_all(&mut self, id: i64) {
        let timers: Vec<_> = self.live.range((id, 0)..=(id, u64::MAX)).copied().collect();
        for timer in timers {
            self.live.remove(&timer);
        }
    }

    /// The timers due at `now`, those cancelled left out.
    fn due(&mut self, now: i64) -> Vec<(i64, u64)> {
        let mut due = Vec::new();
        while let Some(Reverse((due_ms, id, timer))) = self.heap.peek().copied() {
            let live = self.live.contains(&(id, timer));
            if live && due_ms > now {
                break;
            }
            self.heap.pop();
            if live {
                self.live.remove(&(id, timer));
                due.push((id, timer));
            }
        }
        due
    }

    /// When the first timer in memory is due.
    fn first(&self) -> Option<i64> {
        self.heap.peek().map(|Reverse((due_ms, ..))| *due_ms)
    }

    /// When there is something to do: a timer is due, or those on disk come into reach.
    fn next(&self) -> Option<i64> {
        let on_disk = self.next_on_disk.map(|due_ms| due_ms - WINDOW_MS / 2);
        self.first().into_iter().chain(on_disk).min()
    }
}

impl Timers {
    fn with<T>(&self, work: impl FnOnce(&mut Table) -> T) -> T {
        work(&mut self.table.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Wakes an execution at `at_ms`; the timer is on disk already.
    pub(super) fn set(&self, id: i64, timer: TimerId, at_ms: i64) {
        self.with(|table| table.set(id, timer.0, at_ms));
        self.changed.notify_one();
    }

    /// Does not wake it.
    pub(super) fn cancel(&self, id: i64, timer: TimerId) {
        self.with(|table| table.live.remove(&(id, timer.0)));
    }

    /// Does not wake an execution any more.
    pub(super) fn cancel_all(&self, id: i64) {
        self.with(|table| table.cancel_all(id));
    }
}

/// Fires timers until the engine is gone.
pub(super) async fn run(engine: Weak<Inner>) {
    let Some(changed) = engine
        .upgrade()
        .map(|inner| Arc::clone(&inner.timers.changed))
    else {
        return;
    };
    loop {
        let Some(inner) = engine.upgrade() else {
            return;
        };
        let wait = beat(&inner).await;
        drop(inner);
        match wait {
            Some(wait) => drop(tokio::time::timeout(wait, changed.notified()).await),
            None => changed.notified().await,
        }
    }
}

/// Fires what is due, reads what comes into reach, and says how long there is nothing to do.
async fn beat(inner: &Arc<Inner>) -> Option<Duration> {
    let now = now_ms();
    let reach = inner.timers.with(|table| {
        table.horizon_ms == 0
            || table
                .next_on_disk
                .is_some_and(|due| due - WINDOW_MS / 2 <= now)
    });
    if reach && let Err(error) = refill(inner, now + WINDOW_MS).await {
        tracing::error!(%error, "timers could not be read");
        return Some(Duration::from_secs(1));
    }
    let (first, due, next) = inner
        .timers
        .with(|table| (table.first(), table.due(now), table.next()));
    if let (Some(first), false) = (first, due.is_empty()) {
        inner.observer.metrics.timer_fired(first, now);
    }
    for (id, timer) in due {
        inner.apply_later(
            id,
            Input::TimerFired {
                timer: TimerId(timer),
            },
        );
    }
    let wait = (next? - now_ms()).clamp(0, LONGEST_SLEEP_MS);
    Some(Duration::from_millis(u64::try_from(wait).unwrap_or(0)))
}

/// Moves the horizon. It moves before the disk is read, so that a timer set meanwhile goes to the heap.
async fn refill(inner: &Arc<Inner>, horizon_ms: i64) -> Result<(), crate::store::StoreError> {
    inner.timers.with(|table| {
        table.horizon_ms = horizon_ms;
        table.next_on_disk = None;
    });
    let (due, next) = inner.store.timers(horizon_ms).await?;
    inner.timers.with(|table| {
        for timer in due {
            table.add(timer.execution, timer.timer, timer.due_ms);
        }
        if let Some(next) = next {
            table.next_on_disk = Some(table.next_on_disk.map_or(next, |due| due.min(next)));
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_fire_in_order_once_and_not_when_cancelled() {
        let mut table = Table {
            horizon_ms: 1_000,
            ..Table::default()
        };
        for (timer, due_ms) in [(1, 30), (2, 10), (3, 20), (3, 20)] {
            table.set(7, timer, due_ms);
        }
        table.live.remove(&(7, 2));
        assert_eq!(table.due(25), vec![(7, 3)]);
        assert_eq!(table.due(25), vec![]);
        assert_eq!(table.next(), Some(30));
        assert_eq!(table.due(30), vec![(7, 1)]);
    }

    #[test]
    fn a_timer_behind_the_horizon_stays_on_disk() {
        let mut table = Table {
            horizon_ms: 1_000,
            ..Table::default()
        };
        table.set(7, 1, 500_000);
        table.set(7, 2, 400_000);
        assert!(table.heap.is_empty());
        assert_eq!(table.next(), Some(400_000 - WINDOW_MS / 2));
    }

    #[test]
    fn the_end_of_an_execution_silences_its_timers_only() {
        let mut table = Table {
            horizon_ms: 1_000,
            ..Table::default()
        };
        table.set(7, 1, 10);
        table.set(8, 1, 10);
        table.cancel_all(7);
        assert_eq!(table.due(10), vec![(8, 1)]);
    }
}
