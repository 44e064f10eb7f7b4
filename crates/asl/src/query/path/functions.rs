//! Functions at the end of a path: `$.prices.max()`.

use super::ast::{Argument, Function};
use super::eval::{self, Env, Halt};
use crate::query::budget::Budget;
use crate::query::json;
use serde_json::{Number, Value};

/// The value of `function` for `value`.
pub(crate) fn call(
    function: Function,
    arguments: &[Argument],
    value: &Value,
    env: &Env<'_>,
    budget: &mut Budget,
) -> Result<Value, Halt> {
    budget.charge_value(value)?;
    let arguments = arguments
        .iter()
        .map(|argument| read(argument, env, budget))
        .collect::<Result<Vec<_>, _>>()?;
    match function {
        Function::Length => Ok(length(arguments.first().unwrap_or(value))),
        Function::Min => aggregate(&numbers(value, &arguments), |n| {
            n.iter().copied().fold(f64::INFINITY, f64::min)
        }),
        Function::Max => aggregate(&numbers(value, &arguments), |n| {
            n.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        }),
        Function::Avg => aggregate(&numbers(value, &arguments), mean),
        Function::Sum => aggregate(&numbers(value, &arguments), |n| n.iter().sum()),
        Function::StdDev => aggregate(&numbers(value, &arguments), deviation),
        Function::Keys => Ok(match value {
            Value::Object(members) => members.keys().map(String::as_str).collect(),
            _ => Value::Null,
        }),
        Function::Concat => Ok(concat(value, &arguments)),
        Function::Append => Ok(append(value, arguments)),
        Function::First => element(value, &Value::from(0)),
        Function::Last => element(value, &Value::from(-1)),
        Function::Index => element(value, arguments.first().unwrap_or(&Value::Null)),
    }
}

fn read(argument: &Argument, env: &Env<'_>, budget: &mut Budget) -> Result<Value, Halt> {
    match argument {
        Argument::Literal(value) => Ok(budget.copy(value)?),
        Argument::Path(query) => {
            let found = eval::read(query, env, budget)?;
            budget.charge_value(&found)?;
            Ok(found.into_owned())
        }
    }
}

fn length(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::from(items.len()),
        Value::Object(members) => Value::from(members.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Value::Null,
    }
}

fn numbers(value: &Value, arguments: &[Value]) -> Vec<f64> {
    let own = value.as_array().into_iter().flatten();
    let given = arguments.iter().flat_map(|argument| match argument {
        Value::Array(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    });
    own.chain(given)
        .filter_map(Value::as_number)
        .map(json::double)
        .collect()
}

fn aggregate(numbers: &[f64], combine: impl Fn(&[f64]) -> f64) -> Result<Value, Halt> {
    if numbers.is_empty() {
        return Err(nothing_to_combine());
    }
    Ok(Number::from_f64(combine(numbers)).map_or(Value::Null, Value::Number))
}

/// Jayway's words, for `first`, `last` and `index` as well.
fn nothing_to_combine() -> Halt {
    Halt::Missing("Aggregation function attempted to calculate value using empty array".to_owned())
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// The standard deviation of the whole population.
fn deviation(numbers: &[f64]) -> f64 {
    let squares: Vec<f64> = numbers.iter().map(|n| n * n).collect();
    (mean(&squares) - mean(numbers).powi(2)).max(0.0).sqrt()
}

/// Texts of the list and of the arguments, joined.
fn concat(value: &Value, arguments: &[Value]) -> Value {
    let own = value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned);
    let given = arguments.iter().flat_map(|argument| match argument {
        Value::Array(items) => items.iter().map(json::java_text).collect::<Vec<_>>(),
        other => vec![json::java_text(other)],
    });
    Value::String(own.chain(given).collect())
}

fn append(value: &Value, arguments: Vec<Value>) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().cloned().chain(arguments).collect()),
        other => other.clone(),
    }
}

fn element(value: &Value, index: &Value) -> Result<Value, Halt> {
    let items = value.as_array().ok_or_else(nothing_to_combine)?;
    let index = index.as_i64().ok_or_else(nothing_to_combine)?;
    let steps = usize::try_from(index.unsigned_abs()).ok();
    let position = if index < 0 {
        steps.and_then(|steps| items.len().checked_sub(steps))
    } else {
        steps
    };
    position
        .and_then(|position| items.get(position))
        .cloned()
        .ok_or_else(nothing_to_combine)
}
