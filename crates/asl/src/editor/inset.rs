//! Help in a text that holds the JSON at one place of a definition, as the boxes of an inspector have it: the same answers as
//! in the definition itself, with places and edits in that text.
//!
//! The text may be anything, since somebody writes in it: what of it can be read is put into the definition, with the piece
//! at the cursor mended, so that unclosed brackets swallow nothing of what stands around it.

use super::complete::{self, Completions};
use super::cursor::{Cursor, Slot};
use super::hover::{self, Hover, hover_in_field};
use super::knowledge::Knowledge;
use super::literal::Quotes;
use super::room::{Room, RoomKind};
use super::signature::{self, SignatureHelp};
use super::trial::{Trial, try_field};
use crate::check::fields::Language;
use crate::definition::expression;
use crate::text::{Document, Node, NodeKind, Pointer};
use serde_json::{Map, Value};

/// What can be written in a text that holds the JSON at `pointer`. Edits are edits of that text, escapes included.
pub fn complete_json(
    document: &Document,
    pointer: &Pointer,
    typed: &str,
    offset: usize,
    knowledge: &Knowledge,
) -> Completions {
    match Cursor::in_json(document, pointer, typed, offset) {
        Some(cursor) => complete::offered(&cursor, typed, knowledge),
        None => Completions::default(),
    }
}

/// What stands at a place in a text that holds the JSON at `pointer`; none where there is nothing to say.
pub fn hover_in_json(
    document: &Document,
    pointer: &Pointer,
    typed: &str,
    offset: usize,
    knowledge: &Knowledge,
) -> Option<Hover> {
    let cursor = Cursor::in_json(document, pointer, typed, offset)?;
    if let Slot::Key { .. } = cursor.slot {
        let room = Room::at(&cursor.mended, &cursor.container)?;
        let RoomKind::Fields(kind) = room.kind else {
            return None;
        };
        let text = hover::field(kind, &room, &cursor.literal.text)?;
        return Some(Hover {
            span: cursor.span(),
            text,
        });
    }
    let (at, text) = written(&cursor, offset)?;
    hover_in_field(&cursor.mended, &at, &text, cursor.at, knowledge)
}

/// Help for the innermost call around a cursor in a text that holds the JSON at `pointer`.
pub fn signature_help_in_json(
    document: &Document,
    pointer: &Pointer,
    typed: &str,
    offset: usize,
) -> Option<SignatureHelp> {
    signature::of_cursor(&Cursor::in_json(document, pointer, typed, offset)?)
}

/// What the one expression or path gives that the cursor is in, in a text that holds the JSON at `pointer`. None where the
/// cursor is in none.
pub fn try_in_json(
    document: &Document,
    pointer: &Pointer,
    typed: &str,
    offset: usize,
    knowledge: &Knowledge,
) -> Option<Trial> {
    let cursor = Cursor::in_json(document, pointer, typed, offset)?;
    let (at, text) = written(&cursor, offset)?;
    let language = Room::at(&cursor.mended, &cursor.container)?.language;
    if language == Language::Jsonata && expression(&text).is_none() {
        return None;
    }
    try_field(&cursor.mended, &at, &Value::from(text), knowledge)
}

/// The string that the cursor is in: where it stands in the definition, and what it means; an expression that has no closing
/// braces yet gets them.
fn written(cursor: &Cursor, offset: usize) -> Option<(Pointer, String)> {
    let Slot::Value(step) = &cursor.slot else {
        return None;
    };
    let is_text = matches!(cursor.literal.quotes, Quotes::Closed | Quotes::Open);
    if !is_text || offset <= cursor.span().start {
        return None;
    }
    let mut text = cursor.literal.text.clone();
    if text.starts_with("{%") && expression(&text).is_none() {
        text.push_str(" %}");
    }
    Some((cursor.container.join(step.clone()), text))
}

/// The value of a tree; null stands for what is missing, as a member's value that is not written yet.
pub(super) fn readable(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Object(members) => {
            let members = members.iter();
            let members = members.map(|it| (it.key.to_string(), readable(&it.value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        NodeKind::Array(items) => items.iter().map(readable).collect(),
        NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Placeholder(_)
        | NodeKind::Missing => node.to_value().unwrap_or(Value::Null),
    }
}
