//! Reading a typed value at a place of the document, and saying what is wrong with it there.

use super::DefinitionError;
use crate::query::{ParseError, json};
use crate::text::{Node, NodeKind, Pointer, Step};
use serde_json::Value;
use std::cell::RefCell;
use std::sync::Arc;

/// A value and the way to it.
#[derive(Clone)]
pub(super) struct Place<'a> {
    node: &'a Node,
    pointer: Pointer,
    errors: &'a RefCell<Vec<DefinitionError>>,
}

impl<'a> Place<'a> {
    pub(super) fn root(node: &'a Node, errors: &'a RefCell<Vec<DefinitionError>>) -> Self {
        Self {
            node,
            pointer: Pointer::default(),
            errors,
        }
    }

    fn inner(&self, node: &'a Node, step: Step) -> Place<'a> {
        let mut pointer = self.pointer.clone();
        pointer.0.push(step);
        Place {
            node,
            pointer,
            errors: self.errors,
        }
    }

    /// Notes an error at this place; gives `None`, so that readers can return it.
    pub(super) fn refuse<T>(&self, message: impl Into<String>) -> Option<T> {
        let error = DefinitionError {
            pointer: self.pointer.clone(),
            message: message.into(),
        };
        self.errors.borrow_mut().push(error);
        None
    }

    /// The member of this name, when the value is an object and has it.
    pub(super) fn member(&self, key: &str) -> Option<Place<'a>> {
        let member = self.node.member(key)?;
        Some(self.inner(&member.value, Step::Key(Arc::from(key))))
    }

    /// The member of this name; its absence is an error.
    pub(super) fn required(&self, key: &str) -> Option<Place<'a>> {
        match self.member(key) {
            Some(place) => Some(place),
            None => self.refuse(format!("These fields are required: [{key}]")),
        }
    }

    /// The members, in written order; another kind of value is an error.
    pub(super) fn object(&self) -> Option<Vec<(&'a str, Place<'a>)>> {
        let NodeKind::Object(members) = &self.node.kind else {
            return self.refuse("An object is expected here");
        };
        let place = |key: &'a str, node| (key, self.inner(node, Step::Key(Arc::from(key))));
        Some(
            members
                .iter()
                .map(|member| place(&member.key, &member.value))
                .collect(),
        )
    }

    /// The elements; another kind of value is an error.
    pub(super) fn array(&self) -> Option<Vec<Place<'a>>> {
        let NodeKind::Array(items) = &self.node.kind else {
            return self.refuse("An array is expected here");
        };
        let items = items.iter().enumerate();
        Some(
            items
                .map(|(index, item)| self.inner(item, Step::Index(index)))
                .collect(),
        )
    }

    /// The elements, of which there must be at least one.
    pub(super) fn filled_array(&self) -> Option<Vec<Place<'a>>> {
        let items = self.array()?;
        if items.is_empty() {
            self.refuse("The array must not be empty")
        } else {
            Some(items)
        }
    }

    /// The texts of all strings inside the value, at any depth; names of members are not among them.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'a str> {
        let mut open = vec![self.node];
        std::iter::from_fn(move || {
            while let Some(node) = open.pop() {
                match &node.kind {
                    NodeKind::String(text) => return Some(&**text),
                    NodeKind::Array(items) => open.extend(items),
                    NodeKind::Object(members) => {
                        open.extend(members.iter().map(|member| &member.value));
                    }
                    NodeKind::Placeholder(_)
                    | NodeKind::Null
                    | NodeKind::Bool(_)
                    | NodeKind::Number(_)
                    | NodeKind::Missing => {}
                }
            }
            None
        })
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.node.kind, NodeKind::Null)
    }

    pub(super) fn as_str(&self) -> Option<&'a str> {
        self.node.as_str()
    }

    /// The text of a string; another kind of value is an error.
    pub(super) fn string(&self) -> Option<&'a str> {
        match self.node.as_str() {
            Some(text) => Some(text),
            None => self.refuse("A string is expected here"),
        }
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        match self.node.kind {
            NodeKind::Bool(value) => Some(value),
            _ => self.refuse("true or false is expected here"),
        }
    }

    /// The value as plain JSON; a gap in the text is an error, and so is nesting that no execution can hold.
    pub(super) fn value(&self) -> Option<Value> {
        match self.node.to_value() {
            Some(value) if json::is_deep(&value) => self.refuse(format!(
                "The value may not be nested more than {} deep",
                json::MAX_DEPTH
            )),
            Some(value) => Some(value),
            None => self.refuse("A value is missing here"),
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self.value()?.as_f64() {
            Some(number) => Some(number),
            None => self.refuse("A number is expected here"),
        }
    }

    /// An integer from 0 on; `1.0` counts as one.
    pub(super) fn count(&self) -> Option<u64> {
        let number = self.number()?;
        if number >= 0.0 && number.fract() == 0.0 && number <= 9_007_199_254_740_991.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the range was just checked"
            )]
            return Some(number as u64);
        }
        self.refuse("An integer of 0 or more is expected here")
    }

    /// An integer of either sign; `1.0` counts as one.
    pub(super) fn integer(&self) -> Option<i64> {
        let number = self.number()?;
        if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_991.0 {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the range was just checked"
            )]
            return Some(number as i64);
        }
        self.refuse("An integer is expected here")
    }

    /// An integer from 1 on.
    pub(super) fn positive(&self) -> Option<u64> {
        match self.count()? {
            0 => self.refuse("An integer of 1 or more is expected here"),
            number => Some(number),
        }
    }

    /// The result of a parser; its error is noted here.
    pub(super) fn parsed<T>(&self, parsed: Result<T, ParseError>) -> Option<T> {
        parsed.map_or_else(|error| self.refuse(error.to_string()), Some)
    }

    /// Notes an error deeper inside this value.
    pub(super) fn refuse_inside<T>(
        &self,
        steps: Vec<Step>,
        message: impl Into<String>,
    ) -> Option<T> {
        let mut pointer = self.pointer.clone();
        pointer.0.extend(steps);
        self.errors.borrow_mut().push(DefinitionError {
            pointer,
            message: message.into(),
        });
        None
    }
}
