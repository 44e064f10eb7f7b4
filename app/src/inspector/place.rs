//! A place in the definition as signals: what stands there, and how it is changed.

use crate::session::Session;
use crate::ui::Kind;
use asl::text::{Document, Node, Pointer, Step, json_of};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// An object of the definition (a state, a rule, a retrier, …) by its pointer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) session: Session,
    pointer: StoredValue<Pointer>,
}

impl Place {
    pub(super) fn new(session: Session, pointer: Pointer) -> Self {
        Self {
            session,
            pointer: StoredValue::new(pointer),
        }
    }

    pub(super) fn pointer(self) -> Pointer {
        self.pointer.get_value()
    }

    /// The member `key` of the object here; `a/b` goes two levels down.
    pub(super) fn at(self, key: &str) -> Pointer {
        let mut pointer = self.pointer();
        pointer
            .0
            .extend(key.split('/').map(|part| Step::Key(Arc::from(part))));
        pointer
    }

    pub(super) fn member(self, key: &str) -> Self {
        Self::new(self.session, self.at(key))
    }

    /// The element of an array here.
    pub(super) fn element(self, index: usize) -> Self {
        let mut pointer = self.pointer();
        pointer.0.push(Step::Index(index));
        Self::new(self.session, pointer)
    }

    /// Something that is read from what stands at `key` (the place itself for an empty key); follows the document, and
    /// keeps to the last whole one while the text is broken.
    pub(super) fn read<T: PartialEq + Send + Sync + 'static>(
        self,
        key: &str,
        read: impl Fn(Option<&Node>) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let pointer = if key.is_empty() {
            self.pointer()
        } else {
            self.at(key)
        };
        let document = self.session.outlined();
        Memo::new(move |_| document.with(|document| read(document.get(&pointer))))
    }

    /// The value at `key`; none when nothing (whole) stands there.
    pub(super) fn value(self, key: &str) -> Memo<Option<Value>> {
        self.read(key, |node| node.and_then(Node::to_value))
    }

    /// The text at `key`; empty when nothing stands there. Other values than strings are shown as JSON.
    pub(super) fn text(self, key: &str) -> Memo<String> {
        self.read(key, |node| match node.and_then(Node::to_value) {
            None => String::new(),
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
        })
    }

    /// The number at `key`.
    pub(super) fn number(self, key: &str) -> Memo<Option<f64>> {
        self.read(key, |node| {
            node.and_then(Node::to_value)
                .and_then(|value| value.as_f64())
        })
    }

    /// The JSON at `key`, indented; empty when nothing stands there.
    pub(super) fn json(self, key: &str) -> Memo<String> {
        self.read(key, |node| {
            node.and_then(Node::to_value)
                .map_or_else(String::new, |value| json_of(&value).trim_end().to_owned())
        })
    }

    /// Whether something stands at `key`.
    pub(super) fn has(self, key: &str) -> Memo<bool> {
        self.read(key, |node| node.is_some())
    }

    /// How many elements the array at `key` has.
    pub(super) fn count(self, key: &str) -> Memo<usize> {
        self.read(key, |node| match node.map(|node| &node.kind) {
            Some(asl::text::NodeKind::Array(items)) => items.len(),
            _ => 0,
        })
    }

    pub(super) fn set(self, key: &str, value: &Value) -> bool {
        let pointer = if key.is_empty() {
            self.pointer()
        } else {
            self.at(key)
        };
        self.session
            .edit(|editing| editing.set_field(&pointer, value))
    }

    pub(super) fn remove(self, key: &str) -> bool {
        let pointer = if key.is_empty() {
            self.pointer()
        } else {
            self.at(key)
        };
        self.session.edit(|editing| editing.remove_field(&pointer))
    }

    /// Sets the value, or removes the member when there is none.
    pub(super) fn put(self, key: &str, value: Option<&Value>) -> bool {
        match value {
            Some(value) => self.set(key, value),
            None => self.remove(key),
        }
    }

    /// Adds an element at the end of the array at `key`.
    pub(super) fn push(self, key: &str, value: &Value) -> bool {
        let count = self.count(key).get_untracked();
        let mut pointer = self.at(key);
        pointer.0.push(Step::Index(count));
        self.session
            .edit(|editing| editing.set_field(&pointer, value))
    }

    /// Several changes as one undo step.
    pub(super) fn together(self, label: &str, act: impl FnOnce()) {
        self.session.begin();
        act();
        self.session.commit(label);
    }
}

/// The kind of the state at a pointer; follows the document.
pub(super) fn kind_of(session: Session, state: &Pointer) -> Memo<Kind> {
    let state = state.clone();
    Memo::new(move |_| {
        let outline = session.outline().get();
        let document: Arc<Document> = session.outlined().get();
        outline.find(&state).map_or(Kind::Unknown, |found| {
            Kind::of(&document, &outline.states[found.0])
        })
    })
}

/// Whether the state works with JSONata: its own `QueryLanguage`, else the pipeline's.
pub(super) fn uses_jsonata(place: Place) -> Memo<bool> {
    let own = place.text("QueryLanguage");
    let whole = Place::new(place.session, Pointer::default()).text("QueryLanguage");
    Memo::new(move |_| {
        let own = own.get();
        if own.is_empty() {
            whole.get() == "JSONata"
        } else {
            own == "JSONata"
        }
    })
}
