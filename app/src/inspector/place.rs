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
    /// keeps to the last whole one while the text is broken. When the state is gone or has another name, what was read last
    /// stays until the forms of another one are shown: to empty all fields first would be work for nothing.
    pub(super) fn read<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        key: &str,
        read: impl Fn(Option<&Node>) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let pointer = if key.is_empty() {
            self.pointer()
        } else {
            self.at(key)
        };
        let state = state_of(&pointer);
        let document = self.session.outlined();
        Memo::new(move |before: Option<&T>| {
            document.with(|document| match before {
                Some(before) if document.get(&state).is_none() => before.clone(),
                Some(_) | None => read(document.get(&pointer)),
            })
        })
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

/// The innermost state that holds a place; the pipeline itself for a place in none. It goes by where states can stand, so
/// that members of that name mean nothing.
pub(super) fn state_of(place: &Pointer) -> Pointer {
    let is =
        |at: usize, name: &str| matches!(place.0.get(at), Some(Step::Key(key)) if **key == *name);
    let (mut at, mut end) = (0, 0);
    while is(at, "States") && at + 1 < place.0.len() {
        end = at + 2;
        let branch = is(end, "Branches") && matches!(place.0.get(end + 1), Some(Step::Index(_)));
        at = match () {
            () if branch => end + 2,
            () if is(end, "ItemProcessor") || is(end, "Iterator") => end + 1,
            () => break,
        };
    }
    Pointer(place.0[..end].to_vec())
}

/// The kind of the state at a pointer; follows the document, and stays when the state is gone.
pub(super) fn kind_of(session: Session, state: &Pointer) -> Memo<Kind> {
    let state = state.clone();
    Memo::new(move |before: Option<&Kind>| {
        let outline = session.outline().get();
        let document: Arc<Document> = session.outlined().get();
        let found = outline
            .find(&state)
            .map(|found| Kind::of(&document, &outline.states[found.0]));
        found.or(before.copied()).unwrap_or(Kind::Unknown)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(keys: &[&str]) -> Pointer {
        Pointer(keys.iter().map(|key| Step::Key(Arc::from(*key))).collect())
    }

    #[test]
    fn a_place_belongs_to_the_innermost_state_around_it() {
        let of = |keys: &[&str]| state_of(&at(keys));
        assert_eq!(of(&["States", "A", "Retry"]), at(&["States", "A"]));
        let inner = ["States", "A", "ItemProcessor", "States", "B"];
        assert_eq!(of(&[&inner[..], &["Next"]].concat()), at(&inner));
        assert_eq!(of(&["Comment"]), at(&[]));
        assert_eq!(of(&["States"]), at(&[]));
        assert_eq!(
            of(&["States", "States", "Comment"]),
            at(&["States", "States"])
        );
        let payload = ["States", "A", "Parameters", "States", "X"];
        assert_eq!(of(&payload), at(&["States", "A"]));
        let branch = Pointer(
            [
                at(&["States", "A", "Branches"]).0,
                vec![Step::Index(1)],
                at(&["States", "B"]).0,
            ]
            .concat(),
        );
        assert_eq!(state_of(&branch.join("Next")), branch);
    }

    #[test]
    fn fields_of_a_state_that_is_gone_keep_what_they_showed() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Comment":"first","End":true}}}"#;
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", text);
            let place = Place::new(session, at(&["States", "A"]));
            let (note, kind) = (place.text("Comment"), kind_of(session, &place.pointer()));
            assert_eq!(
                (note.get_untracked(), kind.get_untracked()),
                ("first".to_owned(), Kind::Pass)
            );
            place.set("Comment", &Value::from("second"));
            assert_eq!(note.get_untracked(), "second");
            session.edit(|editing| editing.rename(&place.pointer(), "B"));
            assert_eq!(
                (note.get_untracked(), kind.get_untracked()),
                ("second".to_owned(), Kind::Pass)
            );
        });
    }
}
