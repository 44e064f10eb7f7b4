//! What a restarted server does for map runs: each goes on where its record ends.

use super::perform::record;
use crate::engine::Inner;
use crate::engine::slots::Loaded;
use crate::store::StoreError;
use asl::machine::map_run::Input;
use asl::machine::{MapRunEnd, MapRunId};
use std::collections::HashSet;
use std::sync::Arc;

/// How far a map run had come.
enum Resumed {
    /// It goes on, or ends because nobody waits for it.
    Begun,
    /// It waits for its turn.
    Waits,
}

impl Inner {
    /// Lets every unfinished map run go on. Those that had begun come first, so that all of them are counted before others begin
    /// or are redriven.
    pub(in crate::engine) async fn recover_map_runs(self: &Arc<Self>) -> Result<(), StoreError> {
        let mut waiting = Vec::new();
        for id in self.store.unfinished_map_runs().await? {
            match self.resume_map_run(id).await {
                Ok(Resumed::Begun) => {}
                Ok(Resumed::Waits) => waiting.push(id),
                Err(error) => tracing::error!(map_run = id, %error, "a map run could not go on"),
            }
        }
        for id in waiting {
            self.begin_map_run(id, Input::Continue);
        }
        Ok(())
    }

    async fn resume_map_run(self: &Arc<Self>, id: i64) -> Result<Resumed, StoreError> {
        let Some(loaded) = self.load_map_run(id).await? else {
            return Ok(Resumed::Begun);
        };
        let active: HashSet<u32> = loaded.run.progress().active().collect();
        for ended in self.store.ended_children(id).await? {
            if active.contains(&ended.child) {
                let record = record(ended);
                let (child, finish) = (record.child, record.finish);
                self.map_run_later(id, Input::ChildFinished { child, finish });
            }
        }
        if !self.is_waited_for(loaded.execution, loaded.number).await? {
            self.abort_map_run(id);
        } else if !loaded.run.progress().has_begun() {
            return Ok(Resumed::Waits);
        }
        self.map_runs.gate.enter_again(id);
        self.perform_map_run(&loaded, loaded.run.open_effects());
        Ok(Resumed::Begun)
    }

    /// Whether an execution waits for its map run of this number.
    async fn is_waited_for(&self, execution: i64, number: MapRunId) -> Result<bool, StoreError> {
        let Some(found) = self.store.resumable(execution).await? else {
            return Ok(false);
        };
        let loaded = self.load(found).await?;
        let mut open = loaded.state.open_map_runs(&loaded.program);
        Ok(open.any(|open| open.map_run == number))
    }

    /// Gives an execution the ends of map runs that it has not taken, tells map runs of redrives that they have not taken,
    /// and mocks the ones that are mocked again.
    pub(in crate::engine) async fn resume_open_map_runs(
        self: &Arc<Self>,
        loaded: &Loaded,
    ) -> Result<(), StoreError> {
        for open in loaded.state.open_map_runs(&loaded.program) {
            let end = match self.store.map_run_of(loaded.id, open.map_run.0).await? {
                Some(id) => self.resume_open_map_run(id, open.redrive_count).await?,
                None => Some(
                    self.mocked_map_run(loaded, open.map_run, open.state, open.attempt)
                        .map_or_else(lost, |(end, _)| end),
                ),
            };
            if let Some(end) = end {
                self.give_end(loaded.id, open.map_run, open.redrive_count, end);
            }
        }
        Ok(())
    }

    /// The end of a map run, when it has ended and was not redriven since.
    async fn resume_open_map_run(
        self: &Arc<Self>,
        id: i64,
        redrive_count: u32,
    ) -> Result<Option<MapRunEnd>, StoreError> {
        let Some(loaded) = self.load_map_run(id).await? else {
            return Ok(None);
        };
        let progress = loaded.run.progress();
        if progress.redrive_count() < redrive_count {
            self.begin_map_run(id, Input::Redrive { redrive_count });
            return Ok(None);
        }
        Ok(progress.end().cloned())
    }
}

/// A map run that is not on disk and not mocked any more.
pub(in crate::engine) fn lost() -> MapRunEnd {
    MapRunEnd::Failed {
        error: Some("States.Runtime".into()),
        cause: Some("The map run is not on record.".into()),
    }
}
