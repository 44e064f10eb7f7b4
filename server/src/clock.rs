//! The time: the wall clock, which people and time servers set, and one beside it that only goes on.
//!
//! Everything that is written or compared with written times asks [`Clock::now_ms`]. What waits for a moment asks
//! [`Clock::ticks_at`] once and then counts ticks, so that it waits as long as it was told, however the wall clock is set
//! meanwhile. Limits of single calls and connections are the runtime's own timers and need nothing of this.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a wall clock shows, in microseconds since 1970.
type Wall = dyn Fn() -> i64 + Send + Sync;

/// The clock of a server; cheap to clone.
#[derive(Clone)]
pub(crate) struct Clock {
    wall: Arc<Wall>,
    begun: Instant,
    /// What the wall clock showed then.
    begun_us: i64,
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Clock({})", self.now_ms())
    }
}

impl Clock {
    /// The clock of the system.
    pub(crate) fn system() -> Self {
        Self::of(|| jiff::Timestamp::now().as_microsecond())
    }

    /// One with another wall clock, which may be set at any time.
    pub(crate) fn of(wall: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self {
            begun_us: wall(),
            begun: Instant::now(),
            wall: Arc::new(wall),
        }
    }

    /// The present moment, in milliseconds since 1970. Goes backwards when somebody sets the clock back.
    pub(crate) fn now_ms(&self) -> i64 {
        (self.wall)().div_euclid(1000)
    }

    /// Microseconds since the clock was made; never goes backwards, and stands still while the machine sleeps.
    pub(crate) fn ticks(&self) -> i64 {
        i64::try_from(self.begun.elapsed().as_micros()).unwrap_or(i64::MAX)
    }

    /// How many ticks there will be when the wall clock shows `at_ms`, as long as nobody sets it.
    pub(crate) fn ticks_at(&self, at_ms: i64) -> i64 {
        // Read first, so that what is between the two readings makes the moment later and not earlier.
        let wall = (self.wall)();
        let left = at_ms.saturating_mul(1000).saturating_sub(wall);
        self.ticks().saturating_add(left)
    }

    /// How long it takes until there are so many ticks.
    pub(crate) fn until(&self, ticks: i64) -> Duration {
        let left = ticks.saturating_sub(self.ticks());
        Duration::from_micros(u64::try_from(left).unwrap_or(0))
    }

    /// The present moment in milliseconds since 1970, without what the wall clock was set forward since the start. What is
    /// to be destroyed after a time asks this: a clock that was set to a wrong year destroys nothing.
    pub(crate) fn cautious_ms(&self) -> i64 {
        let unset = self.begun_us.saturating_add(self.ticks());
        self.now_ms().min(unset.div_euclid(1000))
    }
}

/// A wall clock for tests, which goes on as the system's does and can be set.
#[cfg(test)]
#[derive(Debug, Clone, Default)]
pub(crate) struct Settable(Arc<std::sync::atomic::AtomicI64>);

#[cfg(test)]
impl Settable {
    /// A clock of which this is the wall clock.
    pub(crate) fn clock(&self) -> Clock {
        let offset = Arc::clone(&self.0);
        Clock::of(move || {
            let offset = offset.load(std::sync::atomic::Ordering::SeqCst);
            jiff::Timestamp::now().as_microsecond() + offset
        })
    }

    /// Sets the clock forward by so many hours, back when they are negative.
    pub(crate) fn step(&self, hours: i64) {
        let step = hours * 3_600_000_000;
        self.0.fetch_add(step, std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_do_not_follow_a_wall_clock_that_is_set() {
        let wall = Settable::default();
        let clock = wall.clock();
        let due = clock.ticks_at(clock.now_ms() + 60_000);
        for hours in [5, -20] {
            wall.step(hours);
            let left = clock.until(due);
            assert!(left <= Duration::from_secs(60), "{left:?}");
        }
        assert!(clock.ticks_at(clock.now_ms() - 1) < clock.ticks());
        assert_eq!(clock.until(clock.ticks() - 1), Duration::ZERO);
    }

    #[test]
    fn caution_goes_back_with_the_wall_clock_and_never_forward() {
        let wall = Settable::default();
        let clock = wall.clock();
        let begun = clock.now_ms();
        wall.step(24 * 365);
        assert!(clock.cautious_ms() < begun + 3_600_000);
        wall.step(-24 * 366);
        assert!(clock.cautious_ms() < begun - 3_600_000);
    }
}
