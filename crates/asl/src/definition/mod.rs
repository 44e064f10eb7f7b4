//! The typed machine: states, transitions, rules, retriers, catchers, ready to run.
//!
//! It is built from a [`Document`]; what cannot be typed is said with the place where it stands. Judging the rest is the
//! work of [`crate::check`].

use crate::text::{Document, Pointer};

/// A machine that can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct StateMachine {
    // owned by this module
}

/// What keeps a document from being run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at {pointer:?}")]
pub struct DefinitionError {
    /// Where.
    pub pointer: Pointer,
    /// A plain sentence.
    pub message: String,
}

impl StateMachine {
    /// The typed form of `document`.
    pub fn build(_document: &Document) -> Result<Self, Vec<DefinitionError>> {
        unimplemented!()
    }
}
