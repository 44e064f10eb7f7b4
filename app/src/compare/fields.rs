//! What changed in the fields of a state or of the machine: one entry for each value that differs. Pure.

use asl::text::{Node, NodeKind};
use serde_json::{Map, Value};

/// The longest text of a value that is shown whole, in characters.
const LONGEST: usize = 60;

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Where it stands in its state: `Retry[0].MaxAttempts`.
    pub path: String,
    /// The value before, in short; none when it was not there.
    pub before: Option<String>,
    /// The value after, in short; none when it is gone.
    pub after: Option<String>,
}

/// What a state, or the machine, says of itself: its fields without the states inside.
pub(super) fn own(node: Option<&Node>) -> Value {
    node.map_or(Value::Null, block)
}

/// A state, a branch or a processor without its states.
fn block(node: &Node) -> Value {
    let members = node
        .members()
        .iter()
        .filter(|member| &*member.key != "States");
    let fields = members.map(|member| (member.key.to_string(), field(&member.key, &member.value)));
    Value::Object(fields.collect())
}

fn field(name: &str, value: &Node) -> Value {
    match (name, &value.kind) {
        ("Branches", NodeKind::Array(branches)) => branches.iter().map(block).collect(),
        ("ItemProcessor" | "Iterator", NodeKind::Object(_)) => block(value),
        _ => value.to_value().unwrap_or(Value::Null),
    }
}

/// The values that differ, in the order in which they stand: those before first.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<FieldChange> {
    let mut found = Vec::new();
    compare("", Some(before), Some(after), &mut found);
    found
}

fn compare(
    path: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<FieldChange>,
) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            members(path, before, after, found);
        }
        (Some(Value::Array(before)), Some(Value::Array(after))) => {
            for index in 0..before.len().max(after.len()) {
                let path = format!("{path}[{index}]");
                compare(&path, before.get(index), after.get(index), found);
            }
        }
        (before, after) => found.push(FieldChange {
            path: path.to_owned(),
            before: before.map(short),
            after: after.map(short),
        }),
    }
}

fn members(
    path: &str,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    found: &mut Vec<FieldChange>,
) {
    let new = after.keys().filter(|key| !before.contains_key(*key));
    for key in before.keys().chain(new) {
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        compare(&path, before.get(key), after.get(key), found);
    }
}

/// A value on one line, cut when it is long.
fn short(value: &Value) -> String {
    let whole = match value {
        Value::String(text) => format!(
            "“{}”",
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    };
    if whole.chars().count() <= LONGEST {
        return whole;
    }
    whole.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_that_differs_is_named_by_its_path() {
        let before = json!({"TimeoutSeconds": 300, "Retry": [{"MaxAttempts": 2}], "Comment": "x"});
        let after = json!({"TimeoutSeconds": 600, "Retry": [{"MaxAttempts": 2}, {}], "Next": "B"});
        let found: Vec<String> = differences(&before, &after)
            .into_iter()
            .map(|it| format!("{} {:?} {:?}", it.path, it.before, it.after))
            .collect();
        let mut found = found;
        found.sort();
        assert_eq!(
            found,
            [
                "Comment Some(\"“x”\") None",
                "Next None Some(\"“B”\")",
                "Retry[1] None Some(\"{}\")",
                "TimeoutSeconds Some(\"300\") Some(\"600\")",
            ]
        );
    }

    #[test]
    fn a_long_value_is_cut() {
        let found = differences(&json!({"C": "a"}), &json!({"C": "b".repeat(200)}));
        let after = found[0].after.as_deref().expect("a value");
        assert!(after.chars().count() <= LONGEST + 1 && after.ends_with('…'));
    }
}
