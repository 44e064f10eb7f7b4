//! Values written inside filters and function calls: JSON, with single quotes allowed.

use crate::query::ParseError;
use crate::query::cursor::Cursor;
use serde_json::{Map, Value};

/// How deep literals and filters may be nested.
pub(crate) const MAX_NESTING: usize = 64;

/// Reads a value. A bare word stands for itself as text: published definitions write `@.category==home`.
pub(crate) fn value(cursor: &mut Cursor<'_>, depth: usize) -> Result<Value, ParseError> {
    if depth > MAX_NESTING {
        return Err(cursor.error(format!(
            "Values are nested deeper than {MAX_NESTING} levels"
        )));
    }
    cursor.skip_blanks();
    match cursor.peek() {
        Some('\'' | '"') => text(cursor).map(Value::String),
        Some('[') => array(cursor, depth),
        Some('{') => object(cursor, depth),
        Some(c) if c.is_ascii_digit() || c == '-' => cursor.number().map(Value::Number),
        Some(c) if c.is_alphabetic() || c == '_' => Ok(word(cursor)),
        _ => Err(cursor.wanted("a value")),
    }
}

fn word(cursor: &mut Cursor<'_>) -> Value {
    match cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        other => Value::from(other),
    }
}

/// Reads a text in single or double quotes.
pub(crate) fn text(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    let start = cursor.offset();
    let quote = cursor.bump();
    let mut text = String::new();
    loop {
        match cursor.bump() {
            None => {
                return Err(ParseError {
                    offset: start,
                    message: "The text has no closing quote".to_owned(),
                });
            }
            end if end == quote => return Ok(text),
            Some('\\') => text.push(escape(cursor)?),
            Some(other) => text.push(other),
        }
    }
}

fn escape(cursor: &mut Cursor<'_>) -> Result<char, ParseError> {
    match cursor.bump() {
        Some('n') => Ok('\n'),
        Some('t') => Ok('\t'),
        Some('r') => Ok('\r'),
        Some('b') => Ok('\u{8}'),
        Some('f') => Ok('\u{c}'),
        Some('u') => unicode(cursor),
        Some(other) => Ok(other),
        None => Err(cursor.wanted("a character after the backslash")),
    }
}

fn unicode(cursor: &mut Cursor<'_>) -> Result<char, ParseError> {
    let digits: String = cursor
        .rest()
        .chars()
        .take(4)
        .filter(char::is_ascii_hexdigit)
        .collect();
    let code = u32::from_str_radix(&digits, 16)
        .ok()
        .filter(|_| digits.len() == 4);
    let found = code.ok_or_else(|| cursor.wanted("four hexadecimal digits"))?;
    cursor.eat_text(&digits);
    Ok(char::from_u32(found).unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn array(cursor: &mut Cursor<'_>, depth: usize) -> Result<Value, ParseError> {
    cursor.expect('[')?;
    let mut items = Vec::new();
    cursor.skip_blanks();
    while !cursor.eat(']') {
        if !items.is_empty() {
            cursor.expect(',')?;
        }
        items.push(value(cursor, depth + 1)?);
        cursor.skip_blanks();
    }
    Ok(Value::Array(items))
}

fn object(cursor: &mut Cursor<'_>, depth: usize) -> Result<Value, ParseError> {
    cursor.expect('{')?;
    let mut members = Map::new();
    cursor.skip_blanks();
    while !cursor.eat('}') {
        if !members.is_empty() {
            cursor.expect(',')?;
            cursor.skip_blanks();
        }
        let key = match cursor.peek() {
            Some('\'' | '"') => text(cursor)?,
            _ => return Err(cursor.wanted("a quoted key")),
        };
        cursor.skip_blanks();
        cursor.expect(':')?;
        members.insert(key, value(cursor, depth + 1)?);
        cursor.skip_blanks();
    }
    Ok(Value::Object(members))
}
