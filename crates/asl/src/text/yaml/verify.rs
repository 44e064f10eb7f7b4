//! Edits of YAML are compared with the same change of the values in memory before they are given out.

use crate::text::{Document, EditError, Node, Pointer, TextEdit};
use serde_json::Value;

/// The edits, when they do what `change` does in memory. What is written in a rare way, or once for several places, might
/// be broken by them.
pub(super) fn verified(
    document: &Document,
    pointer: &Pointer,
    edits: Vec<TextEdit>,
    change: impl Fn(&mut Value) -> Option<()>,
) -> Result<Vec<TextEdit>, EditError> {
    let values = |document: &Document| document.root().and_then(Node::to_value);
    let edited = document.apply(&edits)?;
    let mut expected = values(document);
    let is_comparable = !has_duplicates(document, pointer)
        && expected
            .as_mut()
            .is_some_and(|values| change(values).is_some());
    let is_sound = edited.faults().len() <= document.faults().len();
    if is_sound && (!is_comparable || values(&edited) == expected) {
        Ok(edits)
    } else {
        Err(EditError::Tangled(pointer.to_string()))
    }
}

/// Whether a name on the way stands twice in its object, so that values in memory have lost one.
fn has_duplicates(document: &Document, pointer: &Pointer) -> bool {
    let mut at = document.root();
    for step in &pointer.0 {
        let Some(node) = at else { return false };
        let name = step.name();
        let same = node.members().iter().filter(|member| *member.key == *name);
        if same.count() > 1 {
            return true;
        }
        at = node.child(step);
    }
    false
}

/// Sets a value in memory.
pub(super) fn put(values: &mut Value, pointer: &Pointer, value: &Value) -> Option<()> {
    let Some((last, _)) = pointer.0.split_last() else {
        *values = value.clone();
        return Some(());
    };
    match values.pointer_mut(&pointer.parent()?.to_string())? {
        Value::Object(map) => {
            map.insert(last.name().into_owned(), value.clone());
        }
        Value::Array(items) => {
            let index: usize = last.name().parse().ok()?;
            if index == items.len() {
                items.push(value.clone());
            } else {
                *items.get_mut(index)? = value.clone();
            }
        }
        _ => return None,
    }
    Some(())
}

/// Takes a value out of its object or list in memory.
pub(super) fn take(values: &mut Value, pointer: &Pointer) -> Option<Value> {
    let (last, _) = pointer.0.split_last()?;
    match values.pointer_mut(&pointer.parent()?.to_string())? {
        Value::Object(map) => map.shift_remove(&*last.name()),
        Value::Array(items) => {
            let index: usize = last.name().parse().ok()?;
            (index < items.len()).then(|| items.remove(index))
        }
        _ => None,
    }
}
