//! What a map run works through.

use crate::machine::payload::Payload;
use crate::query::context::Item;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `$$.Map.Item.Source` of items that come from the state's own data.
const STATE_DATA: &str = "STATE_DATA";

/// The items of a map run; their serde form is what the server stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Items {
    values: Values,
    /// Where the items come from: the index of the first one, and `$$.Map.Item.Source` from there on.
    sources: Vec<(u64, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Values {
    List(Vec<Value>),
    /// The members of an object (feature map, ASL-411).
    Members(Vec<(String, Value)>),
}

impl Items {
    /// The elements of an array or the members of an object in the state's data.
    pub(in crate::machine) fn of_state(items: &Payload) -> Self {
        Self::of_value(items.to_value(), STATE_DATA)
    }

    /// The elements of an array or the members of an object; none for any other value.
    pub(super) fn of_value(value: Value, source: &str) -> Self {
        let values = match value {
            Value::Array(values) => Values::List(values),
            Value::Object(members) => Values::Members(members.into_iter().collect()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Values::List(Vec::new())
            }
        };
        Self {
            values,
            sources: vec![(0, source.to_owned())],
        }
    }

    /// How many they are.
    pub fn len(&self) -> u64 {
        let count = match &self.values {
            Values::List(values) => values.len(),
            Values::Members(members) => members.len(),
        };
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps the first `most` only; 0 means all.
    pub(super) fn truncate(&mut self, most: u64) {
        let most = match most {
            0 => return,
            most => usize::try_from(most).unwrap_or(usize::MAX),
        };
        match &mut self.values {
            Values::List(values) => values.truncate(most),
            Values::Members(members) => members.truncate(most),
        }
    }

    /// Adds the items of another source behind these; members of an object become pairs.
    pub(super) fn append(&mut self, other: Self) {
        let first = self.len();
        let moved = other.sources.into_iter();
        self.sources
            .extend(moved.map(|(index, source)| (index + first, source)));
        let mut values = std::mem::replace(&mut self.values, Values::List(Vec::new())).into_list();
        values.extend(other.values.into_list());
        self.values = Values::List(values);
    }

    /// An item as the context object shows it.
    pub(in crate::machine) fn item(&self, index: u64) -> Option<Item> {
        let index = usize::try_from(index).ok()?;
        let (value, key) = match &self.values {
            Values::List(values) => (values.get(index)?.clone(), None),
            Values::Members(members) => {
                let (key, value) = members.get(index)?;
                (value.clone(), Some(key.clone()))
            }
        };
        Some(Item {
            index,
            value,
            key,
            source: self.source(index).map(str::to_owned),
        })
    }

    /// An item as its child gets it when nothing selects from it: the value, or the pair of a member.
    pub(in crate::machine) fn plain(&self, index: u64) -> Option<Value> {
        let index = usize::try_from(index).ok()?;
        match &self.values {
            Values::List(values) => values.get(index).cloned(),
            Values::Members(members) => members.get(index).map(pair),
        }
    }

    fn source(&self, index: usize) -> Option<&str> {
        let index = u64::try_from(index).ok()?;
        let behind = self.sources.partition_point(|(first, _)| *first <= index);
        let (_, source) = self.sources.get(behind.checked_sub(1)?)?;
        Some(source)
    }
}

impl Values {
    fn into_list(self) -> Vec<Value> {
        match self {
            Values::List(values) => values,
            Values::Members(members) => members.iter().map(pair).collect(),
        }
    }
}

fn pair((key, value): &(String, Value)) -> Value {
    json!({"Key": key, "Value": value})
}
