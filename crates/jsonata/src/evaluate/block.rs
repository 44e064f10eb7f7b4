//! Blocks, conditions, arrays, and operators whose sides need the machine.

use super::call::has_more;
use super::machine::{Frame, Machine, Step, Task};
use super::operators::{compute, is_true, truth};
use super::scope::ScopeId;
use crate::fault::Fault;
use crate::functions::stringify;
use crate::syntax::{At, Kind, Operator};
use crate::value::{Array, ArrayBuilder, Flags, Value};

/// A node whose children are evaluated one after the other.
pub(super) struct BlockFrame<'a> {
    at: At<'a>,
    input: Value<'a>,
    scope: ScopeId,
    next: usize,
}

impl<'a> BlockFrame<'a> {
    pub(super) fn new(at: At<'a>, input: Value<'a>, scope: ScopeId) -> Self {
        Self {
            at,
            input,
            scope,
            next: 0,
        }
    }

    /// A block has a scope of its own.
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        at: At<'a>,
        input: Value<'a>,
        outer: ScopeId,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        machine.budget.make(64)?;
        if has_more(at) {
            machine.push(depth, Frame::Finish(at, outer));
        }
        let scope = machine.scopes.push(outer);
        Self::new(at, input, scope).next_part(machine, depth)
    }

    /// The last part needs no frame: its value is the block's.
    pub(super) fn next_part(
        mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Block(parts) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        let Some(part) = parts.get(self.next) else {
            return Ok(Step::Give(Value::Undefined));
        };
        self.next += 1;
        let task = self.task(*part, depth);
        if self.next < parts.len() {
            machine.push(depth, Frame::Block(self));
        }
        Ok(Step::Evaluate(task))
    }

    fn task(&self, id: u32, depth: u32) -> Task<'a> {
        Task::below(self.at, id, self.input.clone(), self.scope, depth)
    }

    /// Goes on with one side of a condition.
    pub(super) fn choose(
        self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: &Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Condition(_, then, otherwise) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        let side = if is_true(machine, value)? {
            Some(*then)
        } else {
            *otherwise
        };
        match side {
            Some(side) => self.side(machine, depth, side),
            None => machine.finish(self.at, self.scope, depth, Value::Undefined),
        }
    }

    fn side(self, machine: &mut Machine<'a, '_>, depth: u32, side: u32) -> Result<Step<'a>, Fault> {
        if has_more(self.at) {
            machine.push(depth, Frame::Finish(self.at, self.scope));
        }
        Ok(Step::Evaluate(self.task(side, depth)))
    }

    /// `?:` and `??`: the first side if it will do, else the second.
    pub(super) fn fall_back(
        self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let (will_do, other) = match &self.at.node().kind {
            Kind::Default(_, other) => (is_true(machine, &value)?, *other),
            Kind::Coalesce(_, other) => (!value.is_undefined(), *other),
            _ => (true, 0),
        };
        if will_do {
            return machine.finish(self.at, self.scope, depth, value);
        }
        self.side(machine, depth, other)
    }
}

/// An operator.
pub(super) struct BinaryFrame<'a> {
    at: At<'a>,
    input: Value<'a>,
    scope: ScopeId,
    left: Option<Value<'a>>,
}

impl<'a> BinaryFrame<'a> {
    pub(super) fn new(at: At<'a>, input: Value<'a>, scope: ScopeId) -> Self {
        Self {
            at,
            input,
            scope,
            left: None,
        }
    }

    pub(super) fn resume(
        mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Binary(operator, _, right) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        let (at, scope) = (self.at, self.scope);
        if let Some(left) = &self.left {
            let result = machine.combine(at, *operator, left, &value)?;
            return machine.finish(at, scope, depth, result);
        }
        if let Some(decided) = decides(machine, at, *operator, &value)? {
            return machine.finish(at, scope, depth, Value::Bool(decided));
        }
        self.left = Some(value);
        let input = self.input.clone();
        machine.push(depth, Frame::Binary(self));
        let depth = depth + 1;
        Ok(Step::Evaluate(Task {
            at: at.child(*right),
            input,
            scope,
            depth,
        }))
    }
}

/// What `and` and `or` give when the left side alone decides.
pub(super) fn decides<'a>(
    machine: &mut Machine<'a, '_>,
    at: At<'a>,
    operator: Operator,
    left: &Value<'a>,
) -> Result<Option<bool>, Fault> {
    let stops = match operator {
        Operator::And => false,
        Operator::Or => true,
        _ => return Ok(None),
    };
    let left = truth(machine, left).map_err(|fault| located(fault, at, operator))?;
    Ok((left.unwrap_or(false) == stops).then_some(stops))
}

fn located(fault: Fault, at: At<'_>, operator: Operator) -> Fault {
    fault
        .token(operator.symbol())
        .at(at.span(), at.position as usize)
}

impl<'a> Machine<'a, '_> {
    /// The value of an operator.
    pub(super) fn combine(
        &mut self,
        at: At<'a>,
        operator: Operator,
        left: &Value<'a>,
        right: &Value<'a>,
    ) -> Result<Value<'a>, Fault> {
        let result = if operator == Operator::Concatenate {
            self.concatenate(left, right)
        } else {
            compute(self, operator, left, right)
        };
        let value = result.map_err(|fault| located(fault, at, operator))?;
        if let (Operator::Range, Value::Array(array)) = (operator, &value) {
            self.budget
                .members(array.len())
                .map_err(|fault| located(fault, at, operator))?;
        }
        Ok(value)
    }

    /// Nothing is an empty text here.
    fn concatenate(&mut self, left: &Value<'a>, right: &Value<'a>) -> Result<Value<'a>, Fault> {
        let mut text = String::new();
        for side in [left, right] {
            match side {
                Value::Undefined => {}
                Value::Text(side) => {
                    self.make_text(side.len())?;
                    text.push_str(side);
                }
                other => text.push_str(&stringify(self, other)?),
            }
        }
        Ok(Value::Text(text.into()))
    }

    /// Adds an item to an array that is written with brackets: arrays are joined, unless they are written so themselves.
    pub(super) fn add_item(
        &mut self,
        items: Items<'a>,
        item: At<'a>,
        value: Value<'a>,
    ) -> Result<Items<'a>, Fault> {
        if value.is_undefined() {
            return Ok(items);
        }
        let written = matches!(item.node().kind, Kind::Array(_));
        match (items, value) {
            // Joining nothing with a range leaves the range as short as it is.
            (Items::None, Value::Array(array)) if !written => {
                Ok(Items::One(array.known_as(Flags::NONE)))
            }
            (items, Value::Array(array)) if !written => {
                let mut builder = items.into_builder();
                self.gather(&mut builder, &array)?;
                Ok(Items::Many(builder))
            }
            (items, value) => {
                let mut builder = items.into_builder();
                self.add(&mut builder, value)?;
                Ok(Items::Many(builder))
            }
        }
    }
}

/// The items of an array in the making.
pub(super) enum Items<'a> {
    None,
    One(Array<'a>),
    Many(ArrayBuilder<'a>),
}

impl<'a> Items<'a> {
    fn into_builder(self) -> ArrayBuilder<'a> {
        match self {
            Self::None => ArrayBuilder::default(),
            Self::One(array) => array.into_builder(),
            Self::Many(builder) => builder,
        }
    }

    pub(super) fn build(self, at: At<'a>) -> Result<Value<'a>, Fault> {
        let flags = if at.constructed {
            Flags::CONSTRUCTED
        } else {
            Flags::NONE
        };
        let array = match self {
            Self::None => ArrayBuilder::default().build(flags)?,
            Self::One(array) => array.known_as(flags),
            Self::Many(builder) => builder.build(flags)?,
        };
        Ok(Value::Array(array))
    }
}

/// An array written with brackets.
pub(super) struct ArrayFrame<'a> {
    at: At<'a>,
    input: Value<'a>,
    scope: ScopeId,
    next: usize,
    items: Items<'a>,
}

impl<'a> ArrayFrame<'a> {
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        at: At<'a>,
        input: Value<'a>,
        scope: ScopeId,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let (next, items) = (0, Items::None);
        Box::new(Self {
            at,
            input,
            scope,
            next,
            items,
        })
        .next_item(machine, depth)
    }

    fn next_item(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Array(items) = &self.at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        let Some(item) = items.get(self.next) else {
            let value = self.items.build(self.at)?;
            return machine.finish(self.at, self.scope, depth, value);
        };
        self.next += 1;
        let task = Task::below(self.at, *item, self.input.clone(), self.scope, depth);
        machine.push(depth, Frame::Array(self));
        Ok(Step::Evaluate(task))
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        if let Kind::Array(items) = &self.at.node().kind
            && let Some(item) = items.get(self.next - 1)
        {
            let so_far = std::mem::replace(&mut self.items, Items::None);
            self.items = machine.add_item(so_far, self.at.child(*item), value)?;
        }
        self.next_item(machine, depth)
    }
}
