//! What is computed at once, by plain recursion: nodes whose height is bounded (`syntax::lower::direct`).
//!
//! It gives what the machine would give. Where it finds that it needs the machine after all, since a variable holds another function than its name
//! promised, it gives up without having changed anything.

use super::apply::Site;
use super::block::{Items, decides};
use super::call::has_more;
use super::filter::{Filtering, Progress};
use super::function::{Callable, Function};
use super::machine::{Machine, Task, settle};
use super::operators::is_true;
use super::path::{first_items, kept};
use super::scope::ScopeId;
use super::steps::{self, Position, as_sequence, gather_step};
use crate::fault::Fault;
use crate::syntax::{At, Kind, NodeId, Operator, Stage};
use crate::value::{Array, ArrayBuilder, Flags, Value};

/// Why there is no value.
enum Bail {
    Fault(Fault),
    Machine,
}

impl From<Fault> for Bail {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What a node is computed in.
#[derive(Clone, Copy)]
struct Place<'c, 'a> {
    input: &'c Value<'a>,
    scope: ScopeId,
    depth: u32,
}

impl<'a> Machine<'a, '_> {
    /// The value of a node that can be computed at once; none when the machine must do it.
    pub(super) fn try_direct(&mut self, task: &Task<'a>) -> Result<Option<Value<'a>>, Fault> {
        if !task.at.is_direct() {
            return Ok(None);
        }
        let highest = task.depth + u32::from(task.at.height) - 1;
        if self.budget.depth(highest).is_err() {
            // The machine counts exactly.
            return Ok(None);
        }
        let place = Place {
            input: &task.input,
            scope: task.scope,
            depth: task.depth,
        };
        match self.direct_last(task.at, place) {
            Ok(value) => Ok(Some(value)),
            Err(Bail::Machine) => Ok(None),
            Err(Bail::Fault(fault)) => Err(fault),
        }
    }

    /// Follows the branches of conditions to what comes last. The value of a call that ends a lambda is not settled: that is up to whoever called
    /// the lambda.
    fn direct_last(&mut self, at: At<'a>, place: Place<'_, 'a>) -> Result<Value<'a>, Bail> {
        match &at.node().kind {
            Kind::Condition(condition, then, Some(otherwise)) if !has_more(at) => {
                self.tick()?;
                let condition = self.direct(at.child(*condition), place)?;
                let last = if is_true(self, &condition)? {
                    then
                } else {
                    otherwise
                };
                self.direct_last(at.child(*last), place)
            }
            Kind::Block(parts) if parts.len() == 1 && !has_more(at) => {
                self.tick()?;
                let last = parts.first().copied().unwrap_or(at.id);
                self.direct_last(at.child(last), place)
            }
            Kind::Call {
                function,
                arguments,
                tail: true,
            } => {
                self.tick()?;
                self.direct_call(at, *function, arguments, place)
            }
            _ => self.direct(at, place),
        }
    }

    fn direct(&mut self, at: At<'a>, place: Place<'_, 'a>) -> Result<Value<'a>, Bail> {
        self.tick()?;
        let value = match &at.node().kind {
            Kind::Path { steps, .. } => return self.direct_path(at, steps, place),
            Kind::Binary(operator, left, right) => {
                self.direct_binary(at, *operator, *left, *right, place)?
            }
            Kind::Negate(operand) => {
                let value = self.direct(at.child(*operand), place)?;
                self.negate(at, &value)?
            }
            Kind::Array(items) => self.direct_array(at, items, place)?,
            Kind::Condition(..) | Kind::Default(..) | Kind::Coalesce(..) => {
                self.direct_choice(at, place)?
            }
            Kind::Block(parts) => match parts.first() {
                Some(only) => self.direct(at.child(*only), place)?,
                None => Value::Undefined,
            },
            Kind::Call {
                function,
                arguments,
                ..
            } => self.direct_call(at, *function, arguments, place)?,
            _ => self.leaf(at, place.input, place.scope)?,
        };
        self.direct_predicates(at, value, place)
    }

    fn direct_choice(&mut self, at: At<'a>, place: Place<'_, 'a>) -> Result<Value<'a>, Bail> {
        Ok(match &at.node().kind {
            Kind::Condition(condition, then, otherwise) => {
                let condition = self.direct(at.child(*condition), place)?;
                match (is_true(self, &condition)?, otherwise) {
                    (true, _) => self.direct(at.child(*then), place)?,
                    (false, Some(otherwise)) => self.direct(at.child(*otherwise), place)?,
                    (false, None) => Value::Undefined,
                }
            }
            Kind::Default(left, right) => {
                let value = self.direct(at.child(*left), place)?;
                if is_true(self, &value)? {
                    value
                } else {
                    self.direct(at.child(*right), place)?
                }
            }
            Kind::Coalesce(left, right) => {
                let value = self.direct(at.child(*left), place)?;
                if value.is_undefined() {
                    self.direct(at.child(*right), place)?
                } else {
                    value
                }
            }
            _ => Value::Undefined,
        })
    }

    fn direct_predicates(
        &mut self,
        at: At<'a>,
        mut value: Value<'a>,
        place: Place<'_, 'a>,
    ) -> Result<Value<'a>, Bail> {
        if let Some(extras) = at.extras() {
            for predicate in &extras.predicates {
                value = self.direct_filter(at.child(*predicate), value, place)?;
            }
        }
        Ok(settle(at, value))
    }

    fn direct_filter(
        &mut self,
        predicate: At<'a>,
        value: Value<'a>,
        place: Place<'_, 'a>,
    ) -> Result<Value<'a>, Bail> {
        let mut filtering = Filtering::new(self, predicate, place.scope, value)?;
        match filtering.advance(self, place.depth)? {
            Progress::Done(filtered) => Ok(filtered),
            Progress::Evaluate(_) => Err(Bail::Machine),
        }
    }

    fn direct_binary(
        &mut self,
        at: At<'a>,
        operator: Operator,
        left: NodeId,
        right: NodeId,
        place: Place<'_, 'a>,
    ) -> Result<Value<'a>, Bail> {
        let left = self.direct(at.child(left), place)?;
        if let Some(decided) = decides(self, at, operator, &left)? {
            return Ok(Value::Bool(decided));
        }
        let right = self.direct(at.child(right), place)?;
        Ok(self.combine(at, operator, &left, &right)?)
    }

    fn direct_array(
        &mut self,
        at: At<'a>,
        items: &[NodeId],
        place: Place<'_, 'a>,
    ) -> Result<Value<'a>, Bail> {
        let mut gathered = Items::None;
        for item in items {
            let item = at.child(*item);
            let value = self.direct(item, place)?;
            gathered = self.add_item(gathered, item, value)?;
        }
        Ok(gathered.build(at)?)
    }

    /// Only functions that need no frames; whether one has been hidden by a variable is seen here.
    fn direct_call(
        &mut self,
        at: At<'a>,
        function: NodeId,
        arguments: &[NodeId],
        place: Place<'_, 'a>,
    ) -> Result<Value<'a>, Bail> {
        let Kind::Variable(name) = &at.child(function).node().kind else {
            return Err(Bail::Machine);
        };
        let found = self.variable(place.scope, name, place.input);
        let Value::Function(Function(Callable::Builtin(builtin))) = found else {
            return Err(Bail::Machine);
        };
        // A call that ends a lambda takes its context from elsewhere.
        let tail = matches!(at.node().kind, Kind::Call { tail: true, .. });
        if !builtin.is_plain() || (tail && builtin.takes_context(arguments.len())) {
            return Err(Bail::Machine);
        }
        let mut values = Vec::with_capacity(arguments.len().max(3));
        for argument in arguments {
            values.push(self.direct(at.child(*argument), place)?);
        }
        let site = Site {
            at,
            context: place.input.clone(),
            scope: place.scope,
            depth: place.depth,
        };
        Ok(self.call_builtin(builtin, values, &site)?)
    }

    fn direct_path(
        &mut self,
        at: At<'a>,
        steps: &'a [NodeId],
        place: Place<'_, 'a>,
    ) -> Result<Value<'a>, Bail> {
        let (first, mut items) = match self.names(at, steps, place)? {
            Names::Value(value) => return Ok(value),
            Names::Rest(first, items) => (first, items),
        };
        for (number, step) in steps.iter().enumerate().skip(first) {
            let step = at.child(*step);
            let position = if number + 1 == steps.len() {
                Position::Last
            } else {
                Position::Inner
            };
            items = if number == 0 && step.constructed {
                let input = Value::Array(items);
                match self.direct(
                    step,
                    Place {
                        input: &input,
                        ..place
                    },
                )? {
                    Value::Array(array) => array,
                    _ => ArrayBuilder::default().build(Flags::SEQUENCE)?,
                }
            } else {
                self.direct_step(step, &items, position, place)?
            };
            if items.is_empty() {
                break;
            }
        }
        let result = kept(at, items)?;
        Ok(settle(at, Value::Array(result)))
    }

    fn direct_step(
        &mut self,
        step: At<'a>,
        items: &Array<'a>,
        position: Position,
        place: Place<'_, 'a>,
    ) -> Result<Array<'a>, Bail> {
        let mut gathered = ArrayBuilder::with_capacity(items.len().min(1_024));
        let stages = step.extras().map_or(&[][..], |extras| &extras.stages);
        for index in 0..items.len() {
            let item = items.get(index).unwrap_or_default();
            let mut value = self.direct(
                step,
                Place {
                    input: &item,
                    ..place
                },
            )?;
            for stage in stages {
                if let Stage::Filter(filter) = stage {
                    value = self.direct_filter(step.child(*filter), value, place)?;
                }
            }
            if !value.is_undefined() {
                self.add(&mut gathered, value)?;
            }
        }
        Ok(gather_step(self, gathered, position)?)
    }

    /// The object that a path begins with when a variable holds one.
    fn first_variable(
        &self,
        at: At<'a>,
        steps: &[NodeId],
        place: Place<'_, 'a>,
    ) -> Option<Value<'a>> {
        let first = at.child(*steps.first()?);
        let Kind::Variable(name) = &first.node().kind else {
            return None;
        };
        if first.extras().is_some() || first.keep_array || steps.len() < 2 {
            return None;
        }
        let value = self.variable(place.scope, name, place.input);
        matches!(value, Value::Object(_)).then_some(value)
    }

    /// Names alone lead from object to object without making a sequence of each.
    fn names(
        &mut self,
        at: At<'a>,
        steps: &[NodeId],
        place: Place<'_, 'a>,
    ) -> Result<Names<'a>, Fault> {
        // A name costs less than a node, but not nothing.
        self.spend(steps.len() as u64 / 8)?;
        let variable = self.first_variable(at, steps, place);
        let begin = usize::from(variable.is_some());
        if begin == 0 && matches!(place.input, Value::Array(_)) {
            return rest(at, steps, 0, place.input.clone());
        }
        let mut value = variable.unwrap_or_else(|| place.input.clone());
        for (number, step) in steps.iter().enumerate().skip(begin) {
            let step = at.child(*step);
            let plain = step.extras().is_none() && !step.keep_array;
            let Kind::Name(name) = &step.node().kind else {
                return rest(at, steps, number, value);
            };
            if !plain {
                return rest(at, steps, number, value);
            }
            value = steps::lookup(self, &value, name)?;
            let more = number + 1 < steps.len();
            match (&value, more) {
                (Value::Undefined, _) => return Ok(Names::Value(Value::Undefined)),
                (Value::Array(_), true) => return rest(at, steps, number + 1, value),
                _ => {}
            }
        }
        let Kind::Path {
            keep_singleton: false,
            ..
        } = &at.node().kind
        else {
            let result = kept(at, as_sequence(value)?)?;
            return Ok(Names::Value(settle(at, Value::Array(result))));
        };
        Ok(Names::Value(value))
    }
}

/// How far names alone have led.
enum Names<'a> {
    Value(Value<'a>),
    /// To this step, with what it is evaluated for.
    Rest(usize, Array<'a>),
}

fn rest<'a>(
    at: At<'a>,
    steps: &[NodeId],
    step: usize,
    value: Value<'a>,
) -> Result<Names<'a>, Fault> {
    let items = if step == 0 {
        first_items(at, steps, value)?
    } else {
        as_sequence(value)?
    };
    Ok(Names::Rest(step, items))
}
