//! Machines that are being deleted: their executions end at their next transition, and the last one takes the machine with
//! it (API-108).
//!
//! An execution that nothing happens to goes on waiting, as on AWS; whoever is in a hurry stops it.

use super::slots::Loaded;
use super::{Engine, Inner};
use crate::arn::MachineArn;
use crate::store::{Deletion, StoreError};
use asl::machine::Input;
use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

/// The machines that are being deleted.
#[derive(Debug, Default)]
pub(super) struct Deleting(RwLock<HashSet<MachineArn>>);

impl Deleting {
    fn add(&self, arn: MachineArn) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(arn);
    }

    fn remove(&self, arn: &MachineArn) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.remove(arn);
    }

    /// The one of them that an execution runs on: also as the child of a map run, which runs on a part of the machine.
    fn of(&self, loaded: &Loaded) -> Option<MachineArn> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if all.is_empty() {
            return None;
        }
        all.get(&loaded.machine_arn.deployed()).cloned()
    }
}

impl Engine {
    /// Deletes a machine. While executions of it run, it is only marked; one that does not exist counts as deleted.
    pub async fn delete_machine(&self, arn: &MachineArn) -> Result<(), StoreError> {
        match self.inner.store.delete_machine(arn).await? {
            Deletion::Done => Ok(()),
            Deletion::Waits => self.inner.await_deletion(arn.clone()).await,
        }
    }
}

impl Inner {
    /// Goes on with deletions that an earlier server began.
    pub(super) async fn resume_deletions(&self) -> Result<(), StoreError> {
        for arn in self.store.deleting_machines().await? {
            self.await_deletion(arn).await?;
        }
        Ok(())
    }

    async fn await_deletion(&self, arn: MachineArn) -> Result<(), StoreError> {
        self.deleting.add(arn.clone());
        // The last execution may have ended before it could see the mark.
        self.finish_deletion(&arn).await
    }

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
            | Input::Redrive
            | Input::Continue => true,
            Input::Start
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
        let Some(machine) = self.deleting.of(loaded) else {
            return;
        };
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(error) = inner.finish_deletion(&machine).await {
                tracing::error!(%machine, %error, "the state machine could not be deleted");
            }
        });
    }
}
