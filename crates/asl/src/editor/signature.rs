//! Help with the arguments of a call: intrinsic functions, and those of JSONata.

use super::cursor::Cursor;
use super::docs;
use super::expression::Expression;
use super::room::{Room, RoomKind};
use super::tokens::{call_at, tokens};
use crate::text::{Document, Pointer, Span};
use jsonata::Profile;
use jsonata::editor::Sample;

/// A function that is being called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureHelp {
    /// The function with its parameters: `States.ArrayGetItem(array, index)`.
    pub label: String,
    /// Where each parameter stands in the label, in bytes.
    pub parameters: Vec<Span>,
    /// The parameter that is being written; as many as there are when there are too many arguments.
    pub active: usize,
    /// A sentence; empty for functions that the expression makes itself.
    pub documentation: String,
}

/// Help for the innermost call around a cursor, when its function is known. `offset` is in bytes.
pub fn signature_help(text: &str, offset: usize) -> Option<SignatureHelp> {
    of_cursor(&Cursor::find(text, offset)?)
}

/// The same in a text field that holds the value at `pointer`; see [`super::complete_field`].
pub fn signature_help_in_field(
    document: &Document,
    pointer: &Pointer,
    typed: &str,
    offset: usize,
) -> Option<SignatureHelp> {
    of_cursor(&Cursor::in_field(document, pointer, typed, offset)?)
}

/// Help for the call around a cursor.
pub(super) fn of_cursor(cursor: &Cursor) -> Option<SignatureHelp> {
    if let Some(inner) = Expression::of(&cursor.literal.text) {
        let sample = Sample {
            profile: Profile::Aws,
            ..Sample::default()
        };
        let at = cursor.at.checked_sub(inner.start)?;
        return jsonata::editor::signature_help(inner.text, at, &sample).map(of_jsonata);
    }
    let room = Room::at(&cursor.mended, &cursor.container)?;
    if !matches!(room.kind, RoomKind::Data(..) | RoomKind::Fields(_)) {
        return None;
    }
    let (name, commas) = call_at(&tokens(&cursor.literal.text), cursor.at)?;
    let function = docs::function_named(cursor.literal.text.get(name.range)?)?;
    Some(of_function(function, commas))
}

fn of_jsonata(help: jsonata::editor::SignatureHelp) -> SignatureHelp {
    let spans = help.parameters.into_iter();
    SignatureHelp {
        label: help.label,
        parameters: spans
            .map(|range| Span::new(range.start, range.end))
            .collect(),
        active: help.active,
        documentation: help.documentation,
    }
}

fn of_function(function: docs::Function, commas: usize) -> SignatureHelp {
    let mut parameters = Vec::new();
    let mut start = function.name.len() + 1;
    for name in function
        .parameters
        .split(", ")
        .filter(|name| !name.is_empty())
    {
        parameters.push(Span::new(start, start + name.len()));
        start += name.len() + 2;
    }
    let goes_on = function.parameters.ends_with('…');
    let last = if goes_on {
        parameters.len().saturating_sub(1)
    } else {
        parameters.len()
    };
    SignatureHelp {
        label: function.signature(),
        parameters,
        active: commas.min(last),
        documentation: function.words.to_owned(),
    }
}
