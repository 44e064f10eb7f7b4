//! Redrive: an execution that failed, timed out or was stopped goes on where it stood (feature map, RED-01 to RED-03).
//!
//! Finished branches and iterations keep their results; the others go on with the state at which they were ended. Such a
//! state does its work again without being entered again, except for Fail, and its retriers count from the beginning.
//! Events of the work follow the last event of their thread, so that each can be followed back to the state it belongs to.
//! A distributed Map goes on with its last map run (`distributed.rs`). Whether the execution is recent enough is not decided here.

use super::execution::{Activity, Fan, Purpose, ThreadId, Work};
use super::run::{Run, after_seconds};
use crate::definition::StateKind;
use crate::history::{EventKind, ExecutionEvent};

impl Fan {
    /// Whether what it has come to can be gone on with. Results that grew too long were dropped.
    fn can_go_on(&self) -> bool {
        self.total == 0 || !self.results.is_empty()
    }

    /// Makes an iteration that could not begin the next one to begin: at most the last one, since its failure ended the rest.
    fn take_back_what_never_began(&mut self) {
        let Some(last) = self.next.checked_sub(1) else {
            return;
        };
        let is_done = self.results.get(last as usize).is_some_and(Option::is_some);
        if !is_done && !self.active.contains_key(&last) {
            self.next = last;
        }
    }

    fn has_room(&self) -> bool {
        self.next < self.total && self.active.len() < self.limit as usize
    }
}

impl Run<'_> {
    /// Goes on with an unsuccessful execution.
    pub(super) fn redrive(&mut self) {
        if !self.execution.is_redrivable() {
            return;
        }
        self.execution.finish = None;
        self.execution.redrives += 1;
        self.execution.redriven_ms = self.stamp_ms;
        let redrive_count = u64::from(self.execution.redrives);
        let event = EventKind::Execution(ExecutionEvent::Redriven { redrive_count });
        self.emit_after(self.execution.last_event, event);
        if let Some(seconds) = self.scope().1 {
            self.set_timer(
                after_seconds(self.now_ms, seconds),
                Purpose::ExecutionTimeout,
            );
        }
        let threads = self.execution.threads.iter();
        let roots = threads.filter(|(_, thread)| thread.parent.is_none());
        let mut open: Vec<ThreadId> = roots.map(|(id, _)| *id).collect();
        while let Some(id) = open.pop() {
            open.extend(self.revive(id).into_iter().rev());
        }
    }

    /// Queues what a thread has left to do; gives the threads inside its state.
    fn revive(&mut self, id: ThreadId) -> Vec<ThreadId> {
        if let Some(Activity::Stopped(fan)) = self.thread(id).map(|thread| &thread.activity)
            && !fan.can_go_on()
        {
            self.discard_fan(id);
        }
        let Some(thread) = self.thread(id) else {
            return Vec::new();
        };
        thread.retries = 0;
        thread.retriers.clear();
        let mut inside = Vec::new();
        if let Activity::Stopped(fan) = &thread.activity {
            let mut fan = fan.clone();
            fan.take_back_what_never_began();
            inside.extend(fan.active.values().copied());
            thread.activity = Activity::Fan(fan);
        }
        self.execution.ready.push_back(Work::Resume(id));
        inside
    }

    /// Goes on with the state of a thread.
    pub(super) fn resume(&mut self, id: ThreadId) {
        let Some(visit) = self.visit(id) else { return };
        if self.fan(id).is_some() {
            return self.fill_up(id);
        }
        if self.redrive_map_run(&visit) {
            return;
        }
        let is_new = visit.entered == 0 || matches!(visit.state.kind, StateKind::Fail(_));
        if is_new {
            self.enter(id);
        } else {
            self.perform(id);
        }
    }

    /// Begins iterations that there is room for.
    fn fill_up(&mut self, id: ThreadId) {
        while self.fan(id).is_some_and(|fan| fan.has_room()) {
            let Some(visit) = self.visit(id) else { return };
            let previous = self.thread(id).map_or(0, |thread| thread.previous);
            if let Err(error) = self.next_iteration(&visit, previous) {
                return self.fail(&visit, error);
            }
        }
    }

    /// Leaves everything as a redrive finds it.
    pub(super) fn rest(&mut self) {
        for thread in self.execution.threads.values_mut() {
            thread.halt();
        }
    }
}
