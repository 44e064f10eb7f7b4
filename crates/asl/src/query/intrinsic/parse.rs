//! Reads a call.

use super::{Argument, Call, Function, Literal};
use crate::query::ParseError;
use crate::query::cursor::Cursor;
use crate::query::path::{Path, Place};
use serde_json::Value;

/// Calls inside calls (feature map 5.5).
const MAX_NESTING: usize = 10;

/// The call that `text` is, blanks around it allowed.
pub(super) fn call(text: &str) -> Result<Call, ParseError> {
    let mut cursor = Cursor::new(text);
    cursor.skip_blanks();
    let call = read(&mut cursor, 1)?;
    cursor.skip_blanks();
    match cursor.peek() {
        None => Ok(call),
        Some(_) => Err(cursor.wanted("the end of the call")),
    }
}

fn read(cursor: &mut Cursor<'_>, depth: usize) -> Result<Call, ParseError> {
    if depth > MAX_NESTING {
        return Err(cursor.error(format!("Calls may be nested to a depth of {MAX_NESTING}")));
    }
    let start = cursor.offset();
    let name = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
    if name.is_empty() {
        return Err(cursor.wanted("an intrinsic function such as States.Format('{}', $.x)"));
    }
    let unknown = || ParseError {
        offset: start,
        message: format!("\"{name}\" is not an intrinsic function"),
    };
    let function = Function::named(name).ok_or_else(unknown)?;
    cursor.expect('(')?;
    Ok(Call {
        function,
        arguments: arguments(cursor, depth)?,
    })
}

fn arguments(cursor: &mut Cursor<'_>, depth: usize) -> Result<Vec<Argument>, ParseError> {
    let mut arguments = Vec::new();
    cursor.skip_blanks();
    while !cursor.eat(')') {
        if !arguments.is_empty() {
            if !cursor.eat(',') {
                return Err(cursor.wanted("\",\" or \")\""));
            }
            cursor.skip_blanks();
        }
        arguments.push(argument(cursor, depth)?);
        cursor.skip_blanks();
    }
    Ok(arguments)
}

fn argument(cursor: &mut Cursor<'_>, depth: usize) -> Result<Argument, ParseError> {
    match cursor.peek() {
        Some('\'') => text(cursor),
        Some('$') => Path::read(cursor, Place::Argument).map(Argument::Path),
        Some(c) if c.is_ascii_digit() || c == '-' => cursor
            .number()
            .map(|number| Argument::Value(Value::Number(number))),
        Some(c) if c.is_ascii_alphabetic() => word(cursor, depth),
        _ => Err(cursor.wanted("an argument: a text in apostrophes, a number, a path or a call")),
    }
}

fn word(cursor: &mut Cursor<'_>, depth: usize) -> Result<Argument, ParseError> {
    let mut ahead = cursor.clone();
    let value = match ahead.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_')) {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => return read(cursor, depth + 1).map(|call| Argument::Call(Box::new(call))),
    };
    *cursor = ahead;
    Ok(Argument::Value(value))
}

/// A text in apostrophes; a backslash keeps the next character from ending it.
fn text(cursor: &mut Cursor<'_>) -> Result<Argument, ParseError> {
    let opening = cursor.offset();
    cursor.bump();
    let start = cursor.offset();
    loop {
        let end = cursor.offset();
        match cursor.bump() {
            None => {
                return Err(ParseError {
                    offset: opening,
                    message: "The text has no closing apostrophe".to_owned(),
                });
            }
            Some('\'') => {
                let raw = &cursor.since(start)[..end - start];
                return Ok(Argument::Text(Literal::new(raw)));
            }
            Some('\\') => {
                cursor.bump();
            }
            Some(_) => {}
        }
    }
}
