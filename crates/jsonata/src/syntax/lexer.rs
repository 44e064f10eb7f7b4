//! Tokens. Which characters end a name, and where a `/` begins a regular expression, is JSONata's own: any character that is no blank and no
//! operator belongs to a name.

use crate::fault::{Code, Fault};
use crate::regex::{Flags, Regex};
use std::ops::Range;

/// A token with its place in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Token<'t> {
    pub(crate) kind: TokenKind<'t>,
    pub(crate) span: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone)]
pub(crate) enum TokenKind<'t> {
    Operator(&'static str),
    Name(&'t str),
    Variable(&'t str),
    Text(String),
    Number(f64),
    True,
    False,
    Null,
    Regex(Regex),
    End,
}

/// Where a token is looked for: after an operand a `/` divides, elsewhere it begins a regular expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Operand,
    Operator,
}

/// Longest first, so that `**` is not read as `*` twice.
const OPERATORS: &[&str] = &[
    "..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??", ".", "[", "]", "{", "}", "(", ")", ",",
    "@", "#", ";", ":", "?", "+", "-", "*", "/", "%", "|", "=", "<", ">", "^", "&", "!", "~",
];

pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b)
}

fn ends_name(byte: u8) -> bool {
    is_blank(byte) || b".[]{}(),@#;:?+-*/%|=<>^&!~".contains(&byte)
}

/// Reads tokens one at a time, since the parser says what it expects.
#[derive(Debug, Clone)]
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Goes on at a place: the editor steps over what cannot be read.
    pub(crate) fn starting(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    /// Where the next token is looked for.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next token.
    ///
    /// # Errors
    ///
    /// S01xx and S03xx for what cannot be read. The lexer stands behind it then.
    pub(crate) fn next(&mut self, place: Place) -> Result<Token<'t>, Fault> {
        self.skip_blanks()?;
        let start = self.at;
        let kind = self.scan(place).map_err(|fault| {
            let end = self.at.max(start + 1).min(self.text.len());
            fault.at(start..end, end)
        })?;
        Ok(Token {
            kind,
            span: start..self.at,
        })
    }

    /// Blanks and comments.
    fn skip_blanks(&mut self) -> Result<(), Fault> {
        loop {
            while self.byte().is_some_and(is_blank) {
                self.at += 1;
            }
            if !self.rest().starts_with("/*") {
                return Ok(());
            }
            let start = self.at;
            let Some(len) = self.rest()[2..].find("*/") else {
                self.at = self.text.len();
                return Err(Fault::new(Code::S0106).at(start..self.at, start));
            };
            self.at += len + 4;
        }
    }

    fn scan(&mut self, place: Place) -> Result<TokenKind<'t>, Fault> {
        let Some(byte) = self.byte() else {
            return Ok(TokenKind::End);
        };
        if byte == b'/' && place == Place::Operand {
            return self.regex();
        }
        let rest = self.rest();
        if let Some(operator) = OPERATORS
            .iter()
            .find(|operator| rest.starts_with(**operator))
        {
            self.at += operator.len();
            return Ok(TokenKind::Operator(operator));
        }
        match byte {
            b'"' | b'\'' => self.quoted(byte),
            b'0'..=b'9' => self.number(),
            b'`' => self.backquoted(),
            _ => Ok(self.word()),
        }
    }

    /// The closing slash stands outside brackets and has an even number of backslashes before it.
    fn regex(&mut self) -> Result<TokenKind<'t>, Fault> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut depth = 0_i32;
        let mut backslashes = 0;
        let mut end = start;
        loop {
            let Some(byte) = bytes.get(end) else {
                self.at = self.text.len();
                return Err(Fault::new(Code::S0302));
            };
            let escaped = backslashes > 0;
            match byte {
                b'/' if depth == 0 && backslashes % 2 == 0 => break,
                b'(' | b'[' | b'{' if !escaped => depth += 1,
                b')' | b']' | b'}' if !escaped => depth -= 1,
                _ => {}
            }
            backslashes = if *byte == b'\\' { backslashes + 1 } else { 0 };
            end += 1;
        }
        self.at = end + 1;
        self.compile(&self.text[start..end], start)
    }

    fn compile(&mut self, pattern: &str, start: usize) -> Result<TokenKind<'t>, Fault> {
        let mut flags = Flags::default();
        while let Some(byte @ (b'i' | b'm')) = self.byte() {
            // JavaScript refuses a flag that is said twice.
            let flag = if byte == b'i' {
                &mut flags.ignore_case
            } else {
                &mut flags.multi_line
            };
            if std::mem::replace(flag, true) {
                return Err(Fault::with(Code::S0303, "a flag is given twice"));
            }
            self.at += 1;
        }
        if pattern.is_empty() {
            return Err(Fault::new(Code::S0301));
        }
        Regex::new(pattern, flags)
            .map(TokenKind::Regex)
            .map_err(|fault| {
                let at = start + fault.at;
                Fault::with(Code::S0303, fault.message).at(at..self.at.max(at), at)
            })
    }

    fn quoted(&mut self, quote: u8) -> Result<TokenKind<'t>, Fault> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(len) = rest.bytes().position(|byte| byte == quote || byte == b'\\') else {
                self.at = self.text.len();
                return Err(Fault::new(Code::S0101));
            };
            text.push_str(&rest[..len]);
            self.at += len + 1;
            if rest.as_bytes().get(len) == Some(&quote) {
                return Ok(TokenKind::Text(text));
            }
            text.push(self.escape()?);
        }
    }

    /// The character that stands behind a backslash.
    fn escape(&mut self) -> Result<char, Fault> {
        let Some(escaped) = self.rest().chars().next() else {
            return Err(Fault::new(Code::S0103).token(""));
        };
        self.at += escaped.len_utf8();
        Ok(match escaped {
            '"' | '\\' | '/' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.code_point()?,
            _ => return Err(Fault::new(Code::S0103).token(&escaped.to_string())),
        })
    }

    /// What `\u` names; two halves of a pair make one character, a lone half has none and is replaced.
    fn code_point(&mut self) -> Result<char, Fault> {
        let high = self.hexadecimal()?;
        if !(0xd800..0xdc00).contains(&high) || !self.rest().starts_with("\\u") {
            return Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        self.at += 2;
        let low = self.hexadecimal()?;
        if (0xdc00..0xe000).contains(&low) {
            let point = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            return Ok(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        self.at = before;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hexadecimal(&mut self) -> Result<u32, Fault> {
        let digits = self
            .rest()
            .get(..4)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let value = value.ok_or_else(|| Fault::new(Code::S0104))?;
        self.at += 4;
        Ok(value)
    }

    /// As JSON has them, but without a sign. `1.` is a number and a dot.
    fn number(&mut self) -> Result<TokenKind<'t>, Fault> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| {
            let rest = bytes.get(from..).unwrap_or_default();
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let mut len = if bytes.first() == Some(&b'0') {
            1
        } else {
            digits(0)
        };
        if bytes.get(len) == Some(&b'.') && digits(len + 1) > 0 {
            len += 1 + digits(len + 1);
        }
        if matches!(bytes.get(len), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(len + 1), Some(b'+' | b'-')));
            let exponent = digits(len + 1 + sign);
            if exponent > 0 {
                len += 1 + sign + exponent;
            }
        }
        let text = &self.rest()[..len];
        self.at += len;
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(TokenKind::Number(number)),
            _ => Err(Fault::new(Code::S0102).token(text)),
        }
    }

    fn backquoted(&mut self) -> Result<TokenKind<'t>, Fault> {
        let rest = &self.rest()[1..];
        let Some(len) = rest.find('`') else {
            self.at = self.text.len();
            return Err(Fault::new(Code::S0105));
        };
        self.at += len + 2;
        Ok(TokenKind::Name(&rest[..len]))
    }

    fn word(&mut self) -> TokenKind<'t> {
        let rest = self.rest();
        let len = rest.bytes().position(ends_name).unwrap_or(rest.len());
        self.at += len;
        let word = &rest[..len];
        if let Some(name) = word.strip_prefix('$') {
            return TokenKind::Variable(name);
        }
        match word {
            "and" => TokenKind::Operator("and"),
            "or" => TokenKind::Operator("or"),
            "in" => TokenKind::Operator("in"),
            "true" => TokenKind::True,
            "false" => TokenKind::False,
            "null" => TokenKind::Null,
            _ => TokenKind::Name(word),
        }
    }
}
