//! Functions of moments.

use super::{number_argument, text_argument};
use crate::evaluate::{Machine, Site};
use crate::fault::Fault;
use crate::picture;
use crate::value::Value;

/// What trying a picture along a text costs at most: the bound that the matcher keeps.
const MOST_TRIES: usize = 4_000_000;

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
    machine.spend(picture.map_or(0, str::len) as u64 / 4)?;
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
    // A picture is tried along the text; how far is bounded where it is done.
    let tries = text
        .len()
        .saturating_mul(picture.map_or(1, str::len).max(1));
    machine.spend(tries.min(MOST_TRIES) as u64 / 8)?;
    let now = machine.now;
    Ok(picture::parse_datetime(text, picture, now)?.map_or(Value::Undefined, Value::Number))
}
