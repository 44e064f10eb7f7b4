//! Help for people who write definitions: completions, explanations, names and their uses, the outline of a text.
//!
//! Pure functions of a text, a place in it and [`Knowledge`] of what runs have shown. The text may be anything, half
//! written or broken; a place may be anywhere, also in the middle of a character. The work grows with the length of the
//! text. What is wrong with a text is said by [`crate::check`], not here, and nothing is kept between two questions.
//!
//! Each question has two steps: [`cursor`] finds what the cursor is in, which differs between formats; everything else
//! works on the tree, and says what may stand there from the tables that the checks use.

mod block;
mod complete;
mod cursor;
mod docs;
mod expression;
mod flow;
mod help;
mod hover;
mod inset;
mod json;
mod knowledge;
mod literal;
mod names;
mod outline;
mod preview;
mod references;
mod room;
mod signature;
mod spot;
mod template;
#[cfg(test)]
mod tests;
mod tokens;
mod trial;
mod uses;
mod yaml;

pub use complete::{Completion, CompletionKind, Completions, complete, complete_field, score};
pub use help::{Help, Page, help};
pub use hover::{Hover, hover, hover_in_field};
pub use inset::{complete_json, hover_in_json, signature_help_in_json, try_in_json};
pub use knowledge::{Knowledge, Seen};
pub use outline::{Symbol, folding, selection, symbols};
pub use references::{Names, RenameError, definition_at, references, rename};
pub use signature::{SignatureHelp, signature_help, signature_help_in_field};
pub use template::Snippet;
pub use trial::{Basis, Trial, try_field};

use crate::text::{Document, Format};
use std::sync::Arc;

/// The text as a tree; whether it is JSON or YAML is told from how it begins.
fn read(text: impl Into<Arc<str>>) -> Document {
    let text = text.into();
    if is_yaml(&text) {
        Document::parse_yaml(text)
    } else {
        Document::parse(text)
    }
}

fn is_yaml(text: &str) -> bool {
    Format::of_text(text) == Format::Yaml
}
