//! Text with places to fill in: how completions write fields, states and whole blocks in the habits of the text.
//!
//! A template is JSON in which `\n` and `\t` stand for a line break and one level of indentation, and `«…»` for a place to
//! fill in with what stands there until then.

use crate::text::{Document, Span};

const OPEN: char = '«';
const CLOSE: char = '»';

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
}

impl Habits {
    /// The habits of `document` on the line of `offset` in `text`.
    pub(super) fn at(document: &Document, text: &str, offset: usize) -> Self {
        let style = document.style();
        let before = text.get(..offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        Self {
            indent: line.get(..blanks).unwrap_or_default().to_owned(),
            unit: style.unit.clone(),
            newline: style.newline,
            colon: style.colon.clone(),
        }
    }

    /// A template as text, with the places to fill in.
    pub(super) fn write(&self, template: &str) -> (String, Vec<Span>) {
        let mut out = String::with_capacity(template.len());
        let mut stops = Vec::new();
        let mut start = 0;
        let mut characters = template.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                OPEN => start = out.len(),
                CLOSE => stops.push(Span::new(start, out.len())),
                '\n' => self.break_line(&mut out),
                '\t' => out.push_str(self.unit.as_deref().unwrap_or_default()),
                ':' if out.ends_with('"') && characters.peek() == Some(&' ') => {
                    characters.next();
                    out.push_str(&self.colon);
                }
                _ => out.push(character),
            }
        }
        (out, stops)
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

/// `text` without the signs of places to fill in, so that it can stand in a template.
pub(super) fn plain(text: &str) -> String {
    text.replace([OPEN, CLOSE, '\n', '\t'], " ")
}
