//! Map runs in a dry run: their children are executions of the same world, one after the other on virtual time.

use super::agenda::{Happening, Place};
use super::mocks::Case;
use super::world::World;
use crate::definition::StateMachine;
use crate::machine::map_run::{self, ChildRecord, Effect, MapRun};
use crate::machine::{
    Execution, Finish, Input, MapRunEnd, MapRunId, MapRunRequest, Moment, Observation,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All map runs of a world, and the children that belong to them.
#[derive(Debug, Clone, Default)]
pub(super) struct MapRuns {
    runs: BTreeMap<Place, Kept>,
    /// The map run of a child that is not over, and the child's number there.
    children: BTreeMap<Place, (Place, u32)>,
    /// The last place that was given to a child or a map run.
    last: Place,
}

/// A map run with what the caller keeps for it.
#[derive(Debug, Clone)]
struct Kept {
    run: MapRun,
    parent: Place,
    map_run: MapRunId,
    ended: Vec<ChildRecord>,
}

impl MapRuns {
    pub(super) fn all(&self) -> impl Iterator<Item = &MapRun> {
        self.runs.values().map(|kept| &kept.run)
    }

    /// The execution whose map run started a child, that map run, and the child's number in it.
    pub(super) fn starter_of(&self, child: Place) -> Option<(Place, MapRunId, u32)> {
        let (run, number) = self.children.get(&child)?;
        let kept = self.runs.get(run)?;
        Some((kept.parent, kept.map_run, *number))
    }

    fn next_place(&mut self) -> Place {
        self.last += 1;
        self.last
    }
}

impl World {
    /// A mocked Map state has its result at once; any other is run.
    pub(super) fn start_map_run(&mut self, case: &Case, parent: Place, request: &MapRunRequest) {
        let map_run = request.map_run;
        let mocked = case.map_run_end(map_run, &request.state, request.attempt, self.seed);
        if let Some((end, latency_ms)) = mocked {
            let latency_ms = i64::try_from(latency_ms).unwrap_or(i64::MAX);
            let at_ms = self.now_ms.saturating_add(latency_ms);
            let finished = Input::MapRunFinished { map_run, end };
            self.agenda
                .plan(at_ms, Happening::Execution(parent, finished));
            return;
        }
        let place = self.map_runs.next_place();
        let kept = Kept {
            run: request.run.clone(),
            parent,
            map_run,
            ended: Vec::new(),
        };
        self.map_runs.runs.insert(place, kept);
        self.plan_now(Happening::MapRun(place, map_run::Input::Continue));
    }

    pub(super) fn abort_map_run(&mut self, parent: Place, map_run: MapRunId) {
        let place = self.map_runs.runs.iter().find_map(|(place, kept)| {
            let is_it = kept.parent == parent && kept.map_run == map_run;
            is_it.then_some(*place)
        });
        if let Some(place) = place {
            self.plan_now(Happening::MapRun(place, map_run::Input::Abort));
        }
    }

    pub(super) fn take_map_run_input(
        &mut self,
        machine: &StateMachine,
        place: Place,
        input: map_run::Input,
        moment: Moment,
    ) -> Vec<Observation> {
        let Some(kept) = self.map_runs.runs.get_mut(&place) else {
            return Vec::new();
        };
        let outcome = map_run::step(machine, &mut kept.run, input, moment);
        for effect in outcome.effects {
            self.follow_map_run(place, effect);
        }
        outcome.observations
    }

    fn follow_map_run(&mut self, place: Place, effect: Effect) {
        let answer = match effect {
            Effect::Read(request) => map_run::Input::Read(self.objects.read(&request, self.now_ms)),
            Effect::StartChild {
                child, execution, ..
            } => {
                let child_place = self.map_runs.next_place();
                self.map_runs.children.insert(child_place, (place, child));
                return self.add_child(child_place, *execution);
            }
            // Nobody redrives a dry run.
            Effect::RedriveChild { .. }
            | Effect::RestartChild { .. }
            | Effect::FindUnsuccessful { .. } => return,
            Effect::StopChild { child } => return self.stop_child(place, child),
            Effect::Gather => map_run::Input::Gathered(self.gathered(place)),
            Effect::Write(objects) => {
                self.objects.write(&objects);
                map_run::Input::Written(Ok(()))
            }
            Effect::Continue => map_run::Input::Continue,
            Effect::Finish(end) => return self.map_run_finished(place, end),
        };
        self.plan_now(Happening::MapRun(place, answer));
    }

    fn stop_child(&mut self, map_run: Place, child: u32) {
        let found = self.map_runs.children.iter();
        let found = found
            .filter(|(_, belongs)| **belongs == (map_run, child))
            .map(|(place, _)| *place)
            .next();
        let stop = Input::Stop {
            error: None,
            cause: None,
        };
        if let Some(place) = found {
            self.plan_now(Happening::Execution(place, stop));
        }
    }

    /// All children that have ended, in the order of their numbers.
    fn gathered(&mut self, place: Place) -> Vec<ChildRecord> {
        let kept = self.map_runs.runs.get_mut(&place);
        let mut records = kept
            .map(|kept| std::mem::take(&mut kept.ended))
            .unwrap_or_default();
        records.sort_by_key(|record| record.child);
        records
    }

    fn map_run_finished(&mut self, place: Place, end: MapRunEnd) {
        let Some(kept) = self.map_runs.runs.get(&place) else {
            return;
        };
        let map_run = kept.map_run;
        let finished = Input::MapRunFinished { map_run, end };
        self.plan_now(Happening::Execution(kept.parent, finished));
    }

    /// An execution is over; when it is a child, its map run is told.
    pub(super) fn child_finished(&mut self, place: Place, finish: &Finish) {
        let Some((map_run, child)) = self.map_runs.children.remove(&place) else {
            return;
        };
        let Some(execution) = self.children.remove(&place) else {
            return;
        };
        self.agenda.cancel_all(place);
        let record = record(child, &execution, finish, self.now_ms);
        if let Some(kept) = self.map_runs.runs.get_mut(&map_run) {
            kept.ended.push(record);
        }
        let finish = finish.clone();
        let finished = map_run::Input::ChildFinished { child, finish };
        self.plan_now(Happening::MapRun(map_run, finished));
    }
}

fn record(child: u32, execution: &Execution, finish: &Finish, now_ms: i64) -> ChildRecord {
    let identity = execution.identity();
    ChildRecord {
        child,
        arn: identity.execution_arn.clone(),
        name: identity.execution_name.clone(),
        input: Arc::clone(execution.input()),
        finish: finish.clone(),
        start_ms: execution.start_ms(),
        stop_ms: now_ms,
        redrive_count: execution.redrive_count(),
    }
}
