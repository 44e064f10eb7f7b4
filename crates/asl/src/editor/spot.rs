//! What stands at a place in a text: a name or a value, with the object or array around it. Unlike [`super::cursor`], it
//! looks at what is written, not at what could be.

use super::literal::Literal;
use super::room::Room;
use crate::text::{Document, Node, Pointer, Span, Step};

/// A name or a value in a document.
pub(super) struct Spot<'d> {
    pub(super) document: &'d Document,
    /// The object or array around it.
    pub(super) room: Room<'d>,
    /// The way from there to it.
    pub(super) step: Step,
    /// The value, also when the place is on its name.
    pub(super) node: &'d Node,
    /// Where the name stands, when the place is on it.
    pub(super) name: Option<Span>,
    /// The place itself.
    pub(super) offset: usize,
}

impl<'d> Spot<'d> {
    /// What stands at a byte offset; none at the root and between things.
    pub(super) fn at(document: &'d Document, offset: usize) -> Option<Self> {
        let offset = document.text().floor_char_boundary(offset);
        let (pointer, node) = document.at_offset(offset)?;
        let (step, parents) = pointer.0.split_last()?;
        let room = Room::at(document, &Pointer(parents.to_vec()))?;
        let members = room.node.members().iter();
        let name = members
            .map(|member| member.key_span)
            .find(|span| span.touches(offset));
        if name.is_none() && !node.span.touches(offset) {
            return None;
        }
        Some(Self {
            document,
            step: step.clone(),
            node,
            name,
            room,
            offset,
        })
    }

    /// The name of the member, or the digits of the element.
    pub(super) fn key(&self) -> &str {
        match &self.step {
            Step::Key(name) => name,
            Step::Index(_) => "",
        }
    }

    /// The text of the value with the offset in it; none when it is no string.
    pub(super) fn text(&self) -> Option<(Literal, usize)> {
        self.node.as_str()?;
        let literal = Literal::written(self.document.text(), self.node.span);
        let at = literal.decoded(self.offset);
        Some((literal, at))
    }
}
