//! Children of a map run that go on after it was redriven (feature map, RED-06).
//!
//! Each is opened again in the commit in which the map run counts it as running, under the lock of the child.

use super::{LoadedRun, loaded_child, perform};
use crate::engine::Inner;
use crate::engine::turn::Prepared;
use crate::store::StoreError;
use crate::store::journal::ChildOf;
use crate::store::redrive::Reopening;
use crate::traces::header_of_restart;
use asl::machine;
use asl::machine::map_run::Input;
use std::sync::Arc;

/// Bits for the numbers of one life; a life lasts longer than a millisecond has numbers.
const NUMBER_BITS: u32 = 20;

impl Inner {
    /// The first step of a Standard child after its redrive, ready to be written. One whose last state expired since it was
    /// found has ended as before.
    pub(super) async fn prepare_redriven_child(
        self: &Arc<Self>,
        parent: &LoadedRun,
        child: u32,
    ) -> Result<Option<Prepared>, StoreError> {
        let Some((id, ended)) = self.store.ended_child(parent.id, child).await? else {
            return Ok(None);
        };
        let slot = self.slots.lock(id).await;
        let Some(found) = self.store.redrivable(id).await? else {
            let finish = perform::record(ended).finish;
            self.map_run_later(parent.id, Input::ChildFinished { child, finish });
            return Ok(None);
        };
        let loaded = self.load(found).await?;
        let how = Reopening::Redrive { token: None };
        self.prepare_again(slot, loaded, machine::Input::Redrive, how)
            .await
            .map(Some)
    }

    /// The first step of an Express child that starts again, ready to be written.
    pub(super) async fn prepare_restarted_child(
        &self,
        parent: &LoadedRun,
        child: u32,
    ) -> Result<Option<Prepared>, StoreError> {
        let Some((id, ended)) = self.store.ended_child(parent.id, child).await? else {
            return Ok(None);
        };
        let slot = self.slots.lock(id).await;
        let child_of = ChildOf {
            map_run: parent.id,
            child,
            items: ended.items,
        };
        let ended = perform::record(ended);
        let mut execution = parent.run.child_again(&ended.name, ended.input);
        // Its tasks and timers must not be taken for those of its first life, which had the same key.
        let start_ms = self.clock.now_ms();
        let first = u64::try_from(start_ms).unwrap_or(0) << NUMBER_BITS;
        execution.number_from(first);
        let header = self.header_from_run(parent);
        execution.set_trace_header(header.map(|header| header_of_restart(&header, start_ms)));
        let loaded = loaded_child(parent, (id, start_ms), child_of, execution)?;
        self.prepare_again(slot, loaded, machine::Input::Start, Reopening::Restart)
            .await
            .map(Some)
    }
}
