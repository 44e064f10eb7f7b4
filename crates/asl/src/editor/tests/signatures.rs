//! Help with arguments.

use super::cursor;
use crate::editor::signature_help;

/// The label with the parameter that is being written in brackets.
fn help(value: &str) -> Option<String> {
    let (text, offset) = cursor(&format!(
        r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Pass", "Parameters": {{"x.$": "{value}"}}, "End": true}}}}}}"#
    ));
    let help = signature_help(&text, offset)?;
    let mut label = help.label;
    if let Some(active) = help.parameters.get(help.active) {
        label.insert(active.end, ']');
        label.insert(active.start, '[');
    }
    Some(label)
}

#[test]
fn the_parameter_at_the_cursor_is_told() {
    assert_eq!(
        help("States.Array(1, States.MathRandom($.a, |").as_deref(),
        Some("States.MathRandom(start, [end], seed?)")
    );
    assert_eq!(
        help("States.Format('{} {}', $.a, $.b|)").as_deref(),
        Some("States.Format(template, value, […])")
    );
    assert_eq!(help("States.UUID(|)").as_deref(), Some("States.UUID()"));
    assert_eq!(
        help("States.ArrayLength($.a, |)").as_deref(),
        Some("States.ArrayLength(array)")
    );
    assert_eq!(help("$.a|"), None);
    assert_eq!(help("States.Nothing(|)"), None);
}

#[test]
fn functions_of_jsonata_are_known_between_the_braces() {
    assert_eq!(
        help("{% $substring(\\\"ä\\\", | %}").as_deref(),
        Some("$substring(text, [start], length?)")
    );
}
