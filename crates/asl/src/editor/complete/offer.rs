//! An offer before it is compared with what has been typed and written into the text.

use super::CompletionKind;
use crate::editor::cursor::{Cursor, Slot};
use crate::editor::literal::{Literal, Quotes, escaped};
use crate::editor::template::{Habits, Snippet, marks, plain};
use crate::text::Span;
use std::ops::Range;

/// Something that may be written.
pub(super) struct Offer {
    pub(super) label: String,
    pub(super) kind: CompletionKind,
    pub(super) detail: String,
    pub(super) documentation: String,
    pub(super) insert: Insert,
    pub(super) deprecated: bool,
    /// Small numbers come first among equals.
    pub(super) rank: u16,
}

/// What is put into the text.
pub(super) enum Insert {
    /// A template in place of the whole piece.
    Whole(String),
    /// A text in place of a range of the piece's decoded text; `«…»` are places to fill in.
    Part {
        /// In bytes of the decoded text.
        range: Range<usize>,
        text: String,
    },
}

impl Offer {
    /// An offer of JSON, as a template.
    pub(super) fn whole(
        kind: CompletionKind,
        label: impl Into<String>,
        template: impl Into<String>,
    ) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: String::new(),
            documentation: String::new(),
            insert: Insert::Whole(template.into()),
            deprecated: false,
            rank: 0,
        }
    }

    /// An offer of a text in quotes, whatever it holds.
    pub(super) fn text(kind: CompletionKind, label: impl Into<String>) -> Self {
        let label = label.into();
        let template = format!("\"{}\"", escaped(&plain(&label)));
        Self::whole(kind, label, template)
    }

    /// An offer inside a text.
    pub(super) fn part(
        kind: CompletionKind,
        label: impl Into<String>,
        range: Range<usize>,
        text: impl Into<String>,
    ) -> Self {
        let text = text.into();
        Self {
            insert: Insert::Part { range, text },
            ..Self::whole(kind, label, "")
        }
    }

    pub(super) fn detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }

    pub(super) fn documentation(self, documentation: impl Into<String>) -> Self {
        Self {
            documentation: documentation.into(),
            ..self
        }
    }

    pub(super) fn rank(self, rank: u16) -> Self {
        Self { rank, ..self }
    }

    /// What has been typed of it.
    pub(super) fn typed<'c>(&self, cursor: &'c Cursor) -> &'c str {
        match &self.insert {
            Insert::Whole(_) => cursor.typed(),
            Insert::Part { range, .. } => {
                let end = cursor.at.min(range.end).max(range.start);
                cursor
                    .literal
                    .text
                    .get(range.start..end)
                    .unwrap_or_default()
            }
        }
    }

    /// What is compared with it.
    pub(super) fn sought(&self) -> &str {
        &self.label
    }

    /// The change of the text.
    pub(super) fn snippet(&self, cursor: &Cursor, habits: &Habits) -> Snippet {
        let comma = if cursor.separator_after { "," } else { "" };
        match &self.insert {
            Insert::Whole(template) => {
                let (text, stops) = habits.write(template);
                whole(cursor, text + comma, stops)
            }
            Insert::Part { range, text } => {
                let frame = cursor.literal.replace(range.clone(), &marks(text).0);
                let is_plain = frame.span == cursor.span() && !frame.before.starts_with('"');
                let encoded = if is_plain {
                    text.clone()
                } else {
                    cursor.literal.encoded(text)
                };
                let (text, stops) = marks(&encoded);
                let shift = |stop: Span| {
                    Span::new(
                        stop.start + frame.before.len(),
                        stop.end + frame.before.len(),
                    )
                };
                // A separator belongs behind the closing quote, which only a piece written anew brings.
                let comma = if frame.after.is_empty() { "" } else { comma };
                // The rest of a piece that is written anew stays behind the cursor.
                let stops = match frame.after.is_empty() {
                    false if stops.is_empty() => vec![Span::at(text.len())],
                    _ => stops,
                };
                Snippet {
                    span: frame.span,
                    stops: stops.into_iter().map(shift).collect(),
                    text: frame.before + &text + &frame.after + comma,
                }
            }
        }
    }
}

/// A change of the whole piece. Where the piece stands for itself, so does what comes instead.
fn whole(cursor: &Cursor, text: String, stops: Vec<Span>) -> Snippet {
    let span = cursor.span();
    if cursor.literal.quotes != Quotes::Raw || !text.starts_with('"') {
        return Snippet { span, text, stops };
    }
    let inner = Literal::written(&text, Span::new(0, text.len()));
    let shift = |stop: Span| Span::new(inner.decoded(stop.start), inner.decoded(stop.end));
    Snippet {
        span,
        stops: stops.into_iter().map(shift).collect(),
        text: inner.text.clone(),
    }
}

/// The template of a member: its name, and its value when none stands there.
pub(super) fn member(name: &str, value: &str, cursor: &Cursor) -> String {
    let name = escaped(&plain(name));
    match cursor.slot {
        Slot::Key { has_value: true } => format!("\"{name}\""),
        Slot::Key { has_value: false } | Slot::Root | Slot::Value(_) => {
            format!("\"{name}\": {value}")
        }
    }
}
