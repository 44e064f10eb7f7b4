//! Functions of arrays that call no function.

use super::argument;
use crate::evaluate::{Machine, Site};
use crate::fault::Fault;
use crate::value::{Array, ArrayBuilder, Flags, Value, deep_equal};

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// `$count`
pub(super) fn count<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(Value::Number(match argument(arguments, 0) {
        Value::Array(array) => array.len() as f64,
        _ => 0.0,
    }))
}

/// `$append`
pub(super) fn append<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    match (argument(arguments, 0), argument(arguments, 1)) {
        (Value::Undefined, other) | (other, Value::Undefined) => Ok(other.clone()),
        (one, two) => {
            let mut both = ArrayBuilder::default();
            for side in [one, two] {
                match side {
                    Value::Array(array) => machine.gather(&mut both, array)?,
                    other => machine.add(&mut both, other.clone())?,
                }
            }
            both.build(Flags::NONE).map(Value::Array)
        }
    }
}

/// `$reverse`
pub(super) fn reverse<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Value::Array(array) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    if array.len() <= 1 {
        return Ok(Value::Array(array.clone()));
    }
    machine.make_members(0, array.len())?;
    let mut reversed = ArrayBuilder::with_capacity(array.len());
    for index in (0..array.len()).rev() {
        reversed.push(array.get(index).unwrap_or_default());
    }
    reversed.build(Flags::NONE).map(Value::Array)
}

/// `$shuffle`: each order is equally likely.
pub(super) fn shuffle<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Value::Array(array) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    if array.len() <= 1 {
        return Ok(Value::Array(array.clone()));
    }
    machine.make_members(0, array.len().saturating_mul(2))?;
    let mut items: Vec<Value<'a>> = array.iter().collect();
    for last in (1..items.len()).rev() {
        let bits = machine.host.next_u64();
        // The high half of the product is below the bound, each value about as often.
        let place = ((u128::from(bits) * (last as u128 + 1)) >> 64) as usize;
        items.swap(last, place);
    }
    let mut shuffled = ArrayBuilder::with_capacity(items.len());
    items.into_iter().for_each(|item| shuffled.push(item));
    shuffled.build(Flags::NONE).map(Value::Array)
}

/// `$distinct`
pub(super) fn distinct<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let array = match argument(arguments, 0) {
        Value::Array(array) if array.len() > 1 => array,
        other => return Ok(other.clone()),
    };
    let mut found = ArrayBuilder::default();
    let mut seen = Seen::default();
    for item in array.iter() {
        if !seen.before(machine, &item, found.values())? {
            machine.add(&mut found, item)?;
        }
    }
    let flags = if array.is_sequence() {
        Flags::SEQUENCE
    } else {
        Flags::NONE
    };
    found.build(flags).map(Value::Array)
}

/// What has come already. Texts and numbers are looked up, the rest is compared one by one.
#[derive(Default)]
struct Seen {
    texts: std::collections::HashSet<String>,
    numbers: std::collections::HashSet<u64>,
}

impl Seen {
    fn before<'a>(
        &mut self,
        machine: &mut Machine<'a, '_>,
        item: &Value<'a>,
        found: &[Value<'a>],
    ) -> std::result::Result<bool, Fault> {
        match item {
            Value::Text(text) => {
                machine.make_text(text.len())?;
                Ok(!self.texts.insert(text.to_string()))
            }
            // Minus zero is zero, and nothing is equal to what is no number.
            Value::Number(number) if number.is_nan() => Ok(false),
            Value::Number(number) => {
                machine.tick()?;
                Ok(!self.numbers.insert((number + 0.0).to_bits()))
            }
            other => {
                machine.spend(1 + found.len() as u64)?;
                for known in found {
                    if deep_equal(known, other, &mut |steps| machine.spend(steps))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }
}

/// `$zip`
pub(super) fn zip<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let arrays: Vec<Option<&Array<'a>>> = arguments
        .iter()
        .map(|argument| match argument {
            Value::Array(array) => Some(array),
            _ => None,
        })
        .collect();
    let shortest = arrays
        .iter()
        .map(|array| array.map_or(0, Array::len))
        .min()
        .unwrap_or(0);
    let mut zipped = ArrayBuilder::default();
    for index in 0..shortest {
        machine.make_members(0, arrays.len())?;
        let mut tuple = ArrayBuilder::with_capacity(arrays.len());
        for array in arrays.iter().flatten() {
            tuple.push(array.get(index).unwrap_or_default());
        }
        let tuple = tuple.build(Flags::NONE)?;
        machine.add(&mut zipped, Value::Array(tuple))?;
    }
    zipped.build(Flags::NONE).map(Value::Array)
}
