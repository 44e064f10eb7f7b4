//! Paths: each step is evaluated for each item that the step before gave.

use super::filter::{Filtering, Progress};
use super::group::GroupFrame;
use super::machine::{Frame, Machine, Step, Task, settle};
use super::scope::{Mark, ScopeId};
use super::sort::Sorting;
use super::steps::{Position, as_sequence, gather_step, of_tuple};
use crate::fault::Fault;
use crate::syntax::{At, Kind, NodeId, Stage};
use crate::value::{Array, ArrayBuilder, Flags, Value};

/// A path under way.
pub(super) struct PathFrame<'a> {
    pub(super) at: At<'a>,
    steps: &'a [NodeId],
    pub(super) scope: ScopeId,
    /// The present step.
    step: usize,
    /// What the present step is evaluated for.
    pub(super) items: Array<'a>,
    /// The present item.
    pub(super) index: usize,
    /// What the present step has given so far.
    pub(super) gathered: ArrayBuilder<'a>,
    /// Once a step binds variables, every item carries those of the steps before.
    pub(super) tuples: Option<Array<'a>>,
    in_tuples: bool,
    pub(super) doing: Doing<'a>,
    pub(super) mark: Mark,
}

/// What a path waits for.
pub(super) enum Doing<'a> {
    /// The present step for the present item.
    Item,
    /// A predicate of the present step, for what it gave for the present item.
    Stage(usize, Filtering<'a>),
    /// An array that the path begins with.
    First,
    /// A key of a sorting.
    Sort(Sorting<'a>),
    /// The present step for the present tuple.
    Tuple(Value<'a>),
    /// A predicate of the present step, over all tuples.
    TupleStage(usize, Filtering<'a>),
}

/// What a step does next.
pub(super) enum Next<'a> {
    Wait(Task<'a>),
    /// The step is done; this is what it gave.
    Gave(Array<'a>),
}

impl<'a> PathFrame<'a> {
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        at: At<'a>,
        input: Value<'a>,
        scope: ScopeId,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let Kind::Path { steps, .. } = &at.node().kind else {
            return Ok(Step::Give(Value::Undefined));
        };
        let frame = Box::new(Self {
            at,
            steps,
            scope,
            step: 0,
            items: first_items(at, steps, input)?,
            index: 0,
            gathered: ArrayBuilder::default(),
            tuples: None,
            in_tuples: false,
            doing: Doing::Item,
            mark: machine.scopes.mark(),
        });
        frame.steps(machine, depth)
    }

    pub(super) fn step_at(&self) -> At<'a> {
        let id = self.steps.get(self.step).copied().unwrap_or(self.at.id);
        self.at.child(id)
    }

    pub(super) fn stages(&self) -> &'a [Stage] {
        self.step_at().extras().map_or(&[], |extras| &extras.stages)
    }

    /// Step after step, until one has to wait.
    fn steps(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        while self.step < self.steps.len() {
            let next = self.begin_step(machine, depth)?;
            match self.after(next) {
                After::Wait(task) => return Ok(self.wait(machine, depth, task)),
                After::Next => {}
                After::Nothing => break,
            }
        }
        self.conclude(machine, depth)
    }

    fn wait(
        self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        task: Task<'a>,
    ) -> Step<'a> {
        machine.push(depth, Frame::Path(self));
        Step::Evaluate(task)
    }

    fn begin_step(&mut self, machine: &mut Machine<'a, '_>, depth: u32) -> Result<Next<'a>, Fault> {
        let step = self.step_at();
        self.in_tuples |= step.tuple;
        self.index = 0;
        self.gathered = ArrayBuilder::default();
        if self.step == 0 && step.constructed {
            self.doing = Doing::First;
            let input = Value::Array(self.items.clone());
            return Ok(Next::Wait(self.task(step, input, depth)));
        }
        if let Kind::Sort(terms) = &step.node().kind {
            let items = self.tuples.as_ref().unwrap_or(&self.items).clone();
            let sorting = Sorting::new(machine, step, terms, items, self.scope)?;
            return self.sort(machine, depth, sorting);
        }
        if self.in_tuples {
            return self.begin_tuples(machine, depth);
        }
        self.doing = Doing::Item;
        self.items(machine, depth)
    }

    pub(super) fn task(&self, at: At<'a>, input: Value<'a>, depth: u32) -> Task<'a> {
        let (scope, depth) = (self.scope, depth + 1);
        Task {
            at,
            input,
            scope,
            depth,
        }
    }

    /// The present step for the rest of the items.
    fn items(&mut self, machine: &mut Machine<'a, '_>, depth: u32) -> Result<Next<'a>, Fault> {
        let step = self.step_at();
        while self.index < self.items.len() {
            let input = self.items.get(self.index).unwrap_or_default();
            let task = self.task(step, input, depth);
            let direct = machine.try_direct(&task)?;
            let Some(value) = direct else {
                self.doing = Doing::Item;
                return Ok(Next::Wait(task));
            };
            if let Some(task) = self.item_stages(machine, depth, 0, value)? {
                return Ok(Next::Wait(task));
            }
        }
        let position = if self.step + 1 == self.steps.len() {
            Position::Last
        } else {
            Position::Inner
        };
        let gathered = std::mem::take(&mut self.gathered);
        gather_step(machine, gathered, position).map(Next::Gave)
    }

    /// The predicates of the present step from one on, then the next item.
    fn item_stages(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        from: usize,
        mut value: Value<'a>,
    ) -> Result<Option<Task<'a>>, Fault> {
        for (number, stage) in self.stages().iter().enumerate().skip(from) {
            let Stage::Filter(filter) = stage else {
                continue;
            };
            let mut filtering = Filtering::new(machine, self.at.child(*filter), self.scope, value)?;
            match filtering.advance(machine, depth)? {
                Progress::Done(filtered) => value = filtered,
                Progress::Evaluate(task) => {
                    self.doing = Doing::Stage(number, filtering);
                    return Ok(Some(task));
                }
            }
        }
        if !value.is_undefined() {
            machine.add(&mut self.gathered, value)?;
        }
        self.index += 1;
        machine.scopes.release(self.mark);
        Ok(None)
    }

    fn sort(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        mut sorting: Sorting<'a>,
    ) -> Result<Next<'a>, Fault> {
        match sorting.advance(machine, depth)? {
            Progress::Evaluate(task) => {
                self.doing = Doing::Sort(sorting);
                Ok(Next::Wait(task))
            }
            Progress::Done(sorted) if self.in_tuples => self.sorted_tuples(machine, depth, sorted),
            Progress::Done(sorted) => self.sorted_stages(machine, depth, 0, sorted),
        }
    }

    /// The predicates behind a sorting are about the whole of it.
    pub(super) fn sorted_stages(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        from: usize,
        mut result: Array<'a>,
    ) -> Result<Next<'a>, Fault> {
        for (number, stage) in self.stages().iter().enumerate().skip(from) {
            result = match stage {
                Stage::Index(name) => machine.number_tuples(&result, name)?,
                Stage::Filter(filter) => {
                    let value = Value::Array(result);
                    let mut filtering =
                        Filtering::new(machine, self.at.child(*filter), self.scope, value)?;
                    match filtering.advance(machine, depth)? {
                        Progress::Done(filtered) => as_sequence(filtered)?,
                        Progress::Evaluate(task) => {
                            self.doing = Doing::TupleStage(number, filtering);
                            return Ok(Next::Wait(task));
                        }
                    }
                }
            };
        }
        Ok(Next::Gave(result))
    }

    /// A value has come for what the path waits for.
    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        let next = match std::mem::replace(&mut self.doing, Doing::Item) {
            Doing::Item => match self.item_stages(machine, depth, 0, value)? {
                Some(task) => Next::Wait(task),
                None => self.items(machine, depth)?,
            },
            Doing::Stage(number, filtering) => {
                self.resume_stage(machine, depth, number, filtering, &value)?
            }
            Doing::First => Next::Gave(match value {
                Value::Array(array) => array,
                // Whatever is no array has no items.
                _ => ArrayBuilder::default().build(Flags::SEQUENCE)?,
            }),
            Doing::Sort(mut sorting) => {
                sorting.answer(machine, value);
                self.sort(machine, depth, sorting)?
            }
            Doing::Tuple(tuple) => {
                self.add_tuples(machine, &tuple, value)?;
                self.tuples(machine, depth)?
            }
            Doing::TupleStage(number, filtering) => {
                self.resume_tuple_stage(machine, depth, number, filtering, &value)?
            }
        };
        match self.after(next) {
            After::Wait(task) => Ok(self.wait(machine, depth, task)),
            After::Next => self.steps(machine, depth),
            After::Nothing => self.conclude(machine, depth),
        }
    }

    fn resume_stage(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        number: usize,
        mut filtering: Filtering<'a>,
        value: &Value<'a>,
    ) -> Result<Next<'a>, Fault> {
        filtering.answer(machine, value)?;
        let filtered = match filtering.advance(machine, depth)? {
            Progress::Done(filtered) => filtered,
            Progress::Evaluate(task) => {
                self.doing = Doing::Stage(number, filtering);
                return Ok(Next::Wait(task));
            }
        };
        match self.item_stages(machine, depth, number + 1, filtered)? {
            Some(task) => Ok(Next::Wait(task)),
            None => self.items(machine, depth),
        }
    }

    fn resume_tuple_stage(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        number: usize,
        mut filtering: Filtering<'a>,
        value: &Value<'a>,
    ) -> Result<Next<'a>, Fault> {
        filtering.answer(machine, value)?;
        match filtering.advance(machine, depth)? {
            Progress::Done(filtered) => {
                let filtered = as_sequence(filtered)?;
                self.sorted_stages(machine, depth, number + 1, filtered)
            }
            Progress::Evaluate(task) => {
                self.doing = Doing::TupleStage(number, filtering);
                Ok(Next::Wait(task))
            }
        }
    }

    /// Takes what a step gave.
    fn after(&mut self, next: Next<'a>) -> After<'a> {
        let gave = match next {
            Next::Wait(task) => return After::Wait(task),
            Next::Gave(gave) => gave,
        };
        let from_first = self.step == 0 && self.step_at().constructed;
        let nothing = gave.is_empty() && !self.in_tuples;
        self.step += 1;
        if self.in_tuples && !from_first {
            self.tuples = Some(gave);
        } else {
            self.items = gave;
        }
        if nothing { After::Nothing } else { After::Next }
    }

    fn conclude(
        self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        let result = match &self.tuples {
            None => self.items.clone(),
            Some(tuples) if self.at.tuple => tuples.clone(),
            Some(tuples) => {
                machine.make_members(0, tuples.len())?;
                let mut items = ArrayBuilder::with_capacity(tuples.len());
                tuples
                    .iter()
                    .for_each(|tuple| items.push(of_tuple(&tuple, "@")));
                items.build(Flags::SEQUENCE)?
            }
        };
        let result = kept(self.at, result)?;
        let group = self.at.extras().and_then(|extras| extras.group.as_ref());
        if let Some(group) = group {
            let grouped = self.tuples.unwrap_or(result);
            return GroupFrame::behind(self.at, group, self.scope, Value::Array(grouped))?
                .start(machine, depth);
        }
        Ok(Step::Give(settle(self.at, Value::Array(result))))
    }
}

enum After<'a> {
    Wait(Task<'a>),
    Next,
    Nothing,
}

/// What the first step is evaluated for: an array's members, unless the path begins with a variable.
pub(super) fn first_items<'a>(
    at: At<'a>,
    steps: &[NodeId],
    input: Value<'a>,
) -> Result<Array<'a>, Fault> {
    let first = steps.first().map(|first| at.child(*first));
    let absolute = first.is_some_and(|first| matches!(first.node().kind, Kind::Variable(_)));
    match input {
        Value::Array(array) if !absolute => Ok(array),
        other => {
            let mut one = ArrayBuilder::with_capacity(1);
            one.push(other);
            one.build(Flags::SEQUENCE)
        }
    }
}

/// `[]` in a path: a single result stays an array.
pub(super) fn kept<'a>(at: At<'a>, result: Array<'a>) -> Result<Array<'a>, Fault> {
    let Kind::Path {
        keep_singleton: true,
        ..
    } = &at.node().kind
    else {
        return Ok(result);
    };
    let result = if result.has(Flags::CONSTRUCTED) && !result.is_sequence() {
        let mut one = ArrayBuilder::with_capacity(1);
        one.push(Value::Array(result));
        one.build(Flags::SEQUENCE)?
    } else {
        result
    };
    Ok(result.marked(Flags::KEEP_SINGLETON))
}
