//! Names of members that values of the sample have, and how a name is written as a step.

use super::preview::{kind, preview};
use crate::syntax::{Lexer, Place, TokenKind};
use crate::value::Value;
use std::collections::HashSet;

/// So many values are looked at in all.
const MAX_VALUES: u32 = 300;
/// So many names are gathered.
const MAX_NAMES: usize = 500;
/// So deeply arrays in arrays are looked into.
const MAX_DEPTH: u32 = 4;

/// A member of a value of the sample.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// What it is, where it was met first.
    pub(super) kind: String,
    /// Its value there, cut short.
    pub(super) value: String,
}

#[derive(Default)]
pub(super) struct Members {
    pub(super) found: Vec<Member>,
    known: HashSet<String>,
    looked_at: u32,
}

impl Members {
    /// Adds those of a value; of an array those of its items.
    pub(super) fn gather(&mut self, value: &Value<'_>) {
        self.gather_within(value, MAX_DEPTH);
    }

    fn gather_within(&mut self, value: &Value<'_>, depth: u32) {
        self.looked_at += 1;
        match value {
            Value::Array(array) if depth > 0 => {
                for item in array.iter() {
                    if self.looked_at > MAX_VALUES {
                        return;
                    }
                    self.gather_within(&item, depth - 1);
                }
            }
            Value::Object(object) => {
                for (name, value) in object.iter() {
                    if self.found.len() >= MAX_NAMES {
                        return;
                    }
                    self.add(&name, &value);
                }
            }
            Value::Array(_)
            | Value::Undefined
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Function(_) => {}
        }
    }

    fn add(&mut self, name: &str, value: &Value<'_>) {
        if self.known.insert(name.to_owned()) {
            self.found.push(Member {
                name: name.to_owned(),
                kind: kind(value),
                value: preview(value, 120),
            });
        }
    }
}

/// A name as it is written in a path: in backquotes where it would be read as something else, as a text where backquotes would end too early.
pub(super) fn written(name: &str) -> String {
    if name.contains('`') {
        return serde_json::to_string(name).unwrap_or_default();
    }
    let mut lexer = Lexer::new(name);
    let is_name = lexer.next(Place::Operand).is_ok_and(|token| {
        matches!(token.kind, TokenKind::Name(read) if read == name) && token.span == (0..name.len())
    });
    if is_name {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}
