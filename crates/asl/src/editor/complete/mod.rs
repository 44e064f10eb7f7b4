//! What can be written at a cursor.
//!
//! What the cursor is in comes from [`super::cursor`], where that is in the definition from [`super::room`]; the files
//! here say what may stand there. Offers are compared with what has been typed and come in the order of their use.

mod data;
mod errors;
mod fields;
mod jsonata;
mod offer;
mod paths;
mod rank;
mod resources;
mod skeletons;
mod values;

use super::cursor::{Cursor, Slot};
use super::knowledge::Knowledge;
use super::room::{Room, RoomKind};
use super::template::{Habits, Snippet};
use crate::text::{Document, Pointer, TextEdit};
use offer::Offer;
pub use rank::score;

/// What an offer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    /// The name of a field.
    Field,
    /// A word or value that a field takes.
    Value,
    /// The name of a state.
    State,
    /// The name of an error.
    Error,
    /// What does a task's work.
    Resource,
    /// A variable of the workflow.
    Variable,
    /// A path into data.
    Path,
    /// An intrinsic function, or one of JSONata.
    Function,
    /// Several fields at once: a state, a rule, a retrier.
    Snippet,
}

/// Something that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// In few words: a type, a signature, "required".
    pub detail: String,
    /// A sentence or two; empty when there is nothing to say.
    pub documentation: String,
    /// What is put into the text.
    pub edit: Snippet,
    /// Whether something else should be used.
    pub deprecated: bool,
    /// Offers are in the order of these.
    pub sort: String,
}

/// What can be written at a cursor, the best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions {
    /// The offers.
    pub items: Vec<Completion>,
    /// Changes that belong to each of them: a comma that is missing before it.
    pub also: Vec<TextEdit>,
}

/// What can be written at a cursor. `offset` is in bytes; inside a character it counts as before it.
pub fn complete(text: &str, offset: usize, knowledge: &Knowledge) -> Completions {
    match Cursor::find(text, offset) {
        Some(cursor) => offered(&cursor, text, knowledge),
        None => Completions::default(),
    }
}

/// What can be written in a text field that holds the value at `pointer`, as an inspector has them. `typed` is what the
/// field holds, without quotes and escapes; edits are edits of it.
pub fn complete_field(
    document: &Document,
    pointer: &Pointer,
    typed: &str,
    offset: usize,
    knowledge: &Knowledge,
) -> Completions {
    match Cursor::in_field(document, pointer, typed, offset) {
        Some(cursor) => offered(&cursor, typed, knowledge),
        None => Completions::default(),
    }
}

/// What can be written at a cursor in `text`.
pub(super) fn offered(cursor: &Cursor, text: &str, knowledge: &Knowledge) -> Completions {
    let offers = match Place::of(cursor, knowledge) {
        Some(place) => place.offers(),
        None if cursor.slot == Slot::Root => skeletons::machines(),
        None => Vec::new(),
    };
    let habits = Habits::at(cursor, text);
    finish(offers, cursor, &habits)
}

/// A cursor in a definition.
struct Place<'c> {
    cursor: &'c Cursor,
    /// The object or array around it.
    room: Room<'c>,
    knowledge: &'c Knowledge,
}

impl<'c> Place<'c> {
    fn of(cursor: &'c Cursor, knowledge: &'c Knowledge) -> Option<Self> {
        if cursor.slot == Slot::Root {
            return None;
        }
        let room = Room::at(&cursor.mended, &cursor.container)?;
        Some(Self {
            cursor,
            room,
            knowledge,
        })
    }

    fn offers(&self) -> Vec<Offer> {
        match (&self.cursor.slot, self.room.kind) {
            (Slot::Root, _) => Vec::new(),
            (Slot::Key { has_value }, RoomKind::Fields(kind)) => {
                fields::offers(self, kind, *has_value)
            }
            (Slot::Key { has_value }, RoomKind::States) => skeletons::states(self, *has_value),
            (Slot::Key { .. }, RoomKind::Data(_, field)) => data::offers(self, field),
            (Slot::Key { .. }, RoomKind::List(_) | RoomKind::Texts(..) | RoomKind::Unknown) => {
                Vec::new()
            }
            (Slot::Value(step), RoomKind::Fields(kind)) => values::offers(self, kind, &step.name()),
            (Slot::Value(_), RoomKind::States) => skeletons::state_values(self),
            (Slot::Value(_), RoomKind::List(kind)) => skeletons::elements(self, kind),
            (Slot::Value(_), RoomKind::Texts(_, "ErrorEquals")) => errors::offers(self),
            (Slot::Value(_), RoomKind::Data(_, field)) => values::of_data(self, field),
            (Slot::Value(_), RoomKind::Texts(..) | RoomKind::Unknown) => Vec::new(),
        }
    }

    /// The names of the fields that stand in the object.
    fn has(&self, name: &str) -> bool {
        self.room.node.member(name).is_some()
    }
}

/// Keeps what fits what has been typed, and writes it in the habits of the text.
fn finish(offers: Vec<Offer>, cursor: &Cursor, habits: &Habits) -> Completions {
    let mut ranked: Vec<(u8, Offer)> = offers
        .into_iter()
        .filter_map(|offer| Some((score(offer.typed(cursor), offer.sought())?, offer)))
        .collect();
    ranked.sort_by_key(|(score, offer)| (*score, offer.rank));
    let items = ranked.into_iter().enumerate();
    let items = items.map(|(index, (_, offer))| Completion {
        sort: format!("{index:04}"),
        edit: offer.snippet(cursor, habits),
        label: offer.label,
        kind: offer.kind,
        detail: offer.detail,
        documentation: offer.documentation,
        deprecated: offer.deprecated,
    });
    let comma = cursor
        .separator_before
        .map(|at| TextEdit::new(crate::text::Span::at(at), ","));
    Completions {
        items: items.collect(),
        also: comma.into_iter().collect(),
    }
}
