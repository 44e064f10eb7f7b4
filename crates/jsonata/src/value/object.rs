//! Objects: those of the input, and those that an expression made. Members keep the order in which they came.

use super::{MAX_NESTING, Text, Value, too_deep};
use crate::fault::{Error, Fault};
use std::collections::HashMap;
use std::sync::Arc;

/// Up to here a look at every name is faster than a hash of one.
const SMALL: usize = 8;

/// An object; a clone never copies it.
#[derive(Debug, Clone)]
pub struct Object<'a>(Members<'a>);

#[derive(Debug, Clone)]
enum Members<'a> {
    /// Of the input or the bindings.
    Json(&'a serde_json::Map<String, serde_json::Value>),
    /// Made by the evaluation.
    Made(Arc<Owned<'a>>),
}

/// What an object that an expression made holds.
#[derive(Debug, Clone, Default)]
struct Owned<'a> {
    nesting: u32,
    entries: Vec<(Text<'a>, Value<'a>)>,
    /// Where a name stands, once there are many.
    places: HashMap<Text<'a>, usize>,
}

impl<'a> Owned<'a> {
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
    /// An object of members that need not be copied together; a name that comes again takes the place of the first.
    ///
    /// # Errors
    ///
    /// D1016 when it would be nested too deeply.
    pub fn of(members: impl IntoIterator<Item = (Text<'a>, Value<'a>)>) -> Result<Self, Error> {
        let builder: ObjectBuilder<'a> = members.into_iter().collect();
        builder.build()
    }

    /// How many members it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Members::Json(map) => map.len(),
            Members::Made(members) => members.entries.len(),
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
        match &self.0 {
            Members::Json(map) if map.len() <= SMALL => {
                let found = map.iter().find(|(found, _)| *found == name);
                found.map(|(_, value)| Value::from(value))
            }
            Members::Json(map) => map.get(name).map(Value::from),
            Members::Made(members) => {
                let entry = members
                    .place(name)
                    .and_then(|place| members.entries.get(place));
                entry.map(|(_, value)| value.clone())
            }
        }
    }

    /// All members, in order.
    pub fn iter(&self) -> Box<dyn Iterator<Item = (Text<'a>, Value<'a>)> + '_> {
        match &self.0 {
            Members::Json(map) => Box::new(
                map.iter()
                    .map(|(name, value)| (Text::Borrowed(name), Value::from(value))),
            ),
            Members::Made(members) => Box::new(members.entries.iter().cloned()),
        }
    }

    pub(crate) fn from_json(map: &'a serde_json::Map<String, serde_json::Value>) -> Self {
        Self(Members::Json(map))
    }

    /// What tells this object from every other that an expression has made; nothing for one of the input.
    pub(crate) fn identity(&self) -> Option<usize> {
        match &self.0 {
            Members::Json(_) => None,
            Members::Made(members) => Some(Arc::as_ptr(members).addr()),
        }
    }

    pub(crate) fn nesting(&self) -> u32 {
        match &self.0 {
            Members::Json(_) => 1,
            Members::Made(members) => members.nesting + 1,
        }
    }

    /// Whether both are the same object, not only equal ones.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Members::Json(one), Members::Json(two)) => std::ptr::eq(*one, *two),
            (Members::Made(one), Members::Made(two)) => Arc::ptr_eq(one, two),
            (Members::Json(_) | Members::Made(_), _) => false,
        }
    }

    pub(crate) fn into_builder(self) -> ObjectBuilder<'a> {
        match self.0 {
            Members::Made(members) => ObjectBuilder(Arc::unwrap_or_clone(members)),
            Members::Json(map) => Self::from_json(map).iter().collect(),
        }
    }
}

/// Gathers members; a name that comes again takes the place of the first.
#[derive(Debug, Default)]
pub(crate) struct ObjectBuilder<'a>(Owned<'a>);

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
        Ok(Object(Members::Made(Arc::new(self.0))))
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
