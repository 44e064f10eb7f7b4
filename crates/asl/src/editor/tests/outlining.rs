//! Outline, folding, selection.

use super::cursor;
use crate::editor::{folding, selection, symbols};
use crate::graph::StateType;

const TEXT: &str = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\"Type\": \"Map\", \"End\": true, \"ItemProcessor\": {\"StartAt\": \"X\", \"States\": {\"X\": {\n      \"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\", \"End\": true}}}},\n    \"B\": {}\n  }\n}";

#[test]
fn states_are_told_with_those_inside_them() {
    let found = symbols(TEXT);
    let names: Vec<&str> = found.iter().map(|symbol| symbol.name.as_str()).collect();
    assert_eq!(names, ["A", "B"]);
    assert_eq!((found[0].kind, found[1].kind), (Some(StateType::Map), None));
    let inner = &found[0].children[0];
    assert_eq!(
        (inner.name.as_str(), inner.detail.as_str()),
        ("X", "lambda:invoke")
    );
    assert!(symbols("no definition").is_empty());
}

#[test]
fn what_takes_several_lines_can_be_folded() {
    let firsts: Vec<&str> = folding(TEXT)
        .iter()
        .map(|span| &TEXT[span.start..span.start + 8])
        .collect();
    assert_eq!(firsts.len(), 6);
    assert_eq!(folding("{\"a\": [1, 2]}"), Vec::new());
}

#[test]
fn a_selection_grows_from_value_to_member_to_object() {
    let (text, offset) = cursor(r#"{"a": {"b": "te|xt"}}"#);
    let parts: Vec<&str> = selection(&text, offset)
        .iter()
        .map(|span| &text[span.start..span.end])
        .collect();
    assert_eq!(
        parts,
        [
            r#""text""#,
            r#""b": "text""#,
            r#"{"b": "text"}"#,
            r#""a": {"b": "text"}"#,
            r#"{"a": {"b": "text"}}"#
        ]
    );
}
