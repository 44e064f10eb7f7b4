//! Offsets as people and editors count them: lines and columns, and UTF-16 units.

use std::sync::Arc;

/// A place in a text, both numbers from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where the lines of a text begin: made once in linear time, then each question costs one line.
#[derive(Debug, Clone)]
pub struct Positions {
    text: Arc<str>,
    lines: Vec<LineStart>,
}

#[derive(Debug, Clone, Copy)]
struct LineStart {
    byte: usize,
    utf16: usize,
}

impl Positions {
    /// Finds the lines of `text`; a line ends after `\n`.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let mut lines = vec![LineStart { byte: 0, utf16: 0 }];
        let mut utf16 = 0;
        for (byte, character) in text.char_indices() {
            utf16 += character.len_utf16();
            if character == '\n' {
                lines.push(LineStart {
                    byte: byte + 1,
                    utf16,
                });
            }
        }
        Self { text, lines }
    }
    /// Line and column of a byte offset; past the end counts as the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let (index, before) = self.line_before(offset);
        LineColumn {
            line: index + 1,
            column: before.chars().count() + 1,
        }
    }
    /// UTF-16 units before a byte offset: how a browser counts.
    pub fn utf16(&self, offset: usize) -> usize {
        let (index, before) = self.line_before(offset);
        let start = self.lines.get(index).map_or(0, |line| line.utf16);
        start + before.encode_utf16().count()
    }
    /// The byte offset after so many UTF-16 units; the middle of a pair counts as its start, past the end as the end.
    pub fn from_utf16(&self, units: usize) -> usize {
        let index = self
            .lines
            .partition_point(|line| line.utf16 <= units)
            .saturating_sub(1);
        let Some(line) = self.lines.get(index) else {
            return 0;
        };
        let mut seen = line.utf16;
        for (byte, character) in self
            .text
            .get(line.byte..)
            .unwrap_or_default()
            .char_indices()
        {
            seen += character.len_utf16();
            if seen > units {
                return line.byte + byte;
            }
        }
        self.text.len()
    }
    /// The byte offset of a line and column; past a line's end counts as its end.
    pub fn offset(&self, place: LineColumn) -> usize {
        let index = place.line.saturating_sub(1).min(self.lines.len() - 1);
        let start = self.lines.get(index).map_or(0, |line| line.byte);
        let line = self.line_text(index);
        let column = place.column.saturating_sub(1);
        start
            + line
                .char_indices()
                .nth(column)
                .map_or(line.len(), |(byte, _)| byte)
    }
    /// The text of a line, by zero-based index, without its line break; empty past the end.
    pub fn line_text(&self, index: usize) -> &str {
        let Some(line) = self.lines.get(index) else {
            return "";
        };
        let end = self
            .lines
            .get(index + 1)
            .map_or(self.text.len(), |next| next.byte);
        let text = self.text.get(line.byte..end).unwrap_or_default();
        text.trim_end_matches('\n').trim_end_matches('\r')
    }
    /// How many lines there are; at least one.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    fn line_before(&self, offset: usize) -> (usize, &str) {
        let index = self
            .lines
            .partition_point(|line| line.byte <= offset)
            .saturating_sub(1);
        let start = self.lines.get(index).map_or(0, |line| line.byte);
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        (index, self.text.get(start..end).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_begin_at_one() {
        let positions = Positions::new("ab\nä😀c\r\nd");
        let place = |offset| {
            let at = positions.line_column(offset);
            (at.line, at.column)
        };
        assert_eq!(place(0), (1, 1));
        assert_eq!(place(3), (2, 1));
        assert_eq!(place(5), (2, 2));
        assert_eq!(place(9), (2, 3));
        assert_eq!(place(12), (3, 1));
        assert_eq!(place(99), (3, 2));
        assert_eq!(positions.line_text(1), "ä😀c");
    }

    #[test]
    fn utf16_offsets_go_there_and_back() {
        let text = "a\n😀ä\n\nz";
        let positions = Positions::new(text);
        for (byte, _) in text.char_indices() {
            assert_eq!(positions.from_utf16(positions.utf16(byte)), byte);
        }
        assert_eq!(positions.utf16(text.len()), text.encode_utf16().count());
        assert_eq!(
            positions.from_utf16(3),
            2,
            "the middle of a pair is its start"
        );
        assert_eq!(positions.from_utf16(99), text.len());
    }

    #[test]
    fn line_and_column_lead_back_to_the_offset() {
        let text = "{\n  \"ä\": 1\n}";
        let positions = Positions::new(text);
        for (byte, _) in text.char_indices() {
            assert_eq!(positions.offset(positions.line_column(byte)), byte);
        }
    }
}
