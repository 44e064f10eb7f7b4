//! Text with places to fill in: how completions write fields, states and whole blocks in the habits of the text.
//!
//! A template is JSON in which `\n` and `\t` stand for a line break and one level of indentation, and `«…»` for a place to
//! fill in with what stands there until then.

use super::block;
use super::cursor::{Cursor, Slot};
use crate::text::{Span, Step};

pub(super) const OPEN: char = '«';
pub(super) const CLOSE: char = '»';

/// A change of the text with places to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// What goes away, in bytes of the text; empty for an insertion.
    pub span: Span,
    /// What comes instead.
    pub text: String,
    /// The places to fill in, in order, in bytes of `text`; the cursor stands behind `text` when there are none.
    pub stops: Vec<Span>,
}

impl Snippet {
    /// The text in the form of the language server protocol: `${1:default}`, with `$`, `}` and backslashes escaped.
    pub fn lsp(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + 16);
        let mut done = 0;
        for (index, stop) in self.stops.iter().enumerate() {
            escape(
                &mut out,
                self.text.get(done..stop.start).unwrap_or_default(),
            );
            out.push_str(&format!("${{{}:", index + 1));
            escape(
                &mut out,
                self.text.get(stop.start..stop.end).unwrap_or_default(),
            );
            out.push('}');
            done = stop.end;
        }
        escape(&mut out, self.text.get(done..).unwrap_or_default());
        out
    }
}

fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        if matches!(character, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
}

/// The habits of the text at a place.
pub(super) struct Habits {
    /// The blanks at the beginning of the line.
    indent: String,
    /// One level of indentation; none in a text of one line.
    unit: Option<String>,
    newline: &'static str,
    colon: String,
    /// Where in a block collection of YAML the piece stands.
    block: Option<Block>,
}

struct Block {
    column: usize,
    /// Whether it stands behind a name.
    is_value: bool,
}

impl Habits {
    /// The habits of `text` at a cursor.
    pub(super) fn at(cursor: &Cursor, text: &str) -> Self {
        let style = &cursor.style;
        let offset = cursor.span().start;
        let before = text.get(..offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        Self {
            indent: line.get(..blanks).unwrap_or_default().to_owned(),
            unit: style.unit.clone(),
            newline: style.newline,
            colon: style.colon.clone(),
            block: cursor.column.map(|column| Block {
                column,
                is_value: matches!(cursor.slot, Slot::Value(Step::Key(_))),
            }),
        }
    }

    /// A template as text, with the places to fill in.
    pub(super) fn write(&self, template: &str) -> (String, Vec<Span>) {
        if let Some(block) = &self.block {
            let text = block::written(template, block.column, block.is_value);
            return marks(&text.replace('\n', self.newline));
        }
        let mut out = String::with_capacity(template.len());
        let mut characters = template.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\n' => self.break_line(&mut out),
                '\t' => out.push_str(self.unit.as_deref().unwrap_or_default()),
                ':' if out.ends_with('"') && characters.peek() == Some(&' ') => {
                    characters.next();
                    out.push_str(&self.colon);
                }
                _ => out.push(character),
            }
        }
        marks(&out)
    }

    fn break_line(&self, out: &mut String) {
        if self.unit.is_some() {
            out.push_str(self.newline);
            out.push_str(&self.indent);
        } else if self.colon.ends_with(' ') && out.ends_with(',') {
            out.push(' ');
        }
    }
}

/// A text without the signs of places to fill in, and where these are.
pub(super) fn marks(text: &str) -> (String, Vec<Span>) {
    let mut out = String::with_capacity(text.len());
    let mut stops = Vec::new();
    let mut start = 0;
    for character in text.chars() {
        match character {
            OPEN => start = out.len(),
            CLOSE => stops.push(Span::new(start, out.len())),
            _ => out.push(character),
        }
    }
    (out, stops)
}

/// `text` without the signs of places to fill in, so that it can stand in a template.
pub(super) fn plain(text: &str) -> String {
    text.replace([OPEN, CLOSE, '\n', '\t'], " ")
}
