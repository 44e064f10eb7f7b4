//! Branches of a Parallel and iterations of a Map: what both have in common (asl-rules 3.5, 11, 16).

use super::context::Extras;
use super::error::StateError;
use super::execution::{Activity, Fan, Purpose, ThreadId, Work};
use super::payload::{MAX_BYTES, Payload};
use super::run::{Run, Visit};
use crate::definition::StateKind;
use crate::history::{AbortedType, EventKind, Iteration, MapEvent, ParallelEvent, StateEvent};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Fan {
    pub(super) fn new(input: Payload, items: Option<Payload>, total: u32, limit: u32) -> Self {
        let results = std::iter::repeat_n(None, total as usize).collect();
        Self {
            input,
            items,
            total,
            next: 0,
            done: 0,
            limit,
            active: BTreeMap::new(),
            results,
            bytes: 0,
        }
    }
}

impl<'m> Run<'m> {
    pub(super) fn fan(&mut self, id: ThreadId) -> Option<&mut Fan> {
        match &mut self.thread(id)?.activity {
            Activity::Fan(fan) => Some(fan),
            Activity::Running
            | Activity::Task(_)
            | Activity::Waiting(_)
            | Activity::Retrying(_)
            | Activity::Stopped(_)
            | Activity::MapRun(_) => None,
        }
    }

    /// A branch or iteration is done; `last` is its last event.
    pub(super) fn slot_done(&mut self, parent: ThreadId, slot: u32, last: u64, output: Payload) {
        let Some(visit) = self.visit(parent) else {
            return;
        };
        let Some(fan) = self.fan(parent) else { return };
        fan.active.remove(&slot);
        fan.done += 1;
        fan.bytes = fan.bytes.saturating_add(output.text().len());
        if fan.bytes > MAX_BYTES {
            fan.results.clear();
        }
        if let Some(result) = fan.results.get_mut(slot as usize) {
            *result = Some(output);
        }
        let is_done = fan.done >= fan.total;
        let mut done = last;
        if let StateKind::Map(_) = &visit.state.kind {
            let event = MapEvent::IterationSucceeded(iteration(&visit, slot));
            done = self.emit_after(last, EventKind::Map(event));
        }
        let went_on = if is_done {
            self.fan_done(&visit, done)
        } else {
            self.next_iteration(&visit, last)
        };
        if let Err(error) = went_on {
            self.fail(&visit, error);
        }
    }

    /// All branches or iterations are done; `last` is the event of the last one's end.
    pub(super) fn fan_done(&mut self, visit: &Visit<'m>, last: u64) -> Result<(), StateError> {
        let Some(fan) = self.fan(visit.thread) else {
            return Ok(());
        };
        let results = std::mem::take(&mut fan.results);
        let is_too_long = fan.bytes > MAX_BYTES;
        let (event, result) = match &visit.state.kind {
            StateKind::Map(_) => (
                EventKind::Map(MapEvent::Succeeded),
                super::map::gather(&results)?,
            ),
            StateKind::Parallel(_)
            | StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed
            | StateKind::Fail(_) => (
                EventKind::Parallel(ParallelEvent::Succeeded),
                super::parallel::gather(&results),
            ),
        };
        if let Some(thread) = self.thread(visit.thread) {
            thread.activity = Activity::Running;
        }
        self.emit_after(last, event);
        self.chain(visit.thread, last);
        if is_too_long || result.is_too_long() {
            return Err(StateError::data_limit(&visit.state.name));
        }
        let around = self.surroundings(visit, Extras::default());
        let outgoing = self.after_work(&around, &result)?;
        self.leave(visit, outgoing)
    }

    // Aborting

    /// Ends all branches or iterations because of the event `cause`; the one in `failed` has failed by itself.
    pub(super) fn abort_fan(&mut self, parent: ThreadId, failed: Option<u32>, cause: u64) {
        let Some(name) = self.state_of(parent).map(|state| state.name.clone()) else {
            return;
        };
        let is_map = self
            .state_of(parent)
            .is_some_and(|state| matches!(state.kind, StateKind::Map(_)));
        for (slot, thread) in self.active(parent) {
            if is_map {
                let iteration = Iteration {
                    name: name.clone(),
                    index: u64::from(slot),
                };
                let event = if failed == Some(slot) {
                    MapEvent::IterationFailed(iteration)
                } else {
                    MapEvent::IterationAborted(iteration)
                };
                self.emit_after(cause, EventKind::Map(event));
            }
            self.abort_thread(thread, cause);
        }
        self.stop_fan(parent);
    }

    /// Ends a thread and everything inside it, saying that its state is aborted.
    fn abort_thread(&mut self, id: ThreadId, cause: u64) {
        self.write_map_run_aborted(id);
        if let Some(state_type) = self
            .state_of(id)
            .and_then(|state| aborted_type(&state.kind))
        {
            self.emit_after(cause, EventKind::State(StateEvent::Aborted { state_type }));
        }
        self.abort_fan(id, None, cause);
        self.halt_thread(id);
    }

    /// Ends what runs inside a state that fails by its own fields, without a word in the history.
    pub(super) fn halt_fan(&mut self, parent: ThreadId) {
        for (_, thread) in self.active(parent) {
            self.halt_fan(thread);
            self.halt_thread(thread);
        }
        self.stop_fan(parent);
    }

    /// Forgets what a stopped Parallel or Map had come to: the state goes on without it.
    pub(super) fn discard_fan(&mut self, parent: ThreadId) {
        let Some(thread) = self.thread(parent) else {
            return;
        };
        let Activity::Stopped(fan) = &mut thread.activity else {
            return;
        };
        let mut gone: Vec<ThreadId> = std::mem::take(&mut fan.active).into_values().collect();
        thread.activity = Activity::Running;
        while let Some(id) = gone.pop() {
            let thread = self.execution.threads.remove(&id);
            if let Some(Activity::Fan(fan) | Activity::Stopped(fan)) =
                thread.map(|thread| thread.activity)
            {
                gone.extend(fan.active.into_values());
            }
        }
    }

    /// The threads of a running Parallel or Map, by branch or iteration.
    fn active(&mut self, parent: ThreadId) -> Vec<(u32, ThreadId)> {
        let fan = self.fan(parent);
        fan.map(|fan| {
            fan.active
                .iter()
                .map(|(slot, thread)| (*slot, *thread))
                .collect()
        })
        .unwrap_or_default()
    }

    fn stop_fan(&mut self, id: ThreadId) {
        if self.fan(id).is_some()
            && let Some(thread) = self.thread(id)
        {
            thread.activity.stop();
        }
    }

    /// Takes a thread's work away. The thread itself stays, for a redrive.
    fn halt_thread(&mut self, id: ThreadId) {
        let Some(thread) = self.thread(id) else {
            return;
        };
        match thread.halt() {
            Activity::Task(task) => {
                self.cancel_task(task.request.task);
                task.timeout
                    .into_iter()
                    .chain(task.heartbeat)
                    .for_each(|timer| self.cancel_timer(timer));
            }
            Activity::Waiting(timer) | Activity::Retrying(timer) => self.cancel_timer(timer),
            Activity::MapRun(open) => self.abort_map_run(open.map_run),
            Activity::Running | Activity::Fan(_) | Activity::Stopped(_) => {}
        }
        self.execution
            .ready
            .retain(|work| !matches!(work, Work::Enter(thread) | Work::Again(thread) | Work::Resume(thread) if *thread == id));
        debug_assert!(
            !self.execution.timers.values().any(|timer| {
                matches!(timer.purpose, Purpose::Wait(thread) | Purpose::Retry(thread) if thread == id)
            }),
            "a thread that was ended has no timer"
        );
    }
}

pub(super) fn iteration(visit: &Visit<'_>, slot: u32) -> Iteration {
    Iteration {
        name: Arc::clone(&visit.state.name),
        index: u64::from(slot),
    }
}

/// Only states that can take time have an aborted event.
fn aborted_type(kind: &StateKind) -> Option<AbortedType> {
    match kind {
        StateKind::Task(_) => Some(AbortedType::Task),
        StateKind::Wait(_) => Some(AbortedType::Wait),
        StateKind::Parallel(_) => Some(AbortedType::Parallel),
        StateKind::Map(_) => Some(AbortedType::Map),
        StateKind::Pass(_) | StateKind::Choice(_) | StateKind::Succeed | StateKind::Fail(_) => None,
    }
}
