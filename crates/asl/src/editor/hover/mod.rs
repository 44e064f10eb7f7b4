//! What stands at a place, explained: fields, words, states, errors, resources, paths, variables, functions, times.

mod amounts;
mod arns;
mod queries;
mod states;

use super::docs;
use super::knowledge::Knowledge;
use super::literal::Literal;
use super::read;
use super::room::{Room, RoomKind};
use super::spot::Spot;
use crate::check::fields::{Kind, Language};
use crate::check::required;
use crate::check::shape::Shape;
use crate::graph::StateType;
use crate::text::{Document, Pointer, Span};

/// An explanation of a part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The part, in bytes.
    pub span: Span,
    /// In the simplest Markdown: paragraphs, `code` and **bold**.
    pub text: String,
}

impl Hover {
    fn new(span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { span, text }
    }
}

/// What stands at a place, `offset` in bytes; none where there is nothing to say.
pub fn hover(text: &str, offset: usize, knowledge: &Knowledge) -> Option<Hover> {
    at(&read(text), offset, knowledge)
}

/// What stands at a place in a text field that holds the value at `pointer`; see [`super::complete_field`]. The span is that
/// of the text in the definition.
pub fn hover_in_field(
    document: &Document,
    pointer: &Pointer,
    typed: &str,
    offset: usize,
    knowledge: &Knowledge,
) -> Option<Hover> {
    let edits = document.set(pointer, &typed.into(), None).ok()?;
    let mended = document.apply(&edits).ok()?;
    let span = mended.get(pointer)?.span;
    let literal = Literal::written(mended.text(), span);
    at(&mended, literal.place(offset), knowledge)
}

fn at(document: &Document, offset: usize, knowledge: &Knowledge) -> Option<Hover> {
    let spot = Spot::at(document, offset)?;
    match spot.name {
        Some(span) => of_name(&spot, span, knowledge),
        None => of_value(&spot, knowledge),
    }
}

fn of_name(spot: &Spot<'_>, span: Span, knowledge: &Knowledge) -> Option<Hover> {
    match spot.room.kind {
        RoomKind::Fields(kind) => {
            field(kind, &spot.room, spot.key()).map(|text| Hover::new(span, text))
        }
        RoomKind::States => {
            let room = Room::at(spot.document, &spot.room.pointer.join(spot.step.clone()))?;
            let state = &room.state?;
            Some(Hover::new(
                span,
                states::explained(spot.document, &state.pointer)?,
            ))
        }
        RoomKind::Data(_, "Assign") => queries::assigned(spot, span, knowledge),
        RoomKind::List(_) | RoomKind::Texts(..) | RoomKind::Data(..) | RoomKind::Unknown => None,
    }
}

/// A field with what it takes.
pub(super) fn field(kind: Kind, room: &Room<'_>, name: &str) -> Option<String> {
    let field = kind.field(name)?;
    let is_required = required(kind, room.node, room.language).contains(&field.name)
        || (field.name == "Type" && matches!(kind, Kind::State(_) | Kind::UntypedState));
    let takes = takes(field.shape);
    let must = if is_required { "Required. " } else { "" };
    let only = match field.only {
        Some(Language::JsonPath) => " Only with JSONPath.",
        Some(Language::Jsonata) => " Only with JSONata.",
        None => "",
    };
    Some(format!(
        "**{name}** in {}\n\n{}\n\n{must}Takes {takes}.{only}",
        kind.noun(),
        docs::field(kind, field.name)
    ))
}

/// What a field takes, with its bounds.
fn takes(shape: Shape) -> String {
    match shape {
        Shape::OneOf(words) => words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", "),
        Shape::Integer(low, i64::MAX) => format!("a whole number from {low}"),
        Shape::Integer(low, high) => format!("a whole number from {low} to {high}"),
        Shape::Number(f64::MIN, _) => "a number".to_owned(),
        Shape::Number(low, f64::MAX) => format!("a number from {low}"),
        Shape::Number(low, high) => format!("a number from {low} to {high}"),
        Shape::Any
        | Shape::Text
        | Shape::Flag
        | Shape::Object
        | Shape::Objects
        | Shape::SomeObjects
        | Shape::SomeTexts
        | Shape::Array
        | Shape::Timestamp
        | Shape::Query(_)
        | Shape::Template => with_article(docs::shape(shape)),
    }
}

fn with_article(noun: &str) -> String {
    match noun.chars().next() {
        Some('a' | 'o') if !noun.starts_with("one ") && !noun.starts_with("any ") => {
            format!("an {noun}")
        }
        _ if noun.starts_with("any ") => noun.to_owned(),
        _ => format!("a {noun}"),
    }
}

fn of_value(spot: &Spot<'_>, knowledge: &Knowledge) -> Option<Hover> {
    let span = spot.node.span;
    let known = match spot.room.kind {
        RoomKind::Fields(kind) => of_field(spot, kind),
        RoomKind::Texts(_, "ErrorEquals") => spot.node.as_str().and_then(|name| error(spot, name)),
        RoomKind::Texts(..)
        | RoomKind::States
        | RoomKind::List(_)
        | RoomKind::Data(..)
        | RoomKind::Unknown => None,
    };
    known
        .map(|text| Hover::new(span, text))
        .or_else(|| queries::explained(spot, knowledge))
        .or_else(|| literal(spot).map(|text| Hover::new(span, text)))
}

fn of_field(spot: &Spot<'_>, kind: Kind) -> Option<String> {
    let (name, text) = (spot.key(), spot.node.as_str());
    match (name, text) {
        ("Next" | "Default" | "StartAt", Some(target)) => {
            states::named(spot.document, &spot.room, target)
        }
        ("Type", Some(word)) => {
            let words = docs::state_type(StateType::from_name(word)?);
            Some(format!("**{word}** state\n\n{words}"))
        }
        ("Resource", Some(resource)) => arns::resource(resource),
        _ => {
            let field = kind.field(name)?;
            match (field.shape, text) {
                (Shape::OneOf(_), Some(word)) => {
                    let words = docs::word(field.name, word);
                    (!words.is_empty()).then(|| format!("**{word}**\n\n{words}"))
                }
                (Shape::Integer(..), _) if name.contains("Seconds") => {
                    amounts::seconds(spot.node.as_number()?).map(|text| format!("{text}."))
                }
                _ => None,
            }
        }
    }
}

/// A name in `ErrorEquals`.
fn error(spot: &Spot<'_>, name: &str) -> Option<String> {
    let resource = spot
        .room
        .state
        .as_ref()
        .and_then(|state| state.node.field("Resource")?.as_str());
    let service = resource.and_then(arns::service_of);
    let own = service
        .map_or(&[][..], docs::errors_of_service)
        .iter()
        .find(|(known, _)| *known == name);
    let words = own
        .map(|(_, words)| *words)
        .or_else(|| docs::error(name).map(|error| error.words))?;
    Some(format!("**{name}**\n\n{words}"))
}

/// Texts that explain themselves: ARNs and timestamps.
fn literal(spot: &Spot<'_>) -> Option<String> {
    let text = spot.node.as_str()?;
    arns::resource(text)
        .or_else(|| arns::other(text))
        .or_else(|| amounts::timestamp(text))
}
