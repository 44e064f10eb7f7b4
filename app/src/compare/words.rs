//! Changes in words: "2 states added, 1 renamed", "TimeoutSeconds 300 → 600". Pure.

use super::{Changes, FieldChange, Sort, StateChange, diff};
use crate::pages::words::counted;
use asl::graph::Outline;
use asl::text::{Document, Format};

/// What changed, in one line.
pub fn summary(changes: &Changes) -> String {
    let sorts = [
        (Sort::Added, "added"),
        (Sort::Removed, "removed"),
        (Sort::Renamed, "renamed"),
        (Sort::Moved, "moved"),
        (Sort::Changed, "changed"),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (sort, word) in sorts {
        let count = changes.count(sort);
        match (count, parts.is_empty()) {
            (0, _) => {}
            (_, true) => parts.push(format!("{} {word}", states(count))),
            (_, false) => parts.push(format!("{count} {word}")),
        }
    }
    if !changes.machine.is_empty() {
        let fields = number(changes.machine.len());
        parts.push(counted(
            fields,
            "field of the pipeline",
            "fields of the pipeline",
        ));
    }
    if parts.is_empty() {
        return "Only the layout of the text differs".to_owned();
    }
    parts.join(", ")
}

/// What changed from one text to another, in one line; by lines when one of them cannot be read.
pub fn told(before: &str, after: &str) -> String {
    if before == after {
        return "Nothing changed".to_owned();
    }
    let [old, new] = [before, after].map(read);
    if old.faults().is_empty() && new.faults().is_empty() {
        return summary(&Changes::between(&old, &new));
    }
    let lines = diff(before, after);
    let [added, removed] = [lines.added, lines.removed].map(number);
    format!(
        "{}, {removed} removed",
        counted(added, "line added", "lines added")
    )
}

/// A text as what it is: JSON or YAML.
pub(super) fn read(text: &str) -> Document {
    Document::parse_as(text, Format::of_text(text))
}

/// How many states a text has; none when it cannot be read.
pub fn counted_states(text: &str) -> Option<usize> {
    let document = read(text);
    let is_whole = document.faults().is_empty();
    is_whole.then(|| Outline::of(&document).states.len())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// "1 state", "2 states".
pub(super) fn states(count: usize) -> String {
    counted(number(count), "state", "states")
}

/// What became of a state, above all.
pub(super) fn fate(change: &StateChange) -> String {
    match (change.sort(), &change.was, &change.moved) {
        (Sort::Added, ..) => "added".to_owned(),
        (Sort::Removed, ..) => "removed".to_owned(),
        (_, Some(was), None) => format!("renamed, was “{was}”"),
        (_, Some(was), Some(moved)) => format!("renamed, was “{was}”, and {}", moved_words(moved)),
        (_, None, Some(moved)) => moved_words(moved),
        (_, None, None) => "changed".to_owned(),
    }
}

fn moved_words((from, to): &(String, String)) -> String {
    let place = |name: &str| match name {
        "" => "the pipeline itself".to_owned(),
        name => format!("“{name}”"),
    };
    if from == to {
        return format!("moved within {}", place(from));
    }
    format!("moved from {} to {}", place(from), place(to))
}

/// What changed in a field: "TimeoutSeconds 300 → 600".
pub(super) fn field(change: &FieldChange) -> String {
    let path = &change.path;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{path} {before} → {after}"),
        (None, Some(after)) => format!("{path} {after}, added"),
        (Some(before), None) => format!("{path} removed, was {before}"),
        (None, None) => path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = r#"{"StartAt": "A", "States": {
        "A": {"Type": "Wait", "Seconds": 300, "Next": "B"}, "B": {"Type": "Succeed"}}}"#;

    #[test]
    fn a_change_is_told_in_one_line() {
        let cases = [
            (BEFORE.to_owned(), "Nothing changed"),
            (
                BEFORE.replace('\n', ""),
                "Only the layout of the text differs",
            ),
            (BEFORE.replace("300", "600"), "1 state changed"),
            (BEFORE.replace("\"B\"", "\"C\""), "1 state renamed"),
            (
                BEFORE.replace(r#"{"StartAt""#, r#"{"Comment": "x", "StartAt""#),
                "1 field of the pipeline",
            ),
            (
                BEFORE
                    .replace(
                        "Succeed\"}",
                        "Succeed\"}, \"C\": {\"Type\": \"Fail\"}, \"D\": {\"Type\": \"Fail\"}",
                    )
                    .replace("300", "600"),
                "2 states added, 1 changed",
            ),
            (BEFORE.replace("\"Succeed\"", ""), "1 line added, 1 removed"),
        ];
        for (after, words) in cases {
            assert_eq!(told(BEFORE, &after), words);
        }
    }

    #[test]
    fn what_became_of_a_state_and_its_fields_reads_as_a_sentence() {
        let after = BEFORE.replace("\"B\"", "\"C\"").replace("300", "600");
        let changes = Changes::between(&read(BEFORE), &read(&after));
        let lines: Vec<String> = changes
            .states
            .iter()
            .flat_map(|state| {
                let fields = state.fields.iter().map(field);
                std::iter::once(format!("{}: {}", state.name, fate(state))).chain(fields)
            })
            .collect();
        assert_eq!(
            lines,
            ["A: changed", "Seconds 300 → 600", "C: renamed, was “B”"]
        );
        let gone = FieldChange {
            path: "Retry[0]".to_owned(),
            before: Some("{}".to_owned()),
            after: None,
        };
        assert_eq!(field(&gone), "Retry[0] removed, was {}");
        let moved = moved_words(&("Both".to_owned(), String::new()));
        assert_eq!(moved, "moved from “Both” to the pipeline itself");
    }
}
