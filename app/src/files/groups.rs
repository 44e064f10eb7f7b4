//! Groups and notes in a picture, as the canvas shows them: frames with their titles, names on states, marks of notes.

use super::ink::Ink;
use super::svg::{Picture, centred, escaped, rect};
use crate::canvas::frames::{Frame, Grouped};
use crate::document::{Group, note_of};
use crate::ui::Glyph;
use layout::{PlacedNode, Rect};
use std::fmt::Write as _;

impl Picture<'_> {
    /// How the groups are drawn.
    pub(super) fn grouped(&self) -> Grouped {
        Grouped::of(self.layout, self.outline, Group::all(self.document))
    }

    /// The frames, without their titles, which stand above ways.
    pub(super) fn frames(out: &mut String, ink: &impl Ink, frames: &[Frame]) {
        let (fill, stroke) = (ink.of("text"), ink.of("line-strong"));
        let look = format!(r#"fill="{fill}" fill-opacity="0.03" stroke="{stroke}""#);
        for frame in frames {
            rect(out, frame.rect, 12.0, &look);
        }
    }

    /// The names of the frames.
    pub(super) fn titles(out: &mut String, ink: &impl Ink, frames: &[Frame]) {
        for frame in frames {
            tag(out, ink, &frame.group.name, frame.title);
        }
    }

    /// What a state carries: the name of its group when that has no frame, and a mark that says its note to a pointer.
    pub(super) fn carried(
        &self,
        out: &mut String,
        ink: &impl Ink,
        node: &PlacedNode,
        grouped: &Grouped,
    ) {
        if let Some(name) = grouped.marks.get(&node.pointer) {
            let letters = name.chars().count().min(16);
            let width = (u32::try_from(letters).map_or(120.0, f64::from) * 7.0 + 12.0).min(120.0);
            let at = Rect::new(node.rect.x + 22.0, node.rect.y - 8.0, width, 15.0);
            tag(out, ink, name, at);
        }
        let note = note_of(self.document, &node.pointer);
        if !note.is_empty() {
            let (x, y) = (node.rect.right() - 16.0, node.rect.y - 7.0);
            note_mark(out, ink, &note, x, y);
        }
    }
}

fn tag(out: &mut String, ink: &impl Ink, name: &str, at: Rect) {
    let look = format!(
        r#"fill="{}" stroke="{}""#,
        ink.of("canvas"),
        ink.of("line-strong")
    );
    rect(out, at, 4.0, &look);
    centred(out, name, at, (11.0, 500), &ink.of("text-2"));
}

/// A small page on a state's upper side.
fn note_mark(out: &mut String, ink: &impl Ink, note: &str, x: f64, y: f64) {
    let _ = write!(
        out,
        r#"<g transform="translate({x:.1} {y:.1}) scale(0.875)" fill="{}" stroke="{}" stroke-width="1.5" stroke-linejoin="round"><title>{}</title>{}</g>"#,
        ink.of("surface"),
        ink.of("text-3"),
        escaped(note),
        Glyph::Note.drawing()
    );
}
