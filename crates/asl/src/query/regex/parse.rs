//! Reads a pattern.

use super::Flags;
use super::class::{Item, Kind, Matcher};
use super::program::{Assertion, Node};
use crate::query::cursor::Cursor;

/// How deep groups may be nested.
const MAX_NESTING: usize = 64;

/// Counts that a quantifier may have.
const MAX_COUNT: usize = 1_000;

/// The tree of a pattern, or a plain sentence.
pub(super) fn parse(source: &str, flags: Flags) -> Result<Node, String> {
    let mut parser = Parser {
        cursor: Cursor::new(source),
        flags,
        depth: 0,
    };
    let node = parser.choice()?;
    match parser.cursor.peek() {
        None => Ok(node),
        Some(found) => Err(format!("The pattern has a \"{found}\" that closes nothing")),
    }
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    flags: Flags,
    depth: usize,
}

impl Parser<'_> {
    fn choice(&mut self) -> Result<Node, String> {
        let mut nodes = vec![self.sequence()?];
        while self.cursor.eat('|') {
            nodes.push(self.sequence()?);
        }
        Ok(if nodes.len() == 1 {
            nodes.remove(0)
        } else {
            Node::Choice(nodes)
        })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        loop {
            self.skip_comments();
            match self.cursor.peek() {
                None | Some('|' | ')') => return Ok(Node::Sequence(nodes)),
                Some(_) => {
                    let node = self.atom()?;
                    nodes.push(self.quantified(node)?);
                }
            }
        }
    }

    fn skip_comments(&mut self) {
        while self.flags.comments {
            self.cursor.skip_blanks();
            if self.cursor.peek() != Some('#') {
                return;
            }
            self.cursor.take_while(|c| c != '\n');
        }
    }

    fn quantified(&mut self, node: Node) -> Result<Node, String> {
        let mut node = node;
        loop {
            let (least, most) = match self.cursor.peek() {
                Some('*') => (0, None),
                Some('+') => (1, None),
                Some('?') => (0, Some(1)),
                Some('{') => {
                    self.cursor.bump();
                    node = self.counted(node)?;
                    continue;
                }
                _ => return Ok(node),
            };
            self.cursor.bump();
            node = self.repeat(node, least, most)?;
        }
    }

    fn counted(&mut self, node: Node) -> Result<Node, String> {
        let least = self
            .count()?
            .ok_or("A quantifier needs a number: {2}, {2,} or {2,4}")?;
        let most = if self.cursor.eat(',') {
            self.count()?
        } else {
            Some(least)
        };
        if !self.cursor.eat('}') {
            return Err("A quantifier has no closing \"}\"".to_owned());
        }
        if most.is_some_and(|most| most < least) {
            return Err("A quantifier ends before it begins".to_owned());
        }
        self.repeat(node, least, most)
    }

    fn count(&mut self) -> Result<Option<usize>, String> {
        match self.cursor.take_while(|c| c.is_ascii_digit()) {
            "" => Ok(None),
            digits => match digits.parse() {
                Ok(count) if count <= MAX_COUNT => Ok(Some(count)),
                _ => Err(format!("A quantifier may count to {MAX_COUNT}")),
            },
        }
    }

    /// A lazy quantifier finds the same whole texts as a greedy one; a possessive one does not.
    fn repeat(&mut self, node: Node, least: usize, most: Option<usize>) -> Result<Node, String> {
        if self.cursor.eat('+') {
            return Err("Possessive quantifiers are not supported".to_owned());
        }
        self.cursor.eat('?');
        Ok(Node::Repeat {
            node: Box::new(node),
            least,
            most,
        })
    }

    fn atom(&mut self) -> Result<Node, String> {
        match self.cursor.bump() {
            Some('(') => self.group(),
            Some('[') => self.class().map(Node::Char),
            Some('.') if self.flags.dot_all => Ok(self.item(Item::Kind(Kind::Any, false))),
            Some('.') => Ok(self.item(Item::Kind(Kind::LineBreak, true))),
            Some('^') => Ok(Node::Assert(if self.flags.multiline {
                Assertion::LineStart
            } else {
                Assertion::Start
            })),
            Some('$') => Ok(Node::Assert(if self.flags.multiline {
                Assertion::LineEnd
            } else {
                Assertion::End
            })),
            Some('\\') => self.escape(),
            Some(c @ ('*' | '+' | '?' | '{')) => Err(format!("\"{c}\" repeats nothing")),
            Some(c) => Ok(self.item(Item::Range(c, c))),
            None => Ok(Node::Empty),
        }
    }

    fn item(&self, item: Item) -> Node {
        Node::Char(Matcher::of(item, self.flags.ignore_case))
    }

    fn group(&mut self) -> Result<Node, String> {
        if self.depth >= MAX_NESTING {
            return Err(format!(
                "Groups are nested deeper than {MAX_NESTING} levels"
            ));
        }
        let outer = self.flags;
        if self.cursor.eat('?') && !self.group_kind()? {
            return Ok(Node::Empty);
        }
        self.depth += 1;
        let node = self.choice()?;
        self.depth -= 1;
        self.flags = outer;
        if self.cursor.eat(')') {
            Ok(node)
        } else {
            Err("A group has no closing \")\"".to_owned())
        }
    }

    /// What stands after `(?`; false when the group is only a setting of flags.
    fn group_kind(&mut self) -> Result<bool, String> {
        match self.cursor.peek() {
            Some('=' | '!') => Err("Look-ahead is not supported".to_owned()),
            Some('>') => Err("Atomic groups are not supported".to_owned()),
            Some('<') => {
                self.cursor.bump();
                let name = self.cursor.take_while(|c| c.is_ascii_alphanumeric());
                if name.is_empty() || !self.cursor.eat('>') {
                    return Err("Look-behind is not supported".to_owned());
                }
                Ok(true)
            }
            _ => self.inline_flags(),
        }
    }

    fn inline_flags(&mut self) -> Result<bool, String> {
        let mut on = true;
        loop {
            match self.cursor.bump() {
                Some(':') => return Ok(true),
                Some(')') => return Ok(false),
                Some('-') => on = false,
                Some(letter) => self.flags.set(letter, on)?,
                None => return Err("A group has no closing \")\"".to_owned()),
            }
        }
    }

    fn escape(&mut self) -> Result<Node, String> {
        match self.cursor.peek() {
            Some('b') => self.assertion(Assertion::WordEdge),
            Some('B') => self.assertion(Assertion::NoWordEdge),
            Some('A') => self.assertion(Assertion::Start),
            Some('z' | 'Z') => self.assertion(Assertion::End),
            Some('Q') => {
                self.cursor.bump();
                Ok(self.quoted())
            }
            Some(c) if c.is_ascii_digit() && c != '0' => {
                Err("Back references are not supported".to_owned())
            }
            Some('k') => Err("Back references are not supported".to_owned()),
            _ => self.escaped_item().map(|item| self.item(item)),
        }
    }

    fn assertion(&mut self, assertion: Assertion) -> Result<Node, String> {
        self.cursor.bump();
        Ok(Node::Assert(assertion))
    }

    /// `\Q…\E`: the text as it is.
    fn quoted(&mut self) -> Node {
        let mut nodes = Vec::new();
        while !self.cursor.eat_text("\\E") {
            match self.cursor.bump() {
                Some(c) => nodes.push(self.item(Item::Range(c, c))),
                None => break,
            }
        }
        Node::Sequence(nodes)
    }

    /// What a backslash stands for, outside and inside of brackets.
    fn escaped_item(&mut self) -> Result<Item, String> {
        let one = |c| Ok(Item::Range(c, c));
        match self.cursor.bump() {
            Some('d') => Ok(Item::Kind(Kind::Digit, false)),
            Some('D') => Ok(Item::Kind(Kind::Digit, true)),
            Some('w') => Ok(Item::Kind(Kind::Word, false)),
            Some('W') => Ok(Item::Kind(Kind::Word, true)),
            Some('s') => Ok(Item::Kind(Kind::Space, false)),
            Some('S') => Ok(Item::Kind(Kind::Space, true)),
            Some('p') => self.property(false),
            Some('P') => self.property(true),
            Some('n') => one('\n'),
            Some('t') => one('\t'),
            Some('r') => one('\r'),
            Some('f') => one('\u{c}'),
            Some('x') => self.code(2),
            Some('u') => self.code(4),
            Some(c) if c.is_ascii_alphanumeric() => {
                Err(format!("\"\\{c}\" means nothing in a pattern"))
            }
            Some(c) => one(c),
            None => Err("The pattern ends with a backslash".to_owned()),
        }
    }

    fn property(&mut self, outside: bool) -> Result<Item, String> {
        let name = if self.cursor.eat('{') {
            let name = self.cursor.take_while(|c| c != '}');
            self.cursor.eat('}');
            name
        } else {
            let start = self.cursor.offset();
            self.cursor.bump();
            self.cursor.since(start)
        };
        Kind::named(name)
            .map(|kind| Item::Kind(kind, outside))
            .ok_or_else(|| format!("\"\\p{{{name}}}\" is not supported"))
    }

    fn code(&mut self, digits: usize) -> Result<Item, String> {
        let text: String = self.cursor.rest().chars().take(digits).collect();
        let code = u32::from_str_radix(&text, 16)
            .ok()
            .filter(|_| text.len() == digits)
            .and_then(char::from_u32);
        let c =
            code.ok_or_else(|| format!("A character's number needs {digits} hexadecimal digits"))?;
        self.cursor.eat_text(&text);
        Ok(Item::Range(c, c))
    }

    /// A set in brackets, after the opening one.
    fn class(&mut self) -> Result<Matcher, String> {
        let negated = self.cursor.eat('^');
        let mut items = Vec::new();
        loop {
            match self.cursor.peek() {
                None => return Err("A set has no closing \"]\"".to_owned()),
                Some(']') if !items.is_empty() => {
                    self.cursor.bump();
                    return Ok(Matcher {
                        items,
                        negated,
                        ignore_case: self.flags.ignore_case,
                    });
                }
                Some('[') => {
                    return Err(
                        "Sets inside sets are not supported; write \"\\[\" for the character"
                            .to_owned(),
                    );
                }
                Some('&') if self.cursor.rest().starts_with("&&") => {
                    return Err("Intersections of sets are not supported".to_owned());
                }
                Some(_) => {
                    let item = self.class_item()?;
                    items.push(self.range(item)?);
                }
            }
        }
    }

    fn class_item(&mut self) -> Result<Item, String> {
        match self.cursor.bump() {
            Some('\\') => self.escaped_item(),
            Some(c) => Ok(Item::Range(c, c)),
            None => Err("A set has no closing \"]\"".to_owned()),
        }
    }

    fn range(&mut self, first: Item) -> Result<Item, String> {
        let is_range = self.cursor.rest().starts_with('-') && !self.cursor.rest().starts_with("-]");
        let Item::Range(from, _) = first else {
            return Ok(first);
        };
        if !is_range {
            return Ok(first);
        }
        self.cursor.bump();
        match self.class_item()? {
            Item::Range(to, _) if from <= to => Ok(Item::Range(from, to)),
            _ => Err("A range of characters ends before it begins".to_owned()),
        }
    }
}
