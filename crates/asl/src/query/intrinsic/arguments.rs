//! Arguments, checked.

use super::{Function, Refusal};
use crate::query::json;
use serde_json::{Map, Value};

/// What a function was given.
pub(crate) struct Arguments {
    pub(crate) function: Function,
    pub(crate) values: Vec<Value>,
}

/// Values that are no integers are rounded half up: 1.5 becomes 2, -1.5 becomes -1 (asl-rules 6).
pub(super) fn round(number: f64) -> f64 {
    (number + 0.5).floor()
}

impl Arguments {
    pub(super) fn refuse<T>(&self, message: impl Into<String>) -> Result<T, Refusal> {
        Err(Refusal::Message(self.function, message.into()))
    }

    /// Exactly `N` arguments.
    pub(super) fn exactly<const N: usize>(&self) -> Result<&[Value; N], Refusal> {
        match self.values.as_slice().try_into() {
            Ok(values) => Ok(values),
            Err(_) => self.refuse(format!(
                "It takes {} but was given {}",
                count(N),
                self.values.len()
            )),
        }
    }

    pub(super) fn text<'v>(&self, value: &'v Value, what: &str) -> Result<&'v str, Refusal> {
        value
            .as_str()
            .map_or_else(|| self.wrong(what, "text", value), Ok)
    }

    pub(super) fn array<'v>(&self, value: &'v Value, what: &str) -> Result<&'v [Value], Refusal> {
        value.as_array().map_or_else(
            || self.wrong(what, "an array", value),
            |items| Ok(items.as_slice()),
        )
    }

    pub(super) fn object<'v>(
        &self,
        value: &'v Value,
        what: &str,
    ) -> Result<&'v Map<String, Value>, Refusal> {
        value
            .as_object()
            .map_or_else(|| self.wrong(what, "an object", value), Ok)
    }

    /// A number, rounded to an integer.
    pub(super) fn integer(&self, value: &Value, what: &str) -> Result<i64, Refusal> {
        match value {
            Value::Number(number) => match number.as_i64() {
                Some(integer) => Ok(integer),
                None => {
                    let rounded = round(json::double(number));
                    if rounded.abs() < 9e15 {
                        Ok(rounded as i64)
                    } else {
                        self.wrong(what, "an integer", value)
                    }
                }
            },
            _ => self.wrong(what, "a number", value),
        }
    }

    /// An integer of 32 bits.
    pub(super) fn small_integer(&self, value: &Value, what: &str) -> Result<i32, Refusal> {
        let integer = self.integer(value, what)?;
        i32::try_from(integer).or_else(|_| self.wrong(what, "an integer of 32 bits", value))
    }

    fn wrong<T>(&self, what: &str, wanted: &str, found: &Value) -> Result<T, Refusal> {
        let shown: String = found.to_string().chars().take(200).collect();
        self.refuse(format!("The {what} must be {wanted} but was {shown}"))
    }
}

fn count(n: usize) -> String {
    match n {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        n => format!("{n} arguments"),
    }
}
