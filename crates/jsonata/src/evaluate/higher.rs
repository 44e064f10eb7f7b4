//! Functions that call a function for each item: `$map`, `$filter`, `$single`, `$reduce`, `$each`, `$sift`.

use super::Function;
use super::apply::Site;
use super::machine::{Frame, Machine, Step};
use super::operators::is_true;
use crate::fault::{Code, Fault};
use crate::value::{Array, ArrayBuilder, Flags, Object, ObjectBuilder, Text, Value};

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Higher {
    Map,
    Filter,
    Single,
    Reduce,
    Each,
    Sift,
}

/// What is gone over.
enum Items<'a> {
    Array(Array<'a>),
    Members(Vec<(Text<'a>, Value<'a>)>, Object<'a>),
}

/// One of them under way.
pub(super) struct HigherFrame<'a> {
    kind: Higher,
    items: Items<'a>,
    index: usize,
    /// None for `$single` without a function, which takes every item, and where there is nothing to call it for.
    function: Option<Function<'a>>,
    arity: usize,
    gathered: ArrayBuilder<'a>,
    members: ObjectBuilder<'a>,
    /// What `$reduce` has so far, or what `$single` has found.
    held: Option<Value<'a>>,
    site: Site<'a>,
}

impl<'a> HigherFrame<'a> {
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        kind: Higher,
        arguments: Vec<Value<'a>>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        let mut arguments = arguments.into_iter();
        let items = match arguments.next() {
            Some(Value::Array(array)) => Items::Array(array),
            Some(Value::Object(object)) => {
                machine.make_members(0, object.len())?;
                Items::Members(object.iter().collect(), object)
            }
            // An object that is not there has no members, but they are gathered all the same.
            _ if kind == Higher::Each => {
                let none = ArrayBuilder::default().build(Flags::SEQUENCE)?;
                return Ok(Step::Give(Value::Array(none)));
            }
            _ => return Ok(Step::Give(Value::Undefined)),
        };
        let function = match arguments.next() {
            Some(Value::Function(function)) => Some(function),
            _ if kind == Higher::Single => None,
            // Whoever has nothing to go over needs no function.
            _ if matches!(&items, Items::Members(members, _) if members.is_empty()) => None,
            _ => return Err(site.locate(Fault::new(Code::T1006))),
        };
        let arity = function.as_ref().map_or(1, Function::arity);
        let mut frame = Box::new(Self {
            kind,
            items,
            index: 0,
            function,
            arity,
            gathered: ArrayBuilder::default(),
            members: ObjectBuilder::default(),
            held: None,
            site,
        });
        if kind == Higher::Reduce {
            frame.begin_reduce(arguments.next().unwrap_or_default())?;
        }
        frame.go_on(machine)
    }

    /// Without a first value the first item is it.
    fn begin_reduce(&mut self, first: Value<'a>) -> Result<(), Fault> {
        if self.arity < 2 {
            return Err(self.site.locate(Fault::new(Code::D3050)));
        }
        let items = match &self.items {
            Items::Array(items) if first.is_undefined() && !items.is_empty() => items,
            _ => {
                self.held = Some(first);
                return Ok(());
            }
        };
        self.held = items.get(0);
        self.index = 1;
        Ok(())
    }

    fn len(&self) -> usize {
        match &self.items {
            Items::Array(items) => items.len(),
            Items::Members(members, _) => members.len(),
        }
    }

    /// The present item, and where it stands.
    fn item(&self) -> (Value<'a>, Value<'a>) {
        match &self.items {
            Items::Array(items) => (
                items.get(self.index).unwrap_or_default(),
                Value::Number(self.index as f64),
            ),
            Items::Members(members, _) => match members.get(self.index) {
                Some((name, value)) => (value.clone(), Value::Text(name.clone())),
                None => (Value::Undefined, Value::Undefined),
            },
        }
    }

    fn whole(&self) -> Value<'a> {
        match &self.items {
            Items::Array(items) => Value::Array(items.clone()),
            Items::Members(_, object) => Value::Object(object.clone()),
        }
    }

    /// As many arguments as the function takes.
    fn arguments(&self) -> Vec<Value<'a>> {
        let (item, place) = self.item();
        let mut arguments = Vec::with_capacity(4);
        let wanted = if self.kind == Higher::Reduce {
            arguments.push(self.held.clone().unwrap_or_default());
            self.arity - 1
        } else {
            self.arity.max(1)
        };
        arguments.push(item);
        if wanted >= 2 {
            arguments.push(place);
        }
        if wanted >= 3 {
            arguments.push(self.whole());
        }
        arguments
    }

    fn go_on(mut self: Box<Self>, machine: &mut Machine<'a, '_>) -> Result<Step<'a>, Fault> {
        while self.index < self.len() {
            machine.tick()?;
            let Some(function) = self.function.clone() else {
                self.take(machine, Value::Bool(true))?;
                continue;
            };
            let arguments = self.arguments();
            let site = self.site.inside();
            match machine.call_at_once(&function, arguments, &site)? {
                Ok(value) => self.take(machine, value)?,
                Err(arguments) => {
                    machine.push(site.depth, Frame::Higher(self));
                    return machine.apply(&function, arguments, site);
                }
            }
        }
        self.conclude().map(Step::Give)
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        debug_assert_eq!(
            depth, self.site.depth,
            "a frame is pushed at the level of its call"
        );
        self.take(machine, value)?;
        self.go_on(machine)
    }

    /// Takes what the function gave for the present item.
    fn take(&mut self, machine: &mut Machine<'a, '_>, value: Value<'a>) -> Result<(), Fault> {
        match self.kind {
            Higher::Map | Higher::Each => {
                if !value.is_undefined() {
                    machine.add(&mut self.gathered, value)?;
                }
            }
            Higher::Filter => {
                if is_true(machine, &value)? {
                    let (item, _) = self.item();
                    machine.add(&mut self.gathered, item)?;
                }
            }
            Higher::Single => {
                if is_true(machine, &value)? && self.held.replace(self.item().0).is_some() {
                    return Err(self.site.locate(Fault::new(Code::D3138)));
                }
            }
            Higher::Reduce => self.held = Some(value),
            Higher::Sift => {
                if is_true(machine, &value)?
                    && let Items::Members(members, _) = &self.items
                    && let Some((name, value)) = members.get(self.index)
                {
                    machine.budget.make(64)?;
                    self.members.insert(name.clone(), value.clone());
                }
            }
        }
        self.index += 1;
        Ok(())
    }

    fn conclude(self) -> Result<Value<'a>, Fault> {
        match self.kind {
            Higher::Map | Higher::Filter | Higher::Each => {
                self.gathered.build(Flags::SEQUENCE).map(Value::Array)
            }
            Higher::Single => self
                .held
                .ok_or_else(|| self.site.locate(Fault::new(Code::D3139))),
            Higher::Reduce => Ok(self.held.unwrap_or_default()),
            Higher::Sift if self.members.len() == 0 => Ok(Value::Undefined),
            Higher::Sift => self.members.build().map(Value::Object),
        }
    }
}
