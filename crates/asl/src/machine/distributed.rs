//! The distributed Map state as its execution sees it: evaluates the fields, asks for a map run and takes its end
//! (asl-rules 11, 16). What happens in between is the work of [`super::map_run`].

use super::context::Extras;
use super::data::Surroundings;
use super::error::StateError;
use super::execution::{Activity, Execution, OpenMapRun, Thread, ThreadId};
use super::map_run::plan::{Batching, Naming, Reading, Target, Writing};
use super::map_run::{Items, MAX_CONCURRENCY, MapRun, Plan, Settings};
use super::payload::Payload;
use super::run::{Run, Visit};
use super::{Effect, MapRunEnd, MapRunId, MapRunRequest, Stage};
use crate::definition::{
    DataFlow, Distributed, ItemBatcher, ItemReader, Map, ReaderAction, ResultWriter, Selector,
};
use crate::history::{EventKind, Failure, MapEvent};
use std::sync::Arc;

/// How often a map run can be redriven (feature map, API-912).
const MAX_REDRIVES: u32 = 1_000;

impl<'m> Run<'m> {
    pub(super) fn begin_distributed(
        &mut self,
        visit: &Visit<'m>,
        map: &'m Map,
        distributed: &'m Distributed,
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let input = match &visit.state.data {
            DataFlow::JsonPath(flow) => self.after_input_path(&around, flow)?,
            DataFlow::Jsonata(_) => visit.input.clone(),
        };
        let max_concurrency = self.concurrency(&around, map, &input, MAX_CONCURRENCY)?;
        let items = match &distributed.reader {
            Some(_) => None,
            None => Some(self.items(&around, map, &input)?),
        };
        if let Some(items) = &items {
            self.observe(visit, Stage::AfterItemsPath, items);
        }
        let items = items.map(|items| Items::of_state(&items));
        let length = items.as_ref().map_or(0, Items::len);
        self.emit(visit.thread, EventKind::Map(MapEvent::Started { length }));
        let settings = Settings {
            max_concurrency,
            tolerance: self.tolerance(&around, map, &input)?,
        };
        let plan = self.map_run_plan(&around, map, distributed, input)?;
        self.start_map_run(visit, MapRun::new(plan, items, settings));
        Ok(())
    }

    fn map_run_plan(
        &mut self,
        around: &Surroundings<'_, 'm>,
        map: &'m Map,
        distributed: &'m Distributed,
        input: Payload,
    ) -> Result<Plan, StateError> {
        let reader = distributed.reader.as_ref();
        let reader = reader.map(|reader| self.reading(around, reader, &input));
        let reader = reader.transpose()?;
        let batcher = distributed.batcher.as_ref();
        let batching = batcher.map(|batcher| self.batching(around, batcher, &input));
        let batching = batching.transpose()?;
        let writer = distributed.writer.as_ref();
        let writing = writer.map(|writer| self.writing(around, writer, &input));
        let writing = writing.transpose()?;
        let visit = around.visit;
        let label = distributed.label.as_deref();
        let id = self.entropy.uuid();
        Ok(Plan {
            naming: Naming::new(&self.execution.identity, &visit.state.name, label, id),
            frame: self.frame(visit),
            thread: visit.thread,
            input,
            block: map.processor,
            execution_type: distributed.execution_type,
            reader,
            batching,
            writing,
        })
    }

    /// The execution as far as the Map state can see it: what an `ItemSelector` is evaluated in.
    fn frame(&self, visit: &Visit<'m>) -> Execution {
        let execution = &self.execution;
        let thread = Thread {
            parent: None,
            variables: Some(visit.variables.clone()),
            state: visit.state.id,
            input: visit.input.clone(),
            previous: 0,
            entered_previous: 0,
            entered: visit.entered,
            entered_ms: visit.entered_ms,
            retries: visit.retries,
            retriers: Vec::new(),
            last_map_run: None,
            activity: Activity::Running,
        };
        execution.with_only(visit.thread, thread)
    }

    fn start_map_run(&mut self, visit: &Visit<'m>, run: MapRun) {
        let map_run = MapRunId(self.execution.number());
        let arn: Arc<str> = Arc::from(run.arn());
        let event = MapEvent::RunStarted(Arc::clone(&arn));
        let started = self.emit(visit.thread, EventKind::Map(event));
        let open = OpenMapRun {
            map_run,
            started,
            arn: Some(arn),
            redrives: 0,
        };
        self.await_map_run(visit.thread, open);
        self.want(Effect::StartMapRun(Box::new(MapRunRequest {
            map_run,
            state: visit.state.name.to_string(),
            attempt: visit.retries,
            run,
        })));
    }

    fn await_map_run(&mut self, id: ThreadId, open: OpenMapRun) {
        self.execution.map_runs.insert(open.map_run, id);
        if let Some(thread) = self.thread(id) {
            thread.last_map_run = None;
            thread.activity = Activity::MapRun(open);
        }
    }

    /// Goes on with the map run that the state had before the execution was redriven; `false` when there is none.
    pub(super) fn redrive_map_run(&mut self, visit: &Visit<'m>) -> bool {
        let last = self.thread(visit.thread);
        let Some(mut open) = last.and_then(|thread| thread.last_map_run.clone()) else {
            return false;
        };
        let Some(map_run_arn) = open.arn.clone() else {
            return false;
        };
        if open.redrives >= MAX_REDRIVES {
            let cause = format!(
                "The Map Run was redriven {MAX_REDRIVES} times, the most that is possible."
            );
            self.fail(visit, StateError::runtime(&cause));
            return true;
        }
        open.redrives += 1;
        let event = MapEvent::RunRedriven {
            map_run_arn,
            redrive_count: u64::from(open.redrives),
        };
        open.started = self.emit(visit.thread, EventKind::Map(event));
        let effect = Effect::RedriveMapRun {
            map_run: open.map_run,
            state: visit.state.name.to_string(),
            attempt: visit.retries,
            redrive_count: open.redrives,
        };
        self.await_map_run(visit.thread, open);
        self.want(effect);
        true
    }

    /// A map run that was asked for in this very step is not begun at all.
    pub(super) fn forget_map_run(&mut self, id: ThreadId) {
        if let Some(thread) = self.thread(id) {
            thread.last_map_run = None;
            if let Activity::MapRun(_) = thread.activity {
                thread.activity = Activity::Running;
            }
        }
    }

    // Its fields

    pub(super) fn reading(
        &mut self,
        around: &Surroundings<'_, 'm>,
        reader: &'m ItemReader,
        input: &Payload,
    ) -> Result<Reading, StateError> {
        let config = &reader.config;
        let max_items = config.max_items.as_ref();
        let max_items = max_items.map(|amount| self.integer(around, amount, input, "MaxItems"));
        let max_items = max_items.transpose()?.unwrap_or(0);
        let arguments = self.arguments(
            around,
            reader.arguments.as_ref(),
            input,
            "ItemReader/Arguments",
        )?;
        let text = |name: &str| text_of(&arguments, name);
        let required =
            |name: &str| text(name).ok_or_else(|| missing_argument("ItemReader", name, &arguments));
        let key = match reader.action {
            ReaderAction::GetObject => Some(required("Key")?),
            ReaderAction::ListObjects => None,
        };
        Ok(Reading {
            action: reader.action,
            bucket: required("Bucket")?,
            key,
            prefix: text("Prefix"),
            version: text("VersionId"),
            input_type: config.input_type,
            transformation: config.transformation,
            csv_headers: config.csv_headers.clone(),
            csv_delimiter: config.csv_delimiter.unwrap_or(','),
            items_pointer: config.items_pointer.clone(),
            max_items,
        })
    }

    pub(super) fn batching(
        &mut self,
        around: &Surroundings<'_, 'm>,
        batcher: &'m ItemBatcher,
        input: &Payload,
    ) -> Result<Batching, StateError> {
        let max_items = batcher.max_items.as_ref();
        let max_items =
            max_items.map(|amount| self.count(around, amount, input, "MaxItemsPerBatch"));
        let max_items = max_items.transpose()?;
        let max_bytes = batcher.max_bytes.as_ref();
        let max_bytes =
            max_bytes.map(|amount| self.count(around, amount, input, "MaxInputBytesPerBatch"));
        let max_bytes = max_bytes.transpose()?;
        let selector = batcher.input.as_ref();
        let batch_input = selector
            .map(|selector| self.selected(around, selector, input, "ItemBatcher/BatchInput"));
        Ok(Batching {
            max_items,
            max_bytes,
            input: batch_input.transpose()?,
        })
    }

    fn writing(
        &mut self,
        around: &Surroundings<'_, 'm>,
        writer: &'m ResultWriter,
        input: &Payload,
    ) -> Result<Writing, StateError> {
        let target = match &writer.target {
            None => None,
            Some(selector) => {
                let arguments =
                    self.arguments(around, Some(selector), input, "ResultWriter/Arguments")?;
                let bucket = text_of(&arguments, "Bucket")
                    .ok_or_else(|| missing_argument("ResultWriter", "Bucket", &arguments))?;
                let prefix = text_of(&arguments, "Prefix").unwrap_or_default();
                Some(Target { bucket, prefix })
            }
        };
        Ok(Writing {
            target,
            transformation: writer.transformation,
            output_type: writer.output_type,
        })
    }

    fn arguments(
        &mut self,
        around: &Surroundings<'_, 'm>,
        selector: Option<&'m Selector>,
        input: &Payload,
        location: &str,
    ) -> Result<Payload, StateError> {
        match selector {
            None => Ok(Payload::empty_object()),
            Some(selector) => self.selected(around, selector, input, location),
        }
    }

    // Its end

    /// A map run is over.
    pub(super) fn map_run_finished(&mut self, map_run: MapRunId, end: MapRunEnd) {
        let Some(id) = self.execution.map_runs.remove(&map_run) else {
            return;
        };
        let Some(open) = self.open_map_run(id) else {
            return;
        };
        if let Some(thread) = self.thread(id) {
            thread.activity = Activity::Running;
            thread.last_map_run = can_go_on(&end).then(|| open.clone());
        }
        let Some(visit) = self.visit(id) else { return };
        let done = match end {
            MapRunEnd::Succeeded { output } => self.map_run_succeeded(&visit, &open, output),
            MapRunEnd::TooLong => {
                self.emit(id, EventKind::Map(MapEvent::RunSucceeded));
                Err(StateError::data_limit(&visit.state.name))
            }
            MapRunEnd::Failed { error, cause } => {
                let failure = Failure { error, cause };
                self.emit(id, EventKind::Map(MapEvent::RunFailed(failure.clone())));
                Err(StateError::of_map_run(failure))
            }
            MapRunEnd::Aborted => {
                self.emit(id, EventKind::Map(MapEvent::RunAborted));
                Err(StateError::of_map_run(Failure::default()))
            }
        };
        if let Err(error) = done {
            self.fail(&visit, error);
        }
    }

    fn map_run_succeeded(
        &mut self,
        visit: &Visit<'m>,
        open: &OpenMapRun,
        output: Arc<str>,
    ) -> Result<(), StateError> {
        self.emit(visit.thread, EventKind::Map(MapEvent::RunSucceeded));
        self.emit(visit.thread, EventKind::Map(MapEvent::Succeeded));
        // The exited event follows the start of the map run (asl-rules 16).
        self.chain(visit.thread, open.started);
        let Some(result) = Payload::checked(output) else {
            let cause = "The result of the map run is no JSON, or it is nested too deeply.";
            return Err(StateError::runtime(cause));
        };
        if result.is_too_long() {
            return Err(StateError::data_limit(&visit.state.name));
        }
        let around = self.surroundings(visit, Extras::default());
        let outgoing = self.after_work(&around, &result)?;
        self.leave(visit, outgoing)
    }

    fn open_map_run(&self, id: ThreadId) -> Option<OpenMapRun> {
        match &self.execution.threads.get(&id)?.activity {
            Activity::MapRun(open) => Some(open.clone()),
            Activity::Running
            | Activity::Task(_)
            | Activity::Waiting(_)
            | Activity::Retrying(_)
            | Activity::Fan(_)
            | Activity::Stopped(_) => None,
        }
    }

    /// Says that the map run of a thread is aborted, when it has one.
    pub(super) fn write_map_run_aborted(&mut self, id: ThreadId) {
        if let Some(open) = self.open_map_run(id) {
            self.emit_after(open.started, EventKind::Map(MapEvent::RunAborted));
        }
    }

    /// Says that all map runs are aborted, because the execution ends.
    pub(super) fn write_map_runs_aborted(&mut self) {
        let threads: Vec<ThreadId> = self.execution.map_runs.values().copied().collect();
        for thread in threads {
            self.write_map_run_aborted(thread);
        }
    }
}

/// Whether a redrive goes on with a map run that ended so; otherwise it starts another one. Failures of the Map state's own
/// fields would come again from the items that are there.
fn can_go_on(end: &MapRunEnd) -> bool {
    match end {
        MapRunEnd::Aborted => true,
        MapRunEnd::Failed { error, .. } => matches!(
            error.as_deref(),
            Some(
                "States.ExceedToleratedFailureThreshold"
                    | "States.ItemReaderFailed"
                    | "States.ResultWriterFailed"
            )
        ),
        MapRunEnd::Succeeded { .. } | MapRunEnd::TooLong => false,
    }
}

/// A text among the arguments of a reader or writer.
fn text_of(arguments: &Payload, name: &str) -> Option<String> {
    let value = arguments.value().get(name)?;
    value.as_str().map(str::to_owned)
}

fn missing_argument(field: &str, name: &str, arguments: &Payload) -> StateError {
    let arguments = arguments.text();
    StateError::runtime(&format!(
        "The {field} needs the text '{name}' among its arguments, but they are '{arguments}'."
    ))
}
