//! What an edit did to the text, in both directions, and how several edits become one.
//!
//! It knows texts and offsets only; what an edit means is the verbs' business.

use asl::text::{Document, Format, Pointer, Span, TextEdit};
use std::sync::Arc;

/// The result of a verb: a diff of the text that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Edits of the text before; none overlap, in order of position.
    pub edits: Vec<TextEdit>,
    /// Edits of the text after that bring the text before back.
    pub inverse: Vec<TextEdit>,
    /// What was done, for the undo button and the live region ("Add Wait").
    pub label: String,
    /// The states to select afterwards.
    pub select: Vec<Pointer>,
    /// States whose pointer changed, with the new one; marks and breakpoints follow it.
    pub moved: Vec<(Pointer, Pointer)>,
    /// The notations before and after, when the change leads from one to the other.
    pub notations: Option<(Format, Format)>,
    /// What the edits lead to, where that is known.
    pub after: After,
}

/// What the edits of a change lead to, where its verb has already made it of this very document: nothing is made twice. It
/// follows from the edits, so it counts for nothing when changes are compared.
#[derive(Debug, Clone, Default)]
pub struct After(Option<(Arc<Document>, Arc<Document>)>);

impl After {
    pub(super) fn of(before: Arc<Document>, after: Document) -> Self {
        Self(Some((before, Arc::new(after))))
    }

    /// What was made of `before`.
    pub(super) fn from(&self, before: &Arc<Document>) -> Option<Arc<Document>> {
        let (from, after) = self.0.as_ref()?;
        Arc::ptr_eq(from, before).then(|| after.clone())
    }
}

impl PartialEq for After {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for After {}

impl Change {
    /// The change that turns one text into another.
    pub(super) fn between(before: &str, after: &str, label: String, select: Vec<Pointer>) -> Self {
        let edits: Vec<TextEdit> = difference(before, after).into_iter().collect();
        Self {
            inverse: invert(before, &edits),
            edits,
            label,
            select,
            moved: Vec::new(),
            notations: None,
            after: After::default(),
        }
    }

    /// Whether the text stays as it is.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }
}

/// The smallest single edit that turns `before` into `after`; none when they are equal.
pub fn difference(before: &str, after: &str) -> Option<TextEdit> {
    if before == after {
        return None;
    }
    let start = common_prefix(before, after);
    let tail = common_suffix(&before[start..], &after[start..]);
    Some(TextEdit {
        span: Span {
            start,
            end: before.len() - tail,
        },
        replacement: after[start..after.len() - tail].to_owned(),
    })
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.chars()
        .zip(b.chars())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len_utf8())
        .sum()
}

fn common_suffix(a: &str, b: &str) -> usize {
    a.chars()
        .rev()
        .zip(b.chars().rev())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len_utf8())
        .sum()
}

/// Edits of the text after `edits` that give `text` back. `edits` are in order of position and do not overlap.
pub fn invert(text: &str, edits: &[TextEdit]) -> Vec<TextEdit> {
    let (mut grown, mut shrunk) = (0, 0);
    edits
        .iter()
        .map(|edit| {
            let start = edit.span.start + grown - shrunk;
            grown += edit.replacement.len();
            shrunk += edit.span.end - edit.span.start;
            TextEdit {
                span: Span {
                    start,
                    end: start + edit.replacement.len(),
                },
                replacement: text
                    .get(edit.span.start..edit.span.end)
                    .unwrap_or_default()
                    .to_owned(),
            }
        })
        .collect()
}

/// The pieces that a text consists of after some edits: what is left of the old text, and what is new. Composing edits
/// this way keeps untouched parts apart, so that one diff of a whole verb stays as small as its parts.
#[derive(Debug, Clone)]
pub struct Pieces {
    pieces: Vec<Piece>,
    old_length: usize,
}

#[derive(Debug, Clone)]
enum Piece {
    Old(Span),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Old(span) => span.end - span.start,
            Self::New(text) => text.len(),
        }
    }

    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::Old(span) => {
                let middle = span.start + at;
                (
                    Self::Old(Span {
                        start: span.start,
                        end: middle,
                    }),
                    Self::Old(Span {
                        start: middle,
                        end: span.end,
                    }),
                )
            }
            Self::New(mut text) => {
                let rest = text.split_off(at);
                (Self::New(text), Self::New(rest))
            }
        }
    }
}

impl Pieces {
    /// A text of `length` bytes, nothing changed.
    pub fn new(length: usize) -> Self {
        Self {
            pieces: vec![Piece::Old(Span {
                start: 0,
                end: length,
            })],
            old_length: length,
        }
    }

    /// Applies edits of the present text; they do not overlap.
    pub fn apply(&mut self, edits: &[TextEdit]) {
        let mut ordered: Vec<&TextEdit> = edits.iter().collect();
        ordered.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
        for edit in ordered {
            let start = self.boundary(edit.span.start);
            let end = self.boundary(edit.span.end);
            self.pieces
                .splice(start..end, [Piece::New(edit.replacement.clone())]);
        }
    }

    /// The index of the piece that begins at `offset`, after splitting the one that holds it.
    fn boundary(&mut self, offset: usize) -> usize {
        let mut position = 0;
        for index in 0..self.pieces.len() {
            if position >= offset {
                return index;
            }
            let length = self.pieces[index].len();
            if offset < position + length {
                let (left, right) = self.pieces[index].clone().split(offset - position);
                self.pieces.splice(index..=index, [left, right]);
                return index + 1;
            }
            position += length;
        }
        self.pieces.len()
    }

    /// The composed edits of the old text, in order of position.
    pub fn edits(&self, old: &str) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let (mut at, mut fresh) = (0, String::new());
        for piece in &self.pieces {
            match piece {
                Piece::New(text) => fresh.push_str(text),
                Piece::Old(span) if span.start == span.end => {}
                Piece::Old(span) => {
                    push_edit(&mut edits, old, at, span.start, &std::mem::take(&mut fresh));
                    at = span.end;
                }
            }
        }
        push_edit(&mut edits, old, at, self.old_length, &fresh);
        edits
    }
}

/// Adds the edit that replaces `start..end` of `old`, trimmed to what differs.
fn push_edit(edits: &mut Vec<TextEdit>, old: &str, start: usize, end: usize, replacement: &str) {
    let before = old.get(start..end).unwrap_or_default();
    if let Some(mut edit) = difference(before, replacement) {
        edit.span.start += start;
        edit.span.end += start;
        edits.push(edit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, replacement: &str) -> TextEdit {
        TextEdit {
            span: Span { start, end },
            replacement: replacement.to_owned(),
        }
    }

    fn applied(text: &str, edits: &[TextEdit]) -> String {
        let mut out = text.to_owned();
        for edit in edits.iter().rev() {
            out.replace_range(edit.span.start..edit.span.end, &edit.replacement);
        }
        out
    }

    #[test]
    fn the_difference_is_as_small_as_characters_allow() {
        assert_eq!(difference("añb", "aéb"), Some(edit(1, 3, "é")));
        assert_eq!(difference("same", "same"), None);
        assert_eq!(difference("aa", "aaa"), Some(edit(2, 2, "a")));
    }

    #[test]
    fn inverting_brings_the_text_back() {
        let edits = [edit(0, 1, "xyz"), edit(3, 3, "!"), edit(4, 6, "")];
        let after = applied("abcdefg", &edits);
        assert_eq!(applied(&after, &invert("abcdefg", &edits)), "abcdefg");
    }

    #[test]
    fn composed_edits_leave_what_no_edit_touched_alone() {
        let old = "one two three four";
        let mut pieces = Pieces::new(old.len());
        pieces.apply(&[edit(0, 3, "1"), edit(14, 18, "4")]);
        pieces.apply(&[edit(2, 5, "2")]);
        let edits = pieces.edits(old);
        assert_eq!(applied(old, &edits), "1 2 three 4");
        assert_eq!(edits.len(), 3);
    }
}
