//! Walks a document along a path.

use super::ast::{Query, Root, Step};
use super::{filter, functions};
use crate::query::budget::Budget;
use crate::query::{QueryError, Scope, json};
use serde_json::Value;
use std::borrow::Cow;

/// Why a path gave nothing.
#[derive(Debug)]
pub(crate) enum Halt {
    /// The budget is used up.
    Limit(QueryError),
    /// The way broke off; the text is Jayway's.
    Missing(String),
}

impl From<QueryError> for Halt {
    fn from(error: QueryError) -> Self {
        Self::Limit(error)
    }
}

/// Characters of a value that a message shows: as many as a cause may have.
const SHOWN: usize = 32_768;

/// What a path can begin at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Env<'a> {
    scope: Scope<'a>,
    /// `@`
    current: Option<&'a Value>,
    /// Inside `$$` paths `$` is the context object too: AWS drops one `$` and reads the rest there.
    in_context: bool,
}

impl<'a> Env<'a> {
    /// The same, with another `@`.
    pub(crate) fn at<'b>(&self, current: &'b Value) -> Env<'b>
    where
        'a: 'b,
    {
        Env {
            scope: self.scope,
            current: Some(current),
            in_context: self.in_context,
        }
    }

    fn start(&self, root: &Root) -> Result<&'a Value, Halt> {
        match root {
            Root::Input if self.in_context => Ok(self.scope.context),
            Root::Input => Ok(self.scope.input),
            Root::Context => Ok(self.scope.context),
            Root::Current => self
                .current
                .ok_or_else(|| Halt::Missing("There is no current item".to_owned())),
            Root::Variable(name) => self
                .scope
                .variables
                .get(name)
                .ok_or_else(|| Halt::Missing(format!("No results for path: $['{name}']"))),
        }
    }
}

/// The value of a path.
pub(crate) fn value(query: &Query, scope: &Scope<'_>, budget: &mut Budget) -> Result<Value, Halt> {
    let env = Env {
        scope: *scope,
        current: None,
        in_context: query.root == Root::Context,
    };
    let found = read(query, &env, budget)?;
    if let Cow::Borrowed(value) = &found {
        budget.charge_value(value)?;
    }
    Ok(found.into_owned())
}

/// As [`value`], without a copy where none is needed.
pub(crate) fn read<'e>(
    query: &Query,
    env: &Env<'e>,
    budget: &mut Budget,
) -> Result<Cow<'e, Value>, Halt> {
    let mut nodes = nodes(query, env, budget)?;
    if query.is_definite() {
        return nodes
            .pop()
            .ok_or_else(|| Halt::Missing(format!("No results for path: {query}")));
    }
    for node in &nodes {
        budget.charge_value(node)?;
    }
    Ok(Cow::Owned(Value::Array(
        nodes.into_iter().map(Cow::into_owned).collect(),
    )))
}

/// Everything that a path leads to, in order.
pub(crate) fn nodes<'e>(
    query: &Query,
    env: &Env<'e>,
    budget: &mut Budget,
) -> Result<Vec<Cow<'e, Value>>, Halt> {
    let mut nodes = vec![Cow::Borrowed(env.start(&query.root)?)];
    let mut walk = Walk {
        query,
        env: *env,
        budget,
        at: 0,
    };
    while let Some(step) = query.steps.get(walk.at) {
        let mut found = Vec::new();
        for node in nodes {
            match node {
                Cow::Borrowed(value) => found.extend(walk.take(step, value)?),
                Cow::Owned(value) => {
                    for below in walk.take(step, &value)? {
                        walk.budget.charge_value(&below)?;
                        found.push(own(below));
                    }
                }
            }
        }
        nodes = found;
        walk.at += if *step == Step::Descent { 2 } else { 1 };
    }
    Ok(nodes)
}

fn own<'e>(node: Cow<'_, Value>) -> Cow<'e, Value> {
    Cow::Owned(node.into_owned())
}

type Found<'v> = Result<Vec<Cow<'v, Value>>, Halt>;

/// One way along a path.
struct Walk<'q, 'e, 'b> {
    query: &'q Query,
    env: Env<'e>,
    budget: &'b mut Budget,
    at: usize,
}

impl Walk<'_, '_, '_> {
    /// Whether everything before this step is definite: then a step that cannot be taken is an error.
    fn is_strict(&self) -> bool {
        self.at <= self.query.definite_steps()
    }

    fn is_last(&self) -> bool {
        self.at + 1 >= self.query.steps.len()
    }

    /// The error of a step that cannot be taken, or nothing at all where the way is indefinite.
    fn blocked<'v>(&self, reason: impl FnOnce() -> String) -> Found<'v> {
        if self.is_strict() {
            Err(Halt::Missing(reason()))
        } else {
            Ok(Vec::new())
        }
    }

    /// The steps from here to the end, as Jayway prints them.
    fn remaining(&self) -> String {
        self.query.steps[self.at..]
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    fn take<'v>(&mut self, step: &Step, value: &'v Value) -> Found<'v> {
        self.budget.charge(step.alternatives())?;
        match step {
            Step::Name(name) => self.name(name, value),
            Step::Names(names) => self.names(names, value),
            Step::Indices(indices) => self.elements(value, |length| {
                indices
                    .iter()
                    .filter_map(|&index| position(index, length))
                    .collect()
            }),
            Step::Slice { from, to } => self.elements(value, |length| slice(*from, *to, length)),
            Step::Wildcard => {
                let found: Vec<_> = children(value).map(Cow::Borrowed).collect();
                self.budget.charge(found.len())?;
                Ok(found)
            }
            Step::Descent => self.descend(value),
            Step::Filter(filter) => self.filter(filter, value),
            Step::Call(function, arguments) => {
                functions::call(*function, arguments, value, &self.env, self.budget)
                    .map(|found| vec![Cow::Owned(found)])
            }
        }
    }

    fn name<'v>(&mut self, name: &str, value: &'v Value) -> Found<'v> {
        match value {
            Value::Object(members) => match members.get(name) {
                Some(member) => Ok(vec![Cow::Borrowed(member)]),
                None if self.is_last() => Ok(Vec::new()),
                None => self.blocked(|| {
                    format!(
                        "Missing property in path {}",
                        self.query.prefix(self.at + 1)
                    )
                }),
            },
            _ => self.no_object(value),
        }
    }

    fn no_object<'v>(&self, value: &Value) -> Found<'v> {
        self.blocked(|| {
            let (step, path) = (&self.query.steps[self.at], self.query.prefix(self.at));
            let (class, provider) = (
                java_class(value),
                "com.jayway.jsonpath.spi.json.JacksonJsonProvider",
            );
            let found = if value.is_null() {
                "null".to_owned()
            } else {
                format!("'{class}'")
            };
            format!(
                "Expected to find an object with property {step} in path {path} but found {found}. \
                 This is not a json object according to the JsonProvider: '{provider}'."
            )
        })
    }

    /// Several names: at the end of a path an object of those that are there, else each of them.
    fn names<'v>(&mut self, names: &[String], value: &'v Value) -> Found<'v> {
        let Value::Object(members) = value else {
            return self.no_object(value);
        };
        let present = names
            .iter()
            .filter_map(|name| members.get(name).map(|member| (name, member)));
        if !self.is_last() {
            return Ok(present.map(|(_, member)| Cow::Borrowed(member)).collect());
        }
        let mut merged = serde_json::Map::new();
        for (name, member) in present {
            merged.insert(name.clone(), self.budget.copy(member)?);
        }
        Ok(vec![Cow::Owned(Value::Object(merged))])
    }

    fn elements<'v>(
        &mut self,
        value: &'v Value,
        choose: impl Fn(usize) -> Vec<usize>,
    ) -> Found<'v> {
        match value {
            Value::Array(items) => {
                let chosen = choose(items.len());
                self.budget.charge(chosen.len())?;
                Ok(chosen
                    .into_iter()
                    .filter_map(|index| items.get(index))
                    .map(Cow::Borrowed)
                    .collect())
            }
            Value::Null => {
                self.blocked(|| format!("The path {} is null", self.query.prefix(self.at)))
            }
            _ => self.blocked(|| {
                let (filter, shown) = (self.remaining(), shown(value));
                format!(
                    "Filter: {filter} can only be applied to arrays. Current context is: {shown}"
                )
            }),
        }
    }

    /// A filter chooses among elements; an object is chosen or not as a whole.
    fn filter<'v>(&mut self, condition: &super::ast::Filter, value: &'v Value) -> Found<'v> {
        match value {
            Value::Array(items) => {
                let mut found = Vec::new();
                for item in items {
                    if filter::holds(condition, &self.env.at(item), self.budget)? {
                        found.push(Cow::Borrowed(item));
                    }
                }
                Ok(found)
            }
            Value::Object(_) => {
                let holds = filter::holds(condition, &self.env.at(value), self.budget)?;
                Ok(holds.then_some(Cow::Borrowed(value)).into_iter().collect())
            }
            _ => self.blocked(|| {
                let (filter, shown) = (self.remaining(), shown(value));
                format!(
                    "Filter: {filter} can not be applied to primitives. Current context is: {shown}"
                )
            }),
        }
    }

    /// Takes the next step on every value below, outer values first.
    fn descend<'v>(&mut self, value: &'v Value) -> Found<'v> {
        let Some(next) = self.query.steps.get(self.at + 1) else {
            return Ok(Vec::new());
        };
        self.at += 1;
        let found = self.descend_by(next, value);
        self.at -= 1;
        found
    }

    fn descend_by<'v>(&mut self, step: &Step, value: &'v Value) -> Found<'v> {
        let mut found = Vec::new();
        let mut open = vec![value];
        while let Some(next) = open.pop() {
            self.budget.charge(1)?;
            if self.applies_below(step, next) {
                found.extend(self.take(step, next)?);
            }
            let below = open.len();
            open.extend(children(next));
            open[below..].reverse();
        }
        Ok(found)
    }

    /// Whether a step after `..` looks at this value at all.
    fn applies_below(&self, step: &Step, value: &Value) -> bool {
        match (step, value) {
            (Step::Names(names), Value::Object(members)) if self.is_last() => {
                names.iter().all(|name| members.contains_key(name))
            }
            (Step::Name(_) | Step::Names(_) | Step::Filter(_), _) => value.is_object(),
            (Step::Indices(_) | Step::Slice { .. }, _) => value.is_array(),
            (Step::Wildcard | Step::Call(..), _) => value.is_object() || value.is_array(),
            (Step::Descent, _) => false,
        }
    }
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(members) => Box::new(members.values()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Box::new(std::iter::empty())
        }
    }
}

/// Where an index points: negative ones count from the end.
fn position(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    let effective = if index < 0 { length + index } else { index };
    usize::try_from(effective)
        .ok()
        .filter(|_| effective < length)
}

/// The places of a slice. As in Jayway an open slice counts negative bounds from the end, while one with both bounds
/// compares them as they are and lets each single index count from the end.
fn slice(from: Option<i64>, to: Option<i64>, length: usize) -> Vec<usize> {
    let count = i64::try_from(length).unwrap_or(i64::MAX);
    let from_end = |bound: i64| if bound < 0 { count + bound } else { bound };
    let range = match (from, to) {
        (Some(from), Some(to)) => from.max(-count)..to.min(count),
        (Some(from), None) => from_end(from).max(0)..count,
        (None, Some(to)) => 0..from_end(to).min(count),
        (None, None) => 0..count,
    };
    range.filter_map(|index| position(index, length)).collect()
}

/// The class that Jackson reads a value into.
fn java_class(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "java.lang.Boolean",
        Value::Number(number) if number.is_f64() => "java.lang.Double",
        Value::Number(number) if number.as_i64().is_some_and(|n| i32::try_from(n).is_ok()) => {
            "java.lang.Integer"
        }
        Value::Number(_) => "java.lang.Long",
        Value::String(_) => "java.lang.String",
        Value::Array(_) => "java.util.ArrayList",
        Value::Object(_) => "java.util.LinkedHashMap",
    }
}

fn shown(value: &Value) -> String {
    json::java_text(value).chars().take(SHOWN).collect()
}
