//! Machines that are being deleted: their executions end at their next transition, and the last one takes the machine with
//! it (API-108).
//!
//! An execution that nothing happens to goes on waiting, as on AWS; whoever is in a hurry stops it.

use super::slots::Loaded;
use super::{Engine, Inner, finish_anyway};
use crate::arn::MachineArn;
use crate::store::{CreateMachine, Created, Deletion, StoreError};
use asl::machine::Input;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync;

/// The machines that are being deleted.
#[derive(Debug, Default)]
pub(super) struct Deleting {
    marked: RwLock<HashSet<MachineArn>>,
    /// Disk and memory change together: deletions come one after the other, and no machine is made between the two. A machine
    /// of the same name would inherit the mark of the old one otherwise.
    order: sync::RwLock<()>,
    /// Machines whose last look is asked for and has not begun: a thousand ends at once are one look.
    due: Mutex<HashSet<MachineArn>>,
}

impl Deleting {
    /// Asks for a look at whether a machine can go; false when one is asked for already.
    fn asks_first(&self, arn: &MachineArn) -> bool {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.insert(arn.clone())
    }

    /// The look begins.
    fn begins(&self, arn: &MachineArn) {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.remove(arn);
    }

    fn add(&self, arn: MachineArn) {
        let mut all = self.marked.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(arn);
    }

    fn remove(&self, arn: &MachineArn) {
        let mut all = self.marked.write().unwrap_or_else(PoisonError::into_inner);
        all.remove(arn);
    }

    /// What a deletion holds while it changes disk and memory.
    #[cfg(test)]
    pub(super) async fn order(&self) -> sync::RwLockWriteGuard<'_, ()> {
        self.order.write().await
    }

    /// The one of them that an execution runs on: also as the child of a map run, which runs on a part of the machine.
    fn of(&self, loaded: &Loaded) -> Option<MachineArn> {
        let all = self.marked.read().unwrap_or_else(PoisonError::into_inner);
        if all.is_empty() {
            return None;
        }
        all.get(&loaded.machine_arn.deployed()).cloned()
    }
}

impl Engine {
    /// Deletes a machine. While executions of it run, it is only marked; one that does not exist counts as deleted.
    pub async fn delete_machine(&self, arn: &MachineArn) -> Result<(), StoreError> {
        let (inner, arn) = (Arc::clone(&self.inner), arn.clone());
        finish_anyway(async move { inner.delete_machine(arn).await }).await?
    }

    /// Creates a machine, unless one of its name is there.
    pub async fn create_machine(&self, wanted: CreateMachine) -> Result<Created, StoreError> {
        let _order = self.inner.deleting.order.read().await;
        self.inner.store.create_machine(wanted, self.now_ms()).await
    }
}

impl Inner {
    async fn delete_machine(&self, arn: MachineArn) -> Result<(), StoreError> {
        let _order = self.deleting.order.write().await;
        match self.store.delete_machine(&arn).await? {
            Deletion::Done => {
                self.deleting.remove(&arn);
                Ok(())
            }
            Deletion::Waits => self.await_deletion(arn).await,
        }
    }

    /// Goes on with deletions that an earlier server began.
    pub(super) async fn resume_deletions(&self) -> Result<(), StoreError> {
        let _order = self.deleting.order.write().await;
        for arn in self.store.deleting_machines().await? {
            self.await_deletion(arn).await?;
        }
        Ok(())
    }

    /// The caller holds the order.
    async fn await_deletion(&self, arn: MachineArn) -> Result<(), StoreError> {
        self.deleting.add(arn.clone());
        // The last execution may have ended before it could see the mark.
        self.finish_deletion(&arn).await
    }

    /// The caller holds the order.
    async fn finish_deletion(&self, arn: &MachineArn) -> Result<(), StoreError> {
        if self.store.finish_deletion(arn).await? == Deletion::Done {
            self.deleting.remove(arn);
        }
        Ok(())
    }

    /// What an execution is given instead of `input`, which would let it go on.
    pub(super) fn ends_instead(&self, loaded: &Loaded, input: &Input) -> Option<Input> {
        let goes_on = match input {
            Input::TaskSucceeded { .. }
            | Input::TaskFailed { .. }
            | Input::TimerFired { .. }
            | Input::MapRunFinished { .. }
            | Input::Continue => true,
            // Nothing begins or is redriven while its machine is being deleted.
            Input::Start
            | Input::Redrive
            | Input::Stop { .. }
            | Input::Heartbeat { .. }
            | Input::TaskStarted { .. }
            | Input::TaskSubmitted { .. } => false,
        };
        let machine = self.deleting.of(loaded).filter(|_| goes_on)?;
        Some(Input::Stop {
            error: None,
            cause: Some(format!("The state machine is being deleted: {machine}")),
        })
    }

    /// Takes the machine away when this was its last execution. What fails is done at the next start.
    pub(super) fn after_end(self: &Arc<Self>, loaded: &Loaded) {
        if loaded.child_of.is_some() {
            // The machine goes with the execution of the map run, whose children do not count.
            return;
        }
        let Some(machine) = self.deleting.of(loaded) else {
            return;
        };
        if !self.deleting.asks_first(&machine) {
            return;
        }
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            let _order = inner.deleting.order.write().await;
            // Ends that are on disk from here on ask once more.
            inner.deleting.begins(&machine);
            if let Err(error) = inner.finish_deletion(&machine).await {
                tracing::error!(%machine, %error, "the state machine could not be deleted");
            }
        });
    }
}
