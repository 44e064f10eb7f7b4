//! The text as the parser sees it: of the same length, so that offsets agree, but with what it could not read hidden.

use crate::text::{Span, placeholder};
use std::borrow::Cow;

/// What can stand for `{` and `}` of a placeholder where the parser takes braces for its own. The first pair whose
/// beginning is nowhere in the text is used, so that the way back is certain.
const MASKS: [(&str, char); 6] = [
    ("$(", ')'),
    ("$<", '>'),
    ("$/", '/'),
    ("$;", ';'),
    ("$^", '^'),
    ("$=", '='),
];

/// A text, perhaps with parts of it hidden.
pub(super) struct Source<'t> {
    original: &'t str,
    shown: Cow<'t, str>,
    mask: Option<(&'static str, char)>,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            original: text,
            shown: Cow::Borrowed(text),
            mask: None,
        }
    }

    /// What the parser reads.
    pub(super) fn text(&self) -> &str {
        &self.shown
    }

    /// Hides the braces of placeholders, when one of them stands at `offset` and nothing is hidden yet; says whether it
    /// did. Inside `{ … }` and `[ … ]`, YAML takes them for its own.
    pub(super) fn mask_placeholders(&mut self, offset: usize) -> bool {
        let begins = |at: usize| self.shown.get(at..).and_then(placeholder::length).is_some();
        let is_placeholder = offset.checked_sub(1).is_some_and(begins);
        if self.mask.is_some() || !is_placeholder {
            return false;
        }
        let unused = |(open, _): &&(&str, char)| !self.original.contains(open);
        let Some(&(open, close)) = MASKS.iter().find(unused) else {
            return false;
        };
        let mut masked = String::with_capacity(self.shown.len());
        let mut rest: &str = &self.shown;
        while let Some(at) = rest.find("${") {
            let (before, found) = rest.split_at(at);
            masked.push_str(before);
            let length = placeholder::length(found).unwrap_or(1);
            let (whole, after) = found.split_at(length);
            match whole
                .strip_prefix("${")
                .and_then(|name| name.strip_suffix('}'))
            {
                Some(name) => {
                    masked.push_str(open);
                    masked.push_str(name);
                    masked.push(close);
                }
                None => masked.push_str(whole),
            }
            rest = after;
        }
        masked.push_str(rest);
        self.shown = Cow::Owned(masked);
        self.mask = Some((open, close));
        true
    }

    /// A scalar's text with its placeholders as they were written.
    pub(super) fn unmask<'s>(&self, scalar: &'s str) -> Cow<'s, str> {
        let Some((open, close)) = self.mask.filter(|(open, _)| scalar.contains(open)) else {
            return Cow::Borrowed(scalar);
        };
        let mut parts = scalar.split(open);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            text.push_str("${");
            text.push_str(&part.replacen(close, "}", 1));
        }
        Cow::Owned(text)
    }

    /// Hides the line of an offset and what is indented more deeply below it; says whether anything was left to hide.
    pub(super) fn hide_line(&mut self, offset: usize) -> bool {
        let text = self.text();
        let offset = offset.min(text.len());
        let is_blank = |at: usize| {
            text.get(line_start(text, at)..line_end(text, at))
                .is_none_or(|line| line.trim().is_empty())
        };
        // At the end of the text, what was left open is further up.
        let mut at = offset;
        while is_blank(at) && line_start(text, at) > 0 {
            at = line_start(text, at) - 1;
        }
        let start = line_start(text, at);
        let mut end = line_end(text, at);
        let width = indent(text.get(start..end).unwrap_or_default());
        while let Some(line) = text.get(end + 1..line_end(text, end + 1)) {
            if !line.trim().is_empty() && indent(line) <= width {
                break;
            }
            end += 1 + line.len();
        }
        let Some(hidden) = text
            .get(start..end)
            .filter(|hidden| !hidden.trim().is_empty())
        else {
            return false;
        };
        let blank: String = hidden
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
            .collect();
        let mut shown = text.to_owned();
        shown.replace_range(start..end, &blank);
        self.shown = Cow::Owned(shown);
        true
    }

    /// Where the line of an offset ends, without its line break.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        line_end(self.original, offset)
    }

    /// Where a value that is not there would stand: behind the colon of its name, when one follows.
    pub(super) fn after_colon(&self, offset: usize) -> usize {
        let rest = self.original.get(offset..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest.get(blanks..).is_some_and(|rest| rest.starts_with(':')) {
            offset + blanks + 1
        } else {
            offset
        }
    }

    /// Where a list in block style begins: at its first dash. The parser tells the place of the first element when the
    /// list is not indented.
    pub(super) fn list_start(&self, after: usize, start: usize) -> usize {
        if self.original.as_bytes().get(start) == Some(&b'-') {
            return start;
        }
        next_of(self.original, after, b"-").unwrap_or(start)
    }

    /// Where a block scalar stands, from its `|` or `>` on: `after` is where the value before it ended, `content` is its
    /// text. Empty lines at its end are left out.
    pub(super) fn block_scalar(&self, after: usize, content: Span) -> Span {
        let text = self.original;
        let start = next_of(text, after, b"|>").unwrap_or(content.start);
        let end = content.end.max(start + 1);
        let end = start + text.get(start..end).unwrap_or_default().trim_end().len();
        Span::new(start, end)
    }
}

/// Which of the wanted characters comes next, behind punctuation, properties and comments.
fn next_of(text: &str, after: usize, wanted: &[u8]) -> Option<usize> {
    let mut at = after;
    loop {
        let rest = text.get(at..)?;
        at += match rest.bytes().next()? {
            byte if wanted.contains(&byte) => return Some(at),
            b' ' | b'\t' | b'\r' | b'\n' | b':' | b'-' | b'?' => 1,
            b'#' => rest.find('\n')?,
            b'&' | b'!' => rest.find(char::is_whitespace)?,
            _ => return None,
        };
    }
}

fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

fn line_end(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    let line = rest.find('\n').unwrap_or(rest.len());
    offset.min(text.len()) + line
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
