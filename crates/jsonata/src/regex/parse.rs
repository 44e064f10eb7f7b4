//! From a pattern to a tree, by ECMAScript's grammar without the flag u, with what its Annex B lets browsers accept.
//!
//! The open groups stand on a list of their own, so that no pattern can exhaust the stack; how deep they may nest is
//! limited all the same, for those who walk the tree. Inline modifiers such as `(?i:` are refused, and so are two
//! groups of one name. Escapes and bracketed classes are read in `escape`.

use std::collections::BTreeMap;

use super::class::Ranges;
use super::cursor::Cursor;
use super::tree::{Assert, ENDLESS, Greed, Look, Node, Repeat, Wanted, Way};
use super::{Flags, PatternFault};

/// How deep groups may nest.
const MAX_DEPTH: usize = 250;
/// How many capture groups there may be, as in the engines of browsers.
const MAX_GROUPS: u32 = 0x7FFF;
/// A pattern that was read.
pub(super) struct Pattern {
    pub root: Node,
    /// How many capture groups there are.
    pub groups: u32,
    pub names: BTreeMap<String, u32>,
}

pub(super) fn parse(text: &str, flags: Flags) -> Result<Pattern, PatternFault> {
    let mut parser = Parser {
        cursor: Cursor::new(text),
        flags,
        census: Census::of(text),
        groups: 0,
        names: BTreeMap::new(),
        mentions: Vec::new(),
        outer: Vec::new(),
        level: Level::new(Opened::Whole, 0, 1),
    };
    while let Some(char) = parser.cursor.peek() {
        parser.term(char)?;
    }
    parser.finish()
}

pub(super) fn fault<T>(at: usize, message: &str) -> Result<T, PatternFault> {
    Err(PatternFault {
        at,
        message: message.to_owned(),
    })
}

/// What must be known of the whole pattern before its escapes can be read.
pub(super) struct Census {
    pub groups: u32,
    pub has_names: bool,
}

impl Census {
    fn of(text: &str) -> Census {
        let mut cursor = Cursor::new(text);
        let mut census = Census {
            groups: 0,
            has_names: false,
        };
        let mut in_class = false;
        while let Some(char) = cursor.bump() {
            match char {
                '\\' => drop(cursor.bump()),
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => census.count(&cursor),
                _ => {}
            }
        }
        census
    }

    fn count(&mut self, inside: &Cursor<'_>) {
        let named = inside.sees("?<") && !inside.sees("?<=") && !inside.sees("?<!");
        self.has_names |= named;
        self.groups += u32::from(named || !inside.sees("?"));
    }
}

/// A group that is open, and what was read in it so far.
struct Level {
    opened: Opened,
    at: usize,
    /// The number that the first capture group in it has, if there is one.
    first_group: u32,
    branches: Vec<Node>,
    items: Vec<Node>,
}

enum Opened {
    Whole,
    Plain,
    Capture(u32),
    Look(Look),
}

impl Opened {
    /// Browsers let a lookahead be repeated, but no lookbehind.
    fn may_repeat(&self) -> bool {
        match self {
            Opened::Whole | Opened::Plain | Opened::Capture(_) => true,
            Opened::Look(look) => look.way == Way::Forward,
        }
    }
}

impl Level {
    fn new(opened: Opened, at: usize, first_group: u32) -> Level {
        Level {
            opened,
            at,
            first_group,
            branches: Vec::new(),
            items: Vec::new(),
        }
    }

    fn end_branch(&mut self) {
        let items = std::mem::take(&mut self.items);
        self.branches.push(one_or(items, Node::Sequence));
    }

    fn into_node(mut self) -> Node {
        self.end_branch();
        let body = one_or(self.branches, Node::Either);
        match self.opened {
            Opened::Whole | Opened::Plain => body,
            Opened::Capture(number) => Node::Group(number, Box::new(body)),
            Opened::Look(look) => Node::Look(look, Box::new(body)),
        }
    }
}

fn one_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match nodes.len() {
        0 => Node::Empty,
        1 => nodes.pop().unwrap_or(Node::Empty),
        _ => many(nodes),
    }
}

pub(super) struct Parser<'p> {
    pub(super) cursor: Cursor<'p>,
    pub(super) flags: Flags,
    pub(super) census: Census,
    /// How many capture groups were opened.
    groups: u32,
    names: BTreeMap<String, u32>,
    /// The names that were referred to, and where.
    pub(super) mentions: Vec<(usize, String)>,
    outer: Vec<Level>,
    level: Level,
}

impl Parser<'_> {
    fn term(&mut self, char: char) -> Result<(), PatternFault> {
        let first_group = self.groups + 1;
        let at = self.cursor.at();
        match char {
            '(' => return self.open(),
            ')' => return self.close(),
            '*' | '+' | '?' => return fault(at, "There is nothing to repeat before this."),
            '{' if self.bounds().is_some() => {
                return fault(at, "There is nothing to repeat before this.");
            }
            _ => self.cursor.bump(),
        };
        let node = match char {
            '|' => {
                self.level.end_branch();
                return Ok(());
            }
            '^' if self.flags.multi_line => Node::Assert(Assert::LineStart),
            '^' => Node::Assert(Assert::TextStart),
            '$' if self.flags.multi_line => Node::Assert(Assert::LineEnd),
            '$' => Node::Assert(Assert::TextEnd),
            '.' => Node::Set(Ranges::dot()),
            '[' => self.class(at)?,
            '\\' => self.escape(at)?,
            _ => self.literal(char as u32),
        };
        if let Node::Assert(_) = node {
            self.level.items.push(node);
            return Ok(());
        }
        self.item(node, first_group)
    }

    /// One character as the flags have it.
    pub(super) fn literal(&self, code: u32) -> Node {
        let set = Ranges::one(code).finished(self.flags, false);
        match (set.as_slice(), char::from_u32(code)) {
            ([(first, last)], Some(char)) if first == last => Node::Char(char),
            _ => Node::Set(set),
        }
    }

    fn open(&mut self) -> Result<(), PatternFault> {
        let at = self.cursor.at();
        if self.outer.len() >= MAX_DEPTH {
            return fault(at, "The groups are nested too deeply.");
        }
        let first_group = self.groups + 1;
        let opened = self.opening(at)?;
        let level = Level::new(opened, at, first_group);
        self.outer.push(std::mem::replace(&mut self.level, level));
        Ok(())
    }

    fn opening(&mut self, at: usize) -> Result<Opened, PatternFault> {
        const LOOKS: [(&str, Way, Wanted); 4] = [
            ("(?=", Way::Forward, Wanted::Match),
            ("(?!", Way::Forward, Wanted::NoMatch),
            ("(?<=", Way::Backward, Wanted::Match),
            ("(?<!", Way::Backward, Wanted::NoMatch),
        ];
        for (text, way, wanted) in LOOKS {
            if self.cursor.eat(text) {
                return Ok(Opened::Look(Look { way, wanted }));
            }
        }
        if self.cursor.eat("(?:") {
            return Ok(Opened::Plain);
        }
        if self.cursor.eat("(?<") {
            return self.named_group(at);
        }
        self.cursor.eat("(");
        if self.cursor.sees("?") {
            return fault(at, "No kind of group starts like this.");
        }
        self.next_group(at).map(Opened::Capture)
    }

    fn named_group(&mut self, at: usize) -> Result<Opened, PatternFault> {
        let Some(name) = self.cursor.group_name() else {
            return fault(at, "The name of this group is not a name followed by >.");
        };
        let number = self.next_group(at)?;
        match self.names.insert(name, number) {
            None => Ok(Opened::Capture(number)),
            Some(_) => fault(at, "Another group already has this name."),
        }
    }

    fn next_group(&mut self, at: usize) -> Result<u32, PatternFault> {
        if self.groups >= MAX_GROUPS {
            return fault(at, "There are too many groups.");
        }
        self.groups += 1;
        Ok(self.groups)
    }

    fn close(&mut self) -> Result<(), PatternFault> {
        let Some(outer) = self.outer.pop() else {
            return fault(self.cursor.at(), "This parenthesis closes no group.");
        };
        self.cursor.bump();
        let level = std::mem::replace(&mut self.level, outer);
        let first_group = level.first_group;
        let may_repeat = level.opened.may_repeat();
        let node = level.into_node();
        if may_repeat {
            return self.item(node, first_group);
        }
        self.level.items.push(node);
        Ok(())
    }

    /// Takes up what was read, with the quantifier after it if there is one.
    fn item(&mut self, node: Node, first_group: u32) -> Result<(), PatternFault> {
        let node = self.quantified(node, first_group)?;
        self.level.items.push(node);
        Ok(())
    }

    fn quantified(&mut self, body: Node, first_group: u32) -> Result<Node, PatternFault> {
        let at = self.cursor.at();
        let Some((min, max)) = self.bounds() else {
            return Ok(body);
        };
        if min > max {
            return fault(at, "The lower bound is above the upper bound.");
        }
        let greed = if self.cursor.eat("?") {
            Greed::Lazy
        } else {
            Greed::Greedy
        };
        Ok(Node::Repeat(Box::new(Repeat {
            body,
            min,
            max,
            greed,
            groups: first_group..self.groups + 1,
        })))
    }

    /// The bounds of the quantifier that stands here.
    fn bounds(&mut self) -> Option<(u32, u32)> {
        for (sign, bounds) in [("*", (0, ENDLESS)), ("+", (1, ENDLESS)), ("?", (0, 1))] {
            if self.cursor.eat(sign) {
                return Some(bounds);
            }
        }
        self.cursor.attempt(|cursor| {
            let min = cursor.eat("{").then(|| cursor.number())??;
            let max = if cursor.eat(",") {
                cursor.number().unwrap_or(ENDLESS)
            } else {
                min
            };
            cursor.eat("}").then_some((min, max))
        })
    }

    fn finish(mut self) -> Result<Pattern, PatternFault> {
        if !self.outer.is_empty() {
            return fault(self.level.at, "This group is not closed.");
        }
        let unknown = |(_, name): &&(usize, String)| !self.names.contains_key(name);
        if let Some((at, _)) = self.mentions.iter().find(unknown) {
            return fault(*at, "No group has this name.");
        }
        let whole = Level::new(Opened::Whole, 0, 1);
        Ok(Pattern {
            root: std::mem::replace(&mut self.level, whole).into_node(),
            groups: self.groups,
            names: self.names,
        })
    }
}
