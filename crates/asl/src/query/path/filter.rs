//! Decides whether an item passes a filter, by Jayway's rules.
//!
//! A path that finds nothing gives no value, and no comparison but `!=` holds for no value. Numbers and texts that spell
//! them are equal (`'5' == 5`), but have no order among each other.

use super::ast::{Filter, FilterOperator, Operand};
use super::eval::{self, Env, Halt};
use crate::query::budget::Budget;
use crate::query::json;
use crate::query::regex::Regex;
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

/// One side of a comparison, looked up.
enum Term<'e> {
    Nothing,
    Value(Cow<'e, Value>),
    Pattern(&'e Regex),
}

/// Whether `filter` holds for the current item.
pub(crate) fn holds(filter: &Filter, env: &Env<'_>, budget: &mut Budget) -> Result<bool, Halt> {
    budget.charge(1)?;
    match filter {
        Filter::Or(filters) => {
            for filter in filters {
                if holds(filter, env, budget)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Filter::And(filters) => {
            for filter in filters {
                if !holds(filter, env, budget)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Filter::Not(filter) => holds(filter, env, budget).map(|holds| !holds),
        Filter::Exists(query) => match eval::nodes(query, env, budget) {
            Ok(nodes) => Ok(!nodes.is_empty()),
            Err(Halt::Missing(_)) => Ok(false),
            Err(limit @ Halt::Limit(_)) => Err(limit),
        },
        Filter::Compare {
            left,
            operator,
            right,
        } => {
            let (left, right) = (term(left, env, budget)?, term(right, env, budget)?);
            compare(&left, *operator, &right, budget)
        }
    }
}

fn term<'e>(operand: &'e Operand, env: &Env<'e>, budget: &mut Budget) -> Result<Term<'e>, Halt> {
    match operand {
        Operand::Literal(value) => Ok(Term::Value(Cow::Borrowed(value))),
        Operand::Pattern(regex) => Ok(Term::Pattern(regex)),
        Operand::Path(query) => match eval::read(query, env, budget) {
            Ok(value) => Ok(Term::Value(value)),
            Err(Halt::Missing(_)) => Ok(Term::Nothing),
            Err(limit @ Halt::Limit(_)) => Err(limit),
        },
    }
}

fn compare(
    left: &Term<'_>,
    operator: FilterOperator,
    right: &Term<'_>,
    budget: &mut Budget,
) -> Result<bool, Halt> {
    match (left, right) {
        (Term::Value(left), Term::Value(right)) => {
            budget.charge_value(left)?;
            budget.charge_value(right)?;
            compare_values(left, operator, right, budget)
        }
        (Term::Value(value), Term::Pattern(regex)) | (Term::Pattern(regex), Term::Value(value)) => {
            match operator {
                FilterOperator::Matches => matches(value, regex, budget),
                other => Ok(is_negative(other)),
            }
        }
        _ => Ok(is_negative(operator)),
    }
}

fn is_negative(operator: FilterOperator) -> bool {
    matches!(operator, FilterOperator::NotEqual | FilterOperator::NotSame)
}

fn compare_values(
    left: &Value,
    operator: FilterOperator,
    right: &Value,
    budget: &mut Budget,
) -> Result<bool, Halt> {
    Ok(match operator {
        FilterOperator::Equal => equal(left, right),
        FilterOperator::NotEqual => !equal(left, right),
        FilterOperator::Same => json::equal(left, right),
        FilterOperator::NotSame => !json::equal(left, right),
        FilterOperator::Less => order(left, right).is_some_and(Ordering::is_lt),
        FilterOperator::LessOrEqual => order(left, right).is_some_and(Ordering::is_le),
        FilterOperator::Greater => order(left, right).is_some_and(Ordering::is_gt),
        FilterOperator::GreaterOrEqual => order(left, right).is_some_and(Ordering::is_ge),
        FilterOperator::Matches => false,
        FilterOperator::In => has(right, left),
        FilterOperator::NotIn => right.is_array() && !has(right, left),
        FilterOperator::Contains => contains(left, right),
        FilterOperator::SubsetOf => lists(left, right, budget, |left, right| {
            left.iter().all(|l| among(right, l))
        })?,
        FilterOperator::All => lists(left, right, budget, |left, right| {
            right.iter().all(|r| among(left, r))
        })?,
        FilterOperator::AnyOf => lists(left, right, budget, |left, right| {
            left.iter().any(|l| among(right, l))
        })?,
        FilterOperator::NoneOf => lists(left, right, budget, |left, right| {
            !left.iter().any(|l| among(right, l))
        })?,
        FilterOperator::Size => size(left).is_some_and(|size| equal(&Value::from(size), right)),
        FilterOperator::Empty => size(left).is_some_and(|size| *right == Value::Bool(size == 0)),
    })
}

/// Equality; a number equals the text that spells it.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(number), Value::String(text)) => text
            .parse()
            .is_ok_and(|parsed| json::compare_numbers(number, &parsed).is_eq()),
        (Value::String(text), Value::Number(number)) => *text == number.to_string(),
        _ => json::equal(left, right),
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(json::compare_numbers(left, right)),
        (Value::String(left), Value::String(right)) => {
            Some(left.encode_utf16().cmp(right.encode_utf16()))
        }
        _ => None,
    }
}

fn among(list: &[Value], wanted: &Value) -> bool {
    list.iter().any(|item| equal(item, wanted))
}

fn has(list: &Value, wanted: &Value) -> bool {
    list.as_array().is_some_and(|list| among(list, wanted))
}

fn contains(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left.contains(right.as_str()),
        _ => has(left, right),
    }
}

/// Compares two lists, paying for each pair.
fn lists(
    left: &Value,
    right: &Value,
    budget: &mut Budget,
    holds: impl Fn(&[Value], &[Value]) -> bool,
) -> Result<bool, Halt> {
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            budget.charge(left.len().saturating_mul(right.len()))?;
            Ok(holds(left, right))
        }
        _ => Ok(false),
    }
}

fn size(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.encode_utf16().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(members) => Some(members.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Whether the whole text, or one of a list of texts, fits the pattern.
fn matches(value: &Value, regex: &Regex, budget: &mut Budget) -> Result<bool, Halt> {
    match value {
        Value::String(text) => Ok(regex.matches(text, budget)?),
        Value::Number(_) | Value::Bool(_) => Ok(regex.matches(&value.to_string(), budget)?),
        Value::Array(items) => {
            for text in items.iter().filter_map(Value::as_str) {
                if regex.matches(text, budget)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Null | Value::Object(_) => Ok(false),
    }
}
