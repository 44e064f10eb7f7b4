//! The functions that AWS Step Functions adds (feature-map 5.2). Whole-number arguments are rounded down.

use super::{argument, number_argument, numbers, text_argument};
use crate::evaluate::{FixedHost, Host, Machine, Site};
use crate::fault::{Code, Fault};
use crate::functions::print;
use crate::value::{ArrayBuilder, Flags, ObjectBuilder, Text, Value};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// How many numbers a range may have.
const LONGEST_RANGE: f64 = 1_000.0;

fn refused<'a>(message: impl Into<String>) -> Result<'a> {
    Err(Fault::say(Code::D3150, message))
}

/// `$partition`
pub(super) fn partition<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let (Value::Array(array), Some(size)) = (argument(arguments, 0), number_argument(arguments, 1))
    else {
        return Ok(Value::Undefined);
    };
    let size = size.floor();
    if size.is_nan() || size < 1.0 {
        return refused(format!(
            "the size of a chunk must be at least 1, but is {size}"
        ));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates above any array"
    )]
    let size = size as usize;
    let mut chunks = ArrayBuilder::default();
    let mut chunk = ArrayBuilder::default();
    for item in array.iter() {
        machine.add(&mut chunk, item)?;
        if chunk.len() == size {
            let full = std::mem::take(&mut chunk).build(Flags::NONE)?;
            machine.add(&mut chunks, Value::Array(full))?;
        }
    }
    if !chunk.is_empty() {
        let rest = chunk.build(Flags::NONE)?;
        machine.add(&mut chunks, Value::Array(rest))?;
    }
    chunks.build(Flags::NONE).map(Value::Array)
}

/// `$range`: both ends belong to it; a single number stands for itself.
pub(super) fn range<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let number = |index| number_argument(arguments, index).map(f64::floor);
    let (Some(first), Some(last), Some(step)) = (number(0), number(1), number(2)) else {
        return Ok(Value::Undefined);
    };
    if step == 0.0 {
        return refused("the step must not be 0");
    }
    let count = ((last - first) / step).floor() + 1.0;
    if count.is_nan() || count > LONGEST_RANGE {
        return refused(format!("a range has at most {LONGEST_RANGE} numbers"));
    }
    let mut numbers = ArrayBuilder::default();
    let mut index = 0.0;
    while index < count {
        machine.add(&mut numbers, Value::Number(first + index * step))?;
        index += 1.0;
    }
    numbers.build(Flags::SEQUENCE).map(Value::Array)
}

/// `$hash`
pub(super) fn hash<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let (Some(text), Some(algorithm)) = (text_argument(arguments, 0), text_argument(arguments, 1))
    else {
        return Ok(Value::Undefined);
    };
    machine.spend(text.len() as u64 / 16)?;
    let bytes = text.as_bytes();
    let digest = match algorithm {
        "MD5" => Md5::digest(bytes).to_vec(),
        "SHA-1" => Sha1::digest(bytes).to_vec(),
        "SHA-256" => Sha256::digest(bytes).to_vec(),
        "SHA-384" => Sha384::digest(bytes).to_vec(),
        "SHA-512" => Sha512::digest(bytes).to_vec(),
        other => {
            return refused(format!(
                "{other:?} is no algorithm; there are MD5, SHA-1, SHA-256, SHA-384 and SHA-512"
            ));
        }
    };
    Ok(Value::Text(hexadecimal(&digest).into()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// `$random([seed])`
pub(super) fn random<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let bits = match number_argument(arguments, 0) {
        Some(seed) => FixedHost {
            millis: 0.0,
            seed: seed.floor().to_bits(),
        }
        .next_u64(),
        None => machine.host.next_u64(),
    };
    Ok(Value::Number(numbers::unit(bits)))
}

/// `$uuid`: version 4.
pub(super) fn uuid<'a>(machine: &mut Machine<'a, '_>, _: &[Value<'a>], _: &Site<'a>) -> Result<'a> {
    let mut bits = u128::from(machine.host.next_u64()) << 64 | u128::from(machine.host.next_u64());
    bits = bits & !(0xf << 76) | 4 << 76;
    bits = bits & !(0b11 << 62) | 0b10 << 62;
    let digits = hexadecimal(&bits.to_be_bytes());
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let text = [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-");
    Ok(Value::Text(text.into()))
}

/// `$parse`
pub(super) fn parse<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let value = argument(arguments, 0);
    let Some(text) = value.as_str() else {
        return Ok(Value::Undefined);
    };
    machine.make_text(text.len().saturating_mul(8))?;
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(json) => owned(machine, &json),
        Err(error) => refused(format!("{} is no JSON: {error}", print(value))),
    }
}

/// JSON that belongs to nobody else. The parser has bounded how deep it is.
fn owned<'a>(machine: &mut Machine<'a, '_>, json: &serde_json::Value) -> Result<'a> {
    machine.tick()?;
    Ok(match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(*flag),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(text) => Value::text(text),
        serde_json::Value::Array(items) => {
            let mut array = ArrayBuilder::with_capacity(items.len());
            for item in items {
                let item = owned(machine, item)?;
                machine.add(&mut array, item)?;
            }
            Value::Array(array.build(Flags::NONE)?)
        }
        serde_json::Value::Object(members) => {
            let mut object = ObjectBuilder::default();
            for (name, value) in members {
                object.insert(Text::shared(name), owned(machine, value)?);
            }
            Value::Object(object.build()?)
        }
    })
}
