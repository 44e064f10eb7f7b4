//! What single steps give: names, wildcards, descendants. And how a path gathers what its steps give.

use super::machine::Machine;
use crate::fault::Fault;
use crate::value::{Array, ArrayBuilder, Flags, Text, Value, WALK, too_deep};

/// The member of that name, of an object or of all objects in an array.
pub(crate) fn lookup<'a>(
    machine: &mut Machine<'a, '_>,
    input: &Value<'a>,
    name: &str,
) -> Result<Value<'a>, Fault> {
    match input {
        Value::Object(object) => Ok(object.get(name).unwrap_or_default()),
        Value::Array(array) => {
            let mut found = ArrayBuilder::default();
            lookup_all(machine, array, name, &mut found, WALK)?;
            found.build(Flags::SEQUENCE).map(Value::Array)
        }
        _ => Ok(Value::Undefined),
    }
}

fn lookup_all<'a>(
    machine: &mut Machine<'a, '_>,
    array: &Array<'a>,
    name: &str,
    found: &mut ArrayBuilder<'a>,
    depth: u32,
) -> Result<(), Fault> {
    machine.pass_over(array.len())?;
    for item in array.iter() {
        match item {
            Value::Object(object) => match object.get(name) {
                Some(Value::Array(members)) => machine.gather(found, &members)?,
                Some(Value::Undefined) | None => {}
                Some(value) => machine.add(found, value)?,
            },
            Value::Array(inner) => {
                let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
                lookup_all(machine, &inner, name, found, depth)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// All members of an object or an array; arrays among them are flattened.
pub(super) fn wildcard<'a>(
    machine: &mut Machine<'a, '_>,
    input: &Value<'a>,
) -> Result<Value<'a>, Fault> {
    let unwrapped;
    let input = match input {
        Value::Array(array) if array.has(Flags::OUTER) && !array.is_empty() => {
            unwrapped = array.get(0).unwrap_or_default();
            &unwrapped
        }
        other => other,
    };
    let members: Vec<Value<'a>> = match input {
        Value::Object(object) => object.iter().map(|(_, value)| value).collect(),
        Value::Array(array) => array.iter().collect(),
        _ => Vec::new(),
    };
    machine.pass_over(members.len())?;
    // Joining arrays makes an array that is no sequence.
    let joins = members
        .iter()
        .any(|member| matches!(member, Value::Array(_)));
    let flags = if joins { Flags::NONE } else { Flags::SEQUENCE };
    let mut found = ArrayBuilder::default();
    for member in members {
        match member {
            Value::Array(array) => flatten(machine, &array, &mut found, WALK)?,
            other => machine.add(&mut found, other)?,
        }
    }
    found.build(flags).map(Value::Array)
}

fn flatten<'a>(
    machine: &mut Machine<'a, '_>,
    array: &Array<'a>,
    found: &mut ArrayBuilder<'a>,
    depth: u32,
) -> Result<(), Fault> {
    for item in array.iter() {
        match item {
            Value::Array(inner) => {
                let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
                flatten(machine, &inner, found, depth)?;
            }
            other => machine.add(found, other)?,
        }
    }
    Ok(())
}

/// The value itself and everything inside it, arrays dissolved.
pub(super) fn descendants<'a>(
    machine: &mut Machine<'a, '_>,
    input: &Value<'a>,
) -> Result<Value<'a>, Fault> {
    if input.is_undefined() {
        return Ok(Value::Undefined);
    }
    let mut found = ArrayBuilder::default();
    descend(machine, input.clone(), &mut found, WALK)?;
    if found.len() == 1 {
        return Ok(found.pop().unwrap_or_default());
    }
    found.build(Flags::SEQUENCE).map(Value::Array)
}

fn descend<'a>(
    machine: &mut Machine<'a, '_>,
    value: Value<'a>,
    found: &mut ArrayBuilder<'a>,
    depth: u32,
) -> Result<(), Fault> {
    let deeper = depth.checked_sub(1).ok_or_else(too_deep)?;
    match value {
        Value::Array(array) => {
            for item in array.iter() {
                descend(machine, item, found, deeper)?;
            }
            Ok(())
        }
        Value::Object(object) => {
            machine.add(found, Value::Object(object.clone()))?;
            for (_, member) in object.iter() {
                descend(machine, member, found, deeper)?;
            }
            Ok(())
        }
        other => machine.add(found, other),
    }
}

/// Where a step stands in its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Last,
    Inner,
}

/// What a step gives for all its inputs: one array as it is at the end of a path, else everything in one sequence.
pub(super) fn gather_step<'a>(
    machine: &mut Machine<'a, '_>,
    mut results: ArrayBuilder<'a>,
    position: Position,
) -> Result<Array<'a>, Fault> {
    if let (Position::Last, [Value::Array(only)]) = (position, results.values())
        && !only.is_sequence()
    {
        return Ok(only.clone());
    }
    // A single sequence is what it would be flattened to.
    if let [Value::Array(only)] = results.values()
        && only.is_sequence()
        && !only.has(Flags::CONSTRUCTED)
    {
        let only = results.pop();
        return Ok(match only {
            Some(Value::Array(only)) => only.known_as(Flags::SEQUENCE),
            _ => ArrayBuilder::default().build(Flags::SEQUENCE)?,
        });
    }
    let is_flat =
        |value: &Value<'_>| !matches!(value, Value::Array(array) if !array.has(Flags::CONSTRUCTED));
    if results.values().iter().all(is_flat) {
        return results.build(Flags::SEQUENCE);
    }
    let mut flat = ArrayBuilder::with_capacity(results.len());
    for value in results.values() {
        match value {
            Value::Array(array) if !array.has(Flags::CONSTRUCTED) => {
                machine.gather(&mut flat, array)?
            }
            other => machine.add(&mut flat, other.clone())?,
        }
    }
    flat.build(Flags::SEQUENCE)
}

/// The items of a value: its members, or itself alone.
pub(super) fn as_sequence(value: Value<'_>) -> Result<Array<'_>, Fault> {
    match value {
        Value::Array(array) => Ok(array),
        other => {
            let mut one = ArrayBuilder::with_capacity(1);
            one.push(other);
            one.build(Flags::SEQUENCE)
        }
    }
}

/// What a tuple holds under a name.
pub(super) fn of_tuple<'a>(tuple: &Value<'a>, name: &str) -> Value<'a> {
    match tuple {
        Value::Object(object) => object.get(name).unwrap_or_default(),
        _ => Value::Undefined,
    }
}

/// The name under which a tuple holds its item.
pub(super) const ITEM: Text<'static> = Text::Borrowed("@");
