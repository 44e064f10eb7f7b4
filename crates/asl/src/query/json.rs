//! JSON values as AWS writes and compares them (asl-rules 6, 12, 17).

use serde_json::{Map, Number, Value};
use std::cmp::Ordering;

/// Compact text: no blanks, keys in their order, non-ASCII as it is.
pub fn compact(value: &Value) -> String {
    value.to_string()
}

/// The text that `States.Format` puts into a slot: strings bare, objects and arrays as Java prints maps and lists
/// (`{Arg1=1, Arg2=[]}`), everything else as JSON.
pub fn java_text(value: &Value) -> String {
    let mut text = String::new();
    write_java(value, &mut text);
    text
}

fn write_java(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(text),
        Value::Array(items) => write_java_list(items, out),
        Value::Object(members) => write_java_map(members, out),
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
    }
}

fn write_java_list(items: &[Value], out: &mut String) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_java(item, out);
    }
    out.push(']');
}

fn write_java_map(members: &Map<String, Value>, out: &mut String) {
    out.push('{');
    for (index, (key, member)) in members.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        out.push_str(key);
        out.push('=');
        write_java(member, out);
    }
    out.push('}');
}

/// Compares numbers by value: `0` equals `0.0`. Integers are compared exactly, everything else as doubles.
pub fn compare_numbers(left: &Number, right: &Number) -> Ordering {
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => double(left)
            .partial_cmp(&double(right))
            .unwrap_or(Ordering::Equal),
    }
}

fn integer(number: &Number) -> Option<i128> {
    number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from))
}

/// The number as a double; JSON has no infinity and no NaN.
pub fn double(number: &Number) -> f64 {
    number.as_f64().unwrap_or(0.0)
}

/// Deep equality; numbers by value, objects without regard to the order of keys.
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => compare_numbers(left, right).is_eq(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, value)| right.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => left == right,
    }
}

/// A text that is the same for equal values ([`equal`]) and only for them.
pub(crate) fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => canonical_number(number),
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(canonical).collect::<Vec<_>>().join(",")
        ),
        Value::Object(members) => {
            let mut texts: Vec<_> = members
                .iter()
                .map(|(key, member)| format!("{}:{}", Value::from(key.as_str()), canonical(member)))
                .collect();
            texts.sort();
            format!("{{{}}}", texts.join(","))
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
    }
}

fn canonical_number(number: &Number) -> String {
    match integer(number) {
        Some(whole) => whole.to_string(),
        None if double(number).fract() == 0.0 && double(number).abs() < 9e15 => {
            format!("{:.0}", double(number) + 0.0)
        }
        None => number.to_string(),
    }
}

/// Deepest nesting of a value that an execution holds, below the depth at which reading it back is refused.
pub(crate) const MAX_DEPTH: usize = 120;

/// Whether a value is nested too deeply for an execution; looks at each level in turn, without recursion.
pub(crate) fn is_deep(value: &Value) -> bool {
    let mut level: Vec<&Value> = vec![value];
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for value in level {
            match value {
                Value::Array(items) => next.extend(items.iter().filter(|item| is_container(item))),
                Value::Object(members) => {
                    next.extend(members.values().filter(|item| is_container(item)))
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        if next.is_empty() {
            return false;
        }
        level = next;
    }
    true
}

fn is_container(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn objects_print_as_java_maps() {
        assert_eq!(
            java_text(&json!({"Arg1": 1, "Arg2": [], "c": ["x", null, 1.5]})),
            "{Arg1=1, Arg2=[], c=[x, null, 1.5]}"
        );
    }

    #[test]
    fn numbers_compare_by_value() {
        assert!(equal(&json!(0), &json!(0.0)));
        assert!(!equal(
            &json!(9007199254740993u64),
            &json!(9007199254740992u64)
        ));
        assert!(equal(&json!({"a": [1, 2.0]}), &json!({"a": [1.0, 2]})));
        assert_eq!(
            canonical(&json!({"b": -0.0, "a": 1.0})),
            canonical(&json!({"a": 1, "b": 0}))
        );
    }
}
