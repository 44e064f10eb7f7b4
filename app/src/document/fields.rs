//! Verbs for the inspector's forms: set and remove a value, change a state's type.

use super::draft::{Draft, key, name_of, parent};
use super::flow::Onward;
use super::names::Names;
use super::{Blueprint, Change, Editing, Refusal};
use crate::text::document as text;
use asl::graph::StateType;
use asl::text::Pointer;
use serde_json::{Map, Value, json};

/// What a state keeps when its type changes: fields that many types share.
const SHARED: [&str; 6] = [
    "Comment",
    "QueryLanguage",
    "InputPath",
    "OutputPath",
    "Output",
    "Assign",
];

impl Editing {
    /// Sets the value at `pointer`; the member (and the objects around it) begins to exist when it is missing.
    pub fn set_field(&self, pointer: &Pointer, value: &Value) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let (at, value) = draft.first_missing(pointer, value.clone());
        draft.set(&at, &value)?;
        Ok(draft.finish(text::change(&name_of(pointer)), Vec::new()))
    }

    /// Sets a value under `name`, in the place of the member at `pointer`: that one gets the other name and the value. When
    /// it is missing, the member `name` begins to exist beside where it would be.
    pub fn replace_field(
        &self,
        pointer: &Pointer,
        name: &str,
        value: &Value,
    ) -> Result<Change, Refusal> {
        let to = key(&parent(pointer), name);
        let mut draft = Draft::begin(self)?;
        if *pointer != to && draft.has(pointer) {
            remove_all(&mut draft, &to)?;
            draft.rename_key(pointer, name)?;
        }
        let (at, value) = draft.first_missing(&to, value.clone());
        draft.set(&at, &value)?;
        Ok(draft.finish(text::change(&name_of(&to)), Vec::new()))
    }

    /// Gives the object at `pointer` these members. Those that are the same stay as they are written, with their comments.
    pub fn set_members(
        &self,
        pointer: &Pointer,
        members: &Map<String, Value>,
    ) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        match draft.value(pointer) {
            Some(Value::Object(old)) => {
                for gone in old.keys().filter(|name| !members.contains_key(*name)) {
                    remove_all(&mut draft, &key(pointer, gone))?;
                }
                for (name, value) in members {
                    if old.get(name) != Some(value) {
                        draft.set(&key(pointer, name), value)?;
                    }
                }
            }
            Some(_) | None => draft.set(pointer, &Value::Object(members.clone()))?,
        }
        Ok(draft.finish(text::change(&name_of(pointer)), Vec::new()))
    }

    /// Removes what stands at `pointer`; nothing changes when nothing does.
    pub fn remove_field(&self, pointer: &Pointer) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        draft.remove(pointer)?;
        Ok(draft.finish(text::remove(&name_of(pointer)), Vec::new()))
    }

    /// Gives a state another type: the new type's default fields, the shared fields and the flow of before.
    pub fn change_type(&self, pointer: &Pointer, kind: StateType) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let state = draft.state(pointer)?;
        let name = draft.node(state).name.to_string();
        let mut onward = draft.onward(state).unwrap_or(Onward::End);
        let mut names = Names::of(&draft.outline);
        if kind == StateType::Choice && onward == Onward::End {
            let done = names.take(text::DONE);
            let at = super::draft::state_in(&draft.block_of(state), &done);
            draft.set_after(&at, &json!({ "Type": "Succeed" }), &name)?;
            onward = Onward::To(done);
        }
        let mut members =
            Blueprint::of(kind).value(draft.language(pointer), |base| names.take(base));
        if let Some(Value::Object(old)) = draft.value(pointer) {
            keep_shared(kind, &old, &mut members);
        }
        onward.write(kind, &mut members);
        draft.set(pointer, &Value::Object(members))?;
        Ok(draft.finish(text::change_type(&name, kind.name()), vec![pointer.clone()]))
    }
}

fn keep_shared(kind: StateType, old: &Map<String, Value>, members: &mut Map<String, Value>) {
    for field in SHARED {
        let fits = !(kind == StateType::Fail && field != "Comment" && field != "QueryLanguage");
        if let Some(value) = old.get(field).filter(|_| fits) {
            members.insert(field.to_owned(), value.clone());
        }
    }
}

impl Draft {
    /// The outermost place on the way to `pointer` where nothing stands, with `value` wrapped accordingly.
    fn first_missing(&self, pointer: &Pointer, value: Value) -> (Pointer, Value) {
        let (mut at, mut value) = (pointer.clone(), value);
        while !at.0.is_empty() && !self.has(&parent(&at)) {
            value = match at.0.last() {
                Some(asl::text::Step::Key(name)) => json!({ name.to_string(): value }),
                Some(asl::text::Step::Index(_)) => json!([value]),
                None => value,
            };
            at = parent(&at);
        }
        (at, value)
    }
}

/// Removes a member, however often its key stands in its object.
fn remove_all(draft: &mut Draft, pointer: &Pointer) -> Result<(), Refusal> {
    while draft.has(pointer) {
        draft.remove(pointer)?;
    }
    Ok(())
}
