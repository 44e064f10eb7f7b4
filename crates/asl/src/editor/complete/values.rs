//! Values of fields: words, Booleans, names of states, resources.

use super::offer::Offer;
use super::paths::{self, Takes};
use super::{CompletionKind, Place, jsonata, resources};
use crate::check::fields::{Field, Kind, Language, TYPES};
use crate::check::shape::{QueryShape, Shape};
use crate::editor::cursor::Slot;
use crate::editor::docs;
use crate::editor::names::{self, Candidate};
use crate::graph::StateType;

pub(super) fn offers(place: &Place<'_>, kind: Kind, name: &str) -> Vec<Offer> {
    let Some(field) = kind.field(name) else {
        return Vec::new();
    };
    match field.name {
        "Type" => TYPES.iter().map(|word| state_type(word)).collect(),
        "StartAt" | "Next" | "Default" => targets(place),
        "Resource" => resources::offers(place, kind),
        "End" => vec![Offer::whole(CompletionKind::Value, "true", "true")],
        _ => of_shape(place, kind, field),
    }
}

fn state_type(word: &str) -> Offer {
    let words = StateType::from_name(word).map_or("", docs::state_type);
    Offer::text(CompletionKind::Value, word).documentation(words)
}

fn of_shape(place: &Place<'_>, kind: Kind, field: &Field) -> Vec<Offer> {
    let mut offers = match field.shape {
        Shape::OneOf(words) => words
            .iter()
            .map(|word| {
                Offer::text(CompletionKind::Value, *word)
                    .documentation(docs::word(field.name, word))
            })
            .collect(),
        Shape::Flag if field.name != "Condition" => ["true", "false"]
            .map(|word| Offer::whole(CompletionKind::Value, word, word))
            .into(),
        Shape::Query(query) if query.takes_null() => vec![
            Offer::whole(CompletionKind::Value, "null", "null")
                .documentation(docs::field(kind, field.name))
                .rank(5),
        ],
        Shape::Any
        | Shape::Text
        | Shape::Flag
        | Shape::Object
        | Shape::Objects
        | Shape::SomeObjects
        | Shape::SomeTexts
        | Shape::Array
        | Shape::Integer(..)
        | Shape::Number(..)
        | Shape::Timestamp
        | Shape::Query(_)
        | Shape::Template => Vec::new(),
    };
    if let Shape::Query(query) = field.shape {
        offers.extend(paths::offers(place, field.name, takes(query)));
    }
    if takes_expression(place, field) {
        offers.extend(expressions(place, field.name));
    }
    offers
}

/// What queries of JSONPath a field takes.
fn takes(query: QueryShape) -> Takes {
    match query {
        QueryShape::NullablePath | QueryShape::RulePath => Takes::Paths,
        QueryShape::Path | QueryShape::ReferencePath => Takes::Places,
        QueryShape::ResultPath => Takes::Target,
        QueryShape::PathOrIntrinsic => Takes::TextFunctions,
    }
}

fn takes_expression(place: &Place<'_>, field: &Field) -> bool {
    let is_text = matches!(field.name, "Error" | "Cause");
    place.room.language == Language::Jsonata && (field.expression || is_text)
}

/// What can be written in a text that may be an expression.
fn expressions(place: &Place<'_>, field: &str) -> Vec<Offer> {
    if place.cursor.literal.text.is_empty() {
        let offer = Offer::whole(CompletionKind::Snippet, "{% %}", "\"{% «» %}\"");
        return vec![offer.documentation("A JSONata expression.").rank(1)];
    }
    jsonata::offers(place, field).unwrap_or_default()
}

/// The states that a transition here can lead to.
fn targets(place: &Place<'_>) -> Vec<Offer> {
    let candidates = names::targets(&place.cursor.mended, &place.room);
    candidates.into_iter().map(target).collect()
}

fn target(candidate: Candidate) -> Offer {
    let rank = match (candidate.is_self, candidate.is_reachable) {
        (true, _) => 2,
        (false, false) => 0,
        (false, true) => 1,
    };
    let reach = if candidate.is_reachable {
        ""
    } else {
        ", nothing leads here yet"
    };
    let kind = candidate.kind.map_or("state", StateType::name);
    Offer::text(CompletionKind::State, candidate.name)
        .detail(format!("{kind}{reach}"))
        .documentation(candidate.comment)
        .rank(rank)
}

/// Values inside data: expressions of JSONata, queries behind keys that end in `.$`.
pub(super) fn of_data(place: &Place<'_>, field: &str) -> Vec<Offer> {
    if place.room.language == Language::Jsonata {
        return expressions(place, field);
    }
    let is_query = matches!(&place.cursor.slot, Slot::Value(step) if step.name().ends_with(".$"));
    if is_query {
        paths::offers(place, field, Takes::Functions)
    } else {
        Vec::new()
    }
}
