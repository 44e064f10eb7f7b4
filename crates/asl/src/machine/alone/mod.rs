//! One state on its own, as TestState runs it (asl-rules 19).
//!
//! The execution begins in that state instead of `StartAt`, and sees the variables, the context object and the items that
//! it is given. A Parallel or Map evaluates its fields and then waits: its branches or iterations do not run, and
//! [`conclude`] says what came of them. Everything else is the interpreter's usual way.

mod map;

use super::context::Extras;
use super::error::StateError;
use super::execution::{Activity, Fan, Variables};
use super::map_run::Tolerance;
use super::payload::Payload;
use super::run::{Run, Visit};
use super::{Execution, Identity, Moment, Outcome};
use crate::definition::{BlockId, StateId, StateMachine};
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
    /// What a Map's `ItemReader` has read, as it stands in its source.
    pub(crate) read: Option<Arc<str>>,
    /// What a Map has said of itself once its fields were evaluated.
    pub(crate) map: Option<LookedAt>,
}

/// A Map whose fields were evaluated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LookedAt {
    /// Its iterations, or batches; none when it has a reader and nothing says what that has read.
    pub(crate) iterations: Option<u64>,
    /// What it tolerates.
    pub(crate) tolerance: Tolerance,
}

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

    /// What the Map has said of itself.
    pub(crate) fn looked_at(&self) -> Option<LookedAt> {
        self.alone.as_ref()?.map
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
        let total = u32::try_from(branches.len()).unwrap_or(u32::MAX);
        self.await_conclusion(visit, input, total);
        Ok(())
    }

    fn await_conclusion(&mut self, visit: &Visit<'m>, input: Payload, total: u32) {
        if let Some(thread) = self.thread(visit.thread) {
            thread.activity = Activity::Fan(Box::new(Fan::new(input, None, total, 0)));
        }
    }
}
