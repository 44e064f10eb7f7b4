//! A place in a pattern, and the small things that are read from there: numbers, hexadecimal digits, group names.
//!
//! Decides nothing about syntax: what is not there is `None`, and the place is then where it was.

/// A place in a pattern that moves forward as it is read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'p> {
    text: &'p str,
    at: usize,
}

impl<'p> Cursor<'p> {
    pub(super) fn new(text: &'p str) -> Cursor<'p> {
        Cursor { text, at: 0 }
    }

    /// The byte offset.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'p str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        Some(char)
    }

    pub(super) fn sees(&self, what: &str) -> bool {
        self.rest().starts_with(what)
    }

    pub(super) fn eat(&mut self, what: &str) -> bool {
        let seen = self.sees(what);
        if seen {
            self.at += what.len();
        }
        seen
    }

    /// Reads by `read`, and stays here when that finds nothing.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let found = read(self);
        if found.is_none() {
            *self = before;
        }
        found
    }

    /// A decimal number; one too large counts as the largest there is.
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|char| char.to_digit(10)) {
            self.at += 1;
            number = Some(
                number
                    .unwrap_or(0u32)
                    .saturating_mul(10)
                    .saturating_add(digit),
            );
        }
        number
    }

    /// Exactly `count` hexadecimal digits.
    pub(super) fn hex(&mut self, count: usize) -> Option<u32> {
        self.attempt(|cursor| {
            (0..count).try_fold(0, |code, _| Some(code << 4 | cursor.bump()?.to_digit(16)?))
        })
    }

    /// What stands after `\u`: four digits, or twice four where they are the two halves of one character.
    pub(super) fn unicode(&mut self) -> Option<u32> {
        let first = self.hex(4)?;
        let second = match first {
            0xD800..=0xDBFF => self.attempt(|cursor| {
                let second = cursor.eat("\\u").then(|| cursor.hex(4))??;
                (0xDC00..=0xDFFF).contains(&second).then_some(second)
            }),
            _ => None,
        };
        Some(second.map_or(first, |second| {
            0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        }))
    }

    /// A group's name with the `>` that ends it.
    pub(super) fn group_name(&mut self) -> Option<String> {
        self.attempt(|cursor| {
            let mut name = String::new();
            while !cursor.eat(">") {
                let char = match cursor.bump()? {
                    '\\' => cursor.name_escape()?,
                    char => char,
                };
                fits_name(char, name.is_empty()).then(|| name.push(char))?;
            }
            (!name.is_empty()).then_some(name)
        })
    }

    fn name_escape(&mut self) -> Option<char> {
        if !self.eat("u") {
            return None;
        }
        if !self.eat("{") {
            return char::from_u32(self.unicode()?);
        }
        let mut code = self.hex(1)?;
        while !self.eat("}") {
            code = code.checked_mul(16)? | self.hex(1)?;
        }
        char::from_u32(code)
    }
}

/// Whether a name may have this character. Close to Unicode's identifiers, as far as the standard library knows them.
fn fits_name(char: char, first: bool) -> bool {
    match char {
        '$' | '_' => true,
        '\u{200C}' | '\u{200D}' => !first,
        _ if first => char.is_alphabetic(),
        _ => char.is_alphanumeric(),
    }
}
