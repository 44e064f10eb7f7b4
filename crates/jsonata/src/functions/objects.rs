//! Functions of objects, and those about what a value is.

use super::{argument, text_argument};
use crate::evaluate::{self, Machine, Site, truth};
use crate::fault::{Code, Fault};
use crate::value::{ArrayBuilder, Flags, ObjectBuilder, Text, Value, WALK, too_deep};
use std::collections::HashSet;

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// `$boolean`
pub(super) fn boolean<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(truth(machine, argument(arguments, 0))?.map_or(Value::Undefined, Value::Bool))
}

/// `$not`
pub(super) fn not<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(truth(machine, argument(arguments, 0))?.map_or(Value::Undefined, |flag| Value::Bool(!flag)))
}

/// `$exists`
pub(super) fn exists<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    Ok(Value::Bool(!argument(arguments, 0).is_undefined()))
}

/// `$type`
pub(super) fn kind<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    match argument(arguments, 0) {
        Value::Undefined => Ok(Value::Undefined),
        // What is no number is an object to the reference; an infinite one is an error.
        value @ Value::Number(_) => {
            let kind = if evaluate::numeric(value)?.is_some() {
                "number"
            } else {
                "object"
            };
            Ok(Value::Text(Text::Borrowed(kind)))
        }
        value => Ok(Value::Text(Text::Borrowed(value.kind()))),
    }
}

/// `$error`
pub(super) fn error<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let message = text_argument(arguments, 0).filter(|message| !message.is_empty());
    Err(Fault::say(
        Code::D3137,
        message.unwrap_or("$error() function evaluated"),
    ))
}

/// `$assert`
pub(super) fn assert<'a>(
    _: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    if matches!(argument(arguments, 0), Value::Bool(true)) {
        return Ok(Value::Undefined);
    }
    let message = text_argument(arguments, 1).filter(|message| !message.is_empty());
    Err(Fault::say(
        Code::D3141,
        message.unwrap_or("$assert() statement failed"),
    ))
}

/// `$clone`
pub(super) fn clone<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    match argument(arguments, 0) {
        Value::Undefined => Ok(Value::Undefined),
        value => super::copy(machine, value),
    }
}

/// `$lookup`
pub(super) fn lookup<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    // JavaScript looks for the word when there is no name.
    let name = text_argument(arguments, 1).unwrap_or("undefined");
    machine.spend(name.len() as u64 / 64)?;
    evaluate::lookup(machine, argument(arguments, 0), name)
}

/// `$keys`
pub(super) fn keys<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let mut names = ArrayBuilder::default();
    let mut seen = HashSet::new();
    add_keys(machine, argument(arguments, 0), &mut names, &mut seen, WALK)?;
    names.build(Flags::SEQUENCE).map(Value::Array)
}

fn add_keys<'a>(
    machine: &mut Machine<'a, '_>,
    value: &Value<'a>,
    names: &mut ArrayBuilder<'a>,
    seen: &mut HashSet<Text<'a>>,
    depth: u32,
) -> std::result::Result<(), Fault> {
    machine.tick()?;
    match value {
        Value::Object(object) => {
            for (name, _) in object.iter() {
                if seen.insert(name.clone()) {
                    machine.add(names, Value::Text(name))?;
                }
            }
        }
        Value::Array(array) => {
            let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
            for item in array.iter() {
                add_keys(machine, &item, names, seen, depth)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// `$spread`
pub(super) fn spread<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let value = argument(arguments, 0);
    match value {
        Value::Object(_) | Value::Array(_) => {
            let mut spread = ArrayBuilder::default();
            add_spread(machine, value, &mut spread, WALK)?;
            // Joining arrays makes an array that is no sequence.
            let flags = match value {
                Value::Array(array) if array.iter().any(|item| !item.is_undefined()) => Flags::NONE,
                _ => Flags::SEQUENCE,
            };
            spread.build(flags).map(Value::Array)
        }
        other => Ok(other.clone()),
    }
}

fn add_spread<'a>(
    machine: &mut Machine<'a, '_>,
    value: &Value<'a>,
    spread: &mut ArrayBuilder<'a>,
    depth: u32,
) -> std::result::Result<(), Fault> {
    machine.tick()?;
    match value {
        Value::Object(object) => {
            for (name, value) in object.iter() {
                let mut single = ObjectBuilder::default();
                single.insert(name, value);
                machine.budget.make(64)?;
                machine.add(spread, Value::Object(single.build()?))?;
            }
            Ok(())
        }
        Value::Array(array) => {
            let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
            for item in array.iter() {
                add_spread(machine, &item, spread, depth)?;
            }
            Ok(())
        }
        Value::Undefined => Ok(()),
        other => machine.add(spread, other.clone()),
    }
}

/// `$merge`
pub(super) fn merge<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    let Value::Array(objects) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let mut merged = ObjectBuilder::default();
    for object in objects.iter() {
        if let Value::Object(object) = object {
            for (name, value) in object.iter() {
                machine.tick()?;
                machine.budget.make(64)?;
                merged.insert(name, value);
            }
        }
    }
    merged.build().map(Value::Object)
}
