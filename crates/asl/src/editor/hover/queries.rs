//! Paths, variables, functions and expressions with what they are likely to hold.

use super::Hover;
use crate::check::fields::Language;
use crate::editor::docs;
use crate::editor::expression::{Expression, sampled};
use crate::editor::flow::{Flow, Guess, Variable, sight};
use crate::editor::knowledge::Knowledge;
use crate::editor::literal::Literal;
use crate::editor::preview::{kind, preview};
use crate::editor::room::{RoomKind, is_query};
use crate::editor::spot::Spot;
use crate::editor::tokens::{Token, TokenKind, tokens};
use crate::graph::StateIx;
use crate::text::Span;
use std::ops::Range;

/// A query at a place; none where the text is no query.
pub(super) fn explained(spot: &Spot<'_>, knowledge: &Knowledge) -> Option<Hover> {
    let (literal, at) = spot.text()?;
    let field = field(spot)?;
    if spot.room.language == Language::Jsonata {
        return expression(spot, knowledge, &field, &literal, at);
    }
    if !is_query(spot.room.kind, &spot.step) {
        return None;
    }
    let token = tokens(&literal.text)
        .into_iter()
        .find(|token| token.range.contains(&at) || token.range.end == at)?;
    let range = token.range.clone();
    let text = match token.kind {
        TokenKind::Path => path(spot, knowledge, &field, &literal, &token, at),
        TokenKind::Name => function(literal.text.get(range.clone())?),
        TokenKind::Text
        | TokenKind::Number
        | TokenKind::Open
        | TokenKind::Close
        | TokenKind::Comma => None,
    };
    Some(Hover::new(source(&literal, range), text?))
}

/// The field that a place belongs to.
fn field(spot: &Spot<'_>) -> Option<String> {
    match spot.room.kind {
        RoomKind::Fields(_) => Some(spot.key().to_owned()),
        RoomKind::Data(_, field) | RoomKind::Texts(_, field) => Some(field.to_owned()),
        RoomKind::States | RoomKind::List(_) | RoomKind::Unknown => None,
    }
}

fn source(literal: &Literal, range: Range<usize>) -> Span {
    Span::new(literal.place(range.start), literal.place(range.end))
}

fn state_ix(spot: &Spot<'_>, flow: &Flow<'_>) -> Option<StateIx> {
    flow.outline.find(&spot.room.state.as_ref()?.pointer)
}

/// A path up to the step at the place.
fn path(
    spot: &Spot<'_>,
    knowledge: &Knowledge,
    field: &str,
    literal: &Literal,
    token: &Token,
    at: usize,
) -> Option<String> {
    let whole = literal.text.get(token.range.clone())?;
    let shown = upto(whole, at.saturating_sub(token.range.start));
    let flow = Flow::of(spot.document, knowledge);
    let ix = state_ix(spot, &flow)?;
    if let Some(below) = shown.strip_prefix("$$") {
        let words = docs::context(below.trim_start_matches('.'));
        return Some(format!(
            "`{shown}`\n\n{words}{}",
            told(&flow.path(shown, &Guess::default(), ix))
        ));
    }
    let name = shown
        .strip_prefix('$')
        .unwrap_or_default()
        .split(['.', '['])
        .next()
        .unwrap_or_default();
    let variables = flow.variables(ix);
    if let Some(variable) = variables.get(name).filter(|_| !name.is_empty()) {
        if shown.len() == name.len() + 1 {
            return Some(told_variable(name, variable));
        }
        let below = format!("${}", shown.get(name.len() + 1..)?);
        return Some(format!(
            "`{shown}`{}",
            told(&flow.path(&below, &variable.value, ix))
        ));
    }
    let input = sight(&flow, ix, &spot.room, field, false).input;
    let found = flow.path(shown, &input, ix);
    Some(format!("`{shown}`{}", told(&found)))
}

/// The part of a path that ends with the step at an offset.
fn upto(path: &str, at: usize) -> &str {
    let mut depth = 0_usize;
    for (index, character) in path.char_indices() {
        if depth == 0 && index > at && matches!(character, '.' | '[') {
            return path.get(..index).unwrap_or(path);
        }
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    path
}

/// A likely value: the value itself when a run or the sample has shown it, else its kind.
fn told(guess: &Guess) -> String {
    match (guess.is_seen, kind(&guess.value)) {
        (_, "") => String::new(),
        (true, _) => format!("\n\nLast value: `{}`", preview(&guess.value)),
        (false, kind) => format!("\n\nLikely: {kind}."),
    }
}

fn told_variable(name: &str, variable: &Variable) -> String {
    let setters = match variable.set_by.as_slice() {
        [] => String::new(),
        names => format!("\n\nSet by {}.", names.join(", ")),
    };
    format!("Variable **{name}**{setters}{}", told(&variable.value))
}

fn function(name: &str) -> Option<String> {
    let function = docs::function_named(name)?;
    Some(format!("`{}`\n\n{}", function.signature(), function.words))
}

fn expression(
    spot: &Spot<'_>,
    knowledge: &Knowledge,
    field: &str,
    literal: &Literal,
    at: usize,
) -> Option<Hover> {
    let inner = Expression::of(&literal.text)?;
    let at = at.checked_sub(inner.start)?;
    let (found, setters) = sampled(
        spot.document,
        &spot.room,
        field,
        knowledge,
        |sample, variables| {
            let found = jsonata::editor::hover(inner.text, at, sample)?;
            let variable = found
                .title
                .strip_prefix('$')
                .and_then(|name| variables.get(name));
            let setters = variable
                .map(|variable| variable.set_by.join(", "))
                .filter(|names| !names.is_empty());
            Some((found, setters))
        },
    )??;
    let mut text = format!("`{}`", found.title);
    let setters = setters.map(|names| format!("Set by {names}."));
    let value = found
        .value
        .filter(|value| value != "null")
        .map(|value| format!("Likely value: `{value}`"));
    let words = Some(found.documentation).filter(|words| !words.is_empty());
    for part in [words, setters, value].into_iter().flatten() {
        text.push_str("\n\n");
        text.push_str(&part);
    }
    let range = found.range.start + inner.start..found.range.end + inner.start;
    Some(Hover::new(source(literal, range), text))
}

/// The name of a variable where it is set.
pub(super) fn assigned(spot: &Spot<'_>, span: Span, knowledge: &Knowledge) -> Option<Hover> {
    if spot.room.pointer.0.last()?.name() != "Assign" {
        return None;
    }
    let name = spot.key();
    let name = if spot.room.language == Language::JsonPath {
        name.strip_suffix(".$").unwrap_or(name)
    } else {
        name
    };
    let flow = Flow::of(spot.document, knowledge);
    let value = state_ix(spot, &flow)
        .map(|ix| flow.assigned_in(ix, name))
        .unwrap_or_default();
    let text = format!(
        "Variable **{name}**, seen from the next state on{}",
        told(&value)
    );
    Some(Hover::new(span, text))
}
