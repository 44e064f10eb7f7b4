//! Rewriting JSONPath states in JSONata, as one change. What the words become is the work of [`asl::convert`].

use super::draft::language_at;
use super::{Change, Editing, Language, Refusal, invert};
use crate::text::document as text;
use asl::convert::{Conversion, Scope, to_jsonata};
use asl::text::Pointer;

impl Editing {
    /// Whether the state at `state` is written in JSONPath.
    pub fn is_in_paths(&self, state: &Pointer) -> bool {
        language_at(self.document(), state) == Language::JsonPath
    }

    /// The state at `state`, or all states without one, in JSONata; and what there is to say about it. The change is empty
    /// when nothing could be converted.
    pub fn to_jsonata(&self, state: Option<&Pointer>) -> Result<(Change, Conversion), Refusal> {
        self.whole()?;
        let scope = state.map_or(Scope::Machine, |state| Scope::State(state.clone()));
        let conversion = to_jsonata(self.document(), &scope);
        let mut edits = conversion.edits.clone();
        edits.sort_by_key(|edit| edit.span);
        let change = Change {
            inverse: invert(self.text(), &edits),
            edits,
            label: text::CONVERT.to_owned(),
            ..Change::default()
        };
        Ok((change, conversion))
    }
}
