//! Map runs: the same rule as for executions, applied to what starts and gathers the children of a distributed Map.
//!
//! A turn takes everything that has happened to a map run meanwhile, writes its progress together with the first steps of
//! the children that it starts, and then does its effects. So a child is on disk exactly when the map run counts it, and
//! many children that end at the same time cost one commit.

mod gate;
mod perform;
mod recover;
mod redrive;

pub(super) use recover::lost;

use super::slots::Loaded;
use super::turn::Prepared;
use super::{Engine, Inner};
use crate::arn::{ExecutionArn, MachineArn};
use crate::engine::route::Samples;
use crate::ids;
use crate::store::StoreError;
use crate::store::crash::{self, Point};
use crate::store::journal::{ChildOf, NewExecution, Recorded};
use crate::store::map_runs::{MapRunEnding, MapRunRecord, NewMapRun, StoredMapRun};
use crate::traces::header_of_child;
use asl::definition::StateMachine;
use asl::machine::map_run::{self, Effect, Input, MapRun, Update};
use asl::machine::{Execution, MapRunEnd, MapRunId, MapRunRequest, Moment};
use gate::{Gate, MOST_OPEN};
use serde::Serialize;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use tokio::sync::Mutex;

/// Map runs in memory: all that are not over and to which something has happened since the start.
#[derive(Debug)]
pub(super) struct MapRuns {
    slots: StdMutex<HashMap<i64, Arc<Slot>>>,
    gate: Gate,
}

impl Default for MapRuns {
    fn default() -> Self {
        Self {
            slots: StdMutex::default(),
            gate: Gate::new(MOST_OPEN),
        }
    }
}

/// One map run: what has happened to it, and the lock under which its turns come one after the other.
#[derive(Debug, Default)]
struct Slot {
    inbox: StdMutex<Vec<Input>>,
    run: Mutex<Option<LoadedRun>>,
}

/// A map run in memory, as it is on disk.
#[derive(Debug)]
struct LoadedRun {
    id: i64,
    /// Key of its execution, and its number there.
    execution: i64,
    number: MapRunId,
    revision: i64,
    program: Arc<StateMachine>,
    case: Option<String>,
    samples: Samples,
    run: MapRun,
}

impl MapRuns {
    /// Allows fewer to be open at once, so that a test need not open a thousand.
    #[cfg(test)]
    pub(super) fn allow(&self, most: usize) {
        self.gate.allow(most);
    }

    /// How many wait for their turn.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.gate.waiting()
    }

    fn slot(&self, id: i64) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(id).or_default())
    }

    /// Frees a slot, unless another one was made meanwhile.
    fn forget(&self, id: i64, slot: &Arc<Slot>) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.get(&id).is_some_and(|found| Arc::ptr_eq(found, slot)) {
            slots.remove(&id);
        }
    }

    fn is_current(&self, id: i64, slot: &Arc<Slot>) -> bool {
        let slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.get(&id).is_some_and(|found| Arc::ptr_eq(found, slot))
    }
}

impl Slot {
    fn put(&self, input: Input) {
        let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        inbox.push(input);
    }

    fn take(&self) -> Vec<Input> {
        let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *inbox)
    }
}

/// A part of a map run as it is stored.
fn text<T: Serialize>(part: &T) -> Result<String, StoreError> {
    serde_json::to_string(part)
        .map_err(|error| StoreError::Corrupt(format!("a map run cannot be written: {error}")))
}

/// A new map run as it is stored.
pub(super) fn new_map_run(id: i64, request: &MapRunRequest) -> Result<NewMapRun, StoreError> {
    let run = &request.run;
    Ok(NewMapRun {
        id,
        arn: run.arn(),
        number: request.map_run.0,
        is_express: run.plan().is_express(),
        plan: text(run.plan())?,
        items: run.items().map(text).transpose()?,
        progress: text(run.progress())?,
    })
}

/// A map run as it was stored.
fn restored(stored: &StoredMapRun) -> Result<MapRun, StoreError> {
    let corrupt =
        |error: serde_json::Error| StoreError::Corrupt(format!("map run {}: {error}", stored.id));
    let items = stored.items.as_deref();
    Ok(MapRun::restore(
        serde_json::from_str(&stored.plan).map_err(corrupt)?,
        items
            .map(serde_json::from_str)
            .transpose()
            .map_err(corrupt)?,
        serde_json::from_str(&stored.progress).map_err(corrupt)?,
    ))
}

impl Engine {
    /// Gives a map run new settings; one that is over takes no notice.
    pub fn update_map_run(&self, id: i64, update: Update) {
        self.inner.map_run_later(id, Input::Update(update));
    }
}

impl Inner {
    /// Lets a map run begin or go on after its end with this input, at once or when others have ended.
    pub(super) fn begin_map_run(self: &Arc<Self>, id: i64, input: Input) {
        if let Some(input) = self.map_runs.gate.enter(id, input) {
            self.map_run_later(id, input);
        }
    }

    /// Nobody waits for a map run any more.
    pub(super) fn abort_map_run(self: &Arc<Self>, id: i64) {
        self.map_runs.gate.give_up(id);
        self.map_run_later(id, Input::Abort);
    }

    /// A map run is over: frees what it holds, and lets the next one begin.
    fn leave_map_run(self: &Arc<Self>, id: i64, slot: &Arc<Slot>) {
        self.map_runs.forget(id, slot);
        let gate = &self.map_runs.gate;
        gate.leave(id, |next, input| self.map_run_later(next, input));
    }

    /// Tells a map run that something has happened.
    pub(super) fn map_run_later(self: &Arc<Self>, id: i64, input: Input) {
        let slot = self.map_runs.slot(id);
        slot.put(input);
        let inner = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(error) = inner.map_run_turn(id, &slot).await {
                tracing::error!(map_run = id, %error, "a map run could not go on");
                // It goes on from the disk at the next start, or when something else happens to it; others need not wait for that.
                inner.leave_map_run(id, &slot);
            }
        });
    }

    /// Takes everything that has happened to a map run meanwhile, in one commit. When anything fails, memory forgets the
    /// map run, and the next start goes on from the disk.
    async fn map_run_turn(self: &Arc<Self>, id: i64, slot: &Arc<Slot>) -> Result<(), StoreError> {
        self.recovery().await?;
        let mut place = slot.run.lock().await;
        let inputs = slot.take();
        if inputs.is_empty() {
            return Ok(());
        }
        if !self.map_runs.is_current(id, slot) {
            // The slot was freed at the end of the map run; another one may have been made since.
            for input in inputs {
                self.map_run_later(id, input);
            }
            return Ok(());
        }
        let loaded = match place.take() {
            Some(loaded) => Some(loaded),
            None => self.load_map_run(id).await?,
        };
        let Some(mut loaded) = loaded.filter(|loaded| takes_any(loaded, &inputs)) else {
            self.leave_map_run(id, slot);
            return Ok(());
        };
        let had_ended = loaded.run.progress().end().is_some();
        let effects = self.commit_map_run(&mut loaded, inputs).await?;
        if had_ended {
            // The end of its earlier life may have freed its place after it was let in again.
            self.map_runs.gate.enter_again(id);
        }
        if loaded.run.progress().end().is_some() {
            // Before anybody can know of the end and redrive it.
            self.leave_map_run(id, slot);
            self.perform_map_run(&loaded, effects);
        } else {
            self.perform_map_run(&loaded, effects);
            *place = Some(loaded);
        }
        Ok(())
    }

    async fn load_map_run(&self, id: i64) -> Result<Option<LoadedRun>, StoreError> {
        let Some(stored) = self.store.stored_map_run(id).await? else {
            return Ok(None);
        };
        let run = restored(&stored)?;
        let machine = MachineArn::parse(&run.plan().parent().machine_arn);
        let samples = match (&stored.case, machine) {
            (Some(case), Some(machine)) => self.samples_of(&machine, case).await?,
            (Some(_), None) | (None, _) => Samples::None,
        };
        Ok(Some(LoadedRun {
            id,
            execution: stored.execution,
            number: MapRunId(stored.number),
            revision: stored.revision,
            program: self.program(stored.revision).await?,
            case: stored.case,
            samples,
            run,
        }))
    }

    /// Steps through the inputs and writes what follows; gives the effects that are left to be done.
    async fn commit_map_run(
        self: &Arc<Self>,
        loaded: &mut LoadedRun,
        inputs: Vec<Input>,
    ) -> Result<Vec<Effect>, StoreError> {
        let had_items = loaded.run.items().is_some();
        let now_ms = self.clock.now_ms();
        let mut effects = Vec::new();
        for input in inputs {
            effects.extend(guarded_step(loaded, input, now_ms)?);
        }
        let mut children = Vec::new();
        let mut others = Vec::new();
        for effect in effects {
            match effect {
                Effect::StartChild {
                    child,
                    items,
                    execution,
                } => {
                    let child_of = ChildOf {
                        map_run: loaded.id,
                        child,
                        items,
                    };
                    children.push(self.prepare_child(loaded, child_of, *execution).await?);
                }
                Effect::RedriveChild { child } => {
                    children.extend(self.prepare_redriven_child(loaded, child).await?);
                }
                Effect::RestartChild { child } => {
                    children.extend(self.prepare_restarted_child(loaded, child).await?);
                }
                other => others.push(other),
            }
        }
        let items = match loaded.run.items() {
            Some(items) if !had_items => Some(text(items)?),
            Some(_) | None => None,
        };
        let record = MapRunRecord {
            map_run: loaded.id,
            now_ms,
            progress: text(loaded.run.progress())?,
            items,
            end: ending(loaded),
            children: children.iter_mut().map(Prepared::take_record).collect(),
        };
        self.store.record_map_run(record).await?;
        crash::passed(Point::Recorded);
        let nothing_gone = Recorded::Done {
            reviews_gone: Vec::new(),
        };
        for child in children {
            self.after_record(child, &nothing_gone);
        }
        Ok(others)
    }

    /// The first step of a child, ready to be written.
    async fn prepare_child(
        self: &Arc<Self>,
        parent: &LoadedRun,
        child_of: ChildOf,
        mut execution: Execution,
    ) -> Result<Prepared, StoreError> {
        execution.set_trace_header(self.header_from_run(parent));
        let loaded = loaded_child(
            parent,
            (self.next_execution(), self.clock.now_ms()),
            child_of,
            execution,
        )?;
        let new = NewExecution {
            arn: loaded.arn.clone(),
            machine_arn: loaded.machine_arn.clone(),
            revision: parent.revision,
            version: None,
            alias: None,
            start_ms: loaded.start_ms,
            input: Arc::clone(loaded.state.input()),
            case: parent.case.clone(),
            child_of: Some(child_of),
            waited_by: None,
        };
        self.prepare_new(loaded, new).await
    }
}

impl Inner {
    /// What puts children into the trace of the map run's execution, when traces are made.
    fn header_from_run(&self, parent: &LoadedRun) -> Option<String> {
        let is_traced = self.observer.makes_traces();
        is_traced.then(|| header_of_child(parent.run.plan().parent()))
    }
}

/// A child that starts at this moment, in memory.
fn loaded_child(
    parent: &LoadedRun,
    (id, start_ms): (i64, i64),
    child_of: ChildOf,
    execution: Execution,
) -> Result<Loaded, StoreError> {
    let identity = execution.identity();
    let arn = ExecutionArn::parse(&identity.execution_arn);
    let machine_arn = MachineArn::parse(&identity.machine_arn);
    let (Some(arn), Some(machine_arn)) = (arn, machine_arn) else {
        let arn = &identity.execution_arn;
        return Err(StoreError::Corrupt(format!("{arn:?} is no execution ARN")));
    };
    Ok(Loaded {
        id,
        arn,
        machine_arn,
        start_ms,
        program: Arc::clone(&parent.program),
        samples: parent.samples.clone(),
        child_of: Some(child_of),
        state: execution,
    })
}

/// Whether a map run takes any of these inputs: once it is over, only a redrive.
fn takes_any(loaded: &LoadedRun, inputs: &[Input]) -> bool {
    let is_redrive = |input: &Input| matches!(input, Input::Redrive { .. });
    loaded.run.progress().end().is_none() || inputs.iter().any(is_redrive)
}

/// What a step leaves of a map run.
fn ending(loaded: &LoadedRun) -> MapRunEnding {
    match loaded.run.progress().end() {
        None => MapRunEnding::Running,
        Some(MapRunEnd::Failed { .. } | MapRunEnd::Aborted) => MapRunEnding::Unsuccessful,
        Some(MapRunEnd::Succeeded { .. } | MapRunEnd::TooLong) => MapRunEnding::Successful,
    }
}

/// A step that cannot take the server with it: a panic fails this map run alone.
fn guarded_step(
    loaded: &mut LoadedRun,
    input: Input,
    now_ms: i64,
) -> Result<Vec<Effect>, StoreError> {
    let moment = Moment {
        now_ms,
        entropy: ids::random()?,
    };
    let step = || map_run::step(&loaded.program, &mut loaded.run, input, moment);
    let effects = catch_unwind(AssertUnwindSafe(step)).map(|outcome| outcome.effects);
    Ok(effects.unwrap_or_else(|_| {
        tracing::error!(
            map_run = loaded.id,
            "the interpreter broke down; the map run fails"
        );
        let cause = "The interpreter broke down in this map run.";
        vec![Effect::Finish(MapRunEnd::Failed {
            error: Some("States.Runtime".into()),
            cause: Some(cause.into()),
        })]
    }))
}
