//! Functions on arrays and objects.

use super::Refusal;
use super::arguments::Arguments;
use crate::query::json;
use serde_json::Value;
use std::collections::HashSet;

/// Items that `States.ArrayRange` may give.
const MAX_RANGE: i64 = 1_000;

/// `States.ArrayPartition(array, size)`
pub(super) fn partition(given: &Arguments) -> Result<Value, Refusal> {
    let [array, size] = given.exactly()?;
    let items = given.array(array, "first argument")?;
    match usize::try_from(given.integer(size, "size of the parts")?) {
        Ok(size) if size > 0 => Ok(items
            .chunks(size)
            .map(|chunk| Value::Array(chunk.to_vec()))
            .collect()),
        _ => given.refuse("The size of the parts must be 1 or more"),
    }
}

/// `States.ArrayContains(array, value)`: arrays and objects are compared by content.
pub(super) fn contains(given: &Arguments) -> Result<Value, Refusal> {
    let [array, wanted] = given.exactly()?;
    let items = given.array(array, "first argument")?;
    Ok(Value::Bool(
        items.iter().any(|item| json::equal(item, wanted)),
    ))
}

/// `States.ArrayRange(first, last, step)`: `last` is in it when a step hits it.
pub(super) fn range(given: &Arguments) -> Result<Value, Refusal> {
    let [first, last, step] = given.exactly()?;
    let first = given.integer(first, "first number")?;
    let last = given.integer(last, "last number")?;
    let step = given.integer(step, "step")?;
    if step == 0 {
        return given.refuse("The step must not be 0");
    }
    let steps = (i128::from(last) - i128::from(first)) / i128::from(step);
    if (last < first) != (step < 0) && last != first {
        return Ok(Value::Array(Vec::new()));
    }
    match i64::try_from(steps) {
        Ok(steps) if steps < MAX_RANGE => {
            Ok((0..=steps).map(|n| Value::from(first + n * step)).collect())
        }
        _ => given.refuse(format!("The range has more than {MAX_RANGE} items")),
    }
}

/// `States.ArrayGetItem(array, index)`
pub(super) fn get_item(given: &Arguments) -> Result<Value, Refusal> {
    let [array, index] = given.exactly()?;
    let items = given.array(array, "first argument")?;
    let index = given.integer(index, "index")?;
    let item = usize::try_from(index)
        .ok()
        .and_then(|index| items.get(index));
    match item {
        Some(item) => Ok(item.clone()),
        None => given.refuse(format!(
            "The index {index} is outside of the array, which has {} items",
            items.len()
        )),
    }
}

/// `States.ArrayLength(array)`
pub(super) fn length(given: &Arguments) -> Result<Value, Refusal> {
    let [array] = given.exactly()?;
    Ok(Value::from(given.array(array, "argument")?.len()))
}

/// `States.ArrayUnique(array)`: the first of equal items stays.
pub(super) fn unique(given: &Arguments) -> Result<Value, Refusal> {
    let [array] = given.exactly()?;
    let mut seen = HashSet::new();
    let items = given.array(array, "argument")?.iter();
    Ok(items
        .filter(|item| seen.insert(json::canonical(item)))
        .cloned()
        .collect())
}

/// `States.JsonMerge(first, second, false)`: the keys of the first keep their places, new ones follow. AWS offers no deep
/// merge, so `true` is refused.
pub(super) fn merge(given: &Arguments) -> Result<Value, Refusal> {
    let [first, second, deep] = given.exactly()?;
    let mut merged = given.object(first, "first argument")?.clone();
    let second = given.object(second, "second argument")?;
    match deep {
        Value::Bool(false) => {}
        Value::Bool(true) => {
            return given.refuse(
                "Only the shallow merging mode is supported: the last argument must be false",
            );
        }
        _ => return given.refuse("The last argument must be false"),
    }
    for (key, value) in second {
        merged.insert(key.clone(), value.clone());
    }
    Ok(Value::Object(merged))
}
