//! Reading what has no inner structure: blanks, strings, numbers and words.

use super::format::quote as in_quotes;
use super::parse::Parser;
use super::placeholder;
use super::{Node, NodeKind, Span};

impl<'a> Parser<'a> {
    /// Passes over blanks. Comments and characters that JSON does not know are faults and are passed over, too.
    pub(super) fn skip_space(&mut self) {
        if self.pos != self.space_end {
            self.content_end = self.pos;
        }
        self.skip_space_and_comments();
        self.space_end = self.pos;
    }

    fn skip_space_and_comments(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.pos += 1,
                b'/' if self.rest().starts_with("//") => self.skip_comment("\n"),
                b'/' if self.rest().starts_with("/*") => self.skip_comment("*/"),
                _ if !self.skip_stray() => return,
                _ => {}
            }
        }
    }

    fn skip_comment(&mut self, end: &str) {
        let start = self.pos;
        let body = start + 2;
        let found = self.text.get(body..).and_then(|rest| rest.find(end));
        self.pos = found.map_or(self.text.len(), |at| body + at + end.len());
        let shown = self
            .text
            .get(start..self.pos)
            .unwrap_or_default()
            .trim_end()
            .len();
        let span = Span::new(start, start + shown);
        let message = "JSON has no comments; remove this or move it into a `Comment` field.";
        self.mendable(span, message, span, "");
    }

    /// Passes over a character that only looks like a blank, or is none at all.
    fn skip_stray(&mut self) -> bool {
        let Some(character) = self.rest().chars().next() else {
            return false;
        };
        if !(character.is_whitespace() || character.is_control() || character == '\u{feff}') {
            return false;
        }
        let span = Span::new(self.pos, self.pos + character.len_utf8());
        let code = u32::from(character);
        let message =
            format!("JSON does not allow the invisible character U+{code:04X} here; remove it.");
        self.mendable(span, message, span, "");
        self.pos = span.end;
        true
    }

    /// Reads a value without brackets; takes at least one character.
    pub(super) fn scalar(&mut self) -> Node {
        let start = self.pos;
        let kind = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => NodeKind::String(self.string(quote).0),
            _ => self.word_value(),
        };
        Node {
            span: Span::new(start, self.pos),
            kind,
        }
    }

    fn word_value(&mut self) -> NodeKind {
        let start = self.pos;
        let word = self.word();
        let span = Span::new(start, self.pos);
        match word {
            "null" => NodeKind::Null,
            "true" => NodeKind::Bool(true),
            "false" => NodeKind::Bool(false),
            _ if self.placeholders && placeholder::placeholders(word).next().is_some() => {
                NodeKind::Placeholder(word.into())
            }
            _ if word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                self.number(word, span)
            }
            _ => {
                let (message, instead) = word_fault(word);
                self.mendable(span, message, span, instead);
                NodeKind::String(word.into())
            }
        }
    }

    fn number(&mut self, word: &str, span: Span) -> NodeKind {
        if !is_number(word) {
            self.fault(span, format!("`{word}` is no JSON number."));
        } else if word.parse::<f64>().is_ok_and(f64::is_infinite) {
            self.fault(span, format!("The number {word} is too large."));
        }
        NodeKind::Number(word.into())
    }

    /// Takes what stands up to the next blank, quote, or punctuation mark; placeholders `${…}` are taken whole.
    pub(super) fn word(&mut self) -> &'a str {
        let rest = self.text.get(self.pos..).unwrap_or_default();
        let stop = |c: char| c.is_whitespace() || c.is_control() || ",:{}[]\"".contains(c);
        let mut length = 0;
        loop {
            let here = rest.get(length..).unwrap_or_default();
            let word = here.find(stop).unwrap_or(here.len());
            length += word;
            let opens = here
                .get(word.saturating_sub(1)..)
                .and_then(placeholder::length);
            match opens {
                Some(placeholder) if word > 0 => length += placeholder - 1,
                _ => break,
            }
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = length.max(first);
        self.pos += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Reads a string with its quotes. Without the closing one, it ends with the line.
    pub(super) fn string(&mut self, quote: u8) -> (Box<str>, Span) {
        let start = self.pos;
        let closed = self.find_string_end(quote);
        let raw = self.text.get(start + 1..self.pos).unwrap_or_default();
        let raw = if closed {
            raw
        } else {
            raw.trim_end().trim_end_matches([',', '}', ']']).trim_end()
        };
        let text = self.unescape(raw, start + 1);
        self.pos = start + 1 + raw.len() + usize::from(closed);
        let span = Span::new(start, self.pos);
        if !closed {
            let message = "The closing quote of this text is missing.";
            self.mendable(span, message, Span::at(span.end), char::from(quote));
        } else if quote == b'\'' {
            self.mendable(
                span,
                "JSON wants double quotes around texts.",
                span,
                in_quotes(&text),
            );
        }
        (text, span)
    }

    /// Passes over a string in double quotes without reading it.
    pub(super) fn skip_string(&mut self) {
        if self.find_string_end(b'"') {
            self.pos += 1;
        }
    }

    /// Goes to the closing quote, or to the end of the line when there is none.
    fn find_string_end(&mut self, quote: u8) -> bool {
        self.pos += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' | b'\r' => return false,
                b'\\'
                    if matches!(
                        self.text.as_bytes().get(self.pos + 1),
                        Some(b'\n' | b'\r') | None
                    ) =>
                {
                    self.pos += 1;
                }
                b'\\' => self.pos += 2,
                _ if byte == quote => return true,
                _ => self.pos += 1,
            }
        }
        self.pos = self.text.len();
        false
    }

    /// The text that `raw` stands for; `offset` is where it begins.
    fn unescape(&mut self, raw: &str, offset: usize) -> Box<str> {
        let special = |c: char| c == '\\' || c < ' ';
        if !raw.contains(special) {
            return raw.into();
        }
        let mut text = String::with_capacity(raw.len());
        let mut at = 0;
        while let Some(found) = raw.get(at..).and_then(|rest| rest.find(special)) {
            text.push_str(raw.get(at..at + found).unwrap_or_default());
            at += found;
            let (character, width) = self.special(raw.get(at..).unwrap_or_default(), offset + at);
            text.push(character);
            at += width;
        }
        text.push_str(raw.get(at..).unwrap_or_default());
        text.into()
    }

    /// Reads an escape or a control character at the beginning of `rest`: what it stands for, and how long it is.
    fn special(&mut self, rest: &str, offset: usize) -> (char, usize) {
        let mut characters = rest.chars();
        let (first, second) = (characters.next().unwrap_or(' '), characters.next());
        if first != '\\' {
            let code = u32::from(first);
            let message =
                format!("The control character U+{code:04X} must be written as \\u{code:04x}.");
            let span = Span::new(offset, offset + 1);
            self.mendable(span, message, span, format!("\\u{code:04x}"));
            return (first, 1);
        }
        let plain = match second {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode_escape(rest, offset),
            _ => {
                let width = 1 + second.map_or(0, char::len_utf8);
                let found = rest.get(..width).unwrap_or("\\");
                let message = format!("`{found}` is no escape; write two backslashes for one.");
                let span = Span::new(offset, offset + width);
                self.mendable(span, message, Span::at(offset), "\\");
                return (second.unwrap_or('\\'), width);
            }
        };
        (plain, 2)
    }

    fn unicode_escape(&mut self, rest: &str, offset: usize) -> (char, usize) {
        let Some(high) = hex_unit(rest) else {
            self.fault(
                Span::new(offset, offset + 2),
                "Four hexadecimal digits must follow `\\u`.",
            );
            return ('\u{fffd}', 2);
        };
        let low = rest.get(6..).and_then(hex_unit);
        let pair = low.map_or(vec![high], |low| vec![high, low]);
        match char::decode_utf16(pair).next() {
            Some(Ok(character)) => (character, 6 * character.len_utf16()),
            _ => {
                let span = Span::new(offset, offset + 6);
                self.fault(
                    span,
                    "This is one half of a pair of escapes; the other half is missing.",
                );
                ('\u{fffd}', 6)
            }
        }
    }
}

/// The code unit of the `\uXXXX` at the beginning of `text`.
fn hex_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

pub(super) fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        ),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let no_leading_zero = whole == "0" || !whole.starts_with('0');
    digits(whole) && no_leading_zero && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}

/// What is wrong with a bare word, and what to write instead.
fn word_fault(word: &str) -> (String, String) {
    match word.to_ascii_lowercase().as_str() {
        right @ ("true" | "false" | "null") => (
            format!("Write `{right}` instead of `{word}`."),
            right.to_owned(),
        ),
        "none" | "nil" | "undefined" => (
            format!("Write `null` instead of `{word}`."),
            "null".to_owned(),
        ),
        _ if word.starts_with("${") => {
            let message =
                format!("The placeholder {word} must be filled in, or stand in double quotes.");
            (message, in_quotes(word))
        }
        _ => {
            let message = format!("`{word}` is no JSON value; a text must stand in double quotes.");
            (message, in_quotes(word))
        }
    }
}
