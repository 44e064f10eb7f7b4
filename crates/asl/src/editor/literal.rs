//! A text as it is written and as it is meant, with the way between the offsets of both.

use super::block;
use crate::text::Span;
use serde_json::Value;
use std::ops::Range;

/// How a piece of text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// `"…"`
    Closed,
    /// `"…` without the closing quote.
    Open,
    /// A word without quotes, or nothing.
    Bare,
    /// The text itself, as text fields and block scalars hold it.
    Raw,
    /// `'…'`, in YAML.
    Single,
    /// A word or several without quotes, in YAML.
    Plain,
}

/// A scalar in the text.
#[derive(Debug, Clone)]
pub(super) struct Literal {
    /// Where it stands, quotes included.
    pub(super) span: Span,
    /// What it means.
    pub(super) text: String,
    pub(super) quotes: Quotes,
    /// Where each byte of `text` stands in the source, and where the text ends.
    places: Vec<usize>,
}

impl Literal {
    /// A word without quotes.
    pub(super) fn bare(source: &str, span: Span) -> Self {
        let text = source.get(span.start..span.end).unwrap_or_default();
        Self {
            span,
            text: text.to_owned(),
            quotes: Quotes::Bare,
            places: (span.start..=span.end).collect(),
        }
    }

    /// A text that stands for itself.
    pub(super) fn raw(text: &str) -> Self {
        Self {
            quotes: Quotes::Raw,
            ..Self::bare(text, Span::new(0, text.len()))
        }
    }

    /// A scalar of a tree, by where it stands.
    pub(super) fn written(source: &str, span: Span) -> Self {
        let text = source.get(span.start..span.end).unwrap_or_default();
        match text.chars().next() {
            Some('"') if text.len() > 1 && text.ends_with('"') => {
                Self::json(source, span, Quotes::Closed)
            }
            Some('"') => Self::json(source, span, Quotes::Open),
            Some('\'') if text.len() > 1 && text.ends_with('\'') => Self::single(source, span),
            Some('|' | '>') if text.contains('\n') => Self::block(source, span),
            Some(_) | None => Self::bare(source, span),
        }
    }

    /// A scalar of YAML that is being written.
    pub(super) fn yaml(source: &str, span: Span) -> Self {
        let literal = Self::written(source, span);
        match literal.quotes {
            Quotes::Bare => Self {
                quotes: Quotes::Plain,
                ..literal
            },
            Quotes::Closed | Quotes::Open | Quotes::Raw | Quotes::Single | Quotes::Plain => literal,
        }
    }

    /// A string in single quotes, in which two of them stand for one.
    fn single(source: &str, span: Span) -> Self {
        let mut literal = Self::empty(span, Quotes::Single);
        let inner = source.get(span.start + 1..span.end - 1).unwrap_or_default();
        let mut is_second = false;
        for (at, character) in inner.char_indices() {
            is_second = character == '\'' && !is_second;
            if !is_second {
                literal.push(character, span.start + 1 + at);
            }
        }
        literal.places.push(span.end - 1);
        literal
    }

    /// A block scalar, without its indentation; where lines are folded, a blank stands for the break.
    fn block(source: &str, span: Span) -> Self {
        let mut literal = Self::empty(span, Quotes::Raw);
        let text = source.get(span.start..span.end).unwrap_or_default();
        let line_break = if text.starts_with('>') { ' ' } else { '\n' };
        let mut at = span.start;
        let mut indent = None;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            let content = line.trim_end_matches(['\n', '\r']);
            if index > 0 {
                let indent = *indent.get_or_insert(blanks);
                let from = indent.min(blanks);
                for (offset, character) in content.get(from..).unwrap_or_default().char_indices() {
                    literal.push(character, at + from + offset);
                }
                literal.push(line_break, at + content.len());
            }
            at += line.len();
        }
        literal.places.push(span.end);
        literal
    }

    fn empty(span: Span, quotes: Quotes) -> Self {
        Self {
            span,
            text: String::new(),
            quotes,
            places: Vec::new(),
        }
    }

    /// A JSON string; `span` holds the quotes that are there.
    pub(super) fn json(source: &str, span: Span, quotes: Quotes) -> Self {
        let end = span.end - usize::from(quotes == Quotes::Closed && span.end > span.start + 1);
        let inner = Span::new((span.start + 1).min(end), end);
        let mut literal = Self::empty(span, quotes);
        let raw = source.get(inner.start..inner.end).unwrap_or_default();
        let mut at = 0;
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            let (character, width) = json_character(rest);
            literal.push(character, inner.start + at);
            at += width;
        }
        literal.places.push(inner.end);
        literal
    }

    fn push(&mut self, character: char, place: usize) {
        self.text.push(character);
        // A character written as itself keeps its bytes; an escape stands at one place.
        self.places
            .extend(std::iter::repeat_n(place, character.len_utf8()));
    }

    /// The offset in `text` of a place in the source, on a character boundary.
    pub(super) fn decoded(&self, source: usize) -> usize {
        let at = self.places.partition_point(|place| *place < source);
        self.text.floor_char_boundary(at)
    }

    /// The place in the source of an offset in `text`.
    pub(super) fn place(&self, decoded: usize) -> usize {
        let last = self.places.last().copied().unwrap_or(self.span.end);
        self.places.get(decoded).copied().unwrap_or(last)
    }

    /// The change of the source that puts `insert` in place of a range of `text`: what goes away, and what comes around
    /// `insert` as [`Literal::encoded`] writes it. Without closed quotes, the whole literal is written anew.
    pub(super) fn replace(&self, range: Range<usize>, insert: &str) -> Replacement {
        if matches!(self.quotes, Quotes::Closed | Quotes::Raw | Quotes::Single) {
            return Replacement {
                span: Span::new(self.place(range.start), self.place(range.end)),
                before: String::new(),
                after: String::new(),
            };
        }
        let before = self.text.get(..range.start).unwrap_or_default();
        let after = self.text.get(range.end..).unwrap_or_default();
        let is_plain =
            self.quotes == Quotes::Plain && block::is_plain(&format!("{before}{insert}{after}"));
        let (quote, write): (&str, fn(&str) -> String) = if is_plain {
            ("", str::to_owned)
        } else {
            ("\"", escaped)
        };
        Replacement {
            span: self.span,
            before: format!("{quote}{}", write(before)),
            after: format!("{}{quote}", write(after)),
        }
    }
}

impl Literal {
    /// A text as it stands inside this literal.
    pub(super) fn encoded(&self, text: &str) -> String {
        match self.quotes {
            Quotes::Raw => text.to_owned(),
            Quotes::Single => text.replace('\'', "''"),
            Quotes::Closed | Quotes::Open | Quotes::Bare | Quotes::Plain => escaped(text),
        }
    }
}

/// What a replacement inside a literal is framed by.
pub(super) struct Replacement {
    pub(super) span: Span,
    pub(super) before: String,
    pub(super) after: String,
}

/// A text as it stands between the quotes of a JSON string.
pub(super) fn escaped(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted
        .get(1..quoted.len() - 1)
        .unwrap_or_default()
        .to_owned()
}

/// The first character that a JSON string means, and how many bytes it is written in; at least one.
fn json_character(rest: &str) -> (char, usize) {
    let mut characters = rest.chars();
    let first = characters.next().unwrap_or(' ');
    if first != '\\' {
        return (first, first.len_utf8());
    }
    match characters.next() {
        None => ('\\', 1),
        Some('b') => ('\u{8}', 2),
        Some('f') => ('\u{c}', 2),
        Some('n') => ('\n', 2),
        Some('r') => ('\r', 2),
        Some('t') => ('\t', 2),
        Some('u') => unicode(rest),
        Some(other) => (other, 1 + other.len_utf8()),
    }
}

fn unicode(rest: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = rest.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let Some(high) = unit(0) else {
        return ('\u{fffd}', 2);
    };
    let units = [Some(high), unit(6)].into_iter().flatten();
    match char::decode_utf16(units).next() {
        Some(Ok(character)) => (character, 6 * character.len_utf16()),
        Some(Err(_)) | None => ('\u{fffd}', 6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(source: &str) -> Literal {
        Literal::json(source, Span::new(0, source.len()), Quotes::Closed)
    }

    #[test]
    fn offsets_go_through_escapes_and_back() {
        let source = r#""a\"b\u00e4ü\ud83d\ude00c""#;
        let literal = literal(source);
        assert_eq!(literal.text, "a\"bäü😀c");
        for (decoded, _) in literal.text.char_indices() {
            assert_eq!(literal.decoded(literal.place(decoded)), decoded);
        }
        assert_eq!(literal.place(literal.text.len()), source.len() - 1);
        assert_eq!(
            literal.decoded(3),
            2,
            "inside an escape counts as behind it"
        );
    }

    #[test]
    fn broken_escapes_are_read_as_something() {
        assert_eq!(literal(r#""\u12""#).text, "\u{fffd}12");
        assert_eq!(literal(r#""\ud800x""#).text, "\u{fffd}x");
        assert_eq!(Literal::json("\"", Span::new(0, 1), Quotes::Open).text, "");
    }
}
