//! Executions in memory: those used last. All others cost disk only.

use crate::arn::{ExecutionArn, MachineArn};
use crate::engine::route::Samples;
use crate::store::journal::ChildOf;
use asl::definition::StateMachine;
use asl::machine::Execution;
use std::collections::HashMap;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use tokio::sync::{Mutex, OwnedMutexGuard};

/// Executions that may stay in memory when nothing happens to them.
const CAPACITY: usize = 4096;

/// An execution in memory, as it is on disk.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) id: i64,
    pub(super) arn: ExecutionArn,
    pub(super) machine_arn: MachineArn,
    pub(super) start_ms: i64,
    pub(super) program: Arc<StateMachine>,
    pub(super) samples: Samples,
    /// The map run that it belongs to.
    pub(super) child_of: Option<ChildOf>,
    pub(super) state: Execution,
}

/// The lock under which the turns of one execution come one after the other; empty when it must be read from disk.
type Slot = Arc<Mutex<Option<Loaded>>>;

#[derive(Debug, Default)]
pub(super) struct Slots(StdMutex<Table>);

#[derive(Debug, Default)]
struct Table {
    slots: HashMap<i64, (Slot, u64)>,
    uses: u64,
}

impl Slots {
    /// The slot of an execution; the same one for everybody who holds it at the same time.
    fn get(&self, id: i64) -> Slot {
        self.with(|table| table.get(id))
    }

    /// Waits for the lock of an execution. Nobody else has it then, even when its slot was freed meanwhile and made anew.
    pub(super) async fn lock(&self, id: i64) -> OwnedMutexGuard<Option<Loaded>> {
        loop {
            let guard = self.get(id).lock_owned().await;
            if self.is_current(id, OwnedMutexGuard::mutex(&guard)) {
                return guard;
            }
        }
    }

    fn is_current(&self, id: i64, slot: &Slot) -> bool {
        self.with(|table| {
            let current = table.slots.get(&id);
            current.is_some_and(|(current, _)| Arc::ptr_eq(current, slot))
        })
    }

    /// Frees the slot of an execution that has ended.
    pub(super) fn forget(&self, id: i64) {
        self.with(|table| table.slots.remove(&id));
    }

    fn with<T>(&self, work: impl FnOnce(&mut Table) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Table {
    fn get(&mut self, id: i64) -> Slot {
        self.uses += 1;
        let uses = self.uses;
        let entry = self.slots.entry(id).or_default();
        entry.1 = uses;
        let slot = Arc::clone(&entry.0);
        if self.slots.len() > CAPACITY {
            self.sweep();
        }
        slot
    }

    /// Drops the half that was used longest ago, except what somebody holds.
    fn sweep(&mut self) {
        let mut uses: Vec<u64> = self.slots.values().map(|(_, used)| *used).collect();
        let middle = uses.len() / 2;
        let (_, middle, _) = uses.select_nth_unstable(middle);
        let middle = *middle;
        self.slots
            .retain(|_, (slot, used)| *used >= middle || Arc::strong_count(slot) > 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn a_slot_that_was_freed_and_made_anew_is_locked_by_one_alone() {
        let slots = Slots::default();
        let first = slots.lock(1).await;
        let second = slots.lock(1);
        tokio::pin!(second);
        assert!((&mut second).now_or_never().is_none());
        slots.forget(1);
        let third = slots.lock(1).await;
        drop(first);
        assert!((&mut second).now_or_never().is_none());
        drop(third);
        second.await;
    }

    #[test]
    fn a_held_slot_outlives_a_sweep_and_an_idle_one_does_not() {
        let slots = Slots::default();
        let held = slots.get(1);
        let idle = Arc::downgrade(&slots.get(2));
        for id in 10..(10 + i64::try_from(CAPACITY).unwrap() + 10) {
            slots.get(id);
        }
        assert!(Arc::ptr_eq(&held, &slots.get(1)));
        assert!(idle.upgrade().is_none());
        assert!(slots.with(|table| table.slots.len()) <= CAPACITY + 1);
    }
}
