//! What fields give on the data that is known.

use crate::editor::{Basis, Knowledge, Seen, Trial, hover_in_field, try_field};
use crate::text::{Document, Pointer};
use serde_json::{Value, json};

fn document(language: &str) -> Document {
    let mut text = json!({
        "QueryLanguage": language,
        "StartAt": "First",
        "States": {
            "First": {"Type": "Pass", "Next": "Work"},
            "Work": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Last"},
            "Last": {"Type": "Succeed"}
        }
    });
    if language == "JSONPath" {
        text["States"]["Work"]["Parameters"] = json!({"n.$": "$"});
    }
    Document::parse(text.to_string())
}

fn tried(language: &str, field: &str, value: &Value, knowledge: &Knowledge) -> Option<Trial> {
    let pointer: Pointer = field.parse().expect("a pointer");
    try_field(&document(language), &pointer, value, knowledge)
}

fn sample(input: Value) -> Knowledge {
    Knowledge {
        input: Some(input),
        ..Knowledge::default()
    }
}

fn ran(state: &str, seen: Seen) -> Knowledge {
    Knowledge {
        seen: [(state.into(), seen)].into(),
        ..Knowledge::default()
    }
}

fn gives(value: Value, basis: Basis) -> Option<Trial> {
    Some(Trial::Value { value, basis })
}

#[test]
fn a_path_gives_what_it_finds_in_the_data_that_its_field_sees() {
    let knowledge = sample(json!({"a": {"b": 7}}));
    let tried = |field: &str, value| tried("JSONPath", field, &value, &knowledge);
    let found = tried("/States/Work/InputPath", json!("$.a"));
    assert_eq!(found, gives(json!({"b": 7}), Basis::Sample));
    let found = tried(
        "/States/Work/Parameters/n.$",
        json!("States.MathAdd($.a.b, 1)"),
    );
    assert_eq!(found, gives(json!(8), Basis::Sample));
    let found = tried("/States/Work/Parameters", json!({"x.$": "$.a.b", "y": [1]}));
    assert_eq!(found, gives(json!({"x": 7, "y": [1]}), Basis::Sample));
    let found = tried("/States/Work/Resource", json!("$.a"));
    assert_eq!(found, None);
}

#[test]
fn a_value_is_looked_at_as_a_whole() {
    let many: Vec<u32> = (0..500).collect();
    let knowledge = sample(json!({ "items": many }));
    let count = json!("{% $count($states.input.items) %}");
    let found = tried("JSONata", "/States/Work/Arguments", &count, &knowledge);
    assert_eq!(found, gives(json!(500), Basis::Sample));
    let last = tried(
        "JSONPath",
        "/States/Work/InputPath",
        &json!("$.items[499]"),
        &knowledge,
    );
    assert_eq!(last, gives(json!(499), Basis::Sample));
}

#[test]
fn a_run_shows_more_than_the_sample() {
    let seen = Seen {
        input: Some(json!({"x": 1})),
        result: Some(json!({"score": 0.5})),
        variables: json!({"limit": 2}).as_object().cloned().unwrap_or_default(),
        ..Seen::default()
    };
    let knowledge = ran("Work", seen);
    let output =
        json!({"score": "{% $states.result.score * $limit %}", "x": "{% $states.input.x %}"});
    let found = tried("JSONata", "/States/Work/Output", &output, &knowledge);
    assert_eq!(found, gives(json!({"score": 1, "x": 1}), Basis::Run));
    let found = tried(
        "JSONPath",
        "/States/Work/ResultPath",
        &json!("$.y"),
        &knowledge,
    );
    assert_eq!(
        found,
        gives(json!({"x": 1, "y": {"score": 0.5}}), Basis::Run)
    );
}

#[test]
fn what_fails_says_why_and_what_is_not_known_how_to_know_it() {
    let knowledge = sample(json!({"a": 1}));
    let words = |language: &str, field: &str, value: Value| match tried(
        language, field, &value, &knowledge,
    ) {
        Some(Trial::Fault { words, .. }) => words,
        other => panic!("{other:?}"),
    };
    let missing = words("JSONPath", "/States/Work/InputPath", json!("$.b"));
    assert_eq!(missing, "The path $.b leads to nothing.");
    let broken = words("JSONata", "/States/Work/Arguments", json!("{% 1 + %}"));
    assert!(broken.ends_with('.'), "{broken}");
    let nothing = words(
        "JSONata",
        "/States/Work/Arguments",
        json!("{% $states.input.b %}"),
    );
    assert!(nothing.contains("gives nothing"), "{nothing}");
    for (language, field, value, asked) in [
        (
            "JSONata",
            "/States/Work/Output",
            json!("{% $states.result.b %}"),
            "sample result",
        ),
        (
            "JSONPath",
            "/States/Work/ResultSelector",
            json!({"b.$": "$.b"}),
            "sample result",
        ),
    ] {
        match tried(language, field, &value, &knowledge) {
            Some(Trial::Unknown(words)) => assert!(words.contains(asked), "{words}"),
            other => panic!("{other:?}"),
        }
    }
    let unseen = tried(
        "JSONata",
        "/States/Work/Arguments",
        &json!("{% $states.input.a %}"),
        &Knowledge::default(),
    );
    assert!(matches!(unseen, Some(Trial::Unknown(_))), "{unseen:?}");
}

#[test]
fn what_stands_in_a_field_is_explained() {
    let document = document("JSONata");
    let pointer: Pointer = "/States/Work/Arguments".parse().expect("a pointer");
    let typed = "{% $count($states.input) %}";
    let found =
        hover_in_field(&document, &pointer, typed, 5, &Knowledge::default()).expect("words");
    assert!(found.text.contains("$count"), "{}", found.text);
}
