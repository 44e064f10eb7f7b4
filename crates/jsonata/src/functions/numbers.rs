//! Functions of numbers.

use super::{argument, number_argument, text_argument};
use crate::evaluate::{Machine, Site};
use crate::fault::{Code, Fault};
use crate::functions::print;
use crate::number;
use crate::picture::{self, DecimalFormat};
use crate::value::{Array, Object, Value};

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// The numbers of an array.
fn numbers<'s>(array: &'s Array<'_>) -> impl Iterator<Item = f64> + 's {
    array.iter().map(|item| match item {
        Value::Number(number) => number,
        _ => f64::NAN,
    })
}

/// What is computed of an array of numbers.
fn of_array<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    compute: impl FnOnce(&Array<'a>) -> Option<f64>,
) -> Result<'a> {
    let Value::Array(array) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    machine.pass_over(array.len())?;
    Ok(compute(array).map_or(Value::Undefined, Value::Number))
}

/// `$sum`
pub(super) fn sum<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_array(machine, arguments, |array| Some(add(array)))
}

fn add(array: &Array<'_>) -> f64 {
    numbers(array).fold(0.0, |sum, number| sum + number)
}

/// `$average`
pub(super) fn average<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_array(machine, arguments, |array| {
        (!array.is_empty()).then(|| add(array) / array.len() as f64)
    })
}

/// `$max`
pub(super) fn max<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    extreme(machine, arguments, |one, two| one > two)
}

/// `$min`
pub(super) fn min<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    extreme(machine, arguments, |one, two| one < two)
}

fn extreme<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    beats: impl Fn(f64, f64) -> bool,
) -> Result<'a> {
    of_array(machine, arguments, |array| {
        numbers(array).reduce(|best, number| {
            if best.is_nan() || number.is_nan() {
                f64::NAN
            } else if beats(number, best) {
                number
            } else {
                best
            }
        })
    })
}

fn of_number<'a>(arguments: &[Value<'a>], compute: impl FnOnce(f64) -> f64) -> Value<'a> {
    number_argument(arguments, 0).map_or(Value::Undefined, |number| Value::Number(compute(number)))
}

/// `$abs`
pub(super) fn abs<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(of_number(arguments, f64::abs))
}

/// `$floor`
pub(super) fn floor<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(of_number(arguments, f64::floor))
}

/// `$ceil`
pub(super) fn ceil<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(of_number(arguments, f64::ceil))
}

/// `$round`
pub(super) fn round<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let precision = number_argument(arguments, 1).unwrap_or_default();
    Ok(of_number(arguments, |number| {
        number::round_half_even(number, precision)
    }))
}

/// `$sqrt`
pub(super) fn sqrt<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    match number_argument(arguments, 0) {
        Some(number) if number < 0.0 => Err(Fault::with(Code::D3060, number::to_text(number))),
        _ => Ok(of_number(arguments, f64::sqrt)),
    }
}

/// `$power`
pub(super) fn power<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Some(base) = number_argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let exponent = number_argument(arguments, 1).unwrap_or(f64::NAN);
    let result = number::power(base, exponent);
    if result.is_finite() {
        return Ok(Value::Number(result));
    }
    Err(Fault::with(Code::D3061, number::to_text(base)).and(number::to_text(exponent)))
}

/// `$random`
pub(super) fn random<'a>(
    machine: &mut Machine<'a, '_>,
    _: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(Value::Number(unit(machine.host.next_u64())))
}

/// A number from 0 up to 1 of random bits.
pub(super) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

/// `$number`
pub(super) fn number<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let value = argument(arguments, 0);
    match value {
        Value::Undefined | Value::Number(_) => Ok(value.clone()),
        Value::Bool(flag) => Ok(Value::Number(f64::from(u8::from(*flag)))),
        Value::Text(text) => match number::parse_cast(text) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(Fault::with(Code::D3030, print(value))),
        },
        _ => Err(Fault::with(Code::D3030, print(value))),
    }
}

/// A text in the form of a picture: as long as the picture and the number, which are bounded, so it is taken from the budget when it is there.
fn made<'a>(machine: &mut Machine<'a, '_>, text: String) -> Result<'a> {
    machine.make_text(text.len() + 64)?;
    Ok(Value::Text(text.into()))
}

/// `$formatBase`
pub(super) fn format_base<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Some(value) = number_argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let text = number::format_base(value, number_argument(arguments, 1))?;
    made(machine, text)
}

/// `$formatInteger`
pub(super) fn format_integer<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let (Some(value), Some(picture)) = (number_argument(arguments, 0), text_argument(arguments, 1))
    else {
        return Ok(Value::Undefined);
    };
    machine.spend(picture.len() as u64 / 4)?;
    let text = picture::format_integer(value, picture)?;
    made(machine, text)
}

/// `$parseInteger`
pub(super) fn parse_integer<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let (Some(text), Some(picture)) = (text_argument(arguments, 0), text_argument(arguments, 1))
    else {
        return Ok(Value::Undefined);
    };
    machine.spend((text.len() + picture.len()) as u64 / 4)?;
    Ok(Value::Number(picture::parse_integer(text, picture)?))
}

/// `$formatNumber`
pub(super) fn format_number<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let (Some(value), Some(picture)) = (number_argument(arguments, 0), text_argument(arguments, 1))
    else {
        return Ok(Value::Undefined);
    };
    machine.spend(picture.len() as u64 / 4)?;
    let format = match argument(arguments, 2) {
        Value::Object(options) => decimal_format(options),
        _ => DecimalFormat::default(),
    };
    Ok(Value::Text(
        picture::format_number(value, picture, &format)?.into(),
    ))
}

fn decimal_format(options: &Object<'_>) -> DecimalFormat {
    let mut format = DecimalFormat::default();
    for (name, value) in options.iter() {
        if let Some(text) = value.as_str() {
            format.set(&name, text);
        }
    }
    format
}
