//! Where a match can start at all: found once for a pattern, and used to pass quickly over the rest of a text.
//!
//! Every answer is a superset of the truth. It says where trying is worth it, never that there is a match.

use super::class::{Ranges, Set};
use super::tree::{Assert, Extent, Node};

/// The longest text to look for; setting out to look for a longer one costs more than it saves.
const MAX_PREFIX: usize = 32;

/// What every match starts with.
#[derive(Debug)]
pub(super) enum Start {
    /// Unknown, or nothing: a match can start anywhere.
    Anywhere,
    /// Only the start of the text.
    Anchor,
    Char(char),
    Text(Box<str>),
    OneOf(Set),
}

impl Start {
    pub(super) fn of(root: &Node) -> Start {
        if is_anchored(root) {
            return Start::Anchor;
        }
        let mut prefix = String::new();
        add_prefix(root, &mut prefix);
        let mut chars = prefix.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => Start::Char(only),
            (Some(_), Some(_)) => Start::Text(prefix.into()),
            (None, _) => Start::by_first_char(root),
        }
    }

    fn by_first_char(root: &Node) -> Start {
        let mut first = Ranges::default();
        if add_first(root, &mut first).may_be_empty() {
            return Start::Anywhere;
        }
        first.settle();
        if first == Ranges::all() {
            Start::Anywhere
        } else {
            Start::OneOf(Set::new(&first))
        }
    }

    /// The first place at or after `from` where a match can start.
    pub(super) fn next(&self, text: &str, from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        let skipped = match self {
            Start::Anywhere => 0,
            Start::Anchor => return (from == 0).then_some(0),
            Start::Char(char) => rest.find(*char)?,
            Start::Text(prefix) => rest.find(&**prefix)?,
            Start::OneOf(set) => rest.char_indices().find(|(_, char)| set.has(*char))?.0,
        };
        Some(from + skipped)
    }
}

fn is_anchored(node: &Node) -> bool {
    match node {
        Node::Assert(Assert::TextStart) => true,
        Node::Group(_, body) => is_anchored(body),
        Node::Sequence(items) => items.first().is_some_and(is_anchored),
        Node::Either(branches) => branches.iter().all(is_anchored),
        Node::Assert(
            Assert::TextEnd
            | Assert::LineStart
            | Assert::LineEnd
            | Assert::WordEdge
            | Assert::NoWordEdge,
        )
        | Node::Empty
        | Node::Char(_)
        | Node::Set(_)
        | Node::Repeat(_)
        | Node::Look(..)
        | Node::BackReference(_)
        | Node::NamedReference(_) => false,
    }
}

/// Whether what follows a part belongs to the prefix too.
#[derive(Clone, Copy, PartialEq)]
enum Prefix {
    GoesOn,
    Ends,
}

fn add_prefix(node: &Node, prefix: &mut String) -> Prefix {
    match node {
        Node::Char(_) if prefix.len() >= MAX_PREFIX => return Prefix::Ends,
        Node::Char(char) => prefix.push(*char),
        Node::Group(_, body) => return add_prefix(body, prefix),
        Node::Sequence(items) => {
            let ends = |item| add_prefix(item, prefix) == Prefix::Ends;
            if items.iter().any(ends) {
                return Prefix::Ends;
            }
        }
        Node::Repeat(repeat) if repeat.min > 0 => {
            add_prefix(&repeat.body, prefix);
            return Prefix::Ends;
        }
        Node::Empty | Node::Assert(_) | Node::Look(..) => {}
        Node::Set(_)
        | Node::Either(_)
        | Node::Repeat(_)
        | Node::BackReference(_)
        | Node::NamedReference(_) => return Prefix::Ends,
    }
    Prefix::GoesOn
}

/// Adds the characters that a match of this part can start with.
fn add_first(node: &Node, first: &mut Ranges) -> Extent {
    match node {
        Node::Char(char) => first.push(*char as u32, *char as u32),
        Node::Set(set) => first.add(set),
        Node::Group(_, body) => return add_first(body, first),
        Node::Sequence(items) => {
            let ends = |item| add_first(item, first) == Extent::Something;
            return Extent::empty_if(!items.iter().any(ends));
        }
        Node::Either(branches) => {
            let empty = |empty, branch| add_first(branch, first).may_be_empty() | empty;
            return Extent::empty_if(branches.iter().fold(false, empty));
        }
        Node::Repeat(repeat) => {
            let body = add_first(&repeat.body, first);
            return Extent::empty_if(repeat.min == 0 || body.may_be_empty());
        }
        // The text referred to can start with anything.
        Node::BackReference(_) | Node::NamedReference(_) => {
            first.add(&Ranges::all());
            return Extent::Perhaps;
        }
        Node::Empty | Node::Assert(_) | Node::Look(..) => return Extent::Perhaps,
    }
    Extent::Something
}
