//! Texts and offsets of the editor. Rust counts bytes, the editor counts UTF-16 units; the editor ends each line with one
//! unit, a definition may end them with two (`\r\n`), and keeps those that it has.

use crate::document::difference;
use asl::text::Span;
use std::borrow::Cow;
use std::sync::Arc;

/// The text as the editor shows it: each line ends with one unit.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text with what is needed to find places in it: made once in linear time, then each question costs one line.
#[derive(Debug, Clone)]
pub(super) struct Ruler {
    text: Arc<str>,
    lines: Vec<LineStart>,
}

#[derive(Debug, Clone, Copy)]
struct LineStart {
    byte: usize,
    units: u32,
}

impl Ruler {
    /// Finds the lines of a text.
    pub(super) fn new(text: Arc<str>) -> Self {
        let mut lines = vec![LineStart { byte: 0, units: 0 }];
        let mut units = 0;
        for (at, c) in text.char_indices() {
            units += width(c, &text[at..]);
            if c == '\n' {
                let byte = at + 1;
                lines.push(LineStart { byte, units });
            }
        }
        Self { text, lines }
    }

    /// The text.
    pub(super) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// How many units stand before a byte offset; an offset inside a character counts as that character's start.
    pub(super) fn units(&self, byte: usize) -> u32 {
        let line = self.line(|line| line.byte <= byte);
        let mut units = line.units;
        for (at, c) in self.from(line).char_indices() {
            if line.byte + at + c.len_utf8() > byte {
                break;
            }
            units += width(c, &self.text[line.byte + at..]);
        }
        units
    }

    /// The byte offset of a count of units; a count inside a character gives that character's start.
    pub(super) fn byte(&self, units: u32) -> usize {
        let line = self.line(|line| line.units <= units);
        let mut seen = line.units;
        for (at, c) in self.from(line).char_indices() {
            let at = line.byte + at;
            seen += width(c, &self.text[at..]);
            if seen > units {
                // The place before a line's end is before all of its end.
                return at - usize::from(self.text[..at].ends_with('\r') && c == '\n');
            }
        }
        self.text.len()
    }

    /// The span between two counts of units.
    pub(super) fn span(&self, from: u32, to: u32) -> Span {
        let start = self.byte(from);
        Span::new(start, self.byte(to).max(start))
    }

    /// The first and last unit of a span.
    pub(super) fn range(&self, span: Span) -> (u32, u32) {
        (self.units(span.start), self.units(span.end))
    }

    /// The span of the lines that hold a byte offset, without the end of the line.
    pub(super) fn line_at(&self, byte: usize) -> Span {
        let line = self.line(|line| line.byte <= byte);
        let length = self
            .from(line)
            .find('\n')
            .unwrap_or(self.text.len() - line.byte);
        Span::new(line.byte, line.byte + length)
    }

    /// What is typed, with the line ends that the text has.
    pub(super) fn with_line_ends<'t>(&self, typed: &'t str) -> Cow<'t, str> {
        let first = self.text.find('\n').unwrap_or_default();
        if typed.contains('\n') && self.text[..first].ends_with('\r') {
            Cow::Owned(typed.replace('\n', "\r\n"))
        } else {
            Cow::Borrowed(typed)
        }
    }

    /// The last line for which `is_before` holds.
    fn line(&self, is_before: impl Fn(&LineStart) -> bool) -> LineStart {
        let index = self.lines.partition_point(is_before).saturating_sub(1);
        self.lines
            .get(index)
            .copied()
            .unwrap_or(LineStart { byte: 0, units: 0 })
    }

    fn from(&self, line: LineStart) -> &str {
        self.text.get(line.byte..).unwrap_or_default()
    }
}

/// How many units a character takes in the editor, when `rest` begins with it.
fn width(c: char, rest: &str) -> u32 {
    if c == '\r' && rest.starts_with("\r\n") {
        0
    } else {
        u32::try_from(c.len_utf16()).unwrap_or(2)
    }
}

/// The text after typing: what the editor shows now, with the line ends that `before` has. Lines that were not touched
/// keep theirs; new ones end as the first one does.
pub(super) fn typed(before: &str, now: &str) -> String {
    let seen = shown(before);
    let Some(edit) = difference(&seen, now) else {
        return before.to_owned();
    };
    let (from, to) = Ruler::new(seen.into()).range(edit.span);
    let ruler = Ruler::new(before.into());
    let span = ruler.span(from, to);
    let added = ruler.with_line_ends(&edit.replacement);
    format!("{}{added}{}", &before[..span.start], &before[span.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "aé😀b";

    fn to_units(text: &str, byte: usize) -> u32 {
        Ruler::new(text.into()).units(byte)
    }

    fn to_byte(text: &str, units: u32) -> usize {
        Ruler::new(text.into()).byte(units)
    }

    #[test]
    fn offsets_go_there_and_back_at_every_character() {
        for (byte, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
            assert_eq!(to_byte(TEXT, to_units(TEXT, byte)), byte);
        }
    }

    #[test]
    fn an_emoji_counts_as_two_units() {
        assert_eq!(to_units(TEXT, TEXT.len()), 5);
        assert_eq!(to_byte(TEXT, 3), 3);
    }

    #[test]
    fn offsets_past_the_end_give_the_end() {
        assert_eq!(to_units(TEXT, 99), 5);
        assert_eq!(to_byte(TEXT, 99), TEXT.len());
    }

    #[test]
    fn a_line_end_of_two_bytes_is_one_unit() {
        let text = "a\r\nb\r\nc";
        assert_eq!(to_units(text, 6), 4, "before c");
        for (units, byte) in [(0, 0), (1, 1), (2, 3), (3, 4), (4, 6), (5, 7)] {
            assert_eq!(to_byte(text, units), byte);
            assert_eq!(to_units(text, byte), units);
        }
    }

    #[test]
    fn typing_keeps_the_line_ends_of_a_definition() {
        let before = "{\r\n  \"a\": 1\r\n}\n";
        let edits = [
            ("{\n  \"a\": 1,\n}\n", "{\r\n  \"a\": 1,\r\n}\n"),
            ("{\n\n  \"a\": 1\n}\n", "{\r\n\r\n  \"a\": 1\r\n}\n"),
            ("{  \"a\": 1\n}\n", "{  \"a\": 1\r\n}\n"),
            ("{\n  \"a\": 1\n}", "{\r\n  \"a\": 1\r\n}"),
            ("", ""),
        ];
        for (now, after) in edits {
            assert_eq!(typed(before, now), after);
        }
    }

    #[test]
    fn typing_in_a_text_with_plain_line_ends_is_taken_as_it_is() {
        assert_eq!(typed("a\nb", "a\n\nb"), "a\n\nb");
    }
}
