//! How many map runs may be open at once (feature map, API-912). More wait, as on AWS, after their `MapRunStarted`; what
//! waits costs a number.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Map runs that may be open at once.
pub(super) const MOST_OPEN: usize = 1_000;

/// Lets map runs begin, one after the other ends, in the order in which they came.
#[derive(Debug)]
pub(super) struct Gate(Mutex<Inside>);

#[derive(Debug)]
struct Inside {
    most: usize,
    open: HashSet<i64>,
    waiting: VecDeque<i64>,
}

impl Gate {
    pub(super) fn new(most: usize) -> Self {
        Self(Mutex::new(Inside {
            most,
            open: HashSet::new(),
            waiting: VecDeque::new(),
        }))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inside) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a new map run may begin; otherwise it waits until [`Self::leave`] names it.
    pub(super) fn enter(&self, map_run: i64) -> bool {
        self.with(|inside| {
            if inside.open.len() < inside.most {
                inside.open.insert(map_run);
                return true;
            }
            inside.waiting.push_back(map_run);
            false
        })
    }

    /// Counts a map run that had begun before: it goes on in any case.
    pub(super) fn enter_again(&self, map_run: i64) {
        self.with(|inside| inside.open.insert(map_run));
    }

    /// A map run is over, or nobody waits for it any more; gives the one that may begin instead.
    pub(super) fn leave(&self, map_run: i64) -> Option<i64> {
        self.with(|inside| {
            inside.open.remove(&map_run);
            inside.waiting.retain(|waiting| *waiting != map_run);
            if inside.open.len() >= inside.most {
                return None;
            }
            let next = inside.waiting.pop_front()?;
            inside.open.insert(next);
            Some(next)
        })
    }

    /// Allows fewer, so that a test need not open a thousand.
    #[cfg(test)]
    pub(super) fn allow(&self, most: usize) {
        self.with(|inside| inside.most = most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_wait_begin_in_their_order_as_others_end() {
        let gate = Gate::new(2);
        let entered: Vec<bool> = (1..=4).map(|id| gate.enter(id)).collect();
        assert_eq!(entered, [true, true, false, false]);
        assert_eq!(gate.leave(2), Some(3));
        assert_eq!(gate.leave(1), Some(4));
        assert_eq!(gate.leave(3), None);
        assert!(gate.enter(5));
    }

    #[test]
    fn one_that_is_given_up_while_it_waits_does_not_begin() {
        let gate = Gate::new(1);
        assert!(gate.enter(1));
        assert!(!gate.enter(2) && !gate.enter(3));
        assert_eq!(gate.leave(2), None);
        assert_eq!(gate.leave(1), Some(3));
    }

    #[test]
    fn those_that_had_begun_go_on_even_when_they_are_too_many() {
        let gate = Gate::new(1);
        gate.enter_again(1);
        gate.enter_again(2);
        assert!(!gate.enter(3));
        assert_eq!(gate.leave(1), None);
        assert_eq!(gate.leave(2), Some(3));
    }
}
