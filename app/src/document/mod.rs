//! The definition as it is edited: its text, its shape, and verbs that change it.
//!
//! Every verb is plain Rust without a DOM: it looks at the present text and returns a [`Change`], a diff that leaves the
//! rest of the text as it was, in JSON as in YAML. [`Editing::apply`] makes the change and remembers how to take it back. Judging the result
//! is the work of [`asl::check`]; drawing it is the canvas's.

mod block;
mod blueprint;
mod call;
mod change;
mod connect;
mod convert;
mod draft;
mod fields;
mod flow;
mod format;
mod group;
mod history;
mod insert;
mod journal;
mod lead;
mod names;
mod notation;
mod note;
mod part;
mod pattern;
mod remove;
mod rename;
mod restore;
mod room;
mod wrap;

#[cfg(test)]
pub(crate) mod random;
#[cfg(test)]
mod tests;

pub use block::Block;
pub use blueprint::{Addition, Blueprint, begun, empty};
pub use call::{Call, sdk_call, sdk_words};
pub use change::{After, Change, difference, invert};
pub use group::{Group, note_of};
pub use history::{History, MOST_BYTES, MOST_STEPS, Step};
pub use journal::{Head, Past, Unstored};
pub use layout::{Place, Way};
pub use lead::{Goal, Lead, Rules, WayEnd};
pub use notation::{laid_out, sent, written};
pub use note::Noted;
pub use part::{Added, Part};
pub use pattern::Pattern;

use crate::text::document::{self as words, refusals};
use asl::check::{Diagnostic, MachineType, check, check_outlined};
use asl::graph::{Outline, Outlined};
use asl::text::{Document, EditError, Format, Pointer, TextEdit};
use std::sync::Arc;

/// Why a verb does nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The state or place is not there any more.
    #[error("{}", refusals::gone(.0))]
    Gone(String),
    /// The text cannot be read, so that the canvas cannot change it.
    #[error("{}", refusals::broken(*.line))]
    Broken {
        /// One-based line of the first fault.
        line: usize,
    },
    /// The text can be read, but is no object.
    #[error("{}", refusals::NO_OBJECT)]
    NoObject,
    /// The run ends there.
    #[error("{}", refusals::ends(.0))]
    Ends(String),
    /// A state of this type has no such way out.
    #[error("{}", refusals::no_catch(.0))]
    NoCatch(String),
    /// The name cannot be used.
    #[error("{0}")]
    Name(String),
    /// The two ends of a way would be in different branches of one container.
    #[error("{}", refusals::apart(.from, .to, .container))]
    Apart {
        /// Where the way would begin, in quotes when it is a state.
        from: String,
        /// Where it would end.
        to: String,
        /// What the branches are of.
        container: String,
    },
    /// A way would lead into a container.
    #[error("{}", refusals::inside(.state, .container))]
    Inside {
        /// Where it would end.
        state: String,
        /// What is around that.
        container: String,
    },
    /// A way would lead out of a container.
    #[error("{}", refusals::outside(.state, .container))]
    Outside {
        /// Where it would end, in quotes when it is a state.
        state: String,
        /// What is around its beginning.
        container: String,
    },
    /// The selection has no single way in and out.
    #[error("{0}")]
    Shape(String),
    /// The text could not be changed.
    #[error("{}", refusals::unchanged(&.0.to_string()))]
    Text(#[from] EditError),
}

/// Which query language a state uses; new states are written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// `Parameters`, `ResultPath`, paths.
    #[default]
    JsonPath,
    /// `Arguments`, `Output`, expressions.
    JsonAta,
}

impl Language {
    /// The language of a state that uses JSONata, or does not.
    pub fn of(jsonata: bool) -> Self {
        if jsonata {
            Self::JsonAta
        } else {
            Self::JsonPath
        }
    }
}

/// A definition under edit: text, shape, history.
#[derive(Debug, Clone)]
pub struct Editing {
    document: Arc<Document>,
    /// The present text, or the last one without a fault, with its shape.
    outlined: Outlined,
    saved: notation::Saved,
    history: History,
}

impl Editing {
    /// Begins with `text` as the saved one; its beginning tells whether it is JSON or YAML.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let format = Format::of_text(&text);
        let document = Arc::new(Document::parse_as(text, format));
        Self {
            saved: notation::Saved::new(document.text().clone()),
            history: History::default(),
            outlined: Outlined::of(document.clone()),
            document,
        }
    }

    /// A pipeline without a state.
    pub fn new_pipeline(comment: &str) -> Self {
        let comment = serde_json::Value::from(comment);
        Self::new(format!(
            "{{\n  \"Comment\": {comment},\n  \"StartAt\": \"\",\n  \"States\": {{}}\n}}\n"
        ))
    }

    /// The text and what was understood of it.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        self.document.text()
    }

    /// The shape to draw: of the present text, or of the last one without a fault.
    pub fn outline(&self) -> &Arc<Outline> {
        self.outlined.outline()
    }

    /// The text that the shape was made of.
    pub fn outlined(&self) -> &Arc<Document> {
        self.outlined.document()
    }

    /// What the checks find in the present text.
    pub fn findings(&self, machine_type: MachineType) -> Vec<Diagnostic> {
        if self.stale() {
            return check(&self.document, machine_type);
        }
        check_outlined(&self.outlined, machine_type)
    }

    /// Whether the shape is older than the text, since the text has a fault now.
    pub fn stale(&self) -> bool {
        !self.document.faults().is_empty()
    }

    /// Refused while the text is broken, which the canvas and other commands cannot change.
    pub fn whole(&self) -> Result<(), Refusal> {
        let Some(fault) = self.document.faults().first() else {
            return Ok(());
        };
        let until = self.text().get(..fault.span.start).unwrap_or_default();
        Err(Refusal::Broken {
            line: until.matches('\n').count() + 1,
        })
    }

    /// How the text is written.
    pub fn notation(&self) -> Format {
        self.document.format()
    }

    /// Whether the text differs from the saved one. Another notation of the same is no difference.
    pub fn dirty(&self) -> bool {
        !self.saved.is_said_by(&self.document)
    }

    /// `text` is the saved one.
    pub fn saved_as(&mut self, text: &str) {
        self.saved = notation::Saved::new(Arc::from(text));
    }

    /// What was done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Makes a change and remembers it as a step of its own (or of the open gesture).
    pub fn apply(&mut self, change: &Change, selected: Vec<Pointer>) -> Result<(), Refusal> {
        if change.is_empty() {
            return Ok(());
        }
        let after = match change.after.from(&self.document) {
            Some(after) => after,
            None => Arc::new(self.made(&change.edits, change.notations.map(|(_, after)| after))?),
        };
        self.history.record(change, selected, false);
        self.show(after);
        Ok(())
    }

    /// Takes over a text that was typed; typing without a pause is one step. Says whether anything changed.
    pub fn set_text(&mut self, text: &str, selected: Vec<Pointer>) -> bool {
        match difference(self.text(), text) {
            Some(edit) => self.type_in(vec![edit], selected),
            None => false,
        }
    }

    /// Takes over edits that were typed, in order of position; see [`Self::set_text`].
    pub fn type_in(&mut self, edits: Vec<TextEdit>, selected: Vec<Pointer>) -> bool {
        let Ok(after) = self.document.apply(&edits) else {
            return false;
        };
        if after.text() == self.text() {
            return false;
        }
        let (before, after) = (self.notation(), self.in_its_notation(&edits, after));
        let change = Change {
            inverse: invert(self.text(), &edits),
            edits,
            label: words::TYPE.to_owned(),
            select: selected.clone(),
            moved: Vec::new(),
            notations: Some((before, after.format())).filter(|(before, after)| before != after),
            after: After::default(),
        };
        self.history.record(&change, selected, true);
        self.show(after);
        true
    }

    /// Ends the present run of typing, so that what comes next is a step of its own.
    pub fn pause(&mut self) {
        self.history.pause();
    }

    /// Begins a gesture: all changes until [`Self::commit`] are one step.
    pub fn begin(&mut self) {
        self.history.begin();
    }

    /// Ends the gesture.
    pub fn commit(&mut self, label: &str) {
        self.history.commit(label);
    }

    /// Gives the gesture up: takes its changes back and leaves nothing to redo.
    pub fn cancel(&mut self) {
        for step in self.history.cancel() {
            for (edits, notation) in step.backward() {
                self.replay(edits, notation);
            }
        }
    }

    /// Takes the last step back and returns it.
    pub fn undo(&mut self) -> Option<Step> {
        let step = self.history.undo()?;
        for (edits, notation) in step.backward() {
            self.replay(edits, notation);
        }
        Some(step)
    }

    /// Does the last undone step again and returns it.
    pub fn redo(&mut self) -> Option<Step> {
        let step = self.history.redo()?;
        for (edits, notation) in step.forward() {
            self.replay(edits, notation);
        }
        Some(step)
    }

    fn replay(&mut self, edits: &[TextEdit], notation: Option<Format>) {
        // A recorded diff fits the text that it was recorded for, so this cannot fail; if it did, the text stays.
        if let Ok(after) = self.made(edits, notation) {
            self.show(after);
        }
    }

    /// The text after edits, which may lead to another notation.
    fn made(&self, edits: &[TextEdit], notation: Option<Format>) -> Result<Document, EditError> {
        let after = self.document.apply(edits)?;
        Ok(match notation {
            Some(notation) => notation::read_as(after, notation),
            None => after,
        })
    }

    fn show(&mut self, document: impl Into<Arc<Document>>) {
        self.document = document.into();
        if !self.stale() {
            self.outlined = Outlined::of(self.document.clone());
        }
    }
}
