//! Arrays: those of the input, those that an expression made, and ranges that are never written out.

use super::{MAX_NESTING, Value, too_deep};
use crate::fault::Fault;
use std::sync::Arc;

/// What an array knows about itself beyond its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u8);

impl Flags {
    /// Gathered by a path or a function: one member stands for itself, none for nothing.
    pub(crate) const SEQUENCE: Self = Self(1);
    /// One member does not stand for itself: somebody wrote `[]`.
    pub(crate) const KEEP_SINGLETON: Self = Self(2);
    /// Written with brackets as a step: a path does not flatten it.
    pub(crate) const CONSTRUCTED: Self = Self(4);
    /// Members are tuples: objects that hold the item under `@` and variables beside it.
    pub(crate) const TUPLES: Self = Self(8);
    /// The wrapper around an input that is an array.
    pub(crate) const OUTER: Self = Self(16);
    /// A plain array.
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// An array; a clone never copies it.
#[derive(Debug, Clone)]
pub struct Array<'a>(Items<'a>);

/// Each variant has the flags, so that an array is two words and a value three.
#[derive(Debug, Clone)]
enum Items<'a> {
    Json(Flags, &'a Vec<serde_json::Value>),
    Values(Flags, Arc<Owned<'a>>),
    Range(Flags, u32, f64),
}

#[derive(Debug, Clone)]
struct Owned<'a> {
    nesting: u32,
    values: Vec<Value<'a>>,
}

impl<'a> Array<'a> {
    pub(crate) fn from_json(items: &'a Vec<serde_json::Value>) -> Self {
        Self(Items::Json(Flags::NONE, items))
    }

    /// Whole numbers from `first` on.
    pub(crate) fn range(first: f64, len: u32) -> Self {
        Self(Items::Range(Flags::SEQUENCE, len, first))
    }

    /// How many members it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Items::Json(_, items) => items.len(),
            Items::Values(_, owned) => owned.values.len(),
            Items::Range(_, len, _) => *len as usize,
        }
    }

    /// Whether it has no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A member.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Value<'a>> {
        match &self.0 {
            Items::Json(_, items) => items.get(index).map(Value::from),
            Items::Values(_, owned) => owned.values.get(index).cloned(),
            Items::Range(_, len, first) => {
                (index < *len as usize).then(|| Value::Number(first + index as f64))
            }
        }
    }

    /// All members.
    pub fn iter(&self) -> impl Iterator<Item = Value<'a>> + '_ {
        (0..self.len()).map(|index| self.get(index).unwrap_or_default())
    }

    /// Whether it is a sequence: what a path or a function gathered, not an array that somebody wrote.
    #[must_use]
    pub fn is_sequence(&self) -> bool {
        self.has(Flags::SEQUENCE)
    }

    pub(crate) fn flags(&self) -> Flags {
        match &self.0 {
            Items::Json(flags, _) | Items::Values(flags, _) | Items::Range(flags, ..) => *flags,
        }
    }

    pub(crate) fn has(&self, flag: Flags) -> bool {
        self.flags().has(flag)
    }

    /// The same members, known for more.
    pub(crate) fn marked(self, flags: Flags) -> Self {
        let flags = self.flags().and(flags);
        self.known_as(flags)
    }

    /// The same members, known for this only.
    pub(crate) fn known_as(mut self, flags: Flags) -> Self {
        match &mut self.0 {
            Items::Json(known, _) | Items::Values(known, _) | Items::Range(known, ..) => {
                *known = flags;
            }
        }
        self
    }

    pub(crate) fn nesting(&self) -> u32 {
        match &self.0 {
            Items::Values(_, owned) => owned.nesting,
            Items::Json(..) | Items::Range(..) => 1,
        }
    }

    /// Whether both are the same array, not only equal ones.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Items::Json(_, one), Items::Json(_, two)) => std::ptr::eq(*one, *two),
            (Items::Values(_, one), Items::Values(_, two)) => Arc::ptr_eq(one, two),
            (Items::Json(..) | Items::Values(..) | Items::Range(..), _) => false,
        }
    }

    /// What to add to: the members themselves when nobody else holds them, else copies of the handles.
    pub(crate) fn into_builder(self) -> ArrayBuilder<'a> {
        match self.0 {
            Items::Values(_, owned) => {
                let Owned { nesting, values } = Arc::unwrap_or_clone(owned);
                ArrayBuilder {
                    nesting: nesting.saturating_sub(1),
                    values,
                }
            }
            Items::Json(_, items) => ArrayBuilder {
                nesting: 0,
                values: items.iter().map(Value::from).collect(),
            },
            Items::Range(..) => ArrayBuilder {
                nesting: 0,
                values: self.iter().collect(),
            },
        }
    }
}

/// Gathers members.
#[derive(Debug, Default)]
pub(crate) struct ArrayBuilder<'a> {
    nesting: u32,
    values: Vec<Value<'a>>,
}

impl<'a> ArrayBuilder<'a> {
    pub(crate) fn with_capacity(len: usize) -> Self {
        Self {
            nesting: 0,
            values: Vec::with_capacity(len),
        }
    }

    pub(crate) fn push(&mut self, value: Value<'a>) {
        self.nesting = self.nesting.max(value.nesting());
        self.values.push(value);
    }

    pub(crate) fn extend(&mut self, array: &Array<'a>) {
        match &array.0 {
            Items::Values(_, owned) => {
                self.nesting = self.nesting.max(owned.nesting.saturating_sub(1));
                self.values.extend(owned.values.iter().cloned());
            }
            Items::Json(_, items) => {
                self.nesting = self.nesting.max(1);
                self.values.extend(items.iter().map(Value::from));
            }
            Items::Range(..) => self.values.extend(array.iter()),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub(crate) fn values(&self) -> &[Value<'a>] {
        &self.values
    }

    pub(crate) fn pop(&mut self) -> Option<Value<'a>> {
        self.values.pop()
    }

    /// The array.
    ///
    /// # Errors
    ///
    /// D1016 when it would be nested too deeply.
    pub(crate) fn build(self, flags: Flags) -> Result<Array<'a>, Fault> {
        let nesting = self.nesting + 1;
        if nesting > MAX_NESTING {
            return Err(too_deep());
        }
        let values = self.values;
        Ok(Array(Items::Values(
            flags,
            Arc::new(Owned { nesting, values }),
        )))
    }
}
