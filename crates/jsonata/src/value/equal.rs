//! Equality: of what values mean (`=`), and of what they are (`in`).

use super::{Array, Object, Value};

/// How deeply two values are compared; input may be deeper than anything that an expression can make.
const DEPTH: u32 = 2_000;

/// Whether two values mean the same. Arrays keep their order, objects have none.
pub(crate) fn deep_equal(left: &Value<'_>, right: &Value<'_>) -> bool {
    equal(left, right, DEPTH)
}

fn equal(left: &Value<'_>, right: &Value<'_>, depth: u32) -> bool {
    match (left, right) {
        (Value::Array(one), Value::Array(two)) => {
            one.same(two) || (depth > 0 && arrays(one, two, depth - 1))
        }
        (Value::Object(one), Value::Object(two)) => {
            one.same(two) || (depth > 0 && objects(one, two, depth - 1))
        }
        _ => identical(left, right),
    }
}

fn arrays(left: &Array<'_>, right: &Array<'_>, depth: u32) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right.iter())
            .all(|(one, two)| equal(&one, &two, depth))
}

fn objects(left: &Object<'_>, right: &Object<'_>, depth: u32) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .all(|(name, one)| right.get(&name).is_some_and(|two| equal(&one, &two, depth)))
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
