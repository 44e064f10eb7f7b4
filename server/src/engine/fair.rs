//! How many calls may be under way at a time, and whose turn it is: machines that wait take turns, whatever each has waiting.
//!
//! A waiting caller costs a few words here. What it wants to do is its own affair; callers that leave are passed over, and those
//! of a machine that many left are swept out when the next one enters.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// Calls under way at a time.
const AT_ONCE: usize = 512;
/// Those of one machine, so that calls that hang leave room for other machines.
const OF_ONE: usize = 448;
/// Callers that one machine may have waiting before it is looked for some that have left.
const UNSWEPT: usize = 64;

/// Lets callers in; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Fair(Arc<Gate>);

#[derive(Debug)]
struct Gate {
    at_once: usize,
    of_one: usize,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    under_way: usize,
    waiting: usize,
    machines: HashMap<Arc<str>, Machine>,
    /// Machines for which somebody waits; the first one is next.
    round: VecDeque<Arc<str>>,
}

#[derive(Debug)]
struct Machine {
    under_way: usize,
    waiting: VecDeque<oneshot::Sender<Permit>>,
    /// Whether it stands in the round, where it stands once.
    is_in_round: bool,
    /// How many may wait before those that have left are swept out.
    sweep_at: usize,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            under_way: 0,
            waiting: VecDeque::new(),
            is_in_round: false,
            sweep_at: UNSWEPT,
        }
    }
}

impl Machine {
    /// Forgets callers that have left; gives their number.
    fn sweep(&mut self) -> usize {
        let before = self.waiting.len();
        self.waiting.retain(|caller| !caller.is_closed());
        self.sweep_at = self.waiting.len().saturating_mul(2).max(UNSWEPT);
        before - self.waiting.len()
    }

    /// Whether nothing has to be known of it.
    fn is_idle(&self) -> bool {
        self.under_way == 0 && self.waiting.is_empty() && !self.is_in_round
    }
}

/// A place among those under way; dropping it gives it to the next one.
#[derive(Debug)]
pub(super) struct Permit {
    gate: Arc<Gate>,
    machine: Arc<str>,
}

/// Whether a caller may go on at once.
pub(super) enum Entrance {
    Free(Permit),
    /// Gives the place when it is this caller's turn.
    Later(oneshot::Receiver<Permit>),
}

impl Default for Fair {
    fn default() -> Self {
        Self::of(AT_ONCE, OF_ONE)
    }
}

impl Fair {
    fn of(at_once: usize, of_one: usize) -> Self {
        Self(Arc::new(Gate {
            at_once,
            of_one,
            table: Mutex::default(),
        }))
    }

    /// Takes a place for a call of a machine, or stands in its queue.
    pub(super) fn enter(&self, machine: &str) -> Entrance {
        self.0.with(|table| {
            let machine = Arc::<str>::from(machine);
            let entry = table.machines.entry(Arc::clone(&machine)).or_default();
            let is_free = entry.waiting.is_empty() && entry.under_way < self.0.of_one;
            if is_free && table.under_way < self.0.at_once {
                entry.under_way += 1;
                table.under_way += 1;
                return Entrance::Free(self.0.permit(machine));
            }
            if entry.waiting.len() >= entry.sweep_at {
                table.waiting -= entry.sweep();
            }
            if !entry.is_in_round {
                entry.is_in_round = true;
                table.round.push_back(machine);
            }
            let (sender, receiver) = oneshot::channel();
            entry.waiting.push_back(sender);
            table.waiting += 1;
            Entrance::Later(receiver)
        })
    }

    /// Waits for a place. `None` only when the server ends.
    pub(super) async fn entered(&self, machine: &str) -> Option<Permit> {
        match self.enter(machine) {
            Entrance::Free(permit) => Some(permit),
            Entrance::Later(turn) => turn.await.ok(),
        }
    }

    /// How many calls are under way, and how many wait.
    pub(super) fn count(&self) -> (usize, usize) {
        self.0.with(|table| (table.under_way, table.waiting))
    }
}

impl Gate {
    fn with<T>(&self, work: impl FnOnce(&mut Table) -> T) -> T {
        work(&mut self.table.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn permit(self: &Arc<Self>, machine: Arc<str>) -> Permit {
        Permit {
            gate: Arc::clone(self),
            machine,
        }
    }
}

impl Table {
    fn leave(&mut self, machine: &Arc<str>) {
        self.under_way -= 1;
        if let Some(entry) = self.machines.get_mut(machine) {
            entry.under_way -= 1;
            if entry.is_idle() {
                self.machines.remove(machine);
            }
        }
    }

    /// Who is next: the first machine in the round that has room, which goes to its end. A machine whose callers have all
    /// left leaves the round.
    fn next(&mut self, of_one: usize) -> Option<(Arc<str>, oneshot::Sender<Permit>)> {
        for _ in 0..self.round.len() {
            let machine = self.round.pop_front()?;
            let Some(entry) = self.machines.get_mut(&machine) else {
                continue;
            };
            if entry.under_way >= of_one {
                self.round.push_back(machine);
                continue;
            }
            let before = entry.waiting.len();
            let caller =
                std::iter::from_fn(|| entry.waiting.pop_front()).find(|caller| !caller.is_closed());
            self.waiting -= before - entry.waiting.len();
            entry.is_in_round = !entry.waiting.is_empty();
            if entry.is_in_round {
                self.round.push_back(Arc::clone(&machine));
            }
            if let Some(caller) = caller {
                entry.under_way += 1;
                self.under_way += 1;
                return Some((machine, caller));
            }
            if entry.is_idle() {
                self.machines.remove(&machine);
            }
        }
        None
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        // At once, or somebody who just came would take the place of those who wait.
        let next = self.gate.with(|table| {
            table.leave(&self.machine);
            table.next(self.gate.of_one)
        });
        if let Some((machine, caller)) = next {
            // A caller that has left at this very moment drops its place, which gives it to the next one.
            drop(caller.send(self.gate.permit(machine)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(entrance: Entrance) -> Permit {
        match entrance {
            Entrance::Free(permit) => permit,
            Entrance::Later(_) => panic!("somebody is in front"),
        }
    }

    fn later(entrance: Entrance) -> oneshot::Receiver<Permit> {
        match entrance {
            Entrance::Free(_) => panic!("nobody is in front"),
            Entrance::Later(turn) => turn,
        }
    }

    #[test]
    fn one_call_waits_for_one_call_and_not_for_all_that_another_machine_has_waiting() {
        let gate = Fair::of(2, 2);
        let held = [free(gate.enter("map")), free(gate.enter("map"))];
        let mut many: Vec<_> = (0..10_000).map(|_| later(gate.enter("map"))).collect();
        let mut single = later(gate.enter("single"));
        assert_eq!(gate.count(), (2, 10_001));
        let [first, second] = held;
        drop(first);
        let _of_map = many[0].try_recv().unwrap();
        drop(second);
        let of_single = single.try_recv().unwrap();
        assert!(many[1].try_recv().is_err());
        drop(of_single);
        assert!(many[1].try_recv().is_ok());
    }

    #[test]
    fn calls_of_one_machine_that_hang_leave_room_for_others() {
        let gate = Fair::of(3, 2);
        let hanging = [free(gate.enter("hangs")), free(gate.enter("hangs"))];
        let mut waits = later(gate.enter("hangs"));
        let other = free(gate.enter("other"));
        drop(other);
        assert!(waits.try_recv().is_err());
        drop(free(gate.enter("other")));
        drop(hanging);
        assert!(waits.try_recv().is_ok());
    }

    #[test]
    fn callers_that_leave_while_others_hang_make_no_queue() {
        let gate = Fair::of(1, 1);
        let held = free(gate.enter("a"));
        let mut stay = Vec::new();
        for number in 0..20_000 {
            let turn = later(gate.enter("a"));
            if number % 1_000 == 0 {
                stay.push(turn);
            }
        }
        let (_, waiting) = gate.count();
        assert!(waiting <= 2 * UNSWEPT, "{waiting}");
        drop(held);
        for turn in &mut stay {
            drop(turn.try_recv().unwrap());
        }
        assert_eq!(gate.count(), (0, 0));
        gate.0.with(|table| assert!(table.machines.is_empty()));
    }

    #[test]
    fn a_machine_whose_callers_left_and_came_again_has_one_turn_in_each_round() {
        let gate = Fair::of(1, 1);
        let held = free(gate.enter("x"));
        for _ in 0..=UNSWEPT {
            drop(later(gate.enter("a")));
        }
        let mut again = [later(gate.enter("a")), later(gate.enter("a"))];
        let mut other = later(gate.enter("b"));
        drop(held);
        let first = again[0].try_recv().unwrap();
        drop(first);
        assert!(again[1].try_recv().is_err());
        drop(other.try_recv().unwrap());
        drop(again[1].try_recv().unwrap());
        gate.0.with(|table| {
            assert!(table.machines.is_empty() && table.round.is_empty());
        });
    }

    #[test]
    fn callers_that_have_left_are_passed_over_and_leave_nothing() {
        let gate = Fair::of(1, 1);
        let held = free(gate.enter("a"));
        for _ in 0..20_000 {
            drop(later(gate.enter("b")));
        }
        let mut waits = later(gate.enter("c"));
        drop(held);
        let permit = waits.try_recv().unwrap();
        assert_eq!(gate.count(), (1, 0));
        drop(permit);
        gate.0.with(|table| {
            assert!(table.machines.is_empty() && table.round.is_empty());
        });
    }
}
