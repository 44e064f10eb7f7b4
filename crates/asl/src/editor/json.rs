//! The piece of JSON at a cursor. The text before it is scanned once, by the rules of [`crate::text`] for broken texts: a
//! string without an end ends with its line, brackets that close nothing are passed over.

use super::cursor::{MARKER, Piece};
use super::literal::{Literal, Quotes};
use crate::text::Span;

/// Where the search for the end of a placeholder stops.
const LONGEST_PLACEHOLDER: usize = 256;

/// What is expected next in the innermost bracket.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    /// A name, or the end of the object.
    Key,
    Colon,
    Value,
    /// A comma, or the end of the bracket.
    After,
}

struct Scan<'t> {
    text: &'t str,
    cursor: usize,
    at: usize,
    /// Whether each open bracket is an object.
    open: Vec<bool>,
    phase: Phase,
    /// Where the last token ended.
    end: usize,
}

/// What the scan met at the cursor.
enum Token {
    /// A token that the cursor stands in.
    Here(Span, Quotes),
    /// Nothing but blanks.
    Blank,
    /// A comment, or the end of a finished value.
    Closed,
}

/// The piece at the cursor; none where nothing can be written.
pub(super) fn piece(text: &str, cursor: usize) -> Option<Piece> {
    piece_from(text, 0, cursor)
}

/// The piece at the cursor in the value that begins at `start`.
pub(super) fn piece_from(text: &str, start: usize, cursor: usize) -> Option<Piece> {
    let mut scan = Scan {
        text,
        cursor,
        at: start,
        open: Vec::new(),
        phase: Phase::Value,
        end: 0,
    };
    let (span, quotes) = match scan.run() {
        Token::Here(span, quotes) => (span, quotes),
        Token::Blank => scan.blank()?,
        Token::Closed => return None,
    };
    scan.piece(span, quotes)
}

impl<'t> Scan<'t> {
    /// Goes through the tokens up to the cursor.
    fn run(&mut self) -> Token {
        loop {
            self.skip_blanks();
            let Some(byte) = self.byte(self.at).filter(|_| self.at < self.cursor) else {
                return Token::Blank;
            };
            if let Some(end) = self.comment_end() {
                if self.cursor < end {
                    return Token::Closed;
                }
                self.at = end;
                continue;
            }
            let start = self.at;
            match byte {
                b'{' | b'[' => self.open(byte == b'{'),
                b'}' | b']' => self.close(byte == b'}'),
                b':' => self.step(Phase::Value),
                b',' => {
                    let is_object = self.open.last() == Some(&true);
                    self.step(if is_object { Phase::Key } else { Phase::Value });
                }
                b'"' => {
                    let (end, quotes) = self.string(start);
                    let is_inside = self.cursor < end || quotes == Quotes::Open;
                    if is_inside && self.cursor <= end {
                        return Token::Here(Span::new(start, end), quotes);
                    }
                    self.scalar(end);
                    if self.cursor == end {
                        return Token::Closed;
                    }
                }
                _ => {
                    let end = self.word_end(start);
                    if self.cursor <= end {
                        return Token::Here(Span::new(start, end), Quotes::Bare);
                    }
                    self.scalar(end);
                }
            }
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.at < self.cursor
            && self
                .byte(self.at)
                .is_some_and(|byte| byte.is_ascii_whitespace())
        {
            self.at += 1;
        }
    }

    /// Where the comment that begins here ends.
    fn comment_end(&self) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        let close = if rest.starts_with("//") {
            "\n"
        } else if rest.starts_with("/*") {
            "*/"
        } else {
            return None;
        };
        let found = rest.get(2..)?.find(close);
        Some(found.map_or(self.text.len() + 1, |at| self.at + 2 + at + close.len()))
    }

    fn step(&mut self, phase: Phase) {
        self.at += 1;
        self.end = self.at;
        self.phase = phase;
    }

    fn open(&mut self, is_object: bool) {
        self.open.push(is_object);
        self.step(if is_object { Phase::Key } else { Phase::Value });
    }

    /// Closes the innermost bracket of this kind, and those inside it; a bracket that closes nothing changes nothing.
    fn close(&mut self, is_object: bool) {
        if let Some(at) = self.open.iter().rposition(|open| *open == is_object) {
            self.open.truncate(at);
            self.step(Phase::After);
        } else {
            self.at += 1;
        }
    }

    fn scalar(&mut self, end: usize) {
        let is_object = self.open.last() == Some(&true);
        let is_name = is_object && matches!(self.phase, Phase::Key | Phase::After);
        self.at = end.max(self.at + 1);
        self.end = end;
        self.phase = if is_name { Phase::Colon } else { Phase::After };
    }

    /// The end of the string that begins at `start`. Without a closing quote it ends with its line, less what is no part
    /// of it.
    fn string(&self, start: usize) -> (usize, Quotes) {
        let (line_end, quotes) = self.quotes_in_line(start);
        match quotes.first() {
            // The cursor is inside, and the quotes of the line do not pair off: the one at the cursor has no partner.
            Some(end) if self.cursor > *end || quotes.len() % 2 == 1 => (end + 1, Quotes::Closed),
            Some(_) => (self.unclosed_end(start, line_end), Quotes::Open),
            None => (self.unclosed_end(start, line_end), Quotes::Open),
        }
    }

    /// The end of the line of a string, and the quotes behind its beginning that no backslash hides.
    fn quotes_in_line(&self, start: usize) -> (usize, Vec<usize>) {
        let mut quotes = Vec::new();
        let mut at = start + 1;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'\n' | b'\r' => break,
                b'\\' if !matches!(self.byte(at + 1), None | Some(b'\n' | b'\r')) => at += 1,
                b'"' => {
                    quotes.push(at);
                    // Behind the cursor the whole line counts; before it, the first quote ends the string.
                    if at < self.cursor {
                        break;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        (at.min(self.text.len()), quotes)
    }

    /// Where a string without a closing quote ends: with its line, or before what separates it from the next member.
    fn unclosed_end(&self, start: usize, line_end: usize) -> usize {
        let from = self.cursor.clamp(start + 1, line_end.max(start + 1));
        let rest = self.text.get(from..line_end).unwrap_or_default();
        let cut = rest.find([',', '}', ']', '"', ':']).unwrap_or(rest.len());
        let kept = rest.get(..cut).unwrap_or_default().trim_end();
        from + kept.len()
    }

    /// The end of a word; a placeholder `${…}` is one.
    fn word_end(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        let placeholder = rest
            .bytes()
            .take(LONGEST_PLACEHOLDER)
            .position(|byte| byte == b'}');
        if let Some(end) = placeholder.filter(|_| rest.starts_with("${")) {
            return start + end + 1;
        }
        let stop = |c: char| c.is_whitespace() || ",:{}[]\"".contains(c);
        let end = rest.find(stop).unwrap_or(rest.len());
        let first = rest.chars().next().map_or(1, char::len_utf8);
        start + end.max(first)
    }

    /// The piece at blanks: nothing, or the value that stands behind the cursor.
    fn blank(&self) -> Option<(Span, Quotes)> {
        let touches = self.end == self.cursor && self.phase == Phase::After;
        if touches || self.phase == Phase::Colon {
            return None;
        }
        let next = self.next_token(self.cursor);
        if self.phase == Phase::Value
            && let Some((span, quotes)) = next
            && self.next_byte(span.end) != Some(b':')
            && self.open.last() == Some(&true)
        {
            return Some((span, quotes));
        }
        Some((Span::at(self.cursor), Quotes::Bare))
    }

    /// The scalar that begins behind `from`.
    fn next_token(&self, from: usize) -> Option<(Span, Quotes)> {
        let rest = self.text.get(from..)?;
        let start = from + rest.len() - rest.trim_start().len();
        match self.byte(start)? {
            b'"' => {
                let (line_end, quotes) = self.quotes_in_line(start);
                let end = quotes.first().map_or(line_end, |end| end + 1);
                let is_closed = !quotes.is_empty();
                let quotes = if is_closed {
                    Quotes::Closed
                } else {
                    Quotes::Open
                };
                Some((Span::new(start, end), quotes))
            }
            b'{' | b'[' | b'}' | b']' | b',' | b':' => None,
            _ => Some((Span::new(start, self.word_end(start)), Quotes::Bare)),
        }
    }

    fn next_byte(&self, from: usize) -> Option<u8> {
        self.text.get(from..)?.trim_start().bytes().next()
    }

    fn piece(&self, span: Span, quotes: Quotes) -> Option<Piece> {
        let is_object = self.open.last() == Some(&true);
        let is_key = is_object && matches!(self.phase, Phase::Key | Phase::After);
        if self.phase == Phase::Colon || (self.open.is_empty() && self.phase == Phase::After) {
            return None;
        }
        let next = self.next_byte(span.end);
        let has_value = is_key && next == Some(b':');
        let separator_after = !has_value
            && !self.open.is_empty()
            && !matches!(next, None | Some(b',' | b'}' | b']' | b':'));
        let separator_before = (self.phase == Phase::After).then_some(self.end);
        let literal = match quotes {
            Quotes::Closed | Quotes::Open => Literal::json(self.text, span, quotes),
            Quotes::Bare | Quotes::Raw | Quotes::Single | Quotes::Plain => {
                Literal::bare(self.text, span)
            }
        };
        let (mended, marker) = self.mended(
            span,
            is_key && !has_value,
            separator_before,
            separator_after,
        );
        Some(Piece {
            literal,
            is_key,
            has_value,
            separator_before,
            separator_after,
            column: None,
            mended,
            marker,
        })
    }

    /// The text with the marker in place of the piece, and where it stands.
    fn mended(
        &self,
        span: Span,
        needs_value: bool,
        comma_before: Option<usize>,
        comma_after: bool,
    ) -> (String, usize) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let after = self.text.get(span.end..).unwrap_or_default();
        let mut mended = String::with_capacity(self.text.len() + 16);
        mended.push_str(before);
        mended.push_str(if comma_before.is_some() { "," } else { "" });
        let marker = mended.len() + 1;
        mended.push('"');
        mended.push_str(MARKER);
        mended.push('"');
        mended.push_str(if needs_value { ":null" } else { "" });
        mended.push_str(if comma_after { "," } else { "" });
        mended.push_str(after);
        (mended, marker)
    }
}
