//! From text to tree: tokens, the parser, and the pass that turns operators into paths, steps and predicates.
//!
//! Parsing never fails: it gives a tree and the errors that were met. Nothing is evaluated here.

mod ancestry;
mod lexer;
mod lower;
mod parser;
mod raw;
mod signature;
mod tree;

pub(crate) use lexer::{Lexer, Place, Token, TokenKind, is_blank};
pub(crate) use signature::{Context, Signature};
pub(crate) use tree::{At, Group, Kind, Literal, NodeId, Operator, Program, SortTerm, Stage};

use crate::fault::Error;

/// How deeply parentheses, brackets, functions and conditions may be nested; it bounds the recursion of the parser and of every walk.
pub(crate) const MAX_DEPTH: u32 = 250;

/// Reads an expression: the tree, and what is wrong with it. The tree of a text with errors is good for looking at, not for running.
pub(crate) fn parse(text: &str) -> (Program, Vec<Error>) {
    let (raw, root, mut errors) = parser::Parser::new(text).read();
    let (program, found) = lower::lower(text, &raw, root);
    if errors.is_empty() {
        errors.extend(found);
    }
    (program, errors)
}

#[cfg(test)]
mod tests;
