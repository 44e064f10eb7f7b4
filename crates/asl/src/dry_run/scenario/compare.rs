//! Comparing values, so that a difference is named where it is and not as two long texts.

use serde_json::Value;

/// Most differences that are named of one value.
const MOST: usize = 20;

/// Something that is not as expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// What was compared: a member of `Expect`, and the way to the place inside, such as `Output/model/score`.
    pub place: String,
    /// What was expected; `None` when nothing was.
    pub expected: Option<Value>,
    /// What was found; `None` when nothing was.
    pub actual: Option<Value>,
}

/// How values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Everything must be the same; numbers are the same when their values are.
    Exact,
    /// Objects may have more members than expected.
    Contains,
}

/// The differences between two values.
pub(super) fn differences(
    place: &str,
    expected: &Value,
    actual: &Value,
    manner: Manner,
) -> Vec<Mismatch> {
    let mut found = Vec::new();
    compare(place.to_owned(), expected, actual, manner, &mut found);
    found
}

/// Whether two values are the same.
pub(super) fn same(expected: &Value, actual: &Value) -> bool {
    differences("", expected, actual, Manner::Exact).is_empty()
}

/// Recursion is bounded: both values come from texts of bounded depth.
fn compare(
    place: String,
    expected: &Value,
    actual: &Value,
    manner: Manner,
    found: &mut Vec<Mismatch>,
) {
    if found.len() >= MOST {
        return;
    }
    match (expected, actual) {
        (Value::Object(wanted), Value::Object(members)) => {
            for (name, value) in wanted {
                let place = format!("{place}/{name}");
                match members.get(name) {
                    Some(actual) => compare(place, value, actual, manner, found),
                    None => push(found, place, Some(value), None),
                }
            }
            let more = members
                .iter()
                .filter(|(name, _)| !wanted.contains_key(*name));
            for (name, value) in more.take(if manner == Manner::Exact { MOST } else { 0 }) {
                push(found, format!("{place}/{name}"), None, Some(value));
            }
        }
        (Value::Array(wanted), Value::Array(items)) => {
            for index in 0..wanted.len().max(items.len()) {
                let place = format!("{place}/{index}");
                match (wanted.get(index), items.get(index)) {
                    (Some(value), Some(actual)) => compare(place, value, actual, manner, found),
                    (value, actual) => push(found, place, value, actual),
                }
            }
        }
        (Value::Number(wanted), Value::Number(number)) if wanted.as_f64() == number.as_f64() => {}
        _ if expected == actual => {}
        _ => push(found, place, Some(expected), Some(actual)),
    }
}

fn push(
    found: &mut Vec<Mismatch>,
    place: String,
    expected: Option<&Value>,
    actual: Option<&Value>,
) {
    if found.len() < MOST {
        found.push(Mismatch {
            place,
            expected: expected.cloned(),
            actual: actual.cloned(),
        });
    }
}
