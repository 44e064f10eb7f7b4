//! Functions of moments.

use super::{number_argument, text_argument};
use crate::evaluate::{Machine, Site};
use crate::fault::Fault;
use crate::picture;
use crate::value::Value;

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// `$millis`
pub(super) fn millis<'a>(
    machine: &mut Machine<'a, '_>,
    _: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(Value::Number(machine.now))
}

/// `$now`
pub(super) fn now<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let now = machine.now;
    format(
        machine,
        now,
        text_argument(arguments, 0),
        text_argument(arguments, 1),
    )
}

/// `$fromMillis`
pub(super) fn from_millis<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    match number_argument(arguments, 0) {
        Some(millis) => format(
            machine,
            millis,
            text_argument(arguments, 1),
            text_argument(arguments, 2),
        ),
        None => Ok(Value::Undefined),
    }
}

fn format<'a>(
    machine: &mut Machine<'a, '_>,
    millis: f64,
    picture: Option<&str>,
    timezone: Option<&str>,
) -> Result<'a> {
    machine.make_text(picture.map_or(0, str::len).saturating_mul(64) + 64)?;
    let text = picture::format_datetime(millis, picture, timezone)?;
    machine.make_text(text.len())?;
    Ok(Value::Text(text.into()))
}

/// `$toMillis`
pub(super) fn to_millis<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Some(text) = text_argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let picture = text_argument(arguments, 1);
    machine.make_text(text.len() + picture.map_or(0, str::len))?;
    let now = machine.now;
    Ok(picture::parse_datetime(text, picture, now)?.map_or(Value::Undefined, Value::Number))
}
