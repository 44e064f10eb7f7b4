//! Judges JSON text without building it, however deep it is, and words its faults as AWS does (recorded on
//! StartExecution's `input`; the other sentences follow the same pattern).
//!
//! It only says yes or why not: reading values is the work of others.

/// Why a text is no JSON, in AWS's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JsonFault {
    /// A word that is no literal.
    #[error(
        "Unrecognized token '{0}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    )]
    Token(String),
    /// A character that cannot stand here.
    #[error("Unexpected character ('{found}' (code {code})): {expected}", code = u32::from(*found))]
    Character {
        /// The character.
        found: char,
        /// What could have stood here.
        expected: &'static str,
    },
    /// The text ends too early.
    #[error("Unexpected end-of-input{0}")]
    End(&'static str),
    /// A control character in a string.
    #[error(
        "Illegal unquoted character ((CTRL-CHAR, code {0})): has to be escaped using backslash to be included in string value"
    )]
    Control(u32),
    /// A backslash followed by something else than an escape.
    #[error("Unrecognized character escape '{0}' (code {code})", code = u32::from(*.0))]
    Escape(char),
    /// A number with a leading zero.
    #[error("Invalid numeric value: Leading zeroes not allowed")]
    LeadingZero,
    /// A number that no reader can hold.
    #[error("Invalid numeric value: the number is out of range")]
    OutOfRange,
    /// Objects and lists inside each other, too many levels of them.
    #[error("Document nesting depth ({0}) exceeds the maximum allowed ({MAX_DEPTH})")]
    Depth(usize),
}

/// Most levels of objects and lists inside each other, so that no reader is overwhelmed.
pub(crate) const MAX_DEPTH: usize = 100;

const VALUE: &str = "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// Whether `text` is one JSON value.
pub(crate) fn check(text: &str) -> Result<(), JsonFault> {
    let mut scanner = Scanner {
        rest: text,
        open: Vec::new(),
    };
    loop {
        if scanner.value()? && scanner.after_value()? {
            return scanner.nothing_more();
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Block {
    Object,
    List,
}

struct Scanner<'a> {
    rest: &'a str,
    open: Vec<Block>,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let found = chars.next();
        self.rest = chars.as_str();
        found
    }

    fn blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    /// Reads up to the end of a value, or up to where the first value inside it begins (`false`).
    fn value(&mut self) -> Result<bool, JsonFault> {
        self.blank();
        match self.peek() {
            None => Err(JsonFault::End("")),
            Some('{') => self.begin(Block::Object),
            Some('[') => self.begin(Block::List),
            Some('"') => self.string().map(|()| true),
            Some('-' | '0'..='9') => self.number().map(|()| true),
            Some(letter) if letter.is_alphabetic() || letter == '_' => self.word().map(|()| true),
            Some(found) => Err(JsonFault::Character {
                found,
                expected: VALUE,
            }),
        }
    }

    fn begin(&mut self, block: Block) -> Result<bool, JsonFault> {
        self.bump();
        self.open.push(block);
        if self.open.len() > MAX_DEPTH {
            return Err(JsonFault::Depth(self.open.len()));
        }
        self.blank();
        let end = if block == Block::Object { '}' } else { ']' };
        if self.peek() == Some(end) {
            self.bump();
            self.open.pop();
            return Ok(true);
        }
        if block == Block::Object {
            self.field_name()?;
        }
        Ok(false)
    }

    fn field_name(&mut self) -> Result<(), JsonFault> {
        self.blank();
        match self.peek() {
            Some('"') => self.string()?,
            Some(found) => {
                let expected = "was expecting double-quote to start field name";
                return Err(JsonFault::Character { found, expected });
            }
            None => return Err(JsonFault::End(": expected close marker for Object")),
        }
        self.blank();
        match self.bump() {
            Some(':') => Ok(()),
            Some(found) => {
                let expected = "was expecting a colon to separate field name and value";
                Err(JsonFault::Character { found, expected })
            }
            None => Err(JsonFault::End(" within/between Object entries")),
        }
    }

    /// After a value: closes what ends here. `true` when the whole text's value is complete, `false` when another begins.
    fn after_value(&mut self) -> Result<bool, JsonFault> {
        while let Some(block) = self.open.last().copied() {
            self.blank();
            match (block, self.bump()) {
                (Block::Object, Some('}')) | (Block::List, Some(']')) => {
                    self.open.pop();
                }
                (Block::Object, Some(',')) => {
                    self.field_name()?;
                    return Ok(false);
                }
                (Block::List, Some(',')) => return Ok(false),
                (Block::Object, Some(found)) => {
                    let expected = "was expecting comma to separate Object entries";
                    return Err(JsonFault::Character { found, expected });
                }
                (Block::List, Some(found)) => {
                    let expected = "was expecting comma to separate Array entries";
                    return Err(JsonFault::Character { found, expected });
                }
                (Block::Object, None) => {
                    return Err(JsonFault::End(": expected close marker for Object"));
                }
                (Block::List, None) => {
                    return Err(JsonFault::End(": expected close marker for Array"));
                }
            }
        }
        Ok(true)
    }

    fn nothing_more(mut self) -> Result<(), JsonFault> {
        self.blank();
        match self.peek() {
            None => Ok(()),
            Some(found) => Err(JsonFault::Character {
                found,
                expected: "was expecting end of input",
            }),
        }
    }

    fn string(&mut self) -> Result<(), JsonFault> {
        self.bump();
        loop {
            match self.bump() {
                None => {
                    return Err(JsonFault::End(
                        ": was expecting closing quote for a string value",
                    ));
                }
                Some('"') => return Ok(()),
                Some('\\') => self.escape()?,
                Some(control) if control < ' ' => return Err(JsonFault::Control(control.into())),
                Some(_) => {}
            }
        }
    }

    fn escape(&mut self) -> Result<(), JsonFault> {
        match self.bump() {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => Ok(()),
            Some('u') => self.unicode_escape(),
            Some(found) => Err(JsonFault::Escape(found)),
            None => Err(JsonFault::End(" in character escape sequence")),
        }
    }

    /// Four hexadecimal digits; a surrogate must come in a pair, since half of one is no character.
    fn unicode_escape(&mut self) -> Result<(), JsonFault> {
        let first = self.four_digits()?;
        if !(0xD800..0xE000).contains(&first) {
            return Ok(());
        }
        let paired = first < 0xDC00 && self.rest.starts_with("\\u");
        if paired {
            self.rest = &self.rest[2..];
            if (0xDC00..0xE000).contains(&self.four_digits()?) {
                return Ok(());
            }
        }
        Err(JsonFault::Character {
            found: '\\',
            expected: "was expecting a whole surrogate pair",
        })
    }

    fn four_digits(&mut self) -> Result<u32, JsonFault> {
        let mut code = 0;
        for _ in 0..4 {
            let found = self
                .bump()
                .ok_or(JsonFault::End(" in character escape sequence"))?;
            let expected = "expected a hex-digit for character escape sequence";
            code = code * 16
                + found
                    .to_digit(16)
                    .ok_or(JsonFault::Character { found, expected })?;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<(), JsonFault> {
        let whole = self.rest;
        self.number_form()?;
        let text = &whole[..whole.len() - self.rest.len()];
        let fits = text.parse::<f64>().is_ok_and(f64::is_finite);
        if fits {
            Ok(())
        } else {
            Err(JsonFault::OutOfRange)
        }
    }

    fn number_form(&mut self) -> Result<(), JsonFault> {
        if self.peek() == Some('-') {
            self.bump();
        }
        let leading_zero = self.peek() == Some('0');
        if self.digits()? > 1 && leading_zero {
            return Err(JsonFault::LeadingZero);
        }
        if self.peek() == Some('.') {
            self.bump();
            self.digits()?;
        }
        if let Some('e' | 'E') = self.peek() {
            self.bump();
            if let Some('+' | '-') = self.peek() {
                self.bump();
            }
            self.digits()?;
        }
        match self.peek() {
            Some(found) if found.is_alphanumeric() => {
                let expected = "Expected space separating root-level values";
                Err(JsonFault::Character { found, expected })
            }
            _ => Ok(()),
        }
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<usize, JsonFault> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        self.rest = &self.rest[count..];
        match (count, self.peek()) {
            (0, Some(found)) => Err(JsonFault::Character {
                found,
                expected: "expected digit (0-9)",
            }),
            (0, None) => Err(JsonFault::End(" in numeric value")),
            _ => Ok(count),
        }
    }

    fn word(&mut self) -> Result<(), JsonFault> {
        let end = self
            .rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "true" | "false" | "null" => Ok(()),
            _ => Err(JsonFault::Token(word.chars().take(256).collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        check(text).unwrap_err().to_string()
    }

    #[test]
    fn every_kind_of_json_value_passes() {
        for text in [
            "2",
            "-0.5e+10",
            "\"some text\"",
            "null",
            "true",
            " [] ",
            "{}",
            "[[], {\"a\": [1, 2]}, \"\\u00e9\\n\"]",
            "{\"a\": {\"b\": null}, \"c\": \"ü😀\"}",
            "\"\\ud83d\\ude00\"",
            "0",
            "1E5",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn the_recorded_faults_have_the_recorded_words() {
        assert_eq!(
            fault("not some json"),
            "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
        );
        assert_eq!(
            fault("{'not': 'json'"),
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name"
        );
    }

    #[test]
    fn other_faults_are_refused() {
        for text in [
            "",
            " ",
            "{",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,}",
            "01",
            "-",
            "1.",
            "1e",
            "+1",
            ".5",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"a\nb\"",
            "1 2",
            "{} {}",
            "[1 2]",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "nul",
            "truee",
            "1x",
            "1e999",
            "]",
            "}",
            "{]",
            "[}",
            "\u{feff}{}",
        ] {
            assert!(check(text).is_err(), "{text:?}");
            assert!(
                serde_json::from_str::<serde_json::Value>(text).is_err(),
                "{text:?} is JSON after all"
            );
        }
    }

    #[test]
    fn depth_is_limited_without_recursion() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(check(&deep(MAX_DEPTH)), Ok(()));
        assert_eq!(
            check(&deep(MAX_DEPTH + 1)),
            Err(JsonFault::Depth(MAX_DEPTH + 1))
        );
        assert!(check(&"{\"a\":".repeat(500_000)).is_err());
    }
}
