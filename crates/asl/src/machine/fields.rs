//! Fields that are written down, read by a path or given by an expression: their values at run time.

use super::data::{Surroundings, not_found, query_error};
use super::error::StateError;
use super::jsonata::{States, unexpected_type};
use super::payload::Payload;
use super::run::Run;
use crate::definition::{Amount, TextField};
use crate::query::{Path, QueryError};
use serde_json::Value;

/// Numbers from 0 up to this are whole and exact in a double.
const MAX_EXACT: f64 = 9_007_199_254_740_991.0;

impl<'m> Run<'m> {
    /// A whole number from 0 on. `name` is the field's name without `Path`.
    pub(super) fn count(
        &mut self,
        around: &Surroundings<'_, 'm>,
        amount: &Amount<u64>,
        input: &Payload,
        name: &str,
    ) -> Result<u64, StateError> {
        let number = match amount {
            Amount::Fixed(count) => return Ok(*count),
            Amount::Path(path) => whole_at(around, path, input, name)?,
            Amount::Expression(text) => self.number_of_expression(around, text, name, "integer")?,
        };
        whole(number).ok_or_else(|| StateError::runtime(&format!("{name} cannot be negative.")))
    }

    /// A whole number of either sign. `name` is the field's name without `Path`.
    pub(super) fn integer(
        &mut self,
        around: &Surroundings<'_, 'm>,
        amount: &Amount<i64>,
        input: &Payload,
        name: &str,
    ) -> Result<i64, StateError> {
        let number = match amount {
            Amount::Fixed(integer) => return Ok(*integer),
            Amount::Path(path) => whole_at(around, path, input, name)?,
            Amount::Expression(text) => self.number_of_expression(around, text, name, "integer")?,
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the range is limited just here"
        )]
        Ok(number.clamp(-MAX_EXACT, MAX_EXACT) as i64)
    }

    /// A percentage. `name` is the field's name without `Path`.
    pub(super) fn percentage(
        &mut self,
        around: &Surroundings<'_, 'm>,
        amount: &Amount<f64>,
        input: &Payload,
        name: &str,
    ) -> Result<f64, StateError> {
        let number = match amount {
            Amount::Fixed(number) => *number,
            Amount::Path(path) => {
                let value = around.path(path, input)?;
                as_number(&value).ok_or_else(|| bad_number(name, &value, "float", path.text()))?
            }
            Amount::Expression(text) => self.number_of_expression(around, text, name, "number")?,
        };
        if (0.0..=100.0).contains(&number) {
            return Ok(number);
        }
        Err(StateError::runtime(&format!(
            "{name} must be between 0 and 100."
        )))
    }

    fn number_of_expression(
        &mut self,
        around: &Surroundings<'_, 'm>,
        text: &str,
        name: &str,
        expected: &str,
    ) -> Result<f64, StateError> {
        let states = States::of_input(around);
        let value = self.evaluate_text(around, &states, text, name)?;
        let number = value
            .as_f64()
            .filter(|number| expected == "number" || number.fract() == 0.0);
        number.ok_or_else(|| unexpected_type(text, name, expected, &value))
    }

    /// A text. `name` is the field's name without `Path`.
    pub(super) fn text_field(
        &mut self,
        around: &Surroundings<'_, 'm>,
        field: &TextField,
        input: &Payload,
        name: &str,
    ) -> Result<String, StateError> {
        let value = match field {
            TextField::Fixed(text) => return Ok(text.to_string()),
            TextField::Path(path) => path.eval(&around.scope(input.value())),
            TextField::Intrinsic(call) => {
                call.eval(&around.scope(input.value()), &mut self.entropy)
            }
            TextField::Expression(text) => return self.text_of_expression(around, text, name),
        };
        match value {
            Ok(Value::String(text)) => Ok(text),
            Ok(value) => Err(StateError::runtime(&format!(
                "The {name}Path field refers to value \"{value}\" which is not a valid string"
            ))),
            Err(QueryError::NotFound { path, .. }) => {
                Err(not_found(&path, &format!("{name}Path"), input))
            }
            Err(error) => Err(query_error(&error)),
        }
    }

    pub(super) fn text_of_expression(
        &mut self,
        around: &Surroundings<'_, 'm>,
        text: &str,
        name: &str,
    ) -> Result<String, StateError> {
        let states = States::of_input(around);
        match self.evaluate_text(around, &states, text, name)? {
            Value::String(text) => Ok(text),
            value => Err(unexpected_type(text, name, "string", &value)),
        }
    }
}

/// The number without a fraction to which a path leads.
fn whole_at(
    around: &Surroundings<'_, '_>,
    path: &Path,
    input: &Payload,
    name: &str,
) -> Result<f64, StateError> {
    let value = around.path(path, input)?;
    let number = as_number(&value).filter(|number| number.fract() == 0.0);
    number.ok_or_else(|| bad_number(name, &value, "integer", path.text()))
}

/// A number, or a text that holds one (asl-rules 10).
fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn whole(number: f64) -> Option<u64> {
    if !(0.0..=MAX_EXACT).contains(&number) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was just checked"
    )]
    Some(number as u64)
}

fn bad_number(name: &str, value: &Value, kind: &str, path: &str) -> StateError {
    let shown = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    StateError::runtime(&format!(
        "The {name}Path field refers to value \"{shown}\" which is not a valid {kind}: {path}"
    ))
}
