//! Functions of texts that need no patterns.

use super::print::{Form, stringify_as};
use super::{argument, number_argument, text_argument};
use crate::evaluate::{Machine, Site};
use crate::fault::Fault;
use crate::value::{Text, Value};

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// `$string`
pub(super) fn string<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let form = match argument(arguments, 1) {
        Value::Bool(true) => Form::Indented,
        _ => Form::Compact,
    };
    match argument(arguments, 0) {
        value @ (Value::Undefined | Value::Text(_)) => Ok(value.clone()),
        value => Ok(Value::Text(stringify_as(machine, value, form)?.into())),
    }
}

/// What is computed of one text; nothing of nothing.
fn of_text<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    compute: impl FnOnce(&str) -> Value<'a>,
) -> Result<'a> {
    let Some(text) = text_argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    machine.spend(text.len() as u64 / 16)?;
    let value = compute(text);
    // Capital letters may be up to three times as long: what was made is known only now.
    if let Value::Text(made) = &value {
        machine.make_text(made.len())?;
    }
    Ok(value)
}

/// `$lowercase`
pub(super) fn lowercase<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| {
        Value::Text(text.to_lowercase().into())
    })
}

/// `$uppercase`
pub(super) fn uppercase<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| {
        Value::Text(text.to_uppercase().into())
    })
}

/// `$length`: characters, not UTF-16 units.
pub(super) fn length<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| {
        Value::Number(text.chars().count() as f64)
    })
}

/// `$trim`
pub(super) fn trim<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| {
        let words = text
            .split([' ', '\t', '\n', '\r'])
            .filter(|word| !word.is_empty());
        let mut trimmed = String::with_capacity(text.len());
        for word in words {
            if !trimmed.is_empty() {
                trimmed.push(' ');
            }
            trimmed.push_str(word);
        }
        Value::Text(trimmed.into())
    })
}

/// A part of a text; of a borrowed one it is borrowed too.
pub(super) fn part<'a>(
    machine: &mut Machine<'a, '_>,
    text: &Text<'a>,
    range: std::ops::Range<usize>,
) -> Result<'a> {
    Ok(Value::Text(match text {
        Text::Borrowed(text) => Text::Borrowed(text.get(range).unwrap_or_default()),
        Text::Shared(text) => {
            let part = text.get(range).unwrap_or_default();
            machine.make_text(part.len())?;
            Text::shared(part)
        }
    }))
}

/// `$substring`
pub(super) fn substring<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Value::Text(text) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    machine.spend(text.len() as u64 / 64)?;
    let len = text.chars().count() as f64;
    let length = number_argument(arguments, 2);
    let Some(start) = number_argument(arguments, 1) else {
        // Without a start JavaScript cannot reckon where the part ends: with a length it is empty, else it is everything.
        let whole = length.map_or_else(|| text.clone(), |_| Text::Borrowed(""));
        return Ok(Value::Text(whole));
    };
    let start = if len + start < 0.0 { 0.0 } else { start };
    let end = match length {
        Some(length) if length <= 0.0 => return Ok(Value::Text(Text::Borrowed(""))),
        Some(length) if start >= 0.0 => start + length,
        Some(length) => len + start + length,
        None => len,
    };
    let (start, end) = (slice_bound(start, len), slice_bound(end, len));
    if start >= end {
        return Ok(Value::Text(Text::Borrowed("")));
    }
    let offset = |index: usize| {
        text.char_indices()
            .nth(index)
            .map_or(text.len(), |(offset, _)| offset)
    };
    part(machine, text, offset(start)..offset(end))
}

/// What JavaScript's `slice` makes of a number: cut to whole, from the end when negative, inside the text.
fn slice_bound(bound: f64, len: f64) -> usize {
    let bound = if bound.is_nan() { 0.0 } else { bound.trunc() };
    let bound = if bound < 0.0 { len + bound } else { bound };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "inside the text"
    )]
    let bound = bound.clamp(0.0, len) as usize;
    bound
}

/// `$substringBefore`
pub(super) fn substring_before<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    around(machine, arguments, |_, at, _| 0..at)
}

/// `$substringAfter`
pub(super) fn substring_after<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    around(machine, arguments, |text, at, chars| {
        at + chars.len()..text.len()
    })
}

/// A part beside where the characters are found; the text as it is when they are not.
fn around<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    choose: impl FnOnce(&str, usize, &str) -> std::ops::Range<usize>,
) -> Result<'a> {
    let Value::Text(text) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    machine.spend(text.len() as u64 / 64)?;
    // JavaScript looks for the word when there is nothing to look for.
    let chars = text_argument(arguments, 1).unwrap_or("undefined");
    match text.find(chars) {
        Some(at) => part(machine, text, choose(text, at, chars)),
        None => Ok(Value::Text(text.clone())),
    }
}

/// `$pad`
pub(super) fn pad<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Value::Text(text) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let fill = text_argument(arguments, 2)
        .filter(|fill| !fill.is_empty())
        .unwrap_or(" ");
    let width = number_argument(arguments, 1).unwrap_or_default().trunc();
    let missing = width.abs() - text.chars().count() as f64;
    if missing.is_nan() || missing <= 0.0 {
        return Ok(Value::Text(text.clone()));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive; the budget bounds it"
    )]
    let missing = missing as usize;
    machine.make_text(missing.saturating_mul(4).saturating_add(text.len()))?;
    let filling: String = fill.chars().cycle().take(missing).collect();
    let padded = if width > 0.0 {
        format!("{}{filling}", &**text)
    } else {
        format!("{filling}{}", &**text)
    };
    Ok(Value::Text(padded.into()))
}

/// `$join`
pub(super) fn join<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Value::Array(texts) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let separator = text_argument(arguments, 1).unwrap_or_default();
    machine.pass_over(texts.len())?;
    let mut joined = String::new();
    for (index, text) in texts.iter().enumerate() {
        let text = text.as_str().unwrap_or_default();
        let separator = if index == 0 { "" } else { separator };
        machine.make_text(separator.len() + text.len())?;
        joined.push_str(separator);
        joined.push_str(text);
    }
    Ok(Value::Text(joined.into()))
}
