//! What changed between two JSON values, as lines. No DOM.

use crate::text::dry_run as text;
use serde_json::{Map, Value};

/// What a line shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Same,
    Added,
    Removed,
    Changed,
}

/// A line of the second value, or one that it lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) change: Change,
    pub(super) text: String,
}

/// How many places were added, removed, changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub(super) added: usize,
    pub(super) removed: usize,
    pub(super) changed: usize,
}

#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    counts: Counts,
}

/// The lines of `after`, with what changed against `before`.
pub(super) fn diff(before: &Value, after: &Value) -> (Vec<Line>, Counts) {
    let mut writer = Writer::default();
    writer.compare(before, after, 0, "", "");
    (writer.lines, writer.counts)
}

impl Writer {
    fn line(&mut self, change: Change, depth: usize, text: &str) {
        self.lines.push(Line {
            change,
            text: format!("{}{text}", "  ".repeat(depth)),
        });
    }

    fn whole(&mut self, change: Change, value: &Value, depth: usize, key: &str, comma: &str) {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        let mut lines = text.lines().peekable();
        let mut first = true;
        while let Some(line) = lines.next() {
            let end = if lines.peek().is_none() { comma } else { "" };
            let start = if first { key } else { "" };
            first = false;
            self.line(change, depth, &format!("{start}{line}{end}"));
        }
    }

    fn compare(&mut self, before: &Value, after: &Value, depth: usize, key: &str, comma: &str) {
        match (before, after) {
            (Value::Object(old), Value::Object(new)) if !new.is_empty() || !old.is_empty() => {
                self.line(Change::Same, depth, &format!("{key}{{"));
                self.objects(old, new, depth + 1);
                self.line(Change::Same, depth, &format!("}}{comma}"));
            }
            (Value::Array(old), Value::Array(new)) if !new.is_empty() || !old.is_empty() => {
                self.line(Change::Same, depth, &format!("{key}["));
                self.arrays(old, new, depth + 1);
                self.line(Change::Same, depth, &format!("]{comma}"));
            }
            (old, new) if old == new => self.whole(Change::Same, new, depth, key, comma),
            (old, new) => {
                self.counts.changed += 1;
                if is_plain(old) && is_plain(new) {
                    self.line(
                        Change::Changed,
                        depth,
                        &format!("{key}{old} → {new}{comma}"),
                    );
                } else {
                    self.whole(Change::Changed, new, depth, key, comma);
                }
            }
        }
    }

    fn objects(&mut self, old: &Map<String, Value>, new: &Map<String, Value>, depth: usize) {
        let kept = old.keys().filter(|key| new.contains_key(*key)).count();
        let total = kept + new.keys().filter(|key| !old.contains_key(*key)).count();
        let mut written = 0;
        let mut comma = || {
            written += 1;
            if written < total { "," } else { "" }
        };
        for (name, value) in old {
            let key = format!("{}: ", Value::from(name.as_str()));
            match new.get(name) {
                Some(other) => {
                    let comma = comma();
                    self.compare(value, other, depth, &key, comma);
                }
                None => {
                    self.counts.removed += 1;
                    self.line(Change::Removed, depth, &format!("{key}{}", short(value)));
                }
            }
        }
        for (name, value) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            self.counts.added += 1;
            let comma = comma();
            self.whole(
                Change::Added,
                value,
                depth,
                &format!("{}: ", Value::from(name.as_str())),
                comma,
            );
        }
    }

    fn arrays(&mut self, old: &[Value], new: &[Value], depth: usize) {
        for (index, value) in new.iter().enumerate() {
            let comma = if index + 1 < new.len() { "," } else { "" };
            match old.get(index) {
                Some(other) => self.compare(other, value, depth, "", comma),
                None => {
                    self.counts.added += 1;
                    self.whole(Change::Added, value, depth, "", comma);
                }
            }
        }
        for value in old.iter().skip(new.len()) {
            self.counts.removed += 1;
            self.line(Change::Removed, depth, &short(value));
        }
    }
}

fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Object(_) | Value::Array(_))
}

/// A value in one line.
fn short(value: &Value) -> String {
    match value {
        Value::Object(members) if members.len() > 1 => text::keys(members.len()),
        Value::Array(items) if items.len() > 1 => text::items(items.len()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn added_removed_and_changed_members_are_told_apart_and_counted() {
        let before = json!({"rows": 12, "features": {"a": 1, "b": 2}, "same": true});
        let after = json!({"rows": 11, "same": true, "model": {"name": "m"}});
        let (lines, counts) = diff(&before, &after);
        assert_eq!(
            counts,
            Counts {
                added: 1,
                removed: 1,
                changed: 1
            }
        );
        let found: Vec<_> = lines
            .iter()
            .map(|line| (line.change, line.text.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (Change::Same, "{"),
                (Change::Changed, "  \"rows\": 12 → 11,"),
                (Change::Removed, "  \"features\": { 2 keys }"),
                (Change::Same, "  \"same\": true,"),
                (Change::Added, "  \"model\": {"),
                (Change::Added, "    \"name\": \"m\""),
                (Change::Added, "  }"),
                (Change::Same, "}"),
            ]
        );
    }

    #[test]
    fn equal_values_have_no_change() {
        let value = json!([1, {"a": []}, {}]);
        let (lines, counts) = diff(&value, &value);
        assert_eq!(counts, Counts::default());
        assert!(lines.iter().all(|line| line.change == Change::Same));
    }
}
