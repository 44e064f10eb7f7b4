//! One state on its own, as TestState runs it (asl-rules 19).
//!
//! The execution begins in that state instead of `StartAt`, and sees the variables, the context object and the items that
//! it is given. A Parallel or Map evaluates its fields and then waits: its branches or iterations do not run, and
//! [`conclude`] says what came of them. Everything else is the interpreter's usual way.

use super::context::Extras;
use super::error::StateError;
use super::execution::{Activity, Fan, Variables};
use super::payload::Payload;
use super::run::{Run, Visit};
use super::{Execution, Identity, Moment, Outcome, Stage};
use crate::definition::{BlockId, DataFlow, Items, Map, StateId, StateMachine};
use crate::query::ReferencePath;
use crate::text::Document;
use serde_json::{Value, json};
use std::sync::Arc;

/// How a state is met that runs on its own.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alone {
    /// The state.
    pub(crate) state: StateId,
    /// Machine variables that it can see.
    pub(crate) variables: Variables,
    /// Retries that each retrier has made before.
    pub(crate) retried: u64,
    /// The context object; a task's token and a Map's item are added where they are missing.
    pub(crate) context: Value,
    /// What a Map's `ItemReader` has read, as JSON text.
    pub(crate) items: Option<Arc<str>>,
}

/// How many bytes of input the selection of items may copy before the rest is not looked at.
const LOOK_AT_MOST: usize = 256 * 1024 * 1024;

/// What came of the branches or iterations that did not run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Work {
    /// Their result, as JSON text.
    Done(Arc<str>),
    /// Their error.
    Failed {
        /// Its name.
        error: Option<String>,
        /// The cause.
        cause: Option<String>,
    },
}

/// Says what came of a Parallel's branches or a Map's iterations.
pub(crate) fn conclude(
    machine: &StateMachine,
    execution: &mut Execution,
    work: Work,
    moment: Moment,
) -> Outcome {
    let mut run = Run::new(machine, execution, moment);
    run.conclude(work);
    run.outcome
}

impl Execution {
    /// An execution of one state; `input` is JSON text. It is observed, and stops before the next state.
    pub(crate) fn alone(
        machine: &StateMachine,
        identity: Identity,
        input: Arc<str>,
        alone: Alone,
    ) -> Self {
        let mut execution = Self::new(machine, identity, input);
        execution.observe(true);
        execution.one_at_a_time(true);
        execution.alone = Some(Box::new(alone));
        execution
    }

    /// Whether a Parallel or Map waits for [`conclude`].
    pub(crate) fn awaits_conclusion(&self) -> bool {
        self.threads
            .values()
            .any(|thread| matches!(thread.activity, Activity::Fan(_)))
    }
}

impl Alone {
    pub(super) fn context(&self, extras: Extras) -> Value {
        let mut context = self.context.clone();
        if let Some(token) = extras.token
            && context.pointer("/Task/Token").is_none()
        {
            context["Task"] = json!({ "Token": token });
        }
        if let Some(item) = extras.item {
            context["Map"] = json!({ "Item": item.to_value() });
        }
        context
    }
}

impl<'m> Run<'m> {
    pub(super) fn is_alone(&self) -> bool {
        self.execution.alone.is_some()
    }

    fn conclude(&mut self, work: Work) {
        let Some(id) = self.execution.threads.keys().next().copied() else {
            return;
        };
        if let Some(thread) = self.thread(id) {
            thread.activity = Activity::Running;
        }
        let Some(visit) = self.visit(id) else { return };
        let done = match work {
            Work::Failed { error, cause } => Err(StateError::reported(error, cause)),
            Work::Done(result) => self.concluded(&visit, result),
        };
        if let Err(error) = done {
            self.fail(&visit, error);
        }
    }

    fn concluded(&mut self, visit: &Visit<'m>, result: Arc<str>) -> Result<(), StateError> {
        let Some(result) = Payload::checked(result) else {
            let cause = "The result of the state is no JSON, or it is nested too deeply.";
            return Err(StateError::runtime(cause));
        };
        if result.is_too_long() {
            return Err(StateError::data_limit(&visit.state.name));
        }
        let around = self.surroundings(visit, Extras::default());
        let outgoing = self.after_work(&around, &result)?;
        self.leave(visit, outgoing)
    }

    /// The fields of a Parallel, without its branches.
    pub(super) fn look_at_parallel(
        &mut self,
        visit: &Visit<'m>,
        branches: &[BlockId],
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let input = self.effective_input(&around)?;
        self.await_conclusion(visit, input, branches.len());
        Ok(())
    }

    /// The fields of a Map, without its iterations.
    pub(super) fn look_at_map(
        &mut self,
        visit: &Visit<'m>,
        map: &'m Map,
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let input = match &visit.state.data {
            DataFlow::JsonPath(flow) => self.after_input_path(&around, flow)?,
            DataFlow::Jsonata(_) => visit.input.clone(),
        };
        let amount = map.max_concurrency.as_ref();
        let limit = amount.map(|amount| self.count(&around, amount, &input, "MaxConcurrency"));
        self.observe_number(
            visit,
            Stage::MaxConcurrency,
            limit.transpose()?.unwrap_or(0),
        );
        let items = self.items_to_look_at(visit, map, &input)?;
        self.observe(visit, Stage::AfterItemsPath, &items);
        self.look_at_tolerance(visit, map, &input)?;
        let count = items.value().as_array().map_or(0, Vec::len);
        if map.selector.is_some() {
            self.look_at_each_item(visit, map, &input, &items)?;
        }
        self.await_conclusion(visit, input, count);
        Ok(())
    }

    fn items_to_look_at(
        &mut self,
        visit: &Visit<'m>,
        map: &'m Map,
        input: &Payload,
    ) -> Result<Payload, StateError> {
        let read = self.execution.alone.as_ref();
        if let Some(read) = read.and_then(|alone| alone.items.clone()) {
            return Payload::checked(read).ok_or_else(|| {
                StateError::runtime(
                    "The data of the ItemReader is no JSON, or it is nested too deeply.",
                )
            });
        }
        let around = self.surroundings(visit, Extras::default());
        let items = self.items(&around, map, input)?;
        Ok(match &map.items {
            Items::Path(path) => as_written(path.text(), input).unwrap_or(items),
            Items::Input | Items::Value(_) => items,
        })
    }

    fn look_at_tolerance(
        &mut self,
        visit: &Visit<'m>,
        map: &'m Map,
        input: &Payload,
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        if let Some(amount) = &map.tolerated_failure_count {
            let count = self.count(&around, amount, input, "ToleratedFailureCount")?;
            self.observe_number(visit, Stage::ToleratedFailureCount, count);
        }
        if let Some(amount) = &map.tolerated_failure_percentage {
            let share = self.percentage(&around, amount, input, "ToleratedFailurePercentage")?;
            self.observe_number(visit, Stage::ToleratedFailurePercentage, share);
        }
        Ok(())
    }

    /// What each iteration would get. With very many items in a long input, the last ones are not looked at.
    fn look_at_each_item(
        &mut self,
        visit: &Visit<'m>,
        map: &'m Map,
        input: &Payload,
        items: &Payload,
    ) -> Result<(), StateError> {
        let items = items.value().clone();
        let most = LOOK_AT_MOST / visit.input.text().len().max(1);
        for (slot, item) in (0..).zip(items.as_array().into_iter().flatten().take(most)) {
            self.iteration_input(visit, map, input, slot, item.clone())?;
        }
        Ok(())
    }

    fn observe_number(&mut self, visit: &Visit<'_>, stage: Stage, number: impl Into<Value>) {
        let text = number.into().to_string();
        self.observe(visit, stage, &Payload::from_text(Arc::from(text)));
    }

    fn await_conclusion(&mut self, visit: &Visit<'m>, input: Payload, total: usize) {
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        if let Some(thread) = self.thread(visit.thread) {
            thread.activity = Activity::Fan(Box::new(Fan::new(input, None, total, 0)));
        }
    }
}

/// The text at a path that leads to one place, as it stands in the input: so does AWS show it (recorded).
fn as_written(path: &str, input: &Payload) -> Option<Payload> {
    let path = ReferencePath::parse(path).ok()?;
    let pointer = path.is_in_input().then(|| path.pointer())?;
    let document = Document::parse(input.text().clone());
    let span = document.get(&pointer)?.span;
    Payload::checked(Arc::from(document.slice(span)))
}
