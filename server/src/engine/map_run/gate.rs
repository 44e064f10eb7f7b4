//! How many map runs may be open at once (feature map, API-912). More wait, as on AWS, after their `MapRunStarted` or
//! `MapRunRedriven`; what waits costs a few words.
//!
//! What lets a map run go on waits with it, and is handed over while the gate is held: whoever gives the map run up before or
//! after that has the last word.

use asl::machine::map_run::Input;
use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Map runs that may be open at once.
pub(super) const MOST_OPEN: usize = 1_000;

/// Lets map runs begin or go on, one after the other ends, in the order in which they came.
#[derive(Debug)]
pub(super) struct Gate(Mutex<Inside>);

#[derive(Debug)]
struct Inside {
    most: usize,
    open: HashSet<i64>,
    waiting: VecDeque<(i64, Input)>,
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

    /// Gives `input` back when the map run may take it now; otherwise both wait until [`Self::leave`] names them. One that is
    /// open keeps its place.
    pub(super) fn enter(&self, map_run: i64, input: Input) -> Option<Input> {
        self.with(|inside| {
            if inside.open.contains(&map_run) || inside.open.len() < inside.most {
                inside.open.insert(map_run);
                return Some(input);
            }
            inside.waiting.push_back((map_run, input));
            None
        })
    }

    /// Counts a map run that goes on in any case: it had begun before this server started, or was opened again.
    pub(super) fn enter_again(&self, map_run: i64) {
        self.with(|inside| inside.open.insert(map_run));
    }

    /// A map run is over. Those that may take its place are handed to `begin` with their inputs: more than one when one of
    /// them is open already and takes none.
    pub(super) fn leave(&self, map_run: i64, mut begin: impl FnMut(i64, Input)) {
        self.with(|inside| {
            inside.open.remove(&map_run);
            while inside.open.len() < inside.most {
                let Some((next, input)) = inside.waiting.pop_front() else {
                    break;
                };
                inside.open.insert(next);
                begin(next, input);
            }
        });
    }

    /// Nobody waits for a map run any more: it does not begin or go on, unless it has.
    pub(super) fn give_up(&self, map_run: i64) {
        self.with(|inside| inside.waiting.retain(|(waiting, _)| *waiting != map_run));
    }

    /// How many wait.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.with(|inside| inside.waiting.len())
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

    fn may_begin(gate: &Gate, map_run: i64) -> bool {
        gate.enter(map_run, Input::Continue).is_some()
    }

    /// Who takes the place of one that leaves.
    fn next(gate: &Gate, map_run: i64) -> Option<(i64, Input)> {
        let mut next = None;
        gate.leave(map_run, |id, input| next = Some((id, input)));
        next
    }

    fn next_id(gate: &Gate, map_run: i64) -> Option<i64> {
        next(gate, map_run).map(|(id, _)| id)
    }

    #[test]
    fn one_that_waits_twice_takes_one_place() {
        let gate = Gate::new(2);
        for id in [1, 9, 2, 2, 3] {
            may_begin(&gate, id);
        }
        assert_eq!(next_id(&gate, 1), Some(2));
        let mut begun = Vec::new();
        gate.leave(9, |id, _| begun.push(id));
        assert_eq!(begun, [2, 3]);
        assert_eq!(gate.waiting(), 0);
    }

    #[test]
    fn those_that_wait_begin_in_their_order_as_others_end() {
        let gate = Gate::new(2);
        let entered: Vec<bool> = (1..=4).map(|id| may_begin(&gate, id)).collect();
        assert_eq!(entered, [true, true, false, false]);
        assert_eq!(next_id(&gate, 2), Some(3));
        assert_eq!(next_id(&gate, 1), Some(4));
        assert_eq!(next_id(&gate, 3), None);
        assert!(may_begin(&gate, 5));
    }

    #[test]
    fn one_that_is_given_up_while_it_waits_does_not_begin() {
        let gate = Gate::new(1);
        assert!(may_begin(&gate, 1));
        assert!(!may_begin(&gate, 2) && !may_begin(&gate, 3));
        gate.give_up(2);
        assert_eq!(next_id(&gate, 2), None);
        assert_eq!(next_id(&gate, 1), Some(3));
    }

    #[test]
    fn those_that_had_begun_go_on_even_when_they_are_too_many() {
        let gate = Gate::new(1);
        gate.enter_again(1);
        gate.enter_again(2);
        assert!(!may_begin(&gate, 3));
        assert_eq!(next_id(&gate, 1), None);
        assert_eq!(next_id(&gate, 2), Some(3));
    }

    #[test]
    fn a_redrive_waits_its_turn_and_one_of_an_open_map_run_does_not() {
        let gate = Gate::new(1);
        let redrive = |redrive_count| Input::Redrive { redrive_count };
        assert!(may_begin(&gate, 1));
        assert_eq!(gate.enter(1, redrive(1)), Some(redrive(1)));
        assert_eq!(gate.enter(2, redrive(3)), None);
        // The end of an earlier life takes nothing from the next one.
        assert_eq!(next(&gate, 2), None);
        assert_eq!(next(&gate, 1), Some((2, redrive(3))));
    }
}
