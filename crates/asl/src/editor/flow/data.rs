//! Paths, templates and expressions on likely data. What fails or is unknown gives null.

use super::{Flow, Guess, Sight, context};
use crate::definition::expression;
use crate::graph::StateIx;
use crate::query::{Path, ReferencePath, Scope};
use crate::text::{Node, NodeKind};
use indexmap::IndexMap;
use jsonata::{Environment, Expression, FixedHost, Limits, Value as Data};
use serde_json::{Map, Value, json};

/// How deep samples are looked into.
pub(super) const DEPTH: usize = 12;
/// How many elements of arrays in samples are looked at: they are mostly alike.
const ELEMENTS: usize = 8;
/// How many members of objects in samples are looked at.
const MEMBERS: usize = 200;

/// A value cut to what is worth looking at.
pub(super) fn trimmed(value: &Value, depth: usize) -> Value {
    let Some(depth) = depth.checked_sub(1) else {
        return Value::Null;
    };
    match value {
        Value::Array(items) => {
            let items = items.iter().take(ELEMENTS);
            Value::Array(items.map(|item| trimmed(item, depth)).collect())
        }
        Value::Object(members) => {
            let members = members.iter().take(MEMBERS);
            let members = members.map(|(name, value)| (name.clone(), trimmed(value, depth)));
            Value::Object(members.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Both together: members of both objects, else the one that is known.
pub(super) fn merged(first: Guess, second: Guess) -> Guess {
    if !second.is_known() || std::rc::Rc::ptr_eq(&first.value, &second.value) {
        return first;
    }
    match (&*first.value, &*second.value) {
        (Value::Null, _) => second,
        (Value::Object(a), Value::Object(b)) if b.keys().any(|name| !a.contains_key(name)) => {
            let mut all = a.clone();
            for (name, value) in b {
                all.entry(name).or_insert_with(|| value.clone());
            }
            Guess::likely(Value::Object(all))
        }
        _ => first,
    }
}

/// The raw input with a result at `ResultPath`.
pub(super) fn placed(path: Option<&Node>, raw: Guess, result: Guess) -> Guess {
    let Some(path) = path else {
        return result;
    };
    if path.is_null() {
        return raw;
    }
    let Some(path) = path
        .as_str()
        .and_then(|text| ReferencePath::parse(text).ok())
    else {
        return Guess::default();
    };
    let base = if raw.is_known() {
        (*raw.value).clone()
    } else {
        json!({})
    };
    let is_seen = raw.is_seen && result.is_seen;
    match path.set(base, (*result.value).clone()) {
        Ok(value) => Guess {
            is_seen,
            ..Guess::likely(value)
        },
        Err(_) => raw,
    }
}

impl Flow<'_> {
    /// What a path finds.
    pub(in crate::editor) fn path(&self, text: &str, input: &Guess, ix: StateIx) -> Guess {
        if text == "$" {
            return input.clone();
        }
        let Ok(path) = Path::parse(text) else {
            return Guess::default();
        };
        let variables: IndexMap<String, Value> = match path.variable() {
            Some(_) => self.values(ix),
            None => IndexMap::new(),
        };
        let context = if path.reads_context() {
            context(self, Some(ix))
        } else {
            Value::Null
        };
        let scope = Scope {
            input: &input.value,
            context: &context,
            variables: &variables,
        };
        let found = path.eval(&scope).unwrap_or_default();
        let is_sample = path.reads_context() || path.variable().is_some();
        Guess {
            is_seen: input.is_seen && !is_sample,
            ..Guess::likely(found)
        }
    }

    /// What a payload template gives.
    pub(super) fn template(&self, node: &Node, input: &Guess, ix: StateIx) -> Guess {
        let mut is_seen = input.is_seen;
        let value = self.template_value(node, input, ix, &mut is_seen, DEPTH);
        Guess {
            is_seen,
            ..Guess::likely(value)
        }
    }

    fn template_value(
        &self,
        node: &Node,
        input: &Guess,
        ix: StateIx,
        is_seen: &mut bool,
        depth: usize,
    ) -> Value {
        let Some(depth) = depth.checked_sub(1) else {
            return Value::Null;
        };
        match &node.kind {
            NodeKind::Object(members) => {
                let mut all = Map::new();
                for member in members {
                    let (name, value) = match (member.key.strip_suffix(".$"), member.value.as_str())
                    {
                        (Some(name), Some(text)) => {
                            let found = self.path(text, input, ix);
                            *is_seen &= found.is_seen;
                            (name, (*found.value).clone())
                        }
                        _ => (
                            &*member.key,
                            self.template_value(&member.value, input, ix, is_seen, depth),
                        ),
                    };
                    all.insert(name.to_owned(), value);
                }
                Value::Object(all)
            }
            NodeKind::Array(items) => {
                let items = items
                    .iter()
                    .map(|item| self.template_value(item, input, ix, is_seen, depth));
                Value::Array(items.collect())
            }
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::String(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Missing => node.to_value().unwrap_or_default(),
        }
    }

    /// What data with JSONata expressions gives.
    pub(super) fn expressions(&self, node: &Node, sight: &Sight, ix: StateIx) -> Guess {
        let evaluation = Evaluation {
            flow: self,
            sight,
            ix,
        };
        if let Some(found) = node
            .as_str()
            .and_then(expression)
            .and_then(|text| evaluation.member(text))
        {
            return found;
        }
        Guess {
            is_seen: sight.is_seen(),
            ..Guess::likely(evaluation.data(node, DEPTH))
        }
    }
}

/// Expressions with what they see.
struct Evaluation<'f, 'd> {
    flow: &'f Flow<'d>,
    sight: &'f Sight,
    ix: StateIx,
}

impl Evaluation<'_, '_> {
    fn data(&self, node: &Node, depth: usize) -> Value {
        let Some(depth) = depth.checked_sub(1) else {
            return Value::Null;
        };
        match &node.kind {
            NodeKind::Object(members) => {
                let members = members
                    .iter()
                    .map(|member| (member.key.to_string(), self.data(&member.value, depth)));
                Value::Object(members.collect())
            }
            NodeKind::Array(items) => {
                Value::Array(items.iter().map(|item| self.data(item, depth)).collect())
            }
            NodeKind::String(text) => match expression(text) {
                Some(text) => self.value(text),
                None => Value::from(&**text),
            },
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Missing => node.to_value().unwrap_or_default(),
        }
    }

    fn value(&self, text: &str) -> Value {
        if let Some(found) = self.member(text) {
            return (*found.value).clone();
        }
        if !self.flow.is_near(self.ix) {
            return Value::Null;
        }
        let states = self
            .sight
            .states(self.flow, self.ix, text.contains("context"));
        evaluated(text, &states).unwrap_or_default()
    }

    /// What plain members of `$states` hold, without evaluating anything.
    fn member(&self, text: &str) -> Option<Guess> {
        let mut names = text.trim().strip_prefix("$states.")?.split('.');
        let guess = match names.next()? {
            "input" => &self.sight.input,
            "result" => self.sight.result.as_ref()?,
            "errorOutput" => self.sight.error.as_ref()?,
            _ => return None,
        };
        let mut value: &Value = &guess.value;
        let mut is_whole = true;
        for name in names {
            if !name.chars().all(|c| c.is_alphanumeric() || c == '_') || value.is_array() {
                return None;
            }
            value = value.get(name).unwrap_or(&Value::Null);
            is_whole = false;
        }
        Some(if is_whole {
            guess.clone()
        } else {
            guess.with(value.clone())
        })
    }
}

/// What an expression gives; none when it fails, takes long or needs what is not known.
fn evaluated(text: &str, states: &Value) -> Option<Value> {
    let expression = Expression::parse(text).ok()?;
    let mut environment = Environment::aws().with_limits(Limits {
        fuel: 20_000,
        depth: 200,
        sequence: 10_000,
        bytes: 1 << 20,
    });
    environment.bind("states", Data::from(states));
    let value = expression.evaluate(Data::Undefined, &environment, &mut FixedHost::default());
    value.ok()?.to_json().ok()
}
