//! Objects: those of the input, and those that an expression made. Members keep the order in which they came.

use super::{MAX_NESTING, Text, Value, too_deep};
use crate::fault::Fault;
use std::collections::HashMap;
use std::sync::Arc;

/// Up to here a look at every name is faster than a hash of one.
const SMALL: usize = 8;

/// An object; a clone never copies it.
#[derive(Debug, Clone)]
pub enum Object<'a> {
    /// Of the input or the bindings.
    Json(&'a serde_json::Map<String, serde_json::Value>),
    /// Made by the evaluation.
    #[doc(hidden)]
    Made(Arc<Members<'a>>),
}

/// What an object that an expression made holds.
#[derive(Debug, Clone, Default)]
pub struct Members<'a> {
    nesting: u32,
    entries: Vec<(Text<'a>, Value<'a>)>,
    /// Where a name stands, once there are many.
    places: HashMap<Text<'a>, usize>,
}

impl<'a> Members<'a> {
    fn place(&self, name: &str) -> Option<usize> {
        if self.entries.len() <= SMALL {
            return self.entries.iter().position(|(found, _)| **found == *name);
        }
        self.places.get(name).copied()
    }

    fn insert(&mut self, name: Text<'a>, value: Value<'a>) {
        self.nesting = self.nesting.max(value.nesting());
        if let Some(entry) = self
            .place(&name)
            .and_then(|place| self.entries.get_mut(place))
        {
            entry.1 = value;
            return;
        }
        self.entries.push((name.clone(), value));
        let len = self.entries.len();
        if len == SMALL + 1 {
            self.index();
        } else if len > SMALL {
            self.places.insert(name, len - 1);
        }
    }

    fn index(&mut self) {
        let names = self.entries.iter().enumerate();
        self.places = names
            .map(|(place, (name, _))| (name.clone(), place))
            .collect();
    }

    fn remove(&mut self, name: &str) {
        let Some(place) = self.place(name) else {
            return;
        };
        self.entries.remove(place);
        if self.entries.len() > SMALL {
            self.index();
        } else {
            self.places.clear();
        }
    }
}

impl<'a> Object<'a> {
    /// How many members it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Json(map) => map.len(),
            Self::Made(members) => members.entries.len(),
        }
    }

    /// Whether it has no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The member of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value<'a>> {
        match self {
            Self::Json(map) if map.len() <= SMALL => {
                let found = map.iter().find(|(found, _)| *found == name);
                found.map(|(_, value)| Value::from(value))
            }
            Self::Json(map) => map.get(name).map(Value::from),
            Self::Made(members) => {
                let entry = members
                    .place(name)
                    .and_then(|place| members.entries.get(place));
                entry.map(|(_, value)| value.clone())
            }
        }
    }

    /// All members, in order.
    pub fn iter(&self) -> Box<dyn Iterator<Item = (Text<'a>, Value<'a>)> + '_> {
        match self {
            Self::Json(map) => Box::new(
                map.iter()
                    .map(|(name, value)| (Text::Borrowed(name), Value::from(value))),
            ),
            Self::Made(members) => Box::new(members.entries.iter().cloned()),
        }
    }

    /// A member by its place.
    pub(crate) fn entry(&self, place: usize) -> Option<(Text<'a>, Value<'a>)> {
        match self {
            Self::Json(_) => self.iter().nth(place),
            Self::Made(members) => members.entries.get(place).cloned(),
        }
    }

    pub(crate) fn nesting(&self) -> u32 {
        match self {
            Self::Json(_) => 1,
            Self::Made(members) => members.nesting + 1,
        }
    }

    /// Whether both are the same object, not only equal ones.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Json(one), Self::Json(two)) => std::ptr::eq(*one, *two),
            (Self::Made(one), Self::Made(two)) => Arc::ptr_eq(one, two),
            (Self::Json(_) | Self::Made(_), _) => false,
        }
    }

    pub(crate) fn into_builder(self) -> ObjectBuilder<'a> {
        match self {
            Self::Made(members) => ObjectBuilder(Arc::unwrap_or_clone(members)),
            Self::Json(_) => self.iter().collect(),
        }
    }
}

/// Gathers members; a name that comes again takes the place of the first.
#[derive(Debug, Default)]
pub(crate) struct ObjectBuilder<'a>(Members<'a>);

impl<'a> ObjectBuilder<'a> {
    pub(crate) fn insert(&mut self, name: Text<'a>, value: Value<'a>) {
        self.0.insert(name, value);
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.entries.len()
    }

    /// The object.
    ///
    /// # Errors
    ///
    /// D1016 when it would be nested too deeply.
    pub(crate) fn build(self) -> Result<Object<'a>, Fault> {
        if self.0.nesting + 1 > MAX_NESTING {
            return Err(too_deep());
        }
        Ok(Object::Made(Arc::new(self.0)))
    }
}

impl<'a> FromIterator<(Text<'a>, Value<'a>)> for ObjectBuilder<'a> {
    fn from_iter<I: IntoIterator<Item = (Text<'a>, Value<'a>)>>(entries: I) -> Self {
        let mut builder = Self::default();
        for (name, value) in entries {
            builder.insert(name, value);
        }
        builder
    }
}
