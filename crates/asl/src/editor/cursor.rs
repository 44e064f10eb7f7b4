//! What the cursor is in: the piece of text that is being written, and the tree around it as it would be if that piece
//! were whole. What may stand there is decided elsewhere; this is the only step that differs between formats.

use super::inset::readable;
use super::literal::Literal;
use super::room::{Room, RoomKind};
use super::{is_yaml, json, yaml};
use crate::text::{Document, Pointer, Span, Step, Style};

/// Stands in the mended text for what is being written. A private character, so that no definition means it.
pub(super) const MARKER: &str = "\u{e0f0}";

/// A cursor in a text.
pub(super) struct Cursor {
    /// The text with the piece at the cursor replaced by something whole, read as a tree.
    pub(super) mended: Document,
    /// The object or array around the cursor, in the mended tree; the root stands in nothing.
    pub(super) container: Pointer,
    /// What is being written.
    pub(super) slot: Slot,
    /// The piece itself; empty where nothing has been written.
    pub(super) literal: Literal,
    /// The cursor inside the piece's decoded text.
    pub(super) at: usize,
    /// Where a separator before the piece is missing.
    pub(super) separator_before: Option<usize>,
    /// Whether a separator must follow the piece.
    pub(super) separator_after: bool,
    /// The column of the name or element in a block collection of YAML; none in JSON.
    pub(super) column: Option<usize>,
    /// The habits of the text that is written in.
    pub(super) style: Style,
}

/// What is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// The outermost value.
    Root,
    /// A name in an object.
    Key {
        /// Whether its value stands there already.
        has_value: bool,
    },
    /// The value of a member or an element.
    Value(Step),
}

impl Slot {
    /// What is written where `pointer` leads; none for a name that cannot be one.
    fn of(pointer: &Pointer, is_key: bool, has_value: bool) -> Option<Self> {
        match pointer.0.last() {
            None => Some(Self::Root),
            Some(Step::Key(name)) if is_key && &**name == MARKER => Some(Self::Key { has_value }),
            Some(_) if is_key => None,
            Some(step) => Some(Self::Value(step.clone())),
        }
    }
}

/// A piece at the cursor and how to make it whole, found in a text of some format.
pub(super) struct Piece {
    pub(super) literal: Literal,
    /// Whether a name is being written; else a value.
    pub(super) is_key: bool,
    /// Whether a value follows the name.
    pub(super) has_value: bool,
    pub(super) separator_before: Option<usize>,
    pub(super) separator_after: bool,
    /// The column of the name or element in a block collection of YAML; none in JSON.
    pub(super) column: Option<usize>,
    /// The text with the piece made whole.
    pub(super) mended: String,
    /// Where the marker stands in it.
    pub(super) marker: usize,
}

impl Cursor {
    /// Finds the cursor; none where nothing can be written, as in comments and behind finished values.
    pub(super) fn find(text: &str, offset: usize) -> Option<Self> {
        let offset = text.floor_char_boundary(offset);
        if !is_yaml(text) {
            return Self::of(json::piece(text, offset)?, offset);
        }
        let mut found = yaml::pieces(text, offset)
            .into_iter()
            .filter_map(|piece| Self::of(piece, offset));
        let first = found.next()?;
        // Behind the dash of a list of objects, the name of a field is written.
        let is_object = first.column.is_some() && first.stands_in_objects();
        if is_object {
            found.next().or(Some(first))
        } else {
            Some(first)
        }
    }

    fn of(piece: Piece, offset: usize) -> Option<Self> {
        let mended = super::read(piece.mended);
        let (pointer, _) = mended.at_offset(piece.marker)?;
        Some(Self {
            container: pointer.parent().unwrap_or_default(),
            at: piece.literal.decoded(offset),
            slot: Slot::of(&pointer, piece.is_key, piece.has_value)?,
            literal: piece.literal,
            style: mended.style(),
            mended,
            separator_before: piece.separator_before,
            separator_after: piece.separator_after,
            column: piece.column,
        })
    }

    fn stands_in_objects(&self) -> bool {
        let room = Room::at(&self.mended, &self.container);
        let is_element = matches!(self.slot, Slot::Value(Step::Index(_)));
        is_element && room.is_some_and(|room| matches!(room.kind, RoomKind::List(_)))
    }

    /// The cursor in a text field that holds the value at `pointer`; none where no value can stand.
    pub(super) fn in_field(
        document: &Document,
        pointer: &Pointer,
        typed: &str,
        offset: usize,
    ) -> Option<Self> {
        let edits = document.set(pointer, &MARKER.into(), None).ok()?;
        let literal = Literal::raw(typed);
        Some(Self {
            mended: document.apply(&edits).ok()?,
            container: pointer.parent()?,
            slot: Slot::Value(pointer.0.last()?.clone()),
            at: literal.decoded(offset),
            literal,
            separator_before: None,
            separator_after: false,
            column: None,
            style: document.style(),
        })
    }

    /// The cursor in a text that holds the JSON at `pointer`, whatever the format of the document; none where nothing can be
    /// written.
    pub(super) fn in_json(
        document: &Document,
        pointer: &Pointer,
        typed: &str,
        offset: usize,
    ) -> Option<Self> {
        let piece = json::piece(typed, typed.floor_char_boundary(offset))?;
        let inner = Document::parse(piece.mended.as_str());
        let (way, _) = inner.at_offset(piece.marker)?;
        let edits = document.set(pointer, &readable(inner.root()?), None).ok()?;
        let at = Pointer(pointer.0.iter().chain(&way.0).cloned().collect());
        Some(Self {
            mended: document.apply(&edits).ok()?,
            container: at.parent()?,
            slot: Slot::of(&at, piece.is_key, piece.has_value)?,
            at: piece.literal.decoded(offset),
            literal: piece.literal,
            separator_before: piece.separator_before,
            separator_after: piece.separator_after,
            column: None,
            style: inner.style(),
        })
    }

    /// What has been written before the cursor.
    pub(super) fn typed(&self) -> &str {
        self.literal.text.get(..self.at).unwrap_or_default()
    }

    /// The whole piece in the text.
    pub(super) fn span(&self) -> Span {
        self.literal.span
    }
}
