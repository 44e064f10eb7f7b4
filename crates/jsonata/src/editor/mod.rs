//! What an editor for expressions asks: colours, completions, explanations, help with arguments, a formatter.
//!
//! Pure functions of a text, a place in it and sample data. The text may be anything: half an expression, no expression at all; a place may be
//! anywhere, also in the middle of a character. The work grows with the length of the text, and what is evaluated on sample data has small limits.
//!
//! What it deliberately does not do: say what is wrong with a text ([`crate::Expression::errors`] does), keep anything between two questions,
//! look at more of the sample data than the limits allow.

mod completion;
mod docs;
mod examples;
mod format;
mod hover;
mod layout;
mod lexeme;
mod members;
mod preview;
mod probe;
mod sample;
mod scope;
mod signature;
mod structure;
mod tokens;

pub use completion::{Completion, CompletionKind, Completions, complete};
pub use docs::{FunctionDoc, all_functions, documentation};
pub use format::format;
pub use hover::{Hover, hover};
pub use sample::{HostFunctionDoc, Sample};
pub use signature::{SignatureHelp, signature_help};
pub use tokens::{Class, Highlight, tokens};

/// The character boundary at a place or before it.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

#[cfg(test)]
mod tests;
