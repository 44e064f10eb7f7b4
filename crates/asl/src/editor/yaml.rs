//! The piece of YAML at a cursor. Block collections are read line by line: indentation, dashes, a name, a value. Flow
//! collections that begin on the cursor's line are scanned as JSON. Nothing is offered in block scalars and comments.

use super::cursor::{MARKER, Piece};
use super::json;
use super::literal::Literal;
use crate::text::Span;
use std::ops::Range;

/// The line of the cursor.
struct Line<'t> {
    text: &'t str,
    cursor: usize,
    /// Without the line break.
    range: Range<usize>,
    /// Where its content begins, behind blanks and dashes.
    content: usize,
    /// Whether a dash stands before the content.
    has_dash: bool,
}

/// What the cursor may be in, the likelier first: behind a dash, an element or the first name of one.
pub(super) fn pieces(text: &str, cursor: usize) -> Vec<Piece> {
    let line = Line::at(text, cursor);
    if cursor < line.content || line.is_in_comment() || line.is_in_block_scalar() {
        return Vec::new();
    }
    if let Some(bracket) = line.open_bracket() {
        return json::piece_from(text, bracket, cursor)
            .into_iter()
            .collect();
    }
    match line.colon() {
        Some(colon) if cursor > colon => line.value(colon).into_iter().collect(),
        Some(colon) => vec![line.piece(line.content..colon, true, true)],
        None => {
            let end = line.content + line.content_text().trim_end().len();
            let word = line.content..end.max(cursor);
            let name = line.piece(word.clone(), true, false);
            if line.has_dash {
                vec![line.piece(word, false, false), name]
            } else {
                vec![name]
            }
        }
    }
}

impl<'t> Line<'t> {
    fn at(text: &'t str, cursor: usize) -> Self {
        let start = text
            .get(..cursor)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |at| at + 1);
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find('\n').unwrap_or(rest.len());
        let line = text
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches('\r');
        let (content, has_dash) = content(line);
        Self {
            text,
            cursor,
            range: start..start + line.len(),
            content: (start + content).min(cursor.max(start)),
            has_dash,
        }
    }

    /// The content without a comment behind it.
    fn content_text(&self) -> &'t str {
        let content = self
            .text
            .get(self.content..self.range.end)
            .unwrap_or_default();
        content.get(..comment(content)).unwrap_or_default()
    }

    fn is_in_comment(&self) -> bool {
        let end = self.content + self.content_text().len();
        self.cursor > end
    }

    /// Whether a line above with less indentation begins a block scalar.
    fn is_in_block_scalar(&self) -> bool {
        let own = indent(self.text.get(self.range.clone()).unwrap_or_default());
        let above = self.text.get(..self.range.start).unwrap_or_default();
        let mut lines = above.lines().rev().filter(|line| !line.trim().is_empty());
        let opener = lines.find(|line| indent(line) < own);
        let last = opener
            .and_then(|line| line.trim_end().rsplit(' ').next())
            .unwrap_or_default();
        last.starts_with(['|', '>']) && last.len() <= 3
    }

    /// The first bracket of a flow collection that the cursor stands in.
    fn open_bracket(&self) -> Option<usize> {
        let before = self.text.get(self.content..self.cursor)?;
        let mut open = Vec::new();
        let mut quoted = None;
        for (at, character) in before.char_indices() {
            match (character, quoted) {
                (c, Some(quote)) if c == quote => quoted = None,
                (_, Some(_)) => {}
                ('"' | '\'', None) => quoted = Some(character),
                ('{' | '[', None) if opens_flow(before, at) => open.push(self.content + at),
                ('}' | ']', None) => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.first().copied()
    }

    /// The colon behind the name of the line.
    fn colon(&self) -> Option<usize> {
        let content = self.content_text();
        let from = match content.chars().next() {
            Some(quote @ ('"' | '\'')) => content.get(1..)?.find(quote)? + 2,
            _ => 0,
        };
        let rest = content.get(from..)?;
        let inner = rest
            .find(": ")
            .or_else(|| rest.trim_end().strip_suffix(':').map(str::len))?;
        Some(self.content + from + inner)
    }

    /// The value behind the colon; none where it cannot be written, as right behind the colon.
    fn value(&self, colon: usize) -> Option<Piece> {
        let end = self.content + self.content_text().trim_end().len();
        let behind = self.text.get(colon + 1..end.max(colon + 1))?;
        let start = colon + 1 + behind.len() - behind.trim_start().len();
        if self.cursor == colon + 1 || behind.trim_start().starts_with(['|', '>', '&', '*', '!']) {
            return None;
        }
        let range = if behind.trim().is_empty() {
            self.cursor..self.cursor
        } else {
            start..end.max(start)
        };
        (self.cursor <= range.end).then(|| self.piece(range, false, false))
    }

    fn piece(&self, range: Range<usize>, is_key: bool, has_value: bool) -> Piece {
        let literal = Literal::yaml(self.text, Span::new(range.start, range.end));
        let before = self.text.get(..range.start).unwrap_or_default();
        let after = self.text.get(range.end..).unwrap_or_default();
        let value = if is_key && !has_value { ": null" } else { "" };
        Piece {
            literal,
            is_key,
            has_value,
            separator_before: None,
            separator_after: false,
            column: Some(self.content - self.range.start),
            mended: format!("{before}\"{MARKER}\"{value}{after}"),
            marker: range.start + 1,
        }
    }
}

/// Where the content of a line begins, and whether a dash stands before it.
fn content(line: &str) -> (usize, bool) {
    let mut at = indent(line);
    let mut has_dash = false;
    while let Some(rest) = line.get(at..).and_then(|rest| rest.strip_prefix('-')) {
        if !(rest.is_empty() || rest.starts_with(' ')) {
            break;
        }
        has_dash = true;
        at += 1 + rest.len() - rest.trim_start_matches(' ').len();
    }
    (at, has_dash)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where a comment begins; the end when there is none.
fn comment(content: &str) -> usize {
    let mut quoted = None;
    let mut before = ' ';
    for (at, character) in content.char_indices() {
        match (character, quoted) {
            ('#', None) if before == ' ' => return at,
            (c, Some(quote)) if c == quote => quoted = None,
            ('"' | '\'', None) if before == ' ' => quoted = Some(character),
            _ => {}
        }
        before = character;
    }
    content.len()
}

/// Whether a bracket begins a flow collection: at the beginning of a value, or inside one.
fn opens_flow(content: &str, at: usize) -> bool {
    let before = content.get(..at).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with([':', '[', '{', ',', '-'])
}
