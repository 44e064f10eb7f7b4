//! A verb at work: edits made one after the other on a copy, composed into one [`Change`] at the end.

use super::change::{After, Pieces, invert};
use super::{Change, Editing, Language, Refusal};
use crate::text::document as text;
use asl::graph::{BlockIx, Outline, StateIx, StateNode};
use asl::text::{Document, EditError, Pointer, Step, TextEdit};
use serde_json::Value;
use std::sync::Arc;

/// A copy of the definition that a verb works on.
pub(super) struct Draft {
    before: Arc<Document>,
    document: Document,
    pieces: Pieces,
    /// The shape at the beginning; pointers of states that the verb does not rename or move stay valid.
    pub(super) outline: Arc<Outline>,
    moved: Vec<(Pointer, Pointer)>,
}

/// A pointer one step deeper.
pub(super) fn key(pointer: &Pointer, key: &str) -> Pointer {
    let mut steps = pointer.0.clone();
    steps.push(Step::Key(Arc::from(key)));
    Pointer(steps)
}

/// A pointer one element deeper.
pub(super) fn index(pointer: &Pointer, index: usize) -> Pointer {
    let mut steps = pointer.0.clone();
    steps.push(Step::Index(index));
    Pointer(steps)
}

/// The state called `name` in the block at `block`.
pub(super) fn state_in(block: &Pointer, name: &str) -> Pointer {
    key(&key(block, "States"), name)
}

/// The pointer without its last step.
pub(super) fn parent(pointer: &Pointer) -> Pointer {
    let mut steps = pointer.0.clone();
    steps.pop();
    Pointer(steps)
}

/// The name of the state at a pointer, for words.
pub(super) fn name_of(pointer: &Pointer) -> String {
    match pointer.0.last() {
        Some(Step::Key(name)) => name.to_string(),
        Some(Step::Index(index)) => index.to_string(),
        None => text::PIPELINE.to_owned(),
    }
}

/// The query language of the state or block at `pointer`: its own, else the machine's.
pub(super) fn language_at(document: &Document, pointer: &Pointer) -> Language {
    let own = |at: &Pointer| {
        document
            .get(&key(at, "QueryLanguage"))
            .and_then(asl::text::Node::as_str)
    };
    match own(pointer).or_else(|| own(&Pointer::default())) {
        Some("JSONata") => Language::JsonAta,
        Some(_) | None => Language::JsonPath,
    }
}

impl Draft {
    /// Begins a verb; refused while the text has a fault.
    pub(super) fn begin(editing: &Editing) -> Result<Self, Refusal> {
        editing.whole()?;
        let document = editing.document();
        Ok(Self {
            before: document.clone(),
            document: (**document).clone(),
            pieces: Pieces::new(document.text().len()),
            outline: editing.outline().clone(),
            moved: Vec::new(),
        })
    }

    /// The present copy.
    pub(super) fn document(&self) -> &Document {
        &self.document
    }

    /// The state at `pointer` in the shape at the beginning.
    pub(super) fn state(&self, pointer: &Pointer) -> Result<StateIx, Refusal> {
        self.outline
            .find(pointer)
            .ok_or_else(|| Refusal::Gone(name_of(pointer)))
    }

    /// The node of a state.
    pub(super) fn node(&self, state: StateIx) -> &StateNode {
        &self.outline.states[state.0]
    }

    /// The block at `pointer`.
    pub(super) fn block(&self, pointer: &Pointer) -> Result<BlockIx, Refusal> {
        self.outline
            .blocks
            .iter()
            .position(|block| block.pointer == *pointer)
            .map(BlockIx)
            .ok_or_else(|| {
                if pointer.0.is_empty() {
                    Refusal::NoObject
                } else {
                    Refusal::Gone(name_of(pointer))
                }
            })
    }

    /// The pointer of the block that a state is in.
    pub(super) fn block_of(&self, state: StateIx) -> Pointer {
        self.outline.blocks[self.node(state).block.0]
            .pointer
            .clone()
    }

    /// The value at `pointer` in the present copy.
    pub(super) fn value(&self, pointer: &Pointer) -> Option<Value> {
        self.document
            .get(pointer)
            .and_then(asl::text::Node::to_value)
    }

    /// Whether something stands at `pointer`.
    pub(super) fn has(&self, pointer: &Pointer) -> bool {
        self.document.get(pointer).is_some()
    }

    /// The query language of the state or block at `pointer`: its own, else the machine's.
    pub(super) fn language(&self, pointer: &Pointer) -> Language {
        language_at(&self.document, pointer)
    }

    /// Applies edits of the present copy.
    pub(super) fn edit(&mut self, edits: &[TextEdit]) -> Result<(), EditError> {
        self.document.edit(edits)?;
        self.pieces.apply(edits);
        Ok(())
    }

    /// Sets a value; a new member comes last.
    pub(super) fn set(&mut self, pointer: &Pointer, value: &Value) -> Result<(), EditError> {
        let edits = self.document.set(pointer, value, None)?;
        self.edit(&edits)
    }

    /// Sets a value; a new member comes after the member `after`.
    pub(super) fn set_after(
        &mut self,
        pointer: &Pointer,
        value: &Value,
        after: &str,
    ) -> Result<(), EditError> {
        let edits = self.document.set(pointer, value, Some(after))?;
        self.edit(&edits)
    }

    /// Appends to the array at `pointer`, which begins to exist when it is missing.
    pub(super) fn push(&mut self, pointer: &Pointer, value: Value) -> Result<usize, EditError> {
        let length = match self.document.get(pointer).map(|node| &node.kind) {
            Some(asl::text::NodeKind::Array(items)) => items.len(),
            Some(_) | None => {
                self.set(pointer, &Value::Array(vec![value]))?;
                return Ok(0);
            }
        };
        self.set(&index(pointer, length), &value)?;
        Ok(length)
    }

    /// Removes what stands at `pointer`, if anything does.
    pub(super) fn remove(&mut self, pointer: &Pointer) -> Result<(), EditError> {
        if !self.has(pointer) {
            return Ok(());
        }
        let edits = self.document.remove(pointer)?;
        self.edit(&edits)
    }

    /// Gives a member another name.
    pub(super) fn rename_key(&mut self, pointer: &Pointer, name: &str) -> Result<(), EditError> {
        let edits = self.document.rename_key(pointer, name)?;
        self.edit(&edits)
    }

    /// Remembers that the state at `from` stands at `to` now.
    pub(super) fn note_move(&mut self, from: Pointer, to: Pointer) {
        self.moved.push((from, to));
    }

    /// The composed change; none where the edits led back to the text that was there.
    pub(super) fn finish(self, label: String, select: Vec<Pointer>) -> Change {
        let text = self.before.text();
        let edits = if self.document.text() == text {
            Vec::new()
        } else {
            self.pieces.edits(text)
        };
        Change {
            inverse: invert(text, &edits),
            edits,
            label,
            select,
            moved: self.moved,
            notations: None,
            after: After::of(self.before.clone(), self.document),
        }
    }
}
