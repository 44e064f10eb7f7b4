//! Predicates: `[…]` behind a step or a value.

use super::machine::{Frame, Machine, Step, Task};
use super::operators::{is_true, numeric};
use super::scope::{Mark, ScopeId};
use super::steps::{as_sequence, of_tuple};
use crate::fault::Fault;
use crate::syntax::{At, Kind, Literal, NodeId};
use crate::value::{Array, ArrayBuilder, Flags, Value};

/// A predicate under way over the items of a value.
pub(super) struct Filtering<'a> {
    predicate: At<'a>,
    scope: ScopeId,
    items: Array<'a>,
    index: usize,
    kept: ArrayBuilder<'a>,
    flags: Flags,
    mark: Mark,
}

/// What a loop over items needs next.
pub(super) enum Progress<'a, T> {
    Done(T),
    Evaluate(Task<'a>),
}

impl<'a> Filtering<'a> {
    pub(super) fn new(
        machine: &Machine<'a, '_>,
        predicate: At<'a>,
        scope: ScopeId,
        value: Value<'a>,
    ) -> Result<Self, Fault> {
        let items = as_sequence(value)?;
        let tuples = if items.has(Flags::TUPLES) {
            Flags::TUPLES
        } else {
            Flags::NONE
        };
        Ok(Self {
            predicate,
            scope,
            items,
            index: 0,
            kept: ArrayBuilder::default(),
            flags: Flags::SEQUENCE.and(tuples),
            mark: machine.scopes.mark(),
        })
    }

    /// Goes on as far as it can without the machine.
    pub(super) fn advance(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Progress<'a, Value<'a>>, Fault> {
        if let Kind::Literal(Literal::Number(number)) = &self.predicate.node().kind {
            return self.nth(*number).map(Progress::Done);
        }
        while self.index < self.items.len() {
            let task = self.task(machine, depth);
            let direct = machine.try_direct(&task)?;
            match direct {
                Some(value) => self.answer(machine, &value)?,
                None => return Ok(Progress::Evaluate(task)),
            }
        }
        let kept = std::mem::take(&mut self.kept);
        kept.build(self.flags).map(Value::Array).map(Progress::Done)
    }

    /// The predicate of the present item.
    fn task(&mut self, machine: &mut Machine<'a, '_>, depth: u32) -> Task<'a> {
        let item = self.items.get(self.index).unwrap_or_default();
        let (input, scope) = if self.items.has(Flags::TUPLES) {
            (of_tuple(&item, "@"), machine.tuple_scope(self.scope, &item))
        } else {
            (item, self.scope)
        };
        Task {
            at: self.predicate,
            input,
            scope,
            depth: depth + 1,
        }
    }

    /// A literal number is a place; an array there is the result itself.
    fn nth(&mut self, number: f64) -> Result<Value<'a>, Fault> {
        let item = place(number, self.items.len()).and_then(|place| self.items.get(place));
        match item {
            Some(Value::Array(array)) => Ok(Value::Array(array)),
            Some(Value::Undefined) | None => {
                ArrayBuilder::default().build(self.flags).map(Value::Array)
            }
            Some(value) => {
                let mut one = ArrayBuilder::with_capacity(1);
                one.push(value);
                one.build(self.flags).map(Value::Array)
            }
        }
    }

    /// Takes what the predicate gave for the present item: places, or whether to keep it.
    pub(super) fn answer(
        &mut self,
        machine: &mut Machine<'a, '_>,
        value: &Value<'a>,
    ) -> Result<(), Fault> {
        let times = self.times(machine, value)?;
        if times > 0 {
            let item = self.items.get(self.index).unwrap_or_default();
            for _ in 0..times {
                machine.add(&mut self.kept, item.clone())?;
            }
        }
        self.index += 1;
        machine.scopes.release(self.mark);
        Ok(())
    }

    /// How often the present item is kept.
    fn times(&self, machine: &mut Machine<'a, '_>, value: &Value<'a>) -> Result<usize, Fault> {
        let here = |number: f64| place(number, self.items.len()) == Some(self.index);
        if let Some(number) = numeric(value)? {
            return Ok(usize::from(here(number)));
        }
        if let Value::Array(array) = value {
            machine.pass_over(array.len())?;
            let mut times = 0;
            let mut all_numbers = true;
            for item in array.iter() {
                match numeric(&item)? {
                    Some(number) => times += usize::from(here(number)),
                    None => all_numbers = false,
                }
            }
            if all_numbers {
                return Ok(times);
            }
        }
        Ok(usize::from(is_true(machine, value)?))
    }
}

/// The place that a number means: rounded down, from the end when negative.
fn place(number: f64, len: usize) -> Option<usize> {
    let number = number.floor();
    let number = if number < 0.0 {
        number + len as f64
    } else {
        number
    };
    let inside = number >= 0.0 && number < len as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "inside the array"
    )]
    inside.then_some(number as usize)
}

/// The predicates of a value that is no path.
pub(super) struct PredicateFrame<'a> {
    at: At<'a>,
    predicates: &'a [NodeId],
    next: usize,
    scope: ScopeId,
    filtering: Option<Filtering<'a>>,
}

impl<'a> PredicateFrame<'a> {
    pub(super) fn new(at: At<'a>, predicates: &'a [NodeId], scope: ScopeId) -> Box<Self> {
        Box::new(Self {
            at,
            predicates,
            next: 0,
            scope,
            filtering: None,
        })
    }

    pub(super) fn start(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        mut value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        while let Some(predicate) = self.predicates.get(self.next) {
            self.next += 1;
            let mut filtering =
                Filtering::new(machine, self.at.child(*predicate), self.scope, value)?;
            match filtering.advance(machine, depth)? {
                Progress::Done(filtered) => value = filtered,
                Progress::Evaluate(task) => {
                    self.filtering = Some(filtering);
                    machine.push(depth, Frame::Predicate(self));
                    return Ok(Step::Evaluate(task));
                }
            }
        }
        machine.finish_group(self.at, self.scope, depth, value)
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let Some(filtering) = &mut self.filtering else {
            return self.start(machine, depth, value);
        };
        filtering.answer(machine, &value)?;
        match filtering.advance(machine, depth)? {
            Progress::Done(filtered) => {
                self.filtering = None;
                self.start(machine, depth, filtered)
            }
            Progress::Evaluate(task) => {
                machine.push(depth, Frame::Predicate(self));
                Ok(Step::Evaluate(task))
            }
        }
    }
}
