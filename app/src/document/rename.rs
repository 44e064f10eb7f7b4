//! Renaming a state, with every place that names it.

use super::draft::{Draft, state_in};
use super::names;
use super::{Change, Editing, Refusal};
use crate::text::document as text;
use asl::text::Pointer;
use serde_json::json;

impl Editing {
    /// Gives a state another name: its key, `StartAt`, and every `Next` and `Default` of its block. Refused when the name
    /// is empty, too long or taken.
    pub fn rename(&self, pointer: &Pointer, name: &str) -> Result<Change, Refusal> {
        let mut draft = Draft::begin(self)?;
        let state = draft.state(pointer)?;
        let node = draft.node(state).clone();
        if *node.name == *name {
            return Ok(Change::default());
        }
        names::check(&draft.outline, name)?;
        let block = draft.block_of(state);
        for reference in draft.references(node.block, &node.name) {
            draft.set(&reference.pointer, &json!(name))?;
        }
        draft.rename_key(pointer, name)?;
        let renamed = state_in(&block, name);
        draft.note_move(pointer.clone(), renamed.clone());
        Ok(draft.finish(text::rename(&node.name, name), vec![renamed]))
    }
}
