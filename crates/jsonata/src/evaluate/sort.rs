//! Sorting: a merge sort that can wait for each comparison.
//!
//! Which items are compared, and in which order, is that of the reference implementation, since a comparison may have an error or an opinion that
//! is no order.

use super::apply::Site;
use super::filter::Progress;
use super::machine::{Frame, Machine, Step, Task};
use super::operators::text_order;
use super::scope::{Mark, ScopeId};
use super::steps::of_tuple;
use super::{Function, numeric};
use crate::fault::{Code, Fault};
use crate::functions::print;
use crate::syntax::{At, SortTerm};
use crate::value::{Array, ArrayBuilder, Flags, Value};
use std::cmp::Ordering;

/// A stable merge sort of places.
pub(super) struct MergeSort {
    order: Vec<usize>,
    /// What the halves held before they were merged.
    halves: Vec<usize>,
    todo: Vec<Job>,
    merge: Option<Merge>,
}

enum Job {
    Sort(usize, usize),
    Merge(usize, usize, usize),
}

/// Two sorted halves that are being merged.
struct Merge {
    left: usize,
    middle: usize,
    right: usize,
    high: usize,
}

impl MergeSort {
    pub(super) fn new(len: usize) -> Self {
        Self {
            order: (0..len).collect(),
            halves: vec![0; len],
            todo: vec![Job::Sort(0, len)],
            merge: None,
        }
    }

    /// The next two places to compare; none when everything is in order.
    pub(super) fn next(&mut self) -> Option<(usize, usize)> {
        loop {
            if let Some(merge) = &self.merge {
                if merge.left < merge.middle && merge.right < merge.high {
                    return Some((
                        *self.halves.get(merge.left)?,
                        *self.halves.get(merge.right)?,
                    ));
                }
                self.finish_merge();
            }
            match self.todo.pop()? {
                Job::Sort(low, high) if high - low > 1 => {
                    let middle = low + (high - low) / 2;
                    self.todo.push(Job::Merge(low, middle, high));
                    self.todo.push(Job::Sort(middle, high));
                    self.todo.push(Job::Sort(low, middle));
                }
                Job::Sort(..) => {}
                Job::Merge(low, middle, high) => self.begin_merge(low, middle, high),
            }
        }
    }

    fn begin_merge(&mut self, low: usize, middle: usize, high: usize) {
        if let (Some(halves), Some(order)) =
            (self.halves.get_mut(low..high), self.order.get(low..high))
        {
            halves.copy_from_slice(order);
        }
        self.merge = Some(Merge {
            left: low,
            middle,
            right: middle,
            high,
        });
    }

    /// Whether the two that were named last have to change places.
    pub(super) fn answer(&mut self, swap: bool) {
        let Some(merge) = &mut self.merge else {
            return;
        };
        let out = merge.left + merge.right - merge.middle;
        let from = if swap {
            &mut merge.right
        } else {
            &mut merge.left
        };
        if let (Some(first), Some(place)) = (self.halves.get(*from), self.order.get_mut(out)) {
            *place = *first;
            *from += 1;
        }
    }

    /// What is left of one half goes behind the rest.
    fn finish_merge(&mut self) {
        let Some(merge) = self.merge.take() else {
            return;
        };
        let out = merge.left + merge.right - merge.middle;
        let rest = if merge.left < merge.middle {
            merge.left..merge.middle
        } else {
            merge.right..merge.high
        };
        if let (Some(place), Some(rest)) =
            (self.order.get_mut(out..merge.high), self.halves.get(rest))
        {
            place.copy_from_slice(rest);
        }
    }

    /// The items in order.
    pub(super) fn sorted<'a>(&self, items: &Array<'a>) -> Result<Array<'a>, Fault> {
        let mut sorted = ArrayBuilder::with_capacity(items.len());
        for place in &self.order {
            sorted.push(items.get(*place).unwrap_or_default());
        }
        sorted.build(Flags::NONE)
    }
}

/// An order-by under way.
pub(super) struct Sorting<'a> {
    at: At<'a>,
    terms: &'a [SortTerm],
    items: Array<'a>,
    scope: ScopeId,
    merge: MergeSort,
    /// The key of each item for each term, once it is known.
    keys: Vec<Option<Value<'a>>>,
    /// The key that is being computed.
    asked: usize,
    mark: Mark,
}

/// What a comparison says.
enum Verdict {
    Swap(bool),
    /// The key of an item for a term must be known first.
    Ask(usize, usize),
}

impl<'a> Sorting<'a> {
    pub(super) fn new(
        machine: &mut Machine<'a, '_>,
        at: At<'a>,
        terms: &'a [SortTerm],
        items: Array<'a>,
        scope: ScopeId,
    ) -> Result<Self, Fault> {
        let len = items.len();
        machine.make_members(0, len.saturating_mul(terms.len() + 2))?;
        Ok(Self {
            at,
            terms,
            items,
            scope,
            merge: MergeSort::new(len),
            keys: vec![None; len * terms.len()],
            asked: 0,
            mark: machine.scopes.mark(),
        })
    }

    /// Goes on as far as it can without the machine.
    pub(super) fn advance(
        &mut self,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Progress<'a, Array<'a>>, Fault> {
        if self.items.len() <= 1 {
            return Ok(Progress::Done(self.items.clone()));
        }
        while let Some((left, right)) = self.merge.next() {
            machine.tick()?;
            match self.compare(machine, left, right)? {
                Verdict::Swap(swap) => self.merge.answer(swap),
                Verdict::Ask(item, term) => {
                    let task = self.ask(machine, item, term, depth);
                    let direct = machine.try_direct(&task)?;
                    match direct {
                        Some(key) => self.answer(machine, key),
                        None => return Ok(Progress::Evaluate(task)),
                    }
                }
            }
        }
        self.merge.sorted(&self.items).map(Progress::Done)
    }

    /// The key that was asked for.
    pub(super) fn answer(&mut self, machine: &mut Machine<'a, '_>, key: Value<'a>) {
        if let Some(place) = self.keys.get_mut(self.asked) {
            *place = Some(key);
        }
        machine.scopes.release(self.mark);
    }

    fn ask(
        &mut self,
        machine: &mut Machine<'a, '_>,
        item: usize,
        term: usize,
        depth: u32,
    ) -> Task<'a> {
        self.asked = item * self.terms.len() + term;
        let value = self.items.get(item).unwrap_or_default();
        let (input, scope) = if self.items.has(Flags::TUPLES) {
            (
                of_tuple(&value, "@"),
                machine.tuple_scope(self.scope, &value),
            )
        } else {
            (value, self.scope)
        };
        let key = self.terms.get(term).map_or(self.at.id, |term| term.key);
        Task::below(self.at, key, input, scope, depth)
    }

    fn compare(
        &self,
        machine: &mut Machine<'a, '_>,
        left: usize,
        right: usize,
    ) -> Result<Verdict, Fault> {
        for (number, term) in self.terms.iter().enumerate() {
            let key = |item: usize| {
                self.keys
                    .get(item * self.terms.len() + number)
                    .and_then(Option::as_ref)
            };
            let Some(one) = key(left) else {
                return Ok(Verdict::Ask(left, number));
            };
            let Some(two) = key(right) else {
                return Ok(Verdict::Ask(right, number));
            };
            let order = self.order(machine, one, two)?;
            let defined = !one.is_undefined() && !two.is_undefined();
            let order = if term.descending && defined {
                order.reverse()
            } else {
                order
            };
            if order != Ordering::Equal {
                return Ok(Verdict::Swap(order == Ordering::Greater));
            }
        }
        Ok(Verdict::Swap(false))
    }

    /// Nothing comes last, whichever way the sorting goes.
    fn order(
        &self,
        machine: &mut Machine<'a, '_>,
        one: &Value<'a>,
        two: &Value<'a>,
    ) -> Result<Ordering, Fault> {
        match (one, two) {
            (Value::Undefined, Value::Undefined) => Ok(Ordering::Equal),
            (Value::Undefined, _) => Ok(Ordering::Greater),
            (_, Value::Undefined) => Ok(Ordering::Less),
            (Value::Number(one), Value::Number(two)) => {
                Ok(one.partial_cmp(two).unwrap_or(Ordering::Greater))
            }
            (Value::Text(one), Value::Text(two)) => {
                machine.spend(one.len().min(two.len()) as u64 / 64)?;
                Ok(text_order(one, two))
            }
            _ => Err(self.mismatch(one, two)),
        }
    }

    fn mismatch(&self, one: &Value<'a>, two: &Value<'a>) -> Fault {
        let sortable = |value: &Value<'_>| matches!(value, Value::Number(_) | Value::Text(_));
        let fault = if sortable(one) && sortable(two) {
            Fault::with(Code::T2007, print(one)).and(print(two))
        } else {
            Fault::new(Code::T2008)
        };
        fault.at(self.at.span(), self.at.position as usize)
    }
}

/// `$sort` with a comparison function.
pub(super) struct SortFunctionFrame<'a> {
    items: Array<'a>,
    merge: MergeSort,
    function: Function<'a>,
    site: Site<'a>,
}

impl<'a> SortFunctionFrame<'a> {
    pub(super) fn start(
        machine: &mut Machine<'a, '_>,
        items: Array<'a>,
        function: Function<'a>,
        site: Site<'a>,
    ) -> Result<Step<'a>, Fault> {
        machine.make_members(0, items.len().saturating_mul(2))?;
        let merge = MergeSort::new(items.len());
        let depth = site.depth;
        Box::new(Self {
            items,
            merge,
            function,
            site,
        })
        .advance(machine, depth)
    }

    fn advance(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
    ) -> Result<Step<'a>, Fault> {
        while let Some((left, right)) = self.merge.next() {
            let arguments = vec![
                self.items.get(left).unwrap_or_default(),
                self.items.get(right).unwrap_or_default(),
            ];
            let arguments =
                match machine.call_at_once(&self.function, arguments, &self.site.inside())? {
                    Ok(value) => {
                        self.merge.answer(swaps(&value));
                        continue;
                    }
                    Err(arguments) => arguments,
                };
            let (function, site) = (self.function.clone(), self.site.inside());
            machine.push(depth, Frame::SortFunction(self));
            return machine.apply(&function, arguments, site);
        }
        self.merge
            .sorted(&self.items)
            .map(Value::Array)
            .map(Step::Give)
    }

    pub(super) fn resume(
        mut self: Box<Self>,
        machine: &mut Machine<'a, '_>,
        depth: u32,
        value: &Value<'a>,
    ) -> Result<Step<'a>, Fault> {
        self.merge.answer(swaps(value));
        self.advance(machine, depth)
    }
}

/// Whether two items change places: here alone every array, object and function counts as true, empty ones too.
fn swaps(answer: &Value<'_>) -> bool {
    match answer {
        Value::Undefined | Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => *number != 0.0 && !number.is_nan(),
        Value::Text(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) | Value::Function(_) => true,
    }
}

/// `$sort` without a function: numbers or texts.
pub(super) fn sort_plain<'a>(
    machine: &mut Machine<'a, '_>,
    items: &Array<'a>,
) -> Result<Array<'a>, Fault> {
    machine.make_members(0, items.len().saturating_mul(2))?;
    let mut numbers = true;
    let mut texts = true;
    for item in items.iter() {
        numbers &= numeric(&item)?.is_some();
        texts &= matches!(item, Value::Text(_));
    }
    if !numbers && !texts {
        return Err(Fault::new(Code::D3070));
    }
    let mut merge = MergeSort::new(items.len());
    while let Some((left, right)) = merge.next() {
        machine.tick()?;
        let swap = match (items.get(left), items.get(right)) {
            (Some(Value::Number(one)), Some(Value::Number(two))) => one > two,
            (Some(Value::Text(one)), Some(Value::Text(two))) => {
                machine.spend(one.len().min(two.len()) as u64 / 64)?;
                text_order(&one, &two).is_gt()
            }
            _ => false,
        };
        merge.answer(swap);
    }
    merge.sorted(items)
}
