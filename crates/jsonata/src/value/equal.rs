//! Equality: of what values mean (`=`), and of what they are (`in`).

use super::{Array, Object, Value, WALK, too_deep};
use crate::fault::Fault;

/// Takes steps for what is compared.
pub(crate) type Spend<'s> = dyn FnMut(u64) -> Result<(), Fault> + 's;

/// Whether two values mean the same. Arrays keep their order, objects have none.
///
/// # Errors
///
/// D1016 for input that is nested too deeply, and whatever `spend` ends with.
pub(crate) fn deep_equal(
    left: &Value<'_>,
    right: &Value<'_>,
    spend: &mut Spend<'_>,
) -> Result<bool, Fault> {
    equal(left, right, WALK, spend)
}

fn equal(
    left: &Value<'_>,
    right: &Value<'_>,
    depth: u32,
    spend: &mut Spend<'_>,
) -> Result<bool, Fault> {
    let deeper = || depth.checked_sub(1).ok_or_else(too_deep);
    match (left, right) {
        (Value::Array(one), Value::Array(two)) if !one.same(two) => {
            arrays(one, two, deeper()?, spend)
        }
        (Value::Object(one), Value::Object(two)) if !one.same(two) => {
            objects(one, two, deeper()?, spend)
        }
        (Value::Text(one), Value::Text(two)) => {
            spend(one.len().min(two.len()) as u64 / 64)?;
            Ok(one == two)
        }
        _ => Ok(identical(left, right)),
    }
}

fn arrays(
    left: &Array<'_>,
    right: &Array<'_>,
    depth: u32,
    spend: &mut Spend<'_>,
) -> Result<bool, Fault> {
    if left.len() != right.len() {
        return Ok(false);
    }
    for (one, two) in left.iter().zip(right.iter()) {
        spend(1)?;
        if !equal(&one, &two, depth, spend)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn objects(
    left: &Object<'_>,
    right: &Object<'_>,
    depth: u32,
    spend: &mut Spend<'_>,
) -> Result<bool, Fault> {
    if left.len() != right.len() {
        return Ok(false);
    }
    for (name, one) in left.iter() {
        let Some(two) = right.get(&name) else {
            return Ok(false);
        };
        spend(1)?;
        if !equal(&one, &two, depth, spend)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether two values are one: the same number, text or Boolean, or the very same array, object or function.
pub(crate) fn identical(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (left, right) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(two)) => one == two,
        (Value::Number(one), Value::Number(two)) => one == two,
        (Value::Text(one), Value::Text(two)) => one == two,
        (Value::Array(one), Value::Array(two)) => one.same(two),
        (Value::Object(one), Value::Object(two)) => one.same(two),
        (Value::Function(one), Value::Function(two)) => one.same(two),
        _ => false,
    }
}
