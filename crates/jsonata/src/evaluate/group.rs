//! Grouping: `{name: value, …}` behind something, and objects written so.

use super::filter::Progress;
use super::machine::{Frame, Machine, Step, Task, settle};
use super::scope::{Mark, ScopeId};
use super::steps::{as_sequence, of_tuple};
use crate::fault::{Code, Fault};
use crate::functions::print;
use crate::syntax::{self, At, NodeId};
use crate::value::{Array, ArrayBuilder, Flags, ObjectBuilder, Text, Value};
use std::collections::HashMap;

/// Where a grouping stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is an object by itself, so something may come behind it.
    Alone,
    /// It comes behind a value, as the last thing.
    Behind,
}

/// Name and value of a member, as nodes.
type Pair = (NodeId, NodeId);

/// A grouping under way: first the names for every item, then the value of every group.
pub(super) struct GroupFrame<'a> {
    at: At<'a>,
    pairs: &'a [Pair],
    position: u32,
    standing: Standing,
    scope: ScopeId,
    items: Array<'a>,
    index: usize,
    pair: usize,
    groups: Vec<Group<'a>>,
    places: HashMap<Text<'a>, usize>,
    /// The group whose value is being computed, once all names are known.
    value_of: Option<usize>,
    result: ObjectBuilder<'a>,
    mark: Option<Mark>,
}

struct Group<'a> {
    name: Text<'a>,
    pair: usize,
    data: Data<'a>,
}

/// The items of a group.
enum Data<'a> {
    One(Value<'a>),
    Many(ArrayBuilder<'a>),
}

impl<'a> GroupFrame<'a> {
    /// An object that is written with braces.
    pub(super) fn object(
        at: At<'a>,
        pairs: &'a [Pair],
        scope: ScopeId,
        input: Value<'a>,
    ) -> Result<Box<Self>, Fault> {
        Self::new(at, pairs, (at.position, Standing::Alone), scope, input)
    }

    /// What stands in braces behind a value.
    pub(super) fn behind(
        at: At<'a>,
        group: &'a syntax::Group,
        scope: ScopeId,
        input: Value<'a>,
    ) -> Result<Box<Self>, Fault> {
        Self::new(
            at,
            &group.pairs,
            (group.position, Standing::Behind),
            scope,
            input,
        )
    }

    fn new(
        at: At<'a>,
        pairs: &'a [Pair],
        (position, standing): (u32, Standing),
        scope: ScopeId,
        input: Value<'a>,
    ) -> Result<Box<Self>, Fault> {
        let mut items = as_sequence(input)?;
        if items.is_empty() && !items.has(Flags::TUPLES) {
            // Nothing still makes one object: the one that is written.
            items = as_sequence(Value::Undefined)?;
        }
        Ok(Box::new(Self {
            at,
            pairs,
            position,
            standing,
            scope,
            items,
            index: 0,
            pair: 0,
            groups: Vec::new(),
            places: HashMap::new(),
            value_of: None,
            result: ObjectBuilder::default(),
            mark: None,
        }))
    }

    pub(super) fn start(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        self.mark = Some(machine.scopes.mark());
        self.go_on(machine, depth)
    }

    fn go_on(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let progress = match self.value_of {
            None => self.names(machine, depth)?,
            Some(_) => self.values(machine, depth)?,
        };
        match progress {
            Progress::Evaluate(task) => {
                machine.push(depth, Frame::Group(self));
                Ok(Step::Evaluate(task))
            }
            Progress::Done(()) => {
                let object = Value::Object(self.result.build()?);
                match self.standing {
                    Standing::Alone => machine.finish(self.at, self.scope, depth, object),
                    Standing::Behind => Ok(Step::Give(settle(self.at, object))),
                }
            }
        }
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        if self.value_of.is_none() {
            self.name(machine, value)?;
        } else {
            self.value(machine, value)?;
        }
        self.go_on(machine, depth)
    }

    fn names(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Progress<'a, ()>, Fault> {
        while self.index < self.items.len() {
            let Some((name, _)) = self.pairs.get(self.pair) else {
                self.pair = 0;
                self.index += 1;
                continue;
            };
            let item = self.items.get(self.index).unwrap_or_default();
            let (input, scope) = if self.items.has(Flags::TUPLES) {
                (of_tuple(&item, "@"), machine.tuple_scope(self.scope, &item))
            } else {
                (item, self.scope)
            };
            let task = self.task(*name, input, scope, depth);
            let direct = machine.try_direct(&task)?;
            match direct {
                Some(value) => self.name(machine, value)?,
                None => return Ok(Progress::Evaluate(task)),
            }
        }
        self.value_of = Some(0);
        self.values(machine, depth)
    }

    fn task(&self, id: NodeId, input: Value<'a>, scope: ScopeId, depth: u32) -> Task<'a> {
        let (at, depth) = (self.at.child(id), depth + 1);
        Task {
            at,
            input,
            scope,
            depth,
        }
    }

    fn fault(&self, code: Code, value: &Value<'a>) -> Fault {
        Fault::with(code, print(value)).at(self.at.span(), self.position as usize)
    }

    /// Puts the present item into the group of that name.
    fn name(&mut self, machine: &mut Machine<'a, '_>, name: Value<'a>) -> Result<(), Fault> {
        let pair = self.pair;
        self.pair += 1;
        if let Some(mark) = self.mark {
            machine.scopes.release(mark);
        }
        let name = match name {
            Value::Undefined => return Ok(()),
            Value::Text(name) => name,
            other => return Err(self.fault(Code::T1003, &other)),
        };
        let item = self.items.get(self.index).unwrap_or_default();
        let Some(place) = self.places.get(&*name).copied() else {
            machine.budget.make(128)?;
            self.places.insert(name.clone(), self.groups.len());
            let data = Data::One(item);
            self.groups.push(Group { name, pair, data });
            return Ok(());
        };
        if self
            .groups
            .get(place)
            .is_some_and(|group| group.pair != pair)
        {
            return Err(self.fault(Code::D1009, &Value::Text(name)));
        }
        match self.groups.get_mut(place) {
            Some(group) => group.data.add(machine, item),
            None => Ok(()),
        }
    }

    fn values(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Progress<'a, ()>, Fault> {
        while let Some(group) = self.value_of.and_then(|place| self.groups.get_mut(place)) {
            let data = std::mem::replace(&mut group.data, Data::One(Value::Undefined)).build()?;
            let pair = group.pair;
            let (input, scope) = if self.items.has(Flags::TUPLES) {
                let tuple = machine.merge_tuples(data)?;
                (
                    of_tuple(&tuple, "@"),
                    machine.tuple_scope(self.scope, &tuple),
                )
            } else {
                (data, self.scope)
            };
            let value = self.pairs.get(pair).map_or(self.at.id, |(_, value)| *value);
            let task = self.task(value, input, scope, depth);
            let direct = machine.try_direct(&task)?;
            match direct {
                Some(value) => self.value(machine, value)?,
                None => return Ok(Progress::Evaluate(task)),
            }
        }
        Ok(Progress::Done(()))
    }

    fn value(&mut self, machine: &mut Machine<'a, '_>, value: Value<'a>) -> Result<(), Fault> {
        let place = self.value_of.unwrap_or_default();
        self.value_of = Some(place + 1);
        if let (Some(group), false) = (self.groups.get(place), value.is_undefined()) {
            machine.budget.make(64)?;
            self.result.insert(group.name.clone(), value);
        }
        if let Some(mark) = self.mark {
            machine.scopes.release(mark);
        }
        Ok(())
    }
}

impl<'a> Data<'a> {
    fn add(&mut self, machine: &mut Machine<'a, '_>, item: Value<'a>) -> Result<(), Fault> {
        if item.is_undefined() {
            return Ok(());
        }
        let mut builder = match std::mem::replace(self, Self::One(Value::Undefined)) {
            Self::Many(builder) => builder,
            Self::One(Value::Undefined) => {
                *self = Self::One(item);
                return Ok(());
            }
            Self::One(first) => append(machine, ArrayBuilder::default(), first)?,
        };
        builder = append(machine, builder, item)?;
        *self = Self::Many(builder);
        Ok(())
    }

    fn build(self) -> Result<Value<'a>, Fault> {
        match self {
            Self::One(value) => Ok(value),
            Self::Many(builder) => builder.build(Flags::NONE).map(Value::Array),
        }
    }
}

/// Adds an item, or all members of an array.
fn append<'a>(
    machine: &mut Machine<'a, '_>,
    mut builder: ArrayBuilder<'a>,
    item: Value<'a>,
) -> Result<ArrayBuilder<'a>, Fault> {
    match item {
        Value::Undefined => {}
        Value::Array(array) => machine.gather(&mut builder, &array)?,
        other => machine.add(&mut builder, other)?,
    }
    Ok(builder)
}

impl<'a> Machine<'a, '_> {
    /// One tuple of several: under each name everything that they hold there.
    fn merge_tuples(&mut self, tuples: Value<'a>) -> Result<Value<'a>, Fault> {
        let Value::Array(tuples) = tuples else {
            return Ok(tuples);
        };
        let mut merged: Vec<(Text<'a>, Data<'a>)> = Vec::new();
        for tuple in tuples.iter() {
            let Value::Object(tuple) = tuple else {
                continue;
            };
            for (name, value) in tuple.iter() {
                match merged.iter_mut().find(|(found, _)| *found == name) {
                    Some((_, data)) => data.add(self, value)?,
                    None => merged.push((name, Data::One(value))),
                }
            }
        }
        let mut builder = ObjectBuilder::default();
        for (name, data) in merged {
            builder.insert(name, data.build()?);
        }
        builder.build().map(Value::Object)
    }
}
