//! The tree as it is written: one node for each operator, before paths are made of dots.
//!
//! Nodes stand in a list, children before their parents, so that every later pass is a loop and not a recursion.

use super::signature::Signature;
use super::tree::{Literal, Operator};
use crate::regex::Regex;
use std::ops::Range;

/// A node's place in the list.
pub(super) type RawId = usize;

/// A node as it is written.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) kind: RawKind,
    /// From its first token to its last.
    pub(super) span: Range<usize>,
    /// The end of the token that makes it what it is.
    pub(super) position: usize,
    /// Somebody wrote `[]` behind it.
    pub(super) keep_array: bool,
}

/// Name and value of a member of an object.
pub(super) type Pair = (RawId, RawId);

#[derive(Debug)]
pub(super) enum RawKind {
    Literal(Literal),
    Name(Box<str>),
    Variable(Box<str>),
    Regex(Regex),
    Wildcard,
    Descendants,
    Parent,
    Binary(Operator, RawId, RawId),
    Dot(RawId, RawId),
    Filter(RawId, RawId),
    GroupBy(RawId, Vec<Pair>),
    SortBy(RawId, Vec<RawTerm>),
    Bind(Box<str>, RawId),
    Focus(RawId, Box<str>),
    Index(RawId, Box<str>),
    Apply(RawId, RawId),
    Negate(RawId),
    Array(Vec<RawId>),
    Object(Vec<Pair>),
    Call(RawId, Vec<RawId>),
    Partial(RawId, Vec<Option<RawId>>),
    Lambda {
        parameters: Vec<Box<str>>,
        signature: Option<Box<Signature>>,
        body: RawId,
    },
    Condition(RawId, RawId, Option<RawId>),
    /// `?:`
    Default(RawId, RawId),
    /// `??`
    Coalesce(RawId, RawId),
    Block(Vec<RawId>),
    Transform(RawId, RawId, Option<RawId>),
    /// Where an operand is missing at the end.
    Missing,
    /// Where something stands that has been reported.
    Broken,
}

/// One key of a sorting.
#[derive(Debug)]
pub(super) struct RawTerm {
    pub(super) descending: bool,
    pub(super) key: RawId,
}
