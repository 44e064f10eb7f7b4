//! What changed in the fields of a state or of the machine: one entry for each value that differs. Pure.

use asl::text::{Node, NodeKind};
use serde_json::{Map, Value};

/// The longest text of a value that is shown whole, in characters.
const LONGEST: usize = 60;
/// How much of what is the same is shown before the place where a long text differs, in characters.
const LEAD: usize = 12;

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
            elements(path, before, after, found);
        }
        (before, after) => {
            let (mut old, mut new) = (before.map(whole), after.map(whole));
            // Texts that differ in white space alone show it.
            if old == new {
                (old, new) = (before.map(Value::to_string), after.map(Value::to_string));
            }
            let (before, after) = (old, new);
            let from = match (&before, &after) {
                (Some(before), Some(after)) => common(before, after),
                (None, _) | (_, None) => 0,
            };
            found.push(FieldChange {
                path: path.to_owned(),
                before: before.map(|text| short(&text, from)),
                after: after.map(|text| short(&text, from)),
            });
        }
    }
}

/// What came in the middle or went from there does not make everything behind it differ.
fn elements(path: &str, before: &[Value], after: &[Value], found: &mut Vec<FieldChange>) {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let rest = (before[head..].iter().rev()).zip(after[head..].iter().rev());
    let tail = rest.take_while(|(a, b)| a == b).count();
    let (old, new) = (
        &before[head..before.len() - tail],
        &after[head..after.len() - tail],
    );
    for index in 0..old.len().max(new.len()) {
        let path = format!("{path}[{}]", head + index);
        compare(&path, old.get(index), new.get(index), found);
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

/// A value on one line.
fn whole(value: &Value) -> String {
    match value {
        Value::String(text) => format!(
            "“{}”",
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    }
}

/// How many characters two texts have in common at their beginning.
fn common(before: &str, after: &str) -> usize {
    let pairs = before.chars().zip(after.chars());
    pairs.take_while(|(a, b)| a == b).count()
}

/// A text, cut around the place where it begins to differ when it is long.
fn short(text: &str, differs_at: usize) -> String {
    let length = text.chars().count();
    if length <= LONGEST {
        return text.to_owned();
    }
    let start = match differs_at {
        0..LONGEST => 0,
        _ => (differs_at - LEAD).min(length - LONGEST),
    };
    let mut out = String::new();
    if start > 0 {
        out.push('…');
    }
    out.extend(text.chars().skip(start).take(LONGEST));
    if start + LONGEST < length {
        out.push('…');
    }
    out
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
    fn an_element_that_comes_in_front_is_the_only_one_that_differs() {
        let rules = |names: &[&str]| json!({"Choices": names});
        let found = differences(&rules(&["a", "b", "c"]), &rules(&["x", "a", "b", "c"]));
        assert_eq!((found.len(), found[0].path.as_str()), (1, "Choices[0]"));
        let found = differences(&rules(&["a", "b", "c"]), &rules(&["a", "c"]));
        assert_eq!((found.len(), found[0].path.as_str()), (1, "Choices[1]"));
        assert_eq!(
            (found[0].before.as_deref(), &found[0].after),
            (Some("“b”"), &None)
        );
    }

    #[test]
    fn long_values_are_cut_around_the_place_where_they_differ() {
        let long = "a".repeat(100);
        let found = differences(
            &json!({"C": format!("{long}1")}),
            &json!({"C": format!("{long}2")}),
        );
        let (before, after) = (found[0].before.clone(), found[0].after.clone());
        assert_ne!(before, after);
        assert!(before.expect("a value").starts_with("…a"));
    }

    #[test]
    fn a_long_value_is_cut() {
        let found = differences(&json!({"C": "a"}), &json!({"C": "b".repeat(200)}));
        let after = found[0].after.as_deref().expect("a value");
        assert!(after.chars().count() <= LONGEST + 1 && after.ends_with('…'));
    }
}
