//! Changes in words: "2 states added, 1 renamed", "TimeoutSeconds 300 → 600". Pure.

use super::{Changes, FieldChange, Sort, StateChange, diff};
use crate::text::compare as text;
use asl::graph::Outline;
use asl::text::{Document, Format};

/// What changed, in one line.
pub fn summary(changes: &Changes) -> String {
    let sorts = [
        (Sort::Added, text::ADDED),
        (Sort::Removed, text::REMOVED),
        (Sort::Renamed, text::RENAMED),
        (Sort::Moved, text::MOVED),
        (Sort::Changed, text::CHANGED),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (sort, fate) in sorts {
        let count = changes.count(sort);
        if count > 0 {
            parts.push(text::part(count, fate, parts.is_empty()));
        }
    }
    if !changes.machine.is_empty() {
        parts.push(text::machine_fields(changes.machine.len()));
    }
    if parts.is_empty() {
        return text::LAYOUT_ONLY.to_owned();
    }
    text::summary(&parts)
}

/// What changed from one text to another, in one line; by lines when one of them cannot be read.
pub fn told(before: &str, after: &str) -> String {
    if before == after {
        return text::NOTHING.to_owned();
    }
    let [old, new] = [before, after].map(read);
    if old.faults().is_empty() && new.faults().is_empty() {
        return summary(&Changes::between(&old, &new));
    }
    let lines = diff(before, after);
    text::summary_of_lines(lines.added, lines.removed)
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

/// What became of a state, above all.
pub(super) fn fate(change: &StateChange) -> String {
    match (change.sort(), &change.was, &change.moved) {
        (Sort::Added, ..) => text::ADDED.to_owned(),
        (Sort::Removed, ..) => text::REMOVED.to_owned(),
        (_, Some(was), None) => text::renamed(was),
        (_, Some(was), Some((from, to))) => text::renamed_and_moved(was, &text::moved(from, to)),
        (_, None, Some((from, to))) => text::moved(from, to),
        (_, None, None) => text::CHANGED.to_owned(),
    }
}

/// What changed in a field: "TimeoutSeconds 300 → 600".
pub(super) fn field(change: &FieldChange) -> String {
    let path = &change.path;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => text::field_changed(path, before, after),
        (None, Some(after)) => text::field_added(path, after),
        (Some(before), None) => text::field_removed(path, before),
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
        let led = BEFORE
            .replace(r#""StartAt": "A""#, r#""StartAt": "B""#)
            .replace(r#""Succeed""#, r#""Pass", "Next": "A""#);
        let [before, after] = [
            &BEFORE.replace(r#""Succeed""#, r#""Pass", "End": true"#),
            &led,
        ]
        .map(|it| read(it));
        let changes = Changes::between(&before, &after);
        let fields = changes.machine.iter().chain(&changes.states[0].fields);
        let lines: Vec<String> = fields.map(field).collect();
        assert_eq!(
            lines,
            [
                "StartAt “A” → “B”",
                "End removed, was true",
                "Next “A”, added"
            ]
        );
        let gone = FieldChange {
            path: "Retry[0]".to_owned(),
            before: Some("{}".to_owned()),
            after: None,
        };
        assert_eq!(field(&gone), "Retry[0] removed, was {}");
        assert_eq!(
            text::moved("Both", ""),
            "moved from “Both” to the pipeline itself"
        );
    }
}
