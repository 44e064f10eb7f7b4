//! JSONata values of a state: walks them and hands each expression to the seam in [`super::query_language`].

use super::data::{Assigned, Surroundings};
use super::error::StateError;
use super::payload::Payload;
use super::query_language::{self, Bindings, ExpressionError};
use super::run::Run;
use crate::definition::expression;
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::sync::Arc;

/// `$states`, with what it has at one moment (asl-rules 7). Nothing is read or copied before an expression asks.
pub(super) struct States<'s> {
    input: &'s Payload,
    context: &'s Value,
    /// `result` or `errorOutput`.
    outcome: Option<(&'static str, &'s Payload)>,
}

impl<'s> States<'s> {
    /// Before the work: `input` and `context`.
    pub(super) fn of_input(around: &'s Surroundings<'_, '_>) -> Self {
        Self {
            input: &around.visit.input,
            context: &around.context,
            outcome: None,
        }
    }

    /// After the work: with `result`.
    pub(super) fn of_result(around: &'s Surroundings<'_, '_>, result: &'s Payload) -> Self {
        let outcome = Some(("result", result));
        Self {
            outcome,
            ..Self::of_input(around)
        }
    }

    /// In a catcher: with `errorOutput`.
    pub(super) fn of_error(around: &'s Surroundings<'_, '_>, error: &'s Payload) -> Self {
        let outcome = Some(("errorOutput", error));
        Self {
            outcome,
            ..Self::of_input(around)
        }
    }

    fn members(&self) -> Vec<(&'static str, &'s Value)> {
        let mut members: Vec<(_, &Value)> =
            vec![("input", self.input.value()), ("context", self.context)];
        let outcome = self.outcome.map(|(name, value)| (name, &**value.value()));
        members.extend(outcome);
        members
    }
}

impl<'m> Run<'m> {
    /// A value of the definition with its expressions evaluated, at any depth.
    pub(super) fn evaluate(
        &mut self,
        around: &Surroundings<'_, 'm>,
        states: &States<'_>,
        value: &Value,
        location: &str,
    ) -> Result<Value, StateError> {
        match value {
            Value::String(text) => match expression(text) {
                Some(text) => self.evaluate_text(around, states, text, location),
                None => Ok(value.clone()),
            },
            Value::Array(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    self.evaluate(around, states, item, &format!("{location}[{index}]"))
                });
                items.collect::<Result<_, _>>().map(Value::Array)
            }
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| {
                    let value = self.evaluate(around, states, value, &format!("{location}/{name}"));
                    Ok((name.clone(), value?))
                });
                members
                    .collect::<Result<Map<_, _>, StateError>>()
                    .map(Value::Object)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
        }
    }

    /// The value of one expression.
    pub(super) fn evaluate_text(
        &mut self,
        around: &Surroundings<'_, 'm>,
        states: &States<'_>,
        text: &str,
        location: &str,
    ) -> Result<Value, StateError> {
        let bindings = Bindings {
            states: if query_language::reads_states(text) {
                states.members()
            } else {
                Vec::new()
            },
            variables: &around.visit.variables,
            now_ms: self.now_ms,
        };
        let value = query_language::evaluate(self.machine, text, &bindings, &mut self.entropy);
        value.map_err(|error| {
            let field =
                format!("The JSONata expression '{text}' specified for the field '{location}'");
            let cause = match error {
                ExpressionError::Failed(error) => {
                    format!("{field} threw an error during evaluation. {error}")
                }
                ExpressionError::Undefined => format!("{field} returned nothing (undefined)."),
                ExpressionError::Unsupported => {
                    format!("{field} returned an unsupported result type.")
                }
            };
            StateError::evaluation(Some(location), &cause)
        })
    }

    /// The values of an `Assign`.
    pub(super) fn evaluate_assign(
        &mut self,
        around: &Surroundings<'_, 'm>,
        states: &States<'_>,
        values: &IndexMap<Arc<str>, Value>,
    ) -> Result<Assigned, StateError> {
        let values = values.iter().map(|(name, value)| {
            let value = self.evaluate(around, states, value, &format!("Assign/{name}"))?;
            Ok((name.clone(), value))
        });
        values.collect()
    }
}

/// The error of an expression whose value is of the wrong type.
pub(super) fn unexpected_type(
    text: &str,
    location: &str,
    expected: &str,
    value: &Value,
) -> StateError {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let cause = format!(
        "The JSONata expression '{text}' specified for the field '{location}' returned an unexpected \
         result type. Expected '{expected}', but was '{found}' for value: {value}"
    );
    StateError::evaluation(Some(location), &cause)
}
