//! Functions on texts.

use super::arguments::Arguments;
use super::literal::{self, Literal};
use super::{Function, Refusal};
use crate::query::json;
use serde_json::Value;

/// `States.Format(format, …)`: as many further arguments as the format has slots.
pub(super) fn format(given: &Arguments, literal: Option<&Literal>) -> Result<Value, Refusal> {
    let Some((format, values)) = given.values.split_first() else {
        return given.refuse("It takes a format and as many arguments as that has slots");
    };
    let pieces = match literal {
        Some(literal) => literal.pieces(),
        None => literal::pieces(given.text(format, "format")?),
    };
    let pieces = pieces.map_err(|message| Refusal::Message(Function::Format, message))?;
    if pieces.len() != values.len() + 1 {
        return given.refuse(format!(
            "The format has {} slots but {} arguments came with it",
            pieces.len() - 1,
            values.len()
        ));
    }
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        text.push_str(piece);
        if let Some(value) = values.get(index) {
            text.push_str(&json::java_text(value));
        }
    }
    Ok(Value::String(text))
}

/// `States.StringToJson(text)`: a blank text is `null`, as AWS answers.
pub(super) fn string_to_json(given: &Arguments) -> Result<Value, Refusal> {
    let [text] = given.exactly()?;
    let text = given.text(text, "argument")?;
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    match serde_json::from_str(text) {
        Ok(value) => Ok(without_negative_zero(value)),
        Err(error) => given.refuse(format!("The text is not JSON: {error}")),
    }
}

/// Java reads `-0` as the integer 0, serde_json as the double -0.0.
fn without_negative_zero(value: Value) -> Value {
    match &value {
        Value::Number(number)
            if number.is_f64()
                && json::double(number) == 0.0
                && json::double(number).is_sign_negative() =>
        {
            Value::from(0)
        }
        _ => value,
    }
}

/// `States.JsonToString(value)`
pub(super) fn json_to_string(given: &Arguments) -> Result<Value, Refusal> {
    let [value] = given.exactly()?;
    Ok(Value::String(json::compact(value)))
}

/// `States.StringSplit(text, delimiters)`: every character of the second text splits; empty pieces are left out.
pub(super) fn string_split(given: &Arguments) -> Result<Value, Refusal> {
    let [text, delimiters] = given.exactly()?;
    let text = given.text(text, "text")?;
    let delimiters: Vec<char> = given
        .text(delimiters, "list of delimiters")?
        .chars()
        .collect();
    Ok(text
        .split(delimiters.as_slice())
        .filter(|piece| !piece.is_empty())
        .collect())
}
