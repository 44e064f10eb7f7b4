//! Operators that make one value of two, and what counts as true.

use super::machine::Machine;
use crate::fault::{Code, Fault};
use crate::functions::print;
use crate::syntax::Operator;
use crate::value::{Array, Value, WALK, deep_equal, identical, too_deep};

/// The longest range that may be written.
const LONGEST_RANGE: f64 = 1e7;

/// A number that can be reckoned with: `None` for what is no number.
///
/// # Errors
///
/// D1001 for an infinite one.
pub(crate) fn numeric(value: &Value<'_>) -> Result<Option<f64>, Fault> {
    match value {
        Value::Number(number) if number.is_nan() => Ok(None),
        Value::Number(number) if number.is_infinite() => Err(Fault::with(Code::D1001, "null")),
        Value::Number(number) => Ok(Some(*number)),
        _ => Ok(None),
    }
}

/// What counts as true. Nothing is neither.
///
/// # Errors
///
/// D1001 for an infinite number.
pub(crate) fn truth<'a>(
    machine: &mut Machine<'a, '_>,
    value: &Value<'a>,
) -> Result<Option<bool>, Fault> {
    truth_within(machine, value, WALK)
}

fn truth_within<'a>(
    machine: &mut Machine<'a, '_>,
    value: &Value<'a>,
    depth: u32,
) -> Result<Option<bool>, Fault> {
    Ok(Some(match value {
        Value::Undefined => return Ok(None),
        Value::Null | Value::Function(_) => false,
        Value::Bool(flag) => *flag,
        Value::Text(text) => !text.is_empty(),
        Value::Number(_) => numeric(value)?.is_some_and(|number| number != 0.0),
        Value::Object(object) => !object.is_empty(),
        Value::Array(array) => return truth_of_members(machine, array, depth),
    }))
}

/// A single member speaks for the array; of several one is enough.
fn truth_of_members<'a>(
    machine: &mut Machine<'a, '_>,
    array: &Array<'a>,
    depth: u32,
) -> Result<Option<bool>, Fault> {
    machine.pass_over(array.len())?;
    let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
    if let (1, Some(only)) = (array.len(), array.get(0)) {
        return truth_within(machine, &only, depth);
    }
    let mut any = false;
    for item in array.iter() {
        // All are looked at: an infinite number behind a true one is still an error.
        any |= truth_within(machine, &item, depth)?.unwrap_or(false);
    }
    Ok(Some(any))
}

/// Whether it counts as true; nothing does not.
pub(super) fn is_true<'a>(machine: &mut Machine<'a, '_>, value: &Value<'a>) -> Result<bool, Fault> {
    Ok(truth(machine, value)?.unwrap_or(false))
}

/// The value of an operator whose both sides are known; `and` and `or` decide before.
pub(super) fn compute<'a>(
    machine: &mut Machine<'a, '_>,
    operator: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Value<'a>, Fault> {
    match operator {
        Operator::Add
        | Operator::Subtract
        | Operator::Multiply
        | Operator::Divide
        | Operator::Remainder => arithmetic(operator, left, right),
        Operator::Equal => Ok(Value::Bool(same(machine, left, right)? == Some(true))),
        Operator::NotEqual => Ok(Value::Bool(same(machine, left, right)? == Some(false))),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            compare(machine, operator, left, right)
        }
        Operator::Range => range(left, right),
        Operator::In => {
            if let Value::Array(array) = right {
                machine.pass_over(array.len())?;
            }
            Ok(Value::Bool(contains(left, right)))
        }
        Operator::And => Ok(Value::Bool(
            is_true(machine, left)? && is_true(machine, right)?,
        )),
        Operator::Or => Ok(Value::Bool(
            is_true(machine, left)? || is_true(machine, right)?,
        )),
        // The machine joins texts, since that takes from the budget.
        Operator::Concatenate => Ok(Value::Undefined),
    }
}

/// Whether both mean the same; nothing is neither equal nor unequal to anything.
fn same<'a>(
    machine: &mut Machine<'a, '_>,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<bool>, Fault> {
    if !comparable(left, right) {
        return Ok(None);
    }
    deep_equal(left, right, &mut |steps| machine.spend(steps)).map(Some)
}

fn comparable(left: &Value<'_>, right: &Value<'_>) -> bool {
    !left.is_undefined() && !right.is_undefined()
}

fn arithmetic<'a>(
    operator: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Value<'a>, Fault> {
    let one = operand(left, Code::T2001)?;
    let two = operand(right, Code::T2002)?;
    let (Some(one), Some(two)) = (one, two) else {
        return Ok(Value::Undefined);
    };
    let result = match operator {
        Operator::Add => one + two,
        Operator::Subtract => one - two,
        Operator::Multiply => one * two,
        Operator::Divide => one / two,
        _ => one % two,
    };
    Ok(Value::Number(result))
}

fn operand(value: &Value<'_>, code: Code) -> Result<Option<f64>, Fault> {
    if value.is_undefined() {
        return Ok(None);
    }
    match numeric(value)? {
        Some(number) => Ok(Some(number)),
        None => Err(Fault::with(code, print(value))),
    }
}

fn compare<'a>(
    machine: &mut Machine<'a, '_>,
    operator: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Value<'a>, Fault> {
    let ordered =
        |value: &Value<'_>| matches!(value, Value::Undefined | Value::Number(_) | Value::Text(_));
    if !ordered(left) || !ordered(right) {
        return Err(Fault::new(Code::T2010));
    }
    let order = match (left, right) {
        (Value::Undefined, _) | (_, Value::Undefined) => return Ok(Value::Undefined),
        (Value::Number(one), Value::Number(two)) => one.partial_cmp(two),
        (Value::Text(one), Value::Text(two)) => {
            machine.spend(one.len().min(two.len()) as u64 / 64)?;
            Some(text_order(one, two))
        }
        _ => return Err(Fault::with(Code::T2009, print(left)).and(print(right))),
    };
    let holds = order.is_some_and(|order| match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    });
    Ok(Value::Bool(holds))
}

/// The order of texts is that of their UTF-16 units, which differs from that of characters beyond U+FFFF.
pub(crate) fn text_order(left: &str, right: &str) -> std::cmp::Ordering {
    if left.is_ascii() && right.is_ascii() {
        return left.cmp(right);
    }
    left.encode_utf16().cmp(right.encode_utf16())
}

fn range<'a>(left: &Value<'a>, right: &Value<'a>) -> Result<Value<'a>, Fault> {
    let bound = |value: &Value<'_>, code| match value {
        Value::Undefined => Ok(None),
        Value::Number(number) if number.fract() == 0.0 => Ok(Some(*number)),
        other => Err(Fault::with(code, print(other))),
    };
    let first = bound(left, Code::T2003)?;
    let last = bound(right, Code::T2004)?;
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(Value::Undefined);
    };
    if first > last {
        return Ok(Value::Undefined);
    }
    let size = last - first + 1.0;
    if size > LONGEST_RANGE {
        return Err(Fault::with(Code::D2014, crate::number::to_text(size)));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most ten million"
    )]
    let len = size as u32;
    Ok(Value::Array(Array::range(first, len)))
}

fn contains(left: &Value<'_>, right: &Value<'_>) -> bool {
    if !comparable(left, right) {
        return false;
    }
    match right {
        Value::Array(array) => array.iter().any(|item| identical(&item, left)),
        _ => identical(left, right),
    }
}
