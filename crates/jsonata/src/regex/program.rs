//! The instructions that a pattern becomes, as many as it has parts: a repeat is a loop that counts, however high.
//!
//! Nothing is optimised beyond what is cheap to see: text that stands together is one instruction, and so is a repeat
//! of one character; a repeat whose body always takes a character needs neither a counter nor a look at the place.

use std::collections::BTreeMap;
use std::ops::Range;

use super::class::{Ranges, Set};
use super::parse::Pattern;
use super::start::Start;
use super::tree::{Assert, ENDLESS, Extent, Greed, Look, Node, Repeat, Wanted, Way};

/// A place in the code.
pub(super) type Address = u32;

/// What a pattern becomes.
#[derive(Debug)]
pub(super) struct Program {
    pub code: Vec<Code>,
    /// How many capture groups there are.
    pub groups: u32,
    /// How many loops keep a counter.
    pub loops: u32,
    pub start: Start,
}

/// One instruction. Unless it says otherwise, the one after it is next.
#[derive(Debug)]
pub(super) enum Code {
    /// The whole pattern matches.
    Done,
    Text(Box<str>, Way),
    OneOf(Box<Set>, Way),
    Run(Box<Run>),
    Assert(Assert),
    BackReference(u32, Way),
    /// Keeps the place in a slot; a group has two, its start and its end.
    Save(u32),
    /// Forgets what these groups took.
    Forget(Range<u32>),
    Jump(Address),
    /// Goes to the first, and to the second should that fail.
    Fork(Address, Address),
    /// A counted loop begins anew.
    Enter(u32),
    /// Between two rounds of a counted loop: one more, or on to what follows it.
    Round(Box<Round>),
    /// A round begins: `Round` leads here.
    Begin(u32),
    /// A round has ended.
    End {
        counter: u32,
        min: u32,
        round: Address,
    },
    /// A lookaround that wants a match; `Held` ends it.
    Look,
    Held,
    /// A lookaround that wants none; `Refuted` ends it, and failing leads to the address.
    LookNot(Address),
    Refuted,
}

/// As many characters of a set as there are, within bounds.
#[derive(Debug)]
pub(super) struct Run {
    pub set: Set,
    pub min: u32,
    pub max: u32,
    pub greed: Greed,
    pub way: Way,
}

/// How often a counted loop goes round.
#[derive(Debug)]
pub(super) struct Round {
    pub counter: u32,
    pub min: u32,
    pub max: u32,
    pub greed: Greed,
    pub exit: Address,
}

pub(super) fn compile(pattern: &Pattern) -> Program {
    let mut compiler = Compiler {
        code: Vec::new(),
        loops: 0,
        names: &pattern.names,
    };
    compiler.node(&pattern.root, Way::Forward);
    compiler.push(Code::Done);
    Program {
        code: compiler.code,
        groups: pattern.groups,
        loops: compiler.loops,
        start: Start::of(&pattern.root),
    }
}

struct Compiler<'p> {
    code: Vec<Code>,
    loops: u32,
    names: &'p BTreeMap<String, u32>,
}

impl Compiler<'_> {
    fn here(&self) -> Address {
        self.code.len() as Address
    }

    fn push(&mut self, code: Code) -> Address {
        self.code.push(code);
        self.here() - 1
    }

    /// Leaves room for an instruction whose address is not known yet.
    fn reserve(&mut self) -> Address {
        self.push(Code::Jump(0))
    }

    fn put(&mut self, at: Address, code: Code) {
        if let Some(reserved) = self.code.get_mut(at as usize) {
            *reserved = code;
        }
    }

    fn node(&mut self, node: &Node, way: Way) {
        match node {
            Node::Empty => {}
            Node::Char(char) => drop(self.push(Code::Text(char.to_string().into(), way))),
            Node::Set(set) => drop(self.push(Code::OneOf(Box::new(Set::new(set)), way))),
            Node::Assert(assert) => drop(self.push(Code::Assert(*assert))),
            Node::Group(number, body) => self.group(*number, body, way),
            Node::Sequence(items) => self.sequence(items, way),
            Node::Either(branches) => self.either(branches, way),
            Node::Repeat(repeat) => self.repeat(repeat, way),
            Node::Look(look, body) => self.look(*look, body),
            Node::BackReference(group) => drop(self.push(Code::BackReference(*group, way))),
            Node::NamedReference(name) => {
                let group = self.names.get(name).copied().unwrap_or_default();
                self.push(Code::BackReference(group, way));
            }
        }
    }

    fn group(&mut self, number: u32, body: &Node, way: Way) {
        let (start, end) = (number * 2, number * 2 + 1);
        let (first, second) = match way {
            Way::Forward => (start, end),
            Way::Backward => (end, start),
        };
        self.push(Code::Save(first));
        self.node(body, way);
        self.push(Code::Save(second));
    }

    fn sequence(&mut self, items: &[Node], way: Way) {
        let chunks = items
            .chunk_by(|one, next| matches!(one, Node::Char(_)) && matches!(next, Node::Char(_)));
        match way {
            Way::Forward => chunks.for_each(|chunk| self.chunk(chunk, way)),
            Way::Backward => chunks.rev().for_each(|chunk| self.chunk(chunk, way)),
        }
    }

    /// Characters that stand together, or one node.
    fn chunk(&mut self, chunk: &[Node], way: Way) {
        if let [node] = chunk {
            return self.node(node, way);
        }
        let text = chunk.iter().filter_map(Node::as_char).collect::<String>();
        self.push(Code::Text(text.into(), way));
    }

    fn either(&mut self, branches: &[Node], way: Way) {
        let Some((last, others)) = branches.split_last() else {
            return;
        };
        let mut jumps = Vec::new();
        for branch in others {
            let fork = self.reserve();
            self.node(branch, way);
            jumps.push(self.reserve());
            self.put(fork, Code::Fork(fork + 1, self.here()));
        }
        self.node(last, way);
        for jump in jumps {
            self.put(jump, Code::Jump(self.here()));
        }
    }

    fn look(&mut self, look: Look, body: &Node) {
        let head = self.reserve();
        self.node(body, look.way);
        match look.wanted {
            Wanted::Match => {
                self.put(head, Code::Look);
                self.push(Code::Held);
            }
            Wanted::NoMatch => {
                self.push(Code::Refuted);
                self.put(head, Code::LookNot(self.here()));
            }
        }
    }

    fn repeat(&mut self, repeat: &Repeat, way: Way) {
        let &Repeat { min, max, .. } = repeat;
        if max == 0 {
            return;
        }
        if (min, max) == (1, 1) {
            return self.node(&repeat.body, way);
        }
        if let Some(set) = repeat.body.to_set() {
            return self.run(&set, repeat, way);
        }
        match (Extent::of(&repeat.body), min, max) {
            // A round that takes nothing is none unless it must be, and two of them do no more than one.
            (Extent::Nothing, 0, _) => {}
            (Extent::Nothing, ..) => self.node(&repeat.body, way),
            (Extent::Something, 0, 1) => self.optional(repeat, way),
            (Extent::Something, 0, ENDLESS) => self.star(repeat, way),
            (Extent::Something, 1, ENDLESS) => self.plus(repeat, way),
            _ => self.counted(repeat, way),
        }
    }

    fn run(&mut self, set: &Ranges, repeat: &Repeat, way: Way) {
        self.push(Code::Run(Box::new(Run {
            set: Set::new(set),
            min: repeat.min,
            max: repeat.max,
            greed: repeat.greed,
            way,
        })));
    }

    /// Once or not at all. Nothing is to be forgotten, as there is no round before.
    fn optional(&mut self, repeat: &Repeat, way: Way) {
        let fork = self.reserve();
        self.node(&repeat.body, way);
        self.put(fork, fork_into(repeat.greed, fork + 1, self.here()));
    }

    fn star(&mut self, repeat: &Repeat, way: Way) {
        let fork = self.reserve();
        self.forget(repeat);
        self.node(&repeat.body, way);
        self.push(Code::Jump(fork));
        self.put(fork, fork_into(repeat.greed, fork + 1, self.here()));
    }

    fn plus(&mut self, repeat: &Repeat, way: Way) {
        let body = self.here();
        self.forget(repeat);
        self.node(&repeat.body, way);
        let fork = self.reserve();
        self.put(fork, fork_into(repeat.greed, body, fork + 1));
    }

    fn counted(&mut self, repeat: &Repeat, way: Way) {
        let &Repeat {
            min, max, greed, ..
        } = repeat;
        let counter = self.loops;
        self.loops += 1;
        self.push(Code::Enter(counter));
        let round = self.reserve();
        self.push(Code::Begin(counter));
        self.forget(repeat);
        self.node(&repeat.body, way);
        self.push(Code::End {
            counter,
            min,
            round,
        });
        let exit = self.here();
        let head = Round {
            counter,
            min,
            max,
            greed,
            exit,
        };
        self.put(round, Code::Round(Box::new(head)));
    }

    fn forget(&mut self, repeat: &Repeat) {
        if !repeat.groups.is_empty() {
            self.push(Code::Forget(repeat.groups.clone()));
        }
    }
}

fn fork_into(greed: Greed, body: Address, exit: Address) -> Code {
    match greed {
        Greed::Greedy => Code::Fork(body, exit),
        Greed::Lazy => Code::Fork(exit, body),
    }
}
