//! Steps that bind variables: `@$item`, `#$index`, and those whose context a `%` asks for.
//!
//! Such a path carries tuples: objects with the item under `@` and each variable under its name.

use super::machine::Machine;
use super::path::{Doing, Next, PathFrame};
use super::scope::ScopeId;
use super::steps::{ITEM, as_sequence, of_tuple};
use crate::fault::Fault;
use crate::syntax::At;
use crate::value::{Array, ArrayBuilder, Flags, Object, ObjectBuilder, Text, Value};

/// Names of variables come from the program, so they live as long as the values.
fn borrowed<'a>(name: &Text<'a>) -> Option<&'a str> {
    match name {
        Text::Borrowed(name) => Some(name),
        Text::Shared(_) => None,
    }
}

impl<'a> Machine<'a, '_> {
    /// A scope with the variables of a tuple.
    pub(super) fn tuple_scope(&mut self, outer: ScopeId, tuple: &Value<'a>) -> ScopeId {
        let scope = self.scopes.push(outer);
        if let Value::Object(object) = tuple {
            for (name, value) in object.iter() {
                if let Some(name) = borrowed(&name) {
                    self.scopes.bind(scope, name, value);
                }
            }
        }
        scope
    }

    /// Binds the place of each tuple.
    pub(super) fn number_tuples(
        &mut self,
        tuples: &Array<'a>,
        name: &'a str,
    ) -> Result<Array<'a>, Fault> {
        let mut numbered = ArrayBuilder::with_capacity(tuples.len());
        for (index, tuple) in tuples.iter().enumerate() {
            let mut tuple = builder_of(tuple);
            tuple.insert(Text::Borrowed(name), Value::Number(index as f64));
            self.add(&mut numbered, Value::Object(tuple.build()?))?;
        }
        Ok(numbered.build(Flags::NONE)?.known_as(tuples.flags()))
    }
}

/// A tuple to add to.
fn builder_of(tuple: Value<'_>) -> ObjectBuilder<'_> {
    match tuple {
        Value::Object(object) => object.into_builder(),
        _ => ObjectBuilder::default(),
    }
}

fn tuple_of(item: Value<'_>) -> Result<Value<'_>, Fault> {
    let mut tuple = ObjectBuilder::default();
    tuple.insert(ITEM, item);
    tuple.build().map(Value::Object)
}

impl<'a> PathFrame<'a> {
    /// The present step for every tuple; the first such step makes them of the items.
    pub(super) fn begin_tuples(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Next<'a>, Fault> {
        if self.tuples.is_none() {
            machine.make_members(0, self.items.len())?;
            let mut tuples = ArrayBuilder::with_capacity(self.items.len());
            for item in self.items.iter() {
                tuples.push(tuple_of(item)?);
            }
            self.tuples = Some(tuples.build(Flags::NONE)?);
        }
        self.tuples(machine, depth)
    }

    /// The present step for the rest of the tuples.
    pub(super) fn tuples(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Next<'a>, Fault> {
        let step = self.step_at();
        while let Some(tuple) = self
            .tuples
            .as_ref()
            .and_then(|tuples| tuples.get(self.index))
        {
            let mut task = self.task(step, of_tuple(&tuple, "@"), depth);
            task.scope = machine.tuple_scope(self.scope, &tuple);
            let direct = machine.try_direct(&task)?;
            match direct {
                Some(value) => self.add_tuples(machine, &tuple, value)?,
                None => {
                    self.doing = Doing::Tuple(tuple);
                    return Ok(Next::Wait(task));
                }
            }
        }
        let gathered = std::mem::take(&mut self.gathered);
        let gathered = gathered.build(Flags::SEQUENCE.and(Flags::TUPLES))?;
        self.sorted_stages(machine, depth, 0, gathered)
    }

    /// Makes a tuple of each value that the step gave for a tuple.
    pub(super) fn add_tuples(
        &mut self,
        machine: &mut Machine<'a, '_>,
        tuple: &Value<'a>,
        value: Value<'a>,
    ) -> Result<(), Fault> {
        if !value.is_undefined() {
            let values = as_sequence(value)?;
            for (index, value) in values.iter().enumerate() {
                let more = if values.has(Flags::TUPLES) {
                    joined(tuple, &value)?
                } else {
                    bound(self.step_at(), tuple, value, index)?
                };
                machine.budget.make(128)?;
                machine.add(&mut self.gathered, Value::Object(more))?;
            }
        }
        self.index += 1;
        machine.scopes.release(self.mark);
        Ok(())
    }

    /// A sorting keeps the tuples that there are; without any it makes them.
    pub(super) fn sorted_tuples(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        sorted: Array<'a>,
    ) -> Result<Next<'a>, Fault> {
        if self.tuples.is_some() {
            return self.sorted_stages(machine, depth, 0, sorted);
        }
        let index = self
            .step_at()
            .extras()
            .and_then(|extras| extras.index.as_deref());
        let mut tuples = ArrayBuilder::with_capacity(sorted.len());
        for (place, item) in sorted.iter().enumerate() {
            let mut tuple = ObjectBuilder::default();
            tuple.insert(ITEM, item);
            if let Some(name) = index {
                tuple.insert(Text::Borrowed(name), Value::Number(place as f64));
            }
            machine.add(&mut tuples, Value::Object(tuple.build()?))?;
        }
        let tuples = tuples.build(Flags::SEQUENCE.and(Flags::TUPLES))?;
        self.sorted_stages(machine, depth, 0, tuples)
    }
}

/// A tuple with everything that another one holds.
fn joined<'a>(tuple: &Value<'a>, other: &Value<'a>) -> Result<Object<'a>, Fault> {
    let mut builder = builder_of(tuple.clone());
    if let Value::Object(other) = other {
        for (name, value) in other.iter() {
            builder.insert(name, value);
        }
    }
    builder.build()
}

/// A tuple with the variables that the step binds.
fn bound<'a>(
    step: At<'a>,
    tuple: &Value<'a>,
    value: Value<'a>,
    index: usize,
) -> Result<Object<'a>, Fault> {
    let mut builder = builder_of(tuple.clone());
    let extras = step.extras();
    match extras.and_then(|extras| extras.focus.as_deref()) {
        Some(focus) => builder.insert(Text::Borrowed(focus), value),
        None => builder.insert(ITEM, value),
    }
    if let Some(name) = extras.and_then(|extras| extras.index.as_deref()) {
        builder.insert(Text::Borrowed(name), Value::Number(index as f64));
    }
    if let Some(slot) = extras.and_then(|extras| extras.ancestor) {
        let name = step.program.parent(slot);
        builder.insert(Text::Borrowed(name), of_tuple(tuple, "@"));
    }
    builder.build()
}
