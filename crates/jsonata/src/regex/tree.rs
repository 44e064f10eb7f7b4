//! The tree that a pattern is read into, and what can be said of a part of it without a text.
//!
//! Case and line ends are settled here already: what the flags i and m ask for is in the sets and assertions.

use std::ops::Range;

use super::class::Ranges;

/// The upper bound of a repeat that has none.
pub(super) const ENDLESS: u32 = u32::MAX;

#[derive(Debug)]
pub(super) enum Node {
    Empty,
    Char(char),
    Set(Ranges),
    Assert(Assert),
    Group(u32, Box<Node>),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat(Box<Repeat>),
    Look(Look, Box<Node>),
    BackReference(u32),
    NamedReference(String),
}

impl Node {
    pub(super) fn as_char(&self) -> Option<char> {
        if let Node::Char(char) = self {
            Some(*char)
        } else {
            None
        }
    }

    /// The set, where this takes one character of one.
    pub(super) fn to_set(&self) -> Option<Ranges> {
        if let Node::Set(set) = self {
            return Some(set.clone());
        }
        self.as_char().map(|char| Ranges::one(char as u32))
    }
}

/// What holds at a place without taking characters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Assert {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}

/// A lookahead or a lookbehind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub way: Way,
    pub wanted: Wanted,
}

/// The direction in which a part of a pattern walks through the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Way {
    Forward,
    Backward,
}

/// Whether a lookaround asks for a match or for none.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    Match,
    NoMatch,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Greed {
    Greedy,
    Lazy,
}

#[derive(Debug)]
pub(super) struct Repeat {
    pub body: Node,
    pub min: u32,
    pub max: u32,
    pub greed: Greed,
    /// The capture groups in the body.
    pub groups: Range<u32>,
}

/// What a part of a pattern takes when it matches: no character ever, none perhaps, or at least one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Extent {
    Nothing,
    Perhaps,
    Something,
}

impl Extent {
    pub(super) fn of(node: &Node) -> Extent {
        match node {
            Node::Char(_) | Node::Set(_) => Extent::Something,
            Node::Empty | Node::Assert(_) | Node::Look(..) => Extent::Nothing,
            Node::BackReference(_) | Node::NamedReference(_) => Extent::Perhaps,
            Node::Group(_, body) => Extent::of(body),
            Node::Sequence(items) => {
                let extents = items.iter().map(Extent::of);
                extents.fold(Extent::Nothing, Extent::then)
            }
            Node::Either(branches) => {
                let extents = branches.iter().map(Extent::of);
                extents.reduce(Extent::or).unwrap_or(Extent::Nothing)
            }
            Node::Repeat(repeat) => Extent::of_repeat(repeat),
        }
    }

    fn of_repeat(repeat: &Repeat) -> Extent {
        match (Extent::of(&repeat.body), repeat.min, repeat.max) {
            (_, _, 0) => Extent::Nothing,
            (Extent::Something, 0, _) => Extent::Perhaps,
            (body, ..) => body,
        }
    }

    fn then(self, next: Extent) -> Extent {
        match (self, next) {
            (Extent::Something, _) | (_, Extent::Something) => Extent::Something,
            (Extent::Nothing, next) => next,
            (Extent::Perhaps, _) => Extent::Perhaps,
        }
    }

    fn or(self, other: Extent) -> Extent {
        if self == other { self } else { Extent::Perhaps }
    }

    pub(super) fn may_be_empty(self) -> bool {
        self != Extent::Something
    }

    pub(super) fn empty_if(empty: bool) -> Extent {
        if empty {
            Extent::Perhaps
        } else {
            Extent::Something
        }
    }
}
