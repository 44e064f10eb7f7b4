//! The way of data through a state (asl-rules 10): input, effective input, result, output, variables.

use super::context::Extras;
use super::error::StateError;
use super::payload::Payload;
use super::run::{Run, Visit};
use super::{Stage, jsonata};
use crate::definition::{Assign, DataFlow, FlowPath, JsonPathFlow, ResultPath};
use crate::query::{Path, QueryError, Scope, Template};
use indexmap::IndexMap;
use serde_json::Value;
use std::sync::Arc;

/// Values that a state sets, by variable name.
pub(super) type Assigned = IndexMap<Arc<str>, Value>;

/// What a finished state hands on.
pub(super) struct Outgoing {
    pub(super) output: Payload,
    pub(super) assigned: Assigned,
}

/// A state's query surroundings: its visit and the context object.
pub(super) struct Surroundings<'v, 'm> {
    pub(super) visit: &'v Visit<'m>,
    pub(super) context: Value,
}

impl<'v> Surroundings<'v, '_> {
    pub(super) fn scope<'a>(&'a self, input: &'a Value) -> Scope<'a>
    where
        'v: 'a,
    {
        Scope {
            input,
            context: &self.context,
            variables: &self.visit.variables,
        }
    }

    /// The value at a path of a field such as `InputPath` or `SecondsPath`.
    pub(super) fn path(&self, path: &Path, input: &Payload) -> Result<Value, StateError> {
        path.eval(&self.scope(input.value()))
            .map_err(|error| path_error(path, &error))
    }

    fn flow_path(&self, path: &FlowPath, input: &Payload) -> Result<Payload, StateError> {
        match path {
            FlowPath::Whole => Ok(input.clone()),
            FlowPath::Empty => Ok(Payload::empty_object()),
            FlowPath::Path(path) => payload(self.path(path, input)?),
        }
    }
}

impl<'m> Run<'m> {
    pub(super) fn surroundings<'v>(
        &self,
        visit: &'v Visit<'m>,
        extras: Extras,
    ) -> Surroundings<'v, 'm> {
        Surroundings {
            visit,
            context: self.context(visit, extras),
        }
    }

    /// The raw input after `InputPath`.
    pub(super) fn after_input_path(
        &mut self,
        around: &Surroundings<'_, 'm>,
        flow: &JsonPathFlow,
    ) -> Result<Payload, StateError> {
        let input = around.flow_path(&flow.input_path, &around.visit.input)?;
        self.observe(around.visit, Stage::AfterInputPath, &input);
        Ok(input)
    }

    /// `InputPath` and `Parameters`, or `Arguments`: what the work of the state gets.
    pub(super) fn effective_input(
        &mut self,
        around: &Surroundings<'_, 'm>,
    ) -> Result<Payload, StateError> {
        match &around.visit.state.data {
            DataFlow::JsonPath(flow) => {
                let input = self.after_input_path(around, flow)?;
                self.after_parameters(around, flow, input)
            }
            DataFlow::Jsonata(flow) => {
                let Some(arguments) = &flow.arguments else {
                    return Ok(around.visit.input.clone());
                };
                let states = jsonata::States::of_input(around);
                let value = self.evaluate(around, &states, arguments, "Arguments")?;
                let arguments = payload(value)?;
                self.observe(around.visit, Stage::AfterArguments, &arguments);
                Ok(arguments)
            }
        }
    }

    pub(super) fn after_parameters(
        &mut self,
        around: &Surroundings<'_, 'm>,
        flow: &JsonPathFlow,
        input: Payload,
    ) -> Result<Payload, StateError> {
        let parameters = match &flow.parameters {
            None => input,
            Some(template) => payload(self.template(around, template, &input)?)?,
        };
        self.observe(around.visit, Stage::AfterParameters, &parameters);
        Ok(parameters)
    }

    /// The value of a payload template.
    pub(super) fn template(
        &mut self,
        around: &Surroundings<'_, 'm>,
        template: &Template,
        input: &Payload,
    ) -> Result<Value, StateError> {
        let scope = around.scope(input.value());
        template
            .eval(&scope, &mut self.entropy)
            .map_err(|error| template_error(&error, input))
    }

    /// From the result of a state's work to its output and variables (Task, Parallel, Map).
    pub(super) fn after_work(
        &mut self,
        around: &Surroundings<'_, 'm>,
        result: &Payload,
    ) -> Result<Outgoing, StateError> {
        self.observe(around.visit, Stage::Result, result);
        match &around.visit.state.data {
            DataFlow::JsonPath(flow) => {
                let selected = match &flow.result_selector {
                    None => result.clone(),
                    Some(template) => payload(self.template(around, template, result)?)?,
                };
                self.observe(around.visit, Stage::AfterResultSelector, &selected);
                let assigned = self.assigned(around, result)?;
                let output = self.after_result_path(around, flow, &selected)?;
                Ok(Outgoing { output, assigned })
            }
            DataFlow::Jsonata(flow) => {
                let states = jsonata::States::of_result(around, result);
                self.jsonata_outgoing(around, &states, flow.output.as_ref(), result)
            }
        }
    }

    /// `ResultPath` on the raw input, and `OutputPath`.
    pub(super) fn after_result_path(
        &mut self,
        around: &Surroundings<'_, 'm>,
        flow: &JsonPathFlow,
        result: &Payload,
    ) -> Result<Payload, StateError> {
        let merged = merge(&flow.result_path, &around.visit.input, result)?;
        self.observe(around.visit, Stage::AfterResultPath, &merged);
        around.flow_path(&flow.output_path, &merged)
    }

    /// `OutputPath` alone, for states without a result.
    pub(super) fn after_output_path(
        &mut self,
        around: &Surroundings<'_, 'm>,
        flow: &JsonPathFlow,
        input: &Payload,
    ) -> Result<Payload, StateError> {
        around.flow_path(&flow.output_path, input)
    }

    /// The values of the state's own `Assign` in a JSONPath state; `seen` is its `$`.
    pub(super) fn assigned(
        &mut self,
        around: &Surroundings<'_, 'm>,
        seen: &Payload,
    ) -> Result<Assigned, StateError> {
        self.assigned_by(around, around.visit.state.assign.as_ref(), seen)
    }

    /// The values of an `Assign` template; `seen` is its `$`.
    pub(super) fn assigned_by(
        &mut self,
        around: &Surroundings<'_, 'm>,
        assign: Option<&Assign>,
        seen: &Payload,
    ) -> Result<Assigned, StateError> {
        let Some(Assign::Template(template)) = assign else {
            return Ok(Assigned::new());
        };
        match self.template(around, template, seen)? {
            Value::Object(values) => Ok(values
                .into_iter()
                .map(|(name, value)| (Arc::from(name), value))
                .collect()),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Ok(Assigned::new()),
        }
    }

    /// Output and variables of a state without work (Pass, Wait, Succeed) in JSONata.
    pub(super) fn jsonata_outgoing(
        &mut self,
        around: &Surroundings<'_, 'm>,
        states: &jsonata::States<'_>,
        output: Option<&Value>,
        otherwise: &Payload,
    ) -> Result<Outgoing, StateError> {
        let assigned = match &around.visit.state.assign {
            Some(Assign::Expressions(values)) => self.evaluate_assign(around, states, values)?,
            Some(Assign::Template(_)) | None => Assigned::new(),
        };
        let output = match output {
            None => otherwise.clone(),
            Some(value) => payload(self.evaluate(around, states, value, "Output")?)?,
        };
        Ok(Outgoing { output, assigned })
    }
}

/// A computed value as a payload.
pub(super) fn payload(value: Value) -> Result<Payload, StateError> {
    Payload::from_value(value).map_err(|_| {
        StateError::runtime("A value is nested more deeply than an execution can hold.")
    })
}

/// `ResultPath`: the raw input with the result in its place.
pub(super) fn merge(
    path: &ResultPath,
    input: &Payload,
    result: &Payload,
) -> Result<Payload, StateError> {
    match path {
        ResultPath::Replace => Ok(result.clone()),
        ResultPath::Discard => Ok(input.clone()),
        ResultPath::Set(path) => match path.set(input.to_value(), result.to_value()) {
            Ok(value) => payload(value),
            Err(_) => {
                let cause = format!(
                    "Unable to apply step \"{}\" to input {}",
                    path.text(),
                    input.text()
                );
                Err(StateError::fields("States.ResultPathMatchFailure", &cause))
            }
        },
    }
}

/// The error of a path in a field such as `InputPath`.
fn path_error(path: &Path, error: &QueryError) -> StateError {
    match error {
        QueryError::NotFound { reason, .. } => {
            StateError::runtime(&format!("Invalid path '{}' : {reason}", path.text()))
        }
        QueryError::Intrinsic { .. }
        | QueryError::ResultPathMatch { .. }
        | QueryError::Pattern { .. }
        | QueryError::Limit(_) => query_error(error),
    }
}

/// The error of a key in a payload template.
fn template_error(error: &QueryError, input: &Payload) -> StateError {
    match error {
        QueryError::NotFound {
            path,
            call: Some(call),
            ..
        } => {
            let input = input.text();
            StateError::runtime(&format!(
                "The function '{call}' had the following error: The JsonPath argument for the field \
                 '{path}' could not be found in the input '{input}'"
            ))
        }
        QueryError::NotFound {
            path,
            field: Some(field),
            ..
        } => not_found(path, field, input),
        QueryError::NotFound { field: None, .. }
        | QueryError::Intrinsic { .. }
        | QueryError::ResultPathMatch { .. }
        | QueryError::Pattern { .. }
        | QueryError::Limit(_) => query_error(error),
    }
}

/// The error of a path that found nothing, with the field in which it stands.
pub(super) fn not_found(path: &str, field: &str, input: &Payload) -> StateError {
    let input = input.text();
    StateError::runtime(&format!(
        "The JSONPath '{path}' specified for the field '{field}' could not be found in the input '{input}'"
    ))
}

/// Any other error of a query.
pub(super) fn query_error(error: &QueryError) -> StateError {
    match error {
        QueryError::Intrinsic { message, call, .. } => StateError::fields(
            "States.IntrinsicFailure",
            &format!("The function '{call}' had the following error: {message}"),
        ),
        QueryError::NotFound { .. }
        | QueryError::ResultPathMatch { .. }
        | QueryError::Pattern { .. }
        | QueryError::Limit(_) => StateError::runtime(&error.to_string()),
    }
}
