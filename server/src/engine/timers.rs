//! Timers: those due soon in memory, all others on disk only.
//!
//! On disk a timer is a moment of the wall clock, since that alone outlives the process. Within a minute of it (more, after
//! the clock was set back) it is in memory and a number of ticks: it fires after as long as it was set for, however the wall
//! clock is set meanwhile. A clock that was set forward looks like a machine that has slept: what fell due on disk meanwhile
//! fires, be it a wait for a moment or for a time. A clock that was set back makes what is on disk wait for its moment.

use super::Inner;
use crate::clock::Clock;
use asl::machine::{Input, TimerId};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::Notify;

/// How far ahead timers are held in memory.
const WINDOW_MS: i64 = 60_000;
/// Longest sleep, so that a clock that was set is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

#[derive(Debug, Default)]
pub(super) struct Timers {
    table: Mutex<Table>,
    changed: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Table {
    /// When it is due in ticks of the clock, execution, timer.
    heap: BinaryHeap<Reverse<(i64, i64, u64)>>,
    /// Those of the heap that were not cancelled, as execution and timer.
    live: BTreeSet<(i64, u64)>,
    /// Every timer due up to here is in the heap.
    horizon_ms: i64,
    /// When the first timer behind the horizon is due.
    next_on_disk: Option<i64>,
}

impl Table {
    fn add(&mut self, id: i64, timer: u64, due: i64) {
        if self.live.insert((id, timer)) {
            self.heap.push(Reverse((due, id, timer)));
        }
    }

    fn set(&mut self, clock: &Clock, id: i64, timer: u64, due_ms: i64) {
        if due_ms <= self.horizon_ms {
            self.add(id, timer, clock.ticks_at(due_ms));
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

    /// The timers due after `now` ticks, those cancelled left out.
    fn due(&mut self, now: i64) -> Vec<(i64, u64)> {
        let mut due = Vec::new();
        while let Some(Reverse((at, id, timer))) = self.heap.peek().copied() {
            let live = self.live.contains(&(id, timer));
            if live && at > now {
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

    /// When the first timer in memory is due, in ticks.
    fn first(&self) -> Option<i64> {
        self.heap.peek().map(|Reverse((due, ..))| *due)
    }

    /// When those on disk come into reach, by the wall clock.
    fn reach_ms(&self) -> Option<i64> {
        self.next_on_disk.map(|due_ms| due_ms - WINDOW_MS / 2)
    }

    /// How long there is nothing to do: no timer is due, and those on disk do not come into reach.
    fn pause(&self, clock: &Clock) -> Option<Duration> {
        let on_disk = self.reach_ms().map(|reach_ms| clock.ticks_at(reach_ms));
        let next = self.first().into_iter().chain(on_disk).min()?;
        Some(clock.until(next).min(LONGEST_SLEEP))
    }
}

impl Timers {
    fn with<T>(&self, work: impl FnOnce(&mut Table) -> T) -> T {
        work(&mut self.table.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Wakes an execution at `at_ms`; the timer is on disk already.
    pub(super) fn set(&self, clock: &Clock, id: i64, timer: TimerId, at_ms: i64) {
        self.with(|table| table.set(clock, id, timer.0, at_ms));
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
    let (clock, now_ms) = (&inner.clock, inner.clock.now_ms());
    let reach = inner.timers.with(|table| {
        table.horizon_ms == 0 || table.reach_ms().is_some_and(|reach_ms| reach_ms <= now_ms)
    });
    if reach && let Err(error) = refill(inner, now_ms + WINDOW_MS).await {
        tracing::error!(%error, "timers could not be read");
        return Some(Duration::from_secs(1));
    }
    let now = clock.ticks();
    let (first, due) = inner.timers.with(|table| (table.first(), table.due(now)));
    if let (Some(first), false) = (first, due.is_empty()) {
        inner.observer.metrics.timer_fired(first / 1000, now / 1000);
    }
    for (id, timer) in due {
        inner.apply_later(
            id,
            Input::TimerFired {
                timer: TimerId(timer),
            },
        );
    }
    inner.timers.with(|table| table.pause(clock))
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
            let due = inner.clock.ticks_at(timer.due_ms);
            table.add(timer.execution, timer.timer, due);
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

    /// A wall clock that stands.
    fn standing() -> Clock {
        Clock::of(|| 0)
    }

    fn table(timers: &[(i64, u64, i64)]) -> Table {
        let mut table = Table::default();
        for (id, timer, due) in timers {
            table.add(*id, *timer, *due);
        }
        table
    }

    #[test]
    fn timers_fire_in_order_once_and_not_when_cancelled() {
        let mut table = table(&[(7, 1, 30), (7, 2, 10), (7, 3, 20), (7, 3, 20)]);
        table.live.remove(&(7, 2));
        assert_eq!(table.due(25), vec![(7, 3)]);
        assert_eq!(table.due(25), vec![]);
        assert_eq!(table.first(), Some(30));
        assert_eq!(table.due(30), vec![(7, 1)]);
    }

    #[test]
    fn a_timer_behind_the_horizon_stays_on_disk() {
        let mut table = Table {
            horizon_ms: 1_000,
            ..Table::default()
        };
        table.set(&standing(), 7, 1, 500_000);
        table.set(&standing(), 7, 2, 400_000);
        assert!(table.heap.is_empty());
        assert_eq!(table.reach_ms(), Some(400_000 - WINDOW_MS / 2));
        table.set(&standing(), 7, 3, 1_000);
        assert_eq!(table.heap.len(), 1);
    }

    #[test]
    fn nothing_sleeps_so_long_that_a_clock_that_was_set_stays_unnoticed() {
        let clock = standing();
        let mut table = Table::default();
        assert_eq!(table.pause(&clock), None);
        table.set(&clock, 7, 1, 500_000);
        assert_eq!(table.pause(&clock), Some(LONGEST_SLEEP));
        table.add(7, 2, 0);
        assert_eq!(table.pause(&clock), Some(Duration::ZERO));
    }

    #[test]
    fn the_end_of_an_execution_silences_its_timers_only() {
        let mut table = table(&[(7, 1, 10), (8, 1, 10)]);
        table.cancel_all(7);
        assert_eq!(table.due(10), vec![(8, 1)]);
    }
}
