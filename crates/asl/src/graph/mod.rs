//! The shape of a definition, also of a broken one: blocks, states, transitions. Canvas, layout, checks and edits use it.
//!
//! It knows no pixels and judges nothing: an unknown target or a missing type stays visible as such.

mod analysis;
mod label;
mod read;
#[cfg(test)]
mod tests;

pub use analysis::BlockGraph;
pub(crate) use read::{Parts, parts};

use crate::text::{Document, Pointer, Span};
use std::sync::Arc;

/// How deep blocks may nest; real workflows stay below ten.
pub const MAX_BLOCK_DEPTH: usize = 64;

/// A state of an [`Outline`], by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateIx(pub usize);

/// A block of an [`Outline`], by position; block 0 is the machine itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockIx(pub usize);

/// A document with its shape, which everything that asks about the same text shares: drawing, checks.
#[derive(Debug, Clone)]
pub struct Outlined {
    document: Arc<Document>,
    outline: Arc<Outline>,
}

/// The shape of a definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// The machine, then every branch and processor, outer before inner.
    pub blocks: Vec<Block>,
    /// Every state in written order, outer before inner.
    pub states: Vec<StateNode>,
    /// Ways between a state and the start or the end that another version has, for a drawing of both; a document holds none.
    pub former: Vec<Former>,
}

/// A way that a definition had, beside those that it has.
#[derive(Debug, Clone, PartialEq)]
pub enum Former {
    /// A block began with another state.
    Start {
        /// The block.
        block: BlockIx,
        /// The state that it began with.
        to: StateIx,
        /// Names the way, since the block's own start has the block's pointer.
        pointer: Pointer,
    },
    /// The block could end at this state.
    End(StateIx),
}

/// A `States` block: the machine, a branch of a Parallel or the processor of a Map.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Where the object with `StartAt` and `States` stands.
    pub pointer: Pointer,
    /// The state that holds it; none for the machine.
    pub owner: Option<StateIx>,
    /// The name in `StartAt`.
    pub start_at: Option<Arc<str>>,
    /// The state of that name.
    pub start: Option<StateIx>,
    /// The states in it, in written order.
    pub states: Vec<StateIx>,
}

/// The eight types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the language's own")]
pub enum StateType {
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
}

/// A state as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct StateNode {
    /// Its name.
    pub name: Arc<str>,
    /// Its type; none when missing or unknown.
    pub kind: Option<StateType>,
    /// Where it stands: `/States/Train`; the identity of a state in the studio.
    pub pointer: Pointer,
    /// Its whole text, name included.
    pub span: Span,
    /// Its name in the text.
    pub name_span: Span,
    /// The block that it is in.
    pub block: BlockIx,
    /// Where it can go.
    pub transitions: Vec<Transition>,
    /// Whether the block can end here: `End: true`, Succeed or Fail.
    pub ends: bool,
    /// Its own blocks: branches, or the processor.
    pub children: Vec<BlockIx>,
    /// A Task's `Resource`.
    pub resource: Option<Arc<str>>,
    /// How many retriers it has.
    pub retriers: usize,
    /// How many catchers it has.
    pub catchers: usize,
}

/// A way from a state to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// Which field makes it.
    pub role: Role,
    /// The name that it gives.
    pub target: Arc<str>,
    /// The state of that name in the same block.
    pub to: Option<StateIx>,
    /// Where the name stands.
    pub pointer: Pointer,
    /// The name in the text.
    pub span: Span,
    /// A Choice rule or catcher in few plain words ("0.85 or more", "any error"), for the edge's label.
    pub label: Option<String>,
}

/// Which field a transition stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// `Next`
    Next,
    /// `Choices[n].Next`
    Choice(usize),
    /// `Default`
    Default,
    /// `Catch[n].Next`
    Catch(usize),
}

impl StateType {
    /// All types, in the order in which AWS lists them.
    pub const ALL: [StateType; 8] = [
        StateType::Task,
        StateType::Wait,
        StateType::Pass,
        StateType::Succeed,
        StateType::Fail,
        StateType::Choice,
        StateType::Parallel,
        StateType::Map,
    ];

    /// The type that a definition calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
    /// The name in definitions.
    pub fn name(self) -> &'static str {
        match self {
            StateType::Task => "Task",
            StateType::Pass => "Pass",
            StateType::Choice => "Choice",
            StateType::Wait => "Wait",
            StateType::Succeed => "Succeed",
            StateType::Fail => "Fail",
            StateType::Parallel => "Parallel",
            StateType::Map => "Map",
        }
    }
}

impl Outlined {
    /// Looks at the shape of `document`.
    pub fn of(document: Arc<Document>) -> Self {
        let outline = Arc::new(Outline::of(&document));
        Self { document, outline }
    }
    /// The document.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }
    /// Its shape.
    pub fn outline(&self) -> &Arc<Outline> {
        &self.outline
    }
}

impl Outline {
    /// The shape of `document`; empty when there is nothing to draw.
    ///
    /// Of two states with one name in one block, the last stands, as for everybody who reads JSON. Blocks nested deeper
    /// than [`MAX_BLOCK_DEPTH`] are left out.
    pub fn of(document: &Document) -> Self {
        read::outline(document)
    }
    /// The state at a pointer.
    pub fn find(&self, pointer: &Pointer) -> Option<StateIx> {
        let at = self
            .states
            .iter()
            .position(|state| state.pointer.same_place(pointer))?;
        Some(StateIx(at))
    }
    /// The innermost state that holds the place at a pointer, or stands there.
    pub fn holder(&self, pointer: &Pointer) -> Option<StateIx> {
        let at = self
            .states
            .iter()
            .rposition(|state| pointer.starts_with(&state.pointer))?;
        Some(StateIx(at))
    }
    /// The innermost state whose text holds a byte offset.
    pub fn at_offset(&self, offset: usize) -> Option<StateIx> {
        // Inner states follow outer ones, so the last that holds the place is the innermost.
        self.states
            .iter()
            .rposition(|state| state.span.touches(offset))
            .map(StateIx)
    }
    /// A state by position.
    pub fn state(&self, ix: StateIx) -> Option<&StateNode> {
        self.states.get(ix.0)
    }
    /// A block by position.
    pub fn block(&self, ix: BlockIx) -> Option<&Block> {
        self.blocks.get(ix.0)
    }
}
