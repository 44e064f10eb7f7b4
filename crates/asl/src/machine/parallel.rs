//! The Parallel state (asl-rules 3.5).

use super::context::Extras;
use super::error::StateError;
use super::execution::{Activity, Fan};
use super::payload::Payload;
use super::run::{Run, Visit};
use crate::definition::BlockId;
use crate::history::{EventKind, ParallelEvent};
use std::sync::Arc;

impl<'m> Run<'m> {
    pub(super) fn begin_parallel(
        &mut self,
        visit: &Visit<'m>,
        branches: &'m [BlockId],
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let input = self.effective_input(&around)?;
        if input.is_too_long() {
            return Err(StateError::data_limit(&visit.state.name));
        }
        let started = self.emit(visit.thread, EventKind::Parallel(ParallelEvent::Started));
        let total = u32::try_from(branches.len()).unwrap_or(u32::MAX);
        let mut fan = Fan::new(input.clone(), None, total, total);
        fan.next = total;
        for (slot, branch) in (0..).zip(branches) {
            let Some(block) = self.machine.block(*branch) else {
                continue;
            };
            let parent = Some((visit.thread, slot));
            let thread = self.spawn(parent, block.start_at, input.clone(), started);
            fan.active.insert(slot, thread);
        }
        if let Some(thread) = self.thread(visit.thread) {
            thread.activity = Activity::Fan(Box::new(fan));
        }
        Ok(())
    }
}

/// The outputs of the branches as an array, each as it was written (asl-rules 17).
pub(super) fn gather(results: &[Option<Payload>]) -> Payload {
    let texts: Vec<Arc<str>> = results
        .iter()
        .flatten()
        .map(|result| result.text().clone())
        .collect();
    Payload::from_text(Arc::from(format!("[{}]", texts.join(","))))
}
