//! Entering states, leaving them, and what each type does at once.

use super::context::Extras;
use super::data::{Outgoing, Surroundings, payload};
use super::error::StateError;
use super::execution::{Activity, ThreadId, Variables, Work};
use super::jsonata::States;
use super::payload::Payload;
use super::run::{Run, Visit};
use super::variables;
use super::{Stage, Through};
use crate::definition::{DataFlow, State, StateId, StateKind, TextField, Transition};
use crate::history::{EnteredType, EventKind, ExitedType, StateEvent};
use indexmap::IndexMap;
use serde_json::Value;
use std::sync::Arc;

impl<'m> Run<'m> {
    /// Writes that a thread enters its state, and does the state's work.
    pub(super) fn enter(&mut self, id: ThreadId) {
        let entered_ms = self.stamp_ms;
        let Some(visit) = self.visit(id) else { return };
        let event = StateEvent::Entered {
            state_type: entered_type(&visit.state.kind),
            name: visit.state.name.clone(),
            input: visit.input.text().clone(),
        };
        let entered_previous = self.thread(id).map_or(0, |thread| thread.previous);
        let entered = self.emit(id, EventKind::State(event));
        if let Some(thread) = self.thread(id) {
            thread.entered = entered;
            thread.entered_previous = entered_previous;
            thread.entered_ms = entered_ms;
            thread.retries = 0;
            thread.retriers.clear();
            thread.activity = Activity::Running;
        }
        let visit = Visit {
            entered,
            entered_ms,
            retries: 0,
            ..visit
        };
        self.pass_through(&visit, || Through::Entry);
        self.observe(&visit, Stage::Input, &visit.input);
        self.perform_visit(&visit);
    }

    /// Does the work of a thread's state, for the first time or again.
    pub(super) fn perform(&mut self, id: ThreadId) {
        if let Some(visit) = self.visit(id) {
            self.perform_visit(&visit);
        }
    }

    fn perform_visit(&mut self, visit: &Visit<'m>) {
        let done = match &visit.state.kind {
            StateKind::Pass(result) => self.pass(visit, result.as_ref()),
            StateKind::Choice(choice) => self.choose(visit, choice),
            StateKind::Wait(wait) => self.begin_wait(visit, wait),
            StateKind::Succeed => self.succeed(visit),
            StateKind::Fail(fail) => {
                self.fail_state(visit, fail.error.as_ref(), fail.cause.as_ref())
            }
            StateKind::Task(task) => self.begin_task(visit, task),
            StateKind::Parallel(branches) if self.is_alone() => {
                self.look_at_parallel(visit, branches)
            }
            StateKind::Parallel(branches) => self.begin_parallel(visit, branches),
            StateKind::Map(map) if self.is_alone() => self.look_at_map(visit, map),
            StateKind::Map(map) => self.begin_map(visit, map),
        };
        if let Err(error) = done {
            self.fail(visit, error);
        }
    }

    fn pass(&mut self, visit: &Visit<'m>, result: Option<&Value>) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let outgoing = match &visit.state.data {
            DataFlow::JsonPath(flow) => {
                let input = self.after_input_path(&around, flow)?;
                let result = match result {
                    Some(result) => payload(result.clone())?,
                    None => self.after_parameters(&around, flow, input)?,
                };
                self.observe(visit, Stage::Result, &result);
                let assigned = self.assigned(&around, &result)?;
                Outgoing {
                    output: self.after_result_path(&around, flow, &result)?,
                    assigned,
                }
            }
            DataFlow::Jsonata(flow) => {
                let states = States::of_input(&around);
                self.jsonata_outgoing(&around, &states, flow.output.as_ref(), &visit.input)?
            }
        };
        self.leave(visit, outgoing)
    }

    fn succeed(&mut self, visit: &Visit<'m>) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let outgoing = self.outgoing_of_input(&around)?;
        self.leave(visit, outgoing)
    }

    /// Output and variables of a state that only passes its input on (Wait, Succeed).
    pub(super) fn outgoing_of_input(
        &mut self,
        around: &Surroundings<'_, 'm>,
    ) -> Result<Outgoing, StateError> {
        match &around.visit.state.data {
            DataFlow::JsonPath(flow) => {
                let input = self.after_input_path(around, flow)?;
                let assigned = self.assigned(around, &input)?;
                Ok(Outgoing {
                    output: self.after_output_path(around, flow, &input)?,
                    assigned,
                })
            }
            DataFlow::Jsonata(flow) => {
                let states = States::of_input(around);
                let input = around.visit.input.clone();
                self.jsonata_outgoing(around, &states, flow.output.as_ref(), &input)
            }
        }
    }

    fn fail_state(
        &mut self,
        visit: &Visit<'m>,
        error: Option<&TextField>,
        cause: Option<&TextField>,
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let error = error.map(|field| self.text_field(&around, field, &visit.input, "Error"));
        let error = error.transpose()?;
        let cause = cause.map(|field| self.text_field(&around, field, &visit.input, "Cause"));
        Err(StateError::reported(error, cause.transpose()?))
    }

    // Leaving

    /// Leaves a state by its own transition.
    pub(super) fn leave(
        &mut self,
        visit: &Visit<'m>,
        outgoing: Outgoing,
    ) -> Result<(), StateError> {
        let transition = visit.state.transition.unwrap_or(Transition::End);
        self.leave_to(visit, outgoing, transition)
    }

    /// Writes that a state is left, sets its variables, and goes on.
    pub(super) fn leave_to(
        &mut self,
        visit: &Visit<'m>,
        outgoing: Outgoing,
        transition: Transition,
    ) -> Result<(), StateError> {
        let Outgoing { output, assigned } = outgoing;
        if output.is_too_long() {
            return Err(StateError::data_limit(&visit.state.name));
        }
        let assigned = variables::checked(assigned, visit)?;
        self.output_bytes += output.text().len();
        self.observe(visit, Stage::Output, &output);
        if let Some(state_type) = exited_type(&visit.state.kind) {
            let assigned_variables = assigned
                .iter()
                .map(|(name, value)| (name.clone(), value.text().clone()))
                .collect();
            let event = StateEvent::Exited {
                state_type,
                name: visit.state.name.clone(),
                output: output.text().clone(),
                assigned_variables,
            };
            self.emit(visit.thread, EventKind::State(event));
        }
        self.assign(visit, &assigned);
        match transition {
            Transition::Next(next) => self.go_to(visit.thread, next, output),
            Transition::End => self.end_thread(visit.thread, output),
        }
        Ok(())
    }

    fn assign(&mut self, visit: &Visit<'m>, assigned: &IndexMap<Arc<str>, Payload>) {
        if assigned.is_empty() {
            return;
        }
        let mut variables = Variables::clone(&visit.variables);
        for (name, value) in assigned {
            variables.insert(name.to_string(), value.to_value());
        }
        if self.is_observed() {
            let pairs = variables
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()));
            let shown = Value::Object(pairs.collect()).to_string();
            self.observe(
                visit,
                Stage::Variables,
                &Payload::from_text(Arc::from(shown)),
            );
        }
        if let Some(thread) = self.thread(visit.thread) {
            thread.variables = Some(Arc::new(variables));
        }
    }

    fn go_to(&mut self, id: ThreadId, next: StateId, input: Payload) {
        if let Some(thread) = self.thread(id) {
            thread.state = next;
            thread.entered = 0;
            thread.input = input;
            thread.last_map_run = None;
            thread.activity = Activity::Running;
            self.execution.ready.push_front(Work::Enter(id));
        }
    }

    /// A thread has come to the end of its block.
    fn end_thread(&mut self, id: ThreadId, output: Payload) {
        let Some(thread) = self.execution.threads.remove(&id) else {
            return;
        };
        match thread.parent {
            None => self.finish_succeeded(thread.previous, &output),
            Some((parent, slot)) => self.slot_done(parent, slot, thread.previous, output),
        }
    }

    /// The state that a thread is in, by its event's name.
    pub(super) fn state_of(&self, id: ThreadId) -> Option<&'m State> {
        self.machine.state(self.execution.threads.get(&id)?.state)
    }
}

fn entered_type(kind: &StateKind) -> EnteredType {
    match kind {
        StateKind::Task(_) => EnteredType::Task,
        StateKind::Pass(_) => EnteredType::Pass,
        StateKind::Choice(_) => EnteredType::Choice,
        StateKind::Wait(_) => EnteredType::Wait,
        StateKind::Succeed => EnteredType::Succeed,
        StateKind::Fail(_) => EnteredType::Fail,
        StateKind::Parallel(_) => EnteredType::Parallel,
        StateKind::Map(_) => EnteredType::Map,
    }
}

/// Fail has no exited event.
fn exited_type(kind: &StateKind) -> Option<ExitedType> {
    Some(match kind {
        StateKind::Task(_) => ExitedType::Task,
        StateKind::Pass(_) => ExitedType::Pass,
        StateKind::Choice(_) => ExitedType::Choice,
        StateKind::Wait(_) => ExitedType::Wait,
        StateKind::Succeed => ExitedType::Succeed,
        StateKind::Parallel(_) => ExitedType::Parallel,
        StateKind::Map(_) => ExitedType::Map,
        StateKind::Fail(_) => return None,
    })
}
