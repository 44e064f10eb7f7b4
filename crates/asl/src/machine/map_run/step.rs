//! One step of a map run.

use super::plan::{Plan, Reading};
use super::progress::{Phase, Stopping};
use super::reader::{self, Found, ReaderError};
use super::writer;
use super::{
    ChildRecord, Effect, Input, MAX_CONCURRENCY, MapRun, ObjectError, Objects, Outcome, Request,
    Update,
};
use crate::definition::StateMachine;
use crate::history::Failure;
use crate::machine::error::StateError;
use crate::machine::payload::MAX_BYTES;
use crate::machine::run::{Run, Visit};
use crate::machine::{Finish, MapRunEnd, Moment};
use std::sync::Arc;

/// Children that are started in one call.
pub(super) const SHARE: usize = 100;

pub(super) fn step(
    machine: &StateMachine,
    map_run: &mut MapRun,
    input: Input,
    moment: Moment,
) -> Outcome {
    let mut frame = map_run.plan.frame.clone();
    let mut turn = Turn {
        run: Run::new(machine, &mut frame, moment),
        map_run,
        effects: Vec::new(),
    };
    turn.take(input);
    turn.work();
    Outcome {
        effects: turn.effects,
        observations: turn.run.take_observations(),
    }
}

/// What a restarted server does first.
pub(super) fn open_effects(map_run: &MapRun) -> Vec<Effect> {
    let progress = &map_run.progress;
    match (&progress.phase, &progress.stopping) {
        (Phase::New, _) => vec![Effect::Continue],
        (Phase::Running, None) => {
            let question = progress.redrive.question();
            question.into_iter().chain([Effect::Continue]).collect()
        }
        (Phase::Reading, _) => request(&map_run.plan)
            .map(Effect::Read)
            .into_iter()
            .collect(),
        (Phase::ReadingMore { bucket, keys, .. }, _) => vec![Effect::Read(Request::GetAll {
            bucket: bucket.clone(),
            keys: keys.clone(),
        })],
        (Phase::Running, Some(_)) => stop_all(progress.active()),
        (Phase::Gathering, _) => vec![Effect::Gather],
        (Phase::Ended(end), _) => vec![Effect::Finish(end.clone())],
    }
}

fn request(plan: &Plan) -> Option<Request> {
    plan.reader.as_ref().map(Reading::request)
}

fn stop_all(children: impl Iterator<Item = u32>) -> Vec<Effect> {
    children.map(|child| Effect::StopChild { child }).collect()
}

/// One step under way.
pub(super) struct Turn<'m, 'r> {
    /// Evaluates the fields of the Map state; also the source of entropy.
    pub(super) run: Run<'m>,
    pub(super) map_run: &'r mut MapRun,
    pub(super) effects: Vec<Effect>,
}

impl<'m> Turn<'m, '_> {
    fn take(&mut self, input: Input) {
        if matches!(input, Input::Abort) {
            // Whatever redrive waits for the end is given up with it.
            self.map_run.progress.redrive.asked = None;
        }
        let phase = self.map_run.progress.phase.clone();
        match (input, phase) {
            (Input::Continue, Phase::New) => self.begin(),
            (Input::Read(read), Phase::Reading | Phase::ReadingMore { .. }) => self.read(read),
            (Input::ChildFinished { child, finish }, Phase::Running) => {
                self.child_finished(child, &finish);
            }
            (Input::Update(update), _) => self.update(update),
            (Input::Redrive { redrive_count }, _) => self.redrive(redrive_count),
            (
                Input::Unsuccessful {
                    redrive_count,
                    children,
                },
                Phase::Running,
            ) => self.found_unsuccessful(redrive_count, &children),
            (Input::Abort, Phase::New | Phase::Reading | Phase::ReadingMore { .. }) => {
                self.end(MapRunEnd::Aborted);
            }
            (Input::Abort, Phase::Running) => self.stop(Stopping::Aborted),
            (Input::Abort, Phase::Gathering) => self.abort_gathering(),
            (Input::Gathered(records), Phase::Gathering) => self.gathered(&records),
            (Input::Written(written), Phase::Gathering) => self.written(written),
            (
                Input::Continue
                | Input::Read(_)
                | Input::ChildFinished { .. }
                | Input::Unsuccessful { .. }
                | Input::Abort
                | Input::Gathered(_)
                | Input::Written(_),
                _,
            ) => {}
        }
    }

    // Items

    pub(super) fn begin(&mut self) {
        let plan = Arc::clone(&self.map_run.plan);
        match &plan.reader {
            None => self.map_run.progress.phase = Phase::Running,
            Some(reading) if reading.max_items < 0 => {
                self.fail_reading("field MaxItems must be positive");
            }
            Some(reading) => {
                self.map_run.progress.phase = Phase::Reading;
                self.effects.push(Effect::Read(reading.request()));
            }
        }
    }

    fn read(&mut self, read: Result<Objects, ObjectError>) {
        let plan = Arc::clone(&self.map_run.plan);
        let Some(reading) = &plan.reader else { return };
        let objects = match read {
            Ok(objects) => objects,
            Err(error) => return self.fail_reading(&error.0),
        };
        match self.found(reading, &objects) {
            Ok(Found::Items(mut items)) => {
                items.truncate(u64::try_from(reading.max_items).unwrap_or(0));
                self.map_run.progress.total = items.len();
                self.map_run.items = Some(Arc::new(items));
                self.map_run.progress.phase = Phase::Running;
            }
            Ok(Found::More {
                bucket,
                keys,
                headers,
            }) => {
                let more = Request::GetAll {
                    bucket: bucket.clone(),
                    keys: keys.clone(),
                };
                self.map_run.progress.phase = Phase::ReadingMore {
                    bucket,
                    keys,
                    headers,
                };
                self.effects.push(Effect::Read(more));
            }
            Err(error) => self.fail_reading(&error.to_string()),
        }
    }

    fn found(&self, reading: &Reading, objects: &Objects) -> Result<Found, ReaderError> {
        match (&self.map_run.progress.phase, objects) {
            (Phase::ReadingMore { headers, .. }, Objects::Contents(contents)) => {
                reader::loaded(reading, headers.as_deref(), contents).map(Found::Items)
            }
            _ => reader::found(reading, objects),
        }
    }

    fn fail_reading(&mut self, cause: &str) {
        self.end(MapRunEnd::Failed {
            error: Some(Arc::from("States.ItemReaderFailed")),
            cause: Some(Arc::from(cause)),
        });
    }

    pub(super) fn total(&self) -> u64 {
        self.map_run.progress.total
    }

    // Children

    /// Starts children as far as concurrency allows, or ends what has nothing left to do.
    fn work(&mut self) {
        if self.map_run.progress.phase != Phase::Running {
            return;
        }
        if self.map_run.progress.stopping.is_none()
            && !self.ask_for_unsuccessful()
            && let Err(error) = self.start_children()
        {
            self.stop(Stopping::Failed(error.failure()));
        }
        let progress = &self.map_run.progress;
        let has_none_left =
            progress.redrive.pending.is_none() && progress.next_item >= self.total();
        let is_through = progress.stopping.is_some() || has_none_left;
        if is_through && progress.active.is_empty() {
            self.conclude();
        }
    }

    fn start_children(&mut self) -> Result<(), StateError> {
        let thread = self.map_run.plan.thread;
        let gone = || StateError::runtime("The state of the map run is gone.");
        let visit = self.run.visit(thread).ok_or_else(gone)?;
        for _ in 0..SHARE {
            if !self.has_room() {
                return Ok(());
            }
            self.start_child(&visit)
                .map_err(|error| error.in_state(&visit.state.name, visit.entered))?;
        }
        if self.has_room() {
            self.effects.push(Effect::Continue);
        }
        Ok(())
    }

    fn has_room(&self) -> bool {
        self.map_run.progress.next_item < self.total() && self.room() > 0
    }

    /// How many children more may run.
    pub(super) fn room(&self) -> u32 {
        let progress = &self.map_run.progress;
        let running = u32::try_from(progress.active.len()).unwrap_or(u32::MAX);
        progress.settings.max_concurrency.saturating_sub(running)
    }

    fn start_child(&mut self, visit: &Visit<'m>) -> Result<(), StateError> {
        let started = self.child_input(visit, self.map_run.progress.next_item)?;
        let uuid = self.run.entropy.uuid();
        let execution = Box::new(self.map_run.plan.child(&uuid, started.input));
        let progress = &mut self.map_run.progress;
        let (child, items) = (progress.next_child, started.items);
        progress.next_child += 1;
        progress.next_item += u64::from(items);
        progress.active.insert(child, items);
        self.effects.push(Effect::StartChild {
            child,
            items,
            execution,
        });
        Ok(())
    }

    fn child_finished(&mut self, child: u32, finish: &Finish) {
        let total = self.total();
        let progress = &mut self.map_run.progress;
        let Some(items) = progress.active.remove(&child) else {
            return;
        };
        progress.items.note(finish, u64::from(items));
        progress.children.note(finish, 1);
        if let Finish::Succeeded { output } = finish {
            let bytes = u64::try_from(output.len()).unwrap_or(u64::MAX);
            progress.output_bytes = progress.output_bytes.saturating_add(bytes);
        }
        self.check_tolerance(total);
    }

    pub(super) fn check_tolerance(&mut self, total: u64) {
        let progress = &self.map_run.progress;
        let failed = progress.items.unsuccessful();
        let tolerance = progress.settings.tolerance;
        if progress.stopping.is_none() && tolerance.is_exceeded(failed, total) {
            self.stop(Stopping::Failed(Failure {
                error: Some(Arc::from("States.ExceedToleratedFailureThreshold")),
                cause: Some(Arc::from(
                    "The specified tolerated failure threshold was exceeded",
                )),
            }));
        }
    }

    /// Starts no more children, and stops those that run.
    fn stop(&mut self, why: Stopping) {
        let progress = &mut self.map_run.progress;
        let is_new = progress.stopping.is_none();
        if is_new || why == Stopping::Aborted {
            progress.stopping = Some(why);
        }
        if is_new {
            self.give_up_pending();
            // A child that would be started in this very step is not started at all.
            self.drop_unstarted();
            let children = stop_all(self.map_run.progress.active());
            self.effects.extend(children);
        }
    }

    fn drop_unstarted(&mut self) {
        let progress = &mut self.map_run.progress;
        self.effects.retain(|effect| match effect {
            Effect::StartChild { child, .. } => {
                let items = progress.active.remove(child).unwrap_or(0);
                progress.next_item -= u64::from(items);
                progress.next_child -= 1;
                false
            }
            Effect::Continue => false,
            // It was on disk before, so that it is stopped like those that run.
            Effect::RedriveChild { .. } | Effect::RestartChild { .. } => true,
            Effect::FindUnsuccessful { .. } => false,
            Effect::Read(_)
            | Effect::StopChild { .. }
            | Effect::Gather
            | Effect::Write(_)
            | Effect::Finish(_) => true,
        });
    }

    fn update(&mut self, update: Update) {
        let settings = &mut self.map_run.progress.settings;
        if let Some(most) = update.max_concurrency {
            settings.max_concurrency = match most {
                0 => MAX_CONCURRENCY,
                most => most.min(MAX_CONCURRENCY),
            };
        }
        if update.tolerated_failure_count.is_some() {
            settings.tolerance.count = update.tolerated_failure_count;
        }
        if update.tolerated_failure_percentage.is_some() {
            settings.tolerance.percentage = update.tolerated_failure_percentage;
        }
        if self.map_run.progress.phase == Phase::Running {
            let total = self.total();
            self.check_tolerance(total);
        }
    }

    // The end

    /// All children have ended.
    fn conclude(&mut self) {
        let progress = &self.map_run.progress;
        let writes = writer::target(&self.map_run.plan).is_some();
        let is_too_long = progress.output_bytes > MAX_BYTES as u64;
        match &progress.stopping {
            Some(Stopping::Aborted) if !writes => self.end(MapRunEnd::Aborted),
            Some(Stopping::Failed(failure)) if !writes => self.end(failed(failure.clone())),
            None if !writes && is_too_long => self.end(MapRunEnd::TooLong),
            Some(Stopping::Failed(_) | Stopping::Aborted) | None => {
                self.map_run.progress.phase = Phase::Gathering;
                self.effects.push(Effect::Gather);
            }
        }
    }

    fn gathered(&mut self, records: &[ChildRecord]) {
        let plan = Arc::clone(&self.map_run.plan);
        match writer::target(&plan) {
            Some(target) => {
                let pending = self.pending_inputs();
                let written = writer::objects(&plan, target, records, &pending);
                self.map_run.progress.written = (
                    self.map_run.progress.items.succeeded
                        + self.map_run.progress.items.unsuccessful(),
                    u64::try_from(records.len()).unwrap_or(u64::MAX),
                );
                self.effects.push(Effect::Write(written));
            }
            None => {
                let output = writer::output(&plan, records);
                self.end(if output.len() > MAX_BYTES {
                    MapRunEnd::TooLong
                } else {
                    MapRunEnd::Succeeded {
                        output: Arc::from(output),
                    }
                });
            }
        }
    }

    /// What is being written is written to its end, so that the manifest tells the truth.
    fn abort_gathering(&mut self) {
        match writer::target(&self.map_run.plan) {
            Some(_) => self.map_run.progress.stopping = Some(Stopping::Aborted),
            None => self.end(MapRunEnd::Aborted),
        }
    }

    fn written(&mut self, written: Result<(), ObjectError>) {
        let plan = Arc::clone(&self.map_run.plan);
        let end = match (written, &self.map_run.progress.stopping) {
            (_, Some(Stopping::Aborted)) => MapRunEnd::Aborted,
            (Err(error), _) => MapRunEnd::Failed {
                error: Some(Arc::from("States.ResultWriterFailed")),
                cause: Some(Arc::from(error.0)),
            },
            (Ok(()), Some(Stopping::Failed(failure))) => failed(failure.clone()),
            (Ok(()), None) => MapRunEnd::Succeeded {
                output: Arc::from(writer::details(&plan)),
            },
        };
        self.end(end);
    }

    fn end(&mut self, end: MapRunEnd) {
        if let Some(redrive_count) = self.map_run.progress.redrive.asked.take()
            && !is_success(&end)
        {
            self.reopen(redrive_count);
            return self.effects.push(Effect::Continue);
        }
        self.map_run.progress.phase = Phase::Ended(end.clone());
        self.effects.push(Effect::Finish(end));
    }
}

pub(super) fn is_success(end: &MapRunEnd) -> bool {
    match end {
        MapRunEnd::Succeeded { .. } | MapRunEnd::TooLong => true,
        MapRunEnd::Failed { .. } | MapRunEnd::Aborted => false,
    }
}

fn failed(failure: Failure) -> MapRunEnd {
    MapRunEnd::Failed {
        error: failure.error,
        cause: failure.cause,
    }
}
