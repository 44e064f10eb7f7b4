//! Help on a part of a definition: what it is, an example, and where AWS's documentation says more.
//!
//! The words are those of the editor's explanations; nothing here is said twice. Nothing is fetched: a link is an address.

use super::docs;
use super::hover;
use super::room::{Room, RoomKind};
use crate::check::fields::Kind;
use crate::graph::{Outline, StateType};
use crate::text::{Document, Pointer, Step};
use serde_json::json;
use std::borrow::Cow;

/// Help on a part of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// What it is about.
    pub title: String,
    /// In the simplest Markdown: paragraphs, `code` and **bold**.
    pub text: String,
    /// How it is written; empty when there is nothing to show.
    pub example: String,
    /// The page of AWS's documentation that says more.
    pub page: Page,
}

/// A page of AWS's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// What it is about.
    pub title: &'static str,
    /// Its address.
    pub address: &'static str,
}

/// Help on what stands, or could stand, at `pointer`: the pipeline, a state, or a field; on the field that holds it where it is data of a
/// field. None where the language knows nothing of it.
pub fn help(document: &Document, pointer: &Pointer) -> Option<Help> {
    let whole = with(document, pointer)?;
    let mut at = pointer.clone();
    while let Some(around) = at.parent() {
        let room = Room::at(&whole, &around)?;
        match room.kind {
            RoomKind::Fields(kind) => {
                if let Some(help) = field(kind, &room, at.0.last()?) {
                    return Some(help);
                }
            }
            RoomKind::States => return state(&whole, &at),
            RoomKind::List(_) | RoomKind::Texts(..) | RoomKind::Data(..) | RoomKind::Unknown => {}
        }
        at = around;
    }
    Some(Help {
        title: "Pipeline".to_owned(),
        text: docs::MACHINE.to_owned(),
        example: docs::MACHINE_EXAMPLE.to_owned(),
        page: docs::MACHINE_PAGE,
    })
}

/// The document with something at a place where nothing stands.
fn with<'a>(document: &'a Document, pointer: &Pointer) -> Option<Cow<'a, Document>> {
    if document.get(pointer).is_some() {
        return Some(Cow::Borrowed(document));
    }
    let around = with(document, &pointer.parent()?)?;
    let edits = around.set(pointer, &json!({}), None).ok()?;
    around.apply(&edits).ok().map(Cow::Owned)
}

fn state(document: &Document, pointer: &Pointer) -> Option<Help> {
    let outline = Outline::of(document);
    let kind = outline.state(outline.find(pointer)?)?.kind?;
    Some(of_type(kind))
}

/// Help on a type of states.
fn of_type(kind: StateType) -> Help {
    Help {
        title: format!("{} state", kind.name()),
        text: docs::state_type(kind).to_owned(),
        example: docs::state_example(kind).to_owned(),
        page: docs::state_page(kind),
    }
}

fn field(kind: Kind, room: &Room<'_>, step: &Step) -> Option<Help> {
    let Step::Key(name) = step else { return None };
    let known = kind.field(name)?;
    let explained = hover::field(kind, room, name)?;
    let (title, text) = explained.split_once("\n\n")?;
    let value = docs::example(kind, known, room.language);
    Some(Help {
        title: title.replace("**", ""),
        text: text.to_owned(),
        example: value.map_or_else(String::new, |value| format!("\"{name}\": {value}")),
        page: docs::field_page(kind, known.name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fields::Language;
    use crate::check::{MachineType, Severity, check};
    use crate::text::NodeKind;

    const TEXT: &str = r#"{"StartAt": "Rest", "States": {
        "Rest": {"Type": "Wait", "Seconds": 7, "Next": "Each"},
        "Each": {"Type": "Map", "ItemProcessor": {"StartAt": "Call", "States": {
            "Call": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "f", "Payload": {"id.$": "$.id"}}, "End": true}}}, "End": true}}}"#;

    fn told(pointer: &str) -> Option<Help> {
        help(&Document::parse(TEXT), &pointer.parse().expect("a pointer"))
    }

    #[test]
    fn a_field_has_the_words_of_its_explanation_with_an_example_and_a_page() {
        let seconds = told("/States/Rest/Seconds").expect("help");
        assert_eq!(seconds.title, "Seconds in a Wait state");
        assert!(seconds.text.contains("Takes a whole number"), "{seconds:?}");
        assert_eq!(seconds.example, "\"Seconds\": 10");
        assert!(seconds.page.address.ends_with("/state-wait.html"));
        let rooted = told("").expect("help");
        assert_eq!(rooted.title, "Pipeline");
        assert_eq!(told("/States/Rest").expect("help").title, "Wait state");
    }

    #[test]
    fn what_is_not_written_yet_has_help_and_data_has_that_of_its_field() {
        let batch = told("/States/Each/ItemBatcher/MaxItemsPerBatch").expect("help");
        assert_eq!(batch.title, "MaxItemsPerBatch in an ItemBatcher");
        let retry = told("/States/Each/ItemProcessor/States/Call/Retry").expect("help");
        assert!(
            retry
                .page
                .address
                .ends_with("/concepts-error-handling.html")
        );
        let data =
            told("/States/Each/ItemProcessor/States/Call/Parameters/Payload/id.$").expect("help");
        assert_eq!(data.title, "Parameters in a Task state");
        assert_eq!(
            told("/States/Rest/Nonsense").expect("help").title,
            "Wait state"
        );
    }

    #[test]
    fn examples_of_types_and_of_the_pipeline_are_valid_definitions() {
        for kind in StateType::ALL {
            let state = of_type(kind).example;
            let text = format!(
                r#"{{"StartAt": "A", "States": {{"A": {state}, "B": {{"Type": "Succeed"}}, "C": {{"Type": "Succeed"}}}}}}"#
            );
            let document = Document::parse(text.as_str());
            assert!(matches!(
                document.root().map(|it| &it.kind),
                Some(NodeKind::Object(_))
            ));
            let own: Vec<_> = check(&document, MachineType::Standard)
                .into_iter()
                .filter(|it| {
                    it.severity == Severity::Error
                        && it.pointer.to_string().starts_with("/States/A")
                })
                .collect();
            assert_eq!(own, [], "{}", kind.name());
        }
        let document = Document::parse(docs::MACHINE_EXAMPLE);
        assert!(
            !check(&document, MachineType::Standard)
                .iter()
                .any(|it| it.severity == Severity::Error)
        );
    }

    #[test]
    fn every_field_of_every_object_has_words_and_an_example_that_is_json() {
        for (kind, field) in Kind::all_fields() {
            for language in [Language::JsonPath, Language::Jsonata] {
                let example = docs::example(kind, field, language)
                    .unwrap_or_else(|| panic!("{} in {}", field.name, kind.noun()));
                let read = serde_json::from_str::<serde_json::Value>(&example);
                assert!(read.is_ok(), "{}: {example}", field.name);
            }
            assert!(
                docs::field_page(kind, field.name)
                    .address
                    .starts_with("https://docs.aws.amazon.com/")
            );
        }
    }
}
