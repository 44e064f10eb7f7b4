//! How much work one evaluation may do.
//!
//! Queries and documents come from strangers: `$..*` on a wide document, or a template that copies its input a thousand
//! times, must end in an error and not in a stalled server.

use super::QueryError;
use serde_json::Value;

/// Units of work for one evaluation: one for each value visited or copied, one for each 32 bytes of text.
const WORK: u64 = 4_000_000;

/// Depth to which a result may be nested.
pub(crate) const MAX_VALUE_DEPTH: usize = 1_000;

/// Counts down while an evaluation works.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { left: WORK }
    }

    /// Takes `units`, or says that nothing is left.
    pub(crate) fn charge(&mut self, units: usize) -> Result<(), QueryError> {
        match self.left.checked_sub(units as u64) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(too_much_work()),
        }
    }

    /// Takes what a text of `bytes` costs.
    pub(crate) fn charge_text(&mut self, bytes: usize) -> Result<(), QueryError> {
        self.charge(1 + bytes / 32)
    }

    /// A copy of `value`, paid for.
    pub(crate) fn copy(&mut self, value: &Value) -> Result<Value, QueryError> {
        self.charge_value(value)?;
        Ok(value.clone())
    }

    /// Takes what a copy of `value` costs.
    pub(crate) fn charge_value(&mut self, value: &Value) -> Result<(), QueryError> {
        let mut open = vec![value];
        while let Some(next) = open.pop() {
            self.charge_text(match next {
                Value::String(text) => text.len(),
                Value::Null | Value::Bool(_) | Value::Number(_) => 0,
                Value::Array(items) => {
                    open.extend(items);
                    0
                }
                Value::Object(members) => {
                    open.extend(members.values());
                    members.keys().map(String::len).sum()
                }
            })?;
        }
        Ok(())
    }
}

fn too_much_work() -> QueryError {
    QueryError::Limit(
        "The query needs more work than is allowed; narrow its path or its input".to_owned(),
    )
}

/// Refuses a value that is nested too deeply to be handed on.
pub(crate) fn check_depth(value: &Value) -> Result<(), QueryError> {
    let mut open = vec![(value, 1)];
    while let Some((next, depth)) = open.pop() {
        if depth > MAX_VALUE_DEPTH {
            return Err(QueryError::Limit(format!(
                "The result is nested deeper than {MAX_VALUE_DEPTH} levels"
            )));
        }
        match next {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(members) => {
                open.extend(members.values().map(|member| (member, depth + 1)))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    Ok(())
}
