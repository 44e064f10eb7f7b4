//! Looking into a tree of values.

use super::placeholder::{in_value, of_value};
use super::{Member, Node, NodeKind, Span, Step};
use serde_json::{Map, Number, Value};
use std::fmt;
use std::sync::Arc;

impl fmt::Debug for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NodeKind::Null => f.write_str("Null"),
            NodeKind::Bool(flag) => write!(f, "Bool({flag})"),
            NodeKind::Number(text) => write!(f, "Number({text})"),
            NodeKind::String(text) => write!(f, "String({text:?})"),
            NodeKind::Placeholder(text) => write!(f, "Placeholder({text})"),
            NodeKind::Array(items) => write!(f, "Array({} elements)", items.len()),
            NodeKind::Object(members) => write!(f, "Object({} members)", members.len()),
            NodeKind::Missing => f.write_str("Missing"),
        }
    }
}

impl Node {
    /// A tree of a plain value that stands nowhere.
    pub(crate) fn of_value(value: &Value) -> Self {
        let kind = match value {
            Value::Null => NodeKind::Null,
            Value::Bool(flag) => NodeKind::Bool(*flag),
            Value::Number(number) => NodeKind::Number(number.to_string().into()),
            Value::String(text) => match of_value(text) {
                Some(placeholder) => NodeKind::Placeholder(placeholder.into()),
                None => NodeKind::String(text.as_str().into()),
            },
            Value::Array(items) => NodeKind::Array(items.iter().map(Node::of_value).collect()),
            Value::Object(map) => NodeKind::Object(map.iter().map(member_of_value).collect()),
        };
        Self {
            span: Span::default(),
            kind,
        }
    }
    /// The value as plain JSON, when all of it is there. The last of duplicate members wins. A placeholder outside quotes
    /// becomes a text with an invisible mark, by which edits that put the value elsewhere know it.
    pub fn to_value(&self) -> Option<Value> {
        match &self.kind {
            NodeKind::Null => Some(Value::Null),
            NodeKind::Bool(flag) => Some(Value::Bool(*flag)),
            NodeKind::Number(text) => text.parse::<Number>().ok().map(Value::Number),
            NodeKind::String(text) => Some(Value::String(text.to_string())),
            NodeKind::Placeholder(text) => Some(Value::String(in_value(text))),
            NodeKind::Array(items) => array_to_value(items),
            NodeKind::Object(members) => object_to_value(members),
            NodeKind::Missing => None,
        }
    }
    /// The member named `key` of an object (the last, when it is there twice).
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members()
            .iter()
            .rev()
            .find(|member| &*member.key == key)
    }
    /// The value of the member named `key` of an object (the last, when it is there twice).
    pub fn field(&self, key: &str) -> Option<&Node> {
        self.member(key).map(|member| &member.value)
    }
    /// The members of an object; empty for anything else.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            NodeKind::Object(members) => members,
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::String(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Array(_)
            | NodeKind::Missing => &[],
        }
    }
    /// The elements of an array; empty for anything else.
    pub fn elements(&self) -> &[Node] {
        match &self.kind {
            NodeKind::Array(items) => items,
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::String(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Object(_)
            | NodeKind::Missing => &[],
        }
    }
    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        if let NodeKind::String(text) = &self.kind {
            Some(text)
        } else {
            None
        }
    }
    /// The text of a number, as it was written.
    pub fn as_number(&self) -> Option<&str> {
        if let NodeKind::Number(text) = &self.kind {
            Some(text)
        } else {
            None
        }
    }
    /// `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        if let NodeKind::Bool(flag) = self.kind {
            Some(flag)
        } else {
            None
        }
    }
    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.kind == NodeKind::Null
    }
    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self.kind, NodeKind::Object(_))
    }
    /// Whether it is an array.
    pub fn is_array(&self) -> bool {
        matches!(self.kind, NodeKind::Array(_))
    }
    /// Whether nothing stands where a value should.
    pub fn is_missing(&self) -> bool {
        self.kind == NodeKind::Missing
    }
    /// The value that one step leads to.
    pub fn child(&self, step: &Step) -> Option<&Node> {
        match (&self.kind, step) {
            (NodeKind::Array(items), Step::Index(index)) => items.get(*index),
            (NodeKind::Array(items), Step::Key(key)) => items.get(key.parse::<usize>().ok()?),
            _ => self.field(&step.name()),
        }
    }
    /// The value whose text (name included) holds an offset, and the step to it.
    pub(super) fn child_at(&self, offset: usize) -> Option<(Step, &Node)> {
        let members = self.members();
        // What an alias repeats stands all at one place.
        let repeats = |inner: Option<Span>| inner == Some(self.span);
        if repeats(members.first().map(|member| member.key_span))
            || repeats(self.elements().first().map(|item| item.span))
        {
            return None;
        }
        let at = members.partition_point(|member| member.key_span.start <= offset);
        if let Some(member) = at.checked_sub(1).and_then(|index| members.get(index))
            && offset <= member.value.span.end
        {
            return Some((Step::Key(Arc::from(&*member.key)), &member.value));
        }
        let items = self.elements();
        let index = items
            .partition_point(|item| item.span.start <= offset)
            .checked_sub(1)?;
        let item = items.get(index).filter(|item| item.span.touches(offset))?;
        Some((Step::Index(index), item))
    }
}

fn member_of_value((key, value): (&String, &Value)) -> Member {
    Member {
        key: key.as_str().into(),
        key_span: Span::default(),
        value: Node::of_value(value),
    }
}

fn array_to_value(items: &[Node]) -> Option<Value> {
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        values.push(item.to_value()?);
    }
    Some(Value::Array(values))
}

fn object_to_value(members: &[Member]) -> Option<Value> {
    let mut map = Map::with_capacity(members.len());
    for member in members {
        map.insert(member.key.to_string(), member.value.to_value()?);
    }
    Some(Value::Object(map))
}
