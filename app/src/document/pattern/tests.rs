//! Each pattern at each kind of place, in both query languages: the definition stays without an error.

use super::*;
use crate::document::{Editing, Place, Way};
use asl::check::{MachineType, Severity};
use asl::text::Pointer;

const STATES: &str = r#""StartAt": "A", "States": {
    "A": {"Type": "Pass", "Next": "Validate data"},
    "Validate data": {"Type": "Parallel", "Branches": [{"StartAt": "In", "States": {"In": {"Type": "Wait", "Seconds": 1, "End": true}}}], "End": true}
}"#;

fn pipeline(language: Language) -> Editing {
    Editing::new(match language {
        Language::JsonPath => format!("{{{STATES}}}"),
        Language::JsonAta => format!(r#"{{"QueryLanguage": "JSONata", {STATES}}}"#),
    })
}

fn state(path: &str) -> Pointer {
    path.parse().unwrap()
}

fn places() -> Vec<Place> {
    let root = Pointer::default();
    let inner = state("/States/Validate data/Branches/0");
    vec![
        Place::On(Way::Start(root.clone())),
        Place::On(Way::Transition(state("/States/A/Next"))),
        Place::After(state("/States/Validate data")),
        Place::Into(root),
        Place::Into(inner.clone()),
        Place::On(Way::Start(inner)),
        Place::Branch(state("/States/Validate data")),
    ]
}

fn errors(editing: &Editing) -> Vec<String> {
    let found = editing.findings(MachineType::Standard);
    found
        .iter()
        .filter(|finding| finding.severity != Severity::Hint)
        .map(|finding| format!("{}: {}", finding.pointer, finding.message))
        .collect()
}

#[test]
fn every_pattern_anywhere_keeps_the_definition_without_errors() {
    for language in [Language::JsonPath, Language::JsonAta] {
        assert_eq!(errors(&pipeline(language)), Vec::<String>::new());
        for (pattern, place) in Pattern::ALL
            .into_iter()
            .flat_map(|pattern| places().into_iter().map(move |place| (pattern, place)))
        {
            let mut editing = pipeline(language);
            let before = editing.text().clone();
            let change = editing.insert(&place, pattern).unwrap();
            editing.apply(&change, Vec::new()).unwrap();
            let found = errors(&editing);
            assert!(
                found.is_empty(),
                "{pattern:?} at {place:?}: {found:#?}\n{}",
                editing.text()
            );
            editing.undo();
            assert_eq!(*editing.text(), before, "one step takes {pattern:?} back");
        }
    }
}

#[test]
fn a_pattern_that_is_there_twice_has_names_of_its_own() {
    let mut editing = pipeline(Language::JsonPath);
    for _ in 0..2 {
        let change = editing
            .insert(&Place::Into(Pointer::default()), Pattern::ValidateAndGate)
            .unwrap();
        editing.apply(&change, Vec::new()).unwrap();
    }
    assert_eq!(errors(&editing), Vec::<String>::new());
    let text = editing.text();
    assert!(text.contains(r#""Default": "Reject the data 2""#), "{text}");
}

#[test]
fn every_state_of_a_pattern_has_a_name_and_most_say_what_they_are_for() {
    for pattern in Pattern::ALL {
        let block = pattern.block(Language::JsonPath);
        assert!(block.len() > 1, "{pattern:?}");
        assert!(block.text().contains("Comment"), "{pattern:?}");
    }
}
