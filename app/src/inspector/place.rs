//! A place in the definition as signals: what stands there, and how it is changed.

use crate::document::Part;
use crate::session::Session;
use crate::ui::Kind;
use asl::text::{Document, Node, Pointer, Step, json_of};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// An object of the definition (a state, a rule, a retrier, …): the state that it is in, and the way to it from there. A state
/// that gets another name keeps its forms, so the state is a signal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) session: Session,
    state: RwSignal<Pointer>,
    way: StoredValue<Pointer>,
}

impl Place {
    /// The pipeline itself.
    pub(super) fn pipeline(session: Session) -> Self {
        Self {
            session,
            state: RwSignal::new(Pointer::root()),
            way: StoredValue::new(Pointer::root()),
        }
    }

    /// A state, wherever it goes.
    pub(super) fn of_state(session: Session, state: Pointer) -> Self {
        let place = Self::pipeline(session);
        place.state.set(state);
        session.trace(place.state);
        place
    }

    /// The state that holds the place; tracked.
    pub(super) fn state(self) -> Pointer {
        self.state.get()
    }

    /// The way from the state to the place.
    pub(super) fn way(self) -> Pointer {
        self.way.get_value()
    }

    pub(super) fn pointer(self) -> Pointer {
        joined(self.state.get_untracked(), &self.way())
    }

    /// Where `key` is of the object here, seen from the state: a member; `a/b` goes two levels down, an empty key nowhere.
    fn way_of(self, key: &str) -> Pointer {
        let mut way = self.way();
        let parts = key.split('/').filter(|_| !key.is_empty());
        way.0.extend(parts.map(|part| Step::Key(Arc::from(part))));
        way
    }

    /// The member `key` of the object here; `a/b` goes two levels down.
    pub(super) fn at(self, key: &str) -> Pointer {
        joined(self.state.get_untracked(), &self.way_of(key))
    }

    /// The place at this key.
    pub(super) fn member(self, key: &str) -> Self {
        self.with_way(self.way_of(key))
    }

    /// The member of this very name, whatever is in it.
    pub(super) fn named(self, name: &str) -> Self {
        self.with_way(self.way().join(name))
    }

    /// The element of an array here.
    pub(super) fn element(self, index: usize) -> Self {
        self.with_way(self.way().join(index))
    }

    fn with_way(self, way: Pointer) -> Self {
        Self {
            way: StoredValue::new(way),
            ..self
        }
    }

    /// Something that is read from what stands at `key` (the place itself for an empty key); follows the document, and
    /// keeps to the last whole one while the text is broken. When the state is gone, what was read last stays until the forms
    /// of another one are shown: to empty all fields first would be work for nothing.
    pub(super) fn read<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        key: &str,
        read: impl Fn(Option<&Node>) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let way = self.way_of(key);
        let document = self.session.outlined();
        Memo::new(move |before: Option<&T>| {
            let state = self.state.get();
            document.with(|document| {
                let state = document.get(&state);
                match before {
                    Some(before) if state.is_none() => before.clone(),
                    Some(_) | None => read(state.and_then(|state| led(state, &way))),
                }
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
        self.session
            .edit(|editing| editing.set_field(&self.at(key), value))
    }

    pub(super) fn remove(self, key: &str) -> bool {
        self.session
            .edit(|editing| editing.remove_field(&self.at(key)))
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

    /// Gives the state here one more part, when it is pressed.
    pub(super) fn adding(self, part: Part) -> UnsyncCallback<()> {
        UnsyncCallback::new(move |()| {
            self.session.add_part(&self.pointer(), part);
        })
    }

    /// Several changes as one undo step.
    pub(super) fn together(self, label: &str, act: impl FnOnce()) {
        self.session.begin();
        act();
        self.session.commit(label);
    }
}

/// A pointer, and on from there.
fn joined(mut pointer: Pointer, way: &Pointer) -> Pointer {
    pointer.0.extend(way.0.iter().cloned());
    pointer
}

/// What a way leads to.
fn led<'a>(from: &'a Node, way: &Pointer) -> Option<&'a Node> {
    way.0.iter().try_fold(from, |node, step| node.child(step))
}

/// The way from a state to a place in it.
pub(super) fn way_from(state: &Pointer, place: &Pointer) -> Pointer {
    Pointer(place.0.get(state.0.len()..).unwrap_or_default().to_vec())
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

/// The kind of the state that holds a place; follows the document, and stays when the state is gone.
pub(super) fn kind_of(place: Place) -> Memo<Kind> {
    Memo::new(move |before: Option<&Kind>| {
        let outline = place.session.outline().get();
        let document: Arc<Document> = place.session.outlined().get();
        let found = outline
            .find(&place.state())
            .map(|found| Kind::of(&document, &outline.states[found.0]));
        found.or(before.copied()).unwrap_or(Kind::Unknown)
    })
}

/// Whether the state works with JSONata: its own `QueryLanguage`, else the pipeline's.
pub(super) fn uses_jsonata(place: Place) -> Memo<bool> {
    let own = place.text("QueryLanguage");
    let whole = Place::pipeline(place.session).text("QueryLanguage");
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
    fn fields_follow_a_state_to_another_name_and_keep_what_they_showed_when_it_is_gone() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Comment":"first","End":true}}}"#;
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", text);
            let place = Place::of_state(session, at(&["States", "A"]));
            let (note, kind) = (place.text("Comment"), kind_of(place));
            assert_eq!(
                (note.get_untracked(), kind.get_untracked()),
                ("first".to_owned(), Kind::Pass)
            );
            place.set("Comment", &Value::from("second"));
            assert_eq!(note.get_untracked(), "second");
            session.edit(|editing| editing.rename(&place.pointer(), "B"));
            assert_eq!(place.pointer(), at(&["States", "B"]));
            place.set("Comment", &Value::from("third"));
            assert_eq!(note.get_untracked(), "third");
            session.undo();
            session.undo();
            assert_eq!(
                (note.get_untracked(), kind.get_untracked()),
                ("third".to_owned(), Kind::Pass)
            );
        });
    }
}
