//! What stands after a backslash and between brackets.
//!
//! Without the flag u every escape means something: what is no escape stands for its last character. Only a backslash
//! at the very end, and a `\k` in a pattern that has named groups, can be wrong.

use super::PatternFault;
use super::class::Ranges;
use super::parse::{Parser, fault};
use super::tree::{Assert, Node};

/// Where an escape stands, since a few mean something else between brackets.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Outside,
    InClass,
}

/// One part of a bracketed class.
enum Atom {
    Code(u32),
    Many(Ranges),
}

impl Atom {
    fn add_to(self, ranges: &mut Ranges) {
        match self {
            Atom::Code(code) => ranges.push(code, code),
            Atom::Many(many) => ranges.add(&many),
        }
    }
}

impl Parser<'_> {
    /// The escape whose backslash, at `at`, was read.
    pub(super) fn escape(&mut self, at: usize) -> Result<Node, PatternFault> {
        let Some(char) = self.cursor.peek() else {
            return fault(at, "The pattern ends in a single backslash.");
        };
        let node = match char {
            'b' => Some(Node::Assert(Assert::WordEdge)),
            'B' => Some(Node::Assert(Assert::NoWordEdge)),
            _ => Ranges::named(char).map(Node::Set),
        };
        if let Some(node) = node {
            self.cursor.bump();
            return Ok(node);
        }
        match char {
            'k' if self.census.has_names => self.named_reference(at),
            '1'..='9' => Ok(self.numbered_reference()),
            _ => Ok(self.character_node()),
        }
    }

    fn character_node(&mut self) -> Node {
        let code = self.character(Place::Outside);
        self.literal(code)
    }

    fn named_reference(&mut self, at: usize) -> Result<Node, PatternFault> {
        let name = (self.cursor.eat("k<")).then(|| self.cursor.group_name());
        let Some(name) = name.flatten() else {
            return fault(at, "A \\k is followed by a group's name in < and >.");
        };
        self.mentions.push((at, name.clone()));
        Ok(Node::NamedReference(name))
    }

    /// A back reference where there are that many groups, and an octal number or a digit where there are not.
    fn numbered_reference(&mut self) -> Node {
        let groups = self.census.groups;
        let number = self
            .cursor
            .attempt(|cursor| cursor.number().filter(|number| *number <= groups));
        match number {
            Some(number) => Node::BackReference(number),
            None => self.character_node(),
        }
    }

    /// The one character that an escape stands for, its backslash being read.
    fn character(&mut self, place: Place) -> u32 {
        if self.cursor.sees("c") {
            return self.control(place);
        }
        let cursor = &mut self.cursor;
        let Some(char) = cursor.bump() else {
            return u32::from(b'\\');
        };
        match char {
            'f' => 0x0C,
            'n' => 0x0A,
            'r' => 0x0D,
            't' => 0x09,
            'v' => 0x0B,
            'b' if place == Place::InClass => 0x08,
            'x' => cursor.hex(2).unwrap_or(char as u32),
            'u' => cursor.unicode().unwrap_or(char as u32),
            '0'..='7' => self.octal(char as u32 - 0x30),
            _ => char as u32,
        }
    }

    /// The number that goes on after its first digit, as long as it fits a byte.
    fn octal(&mut self, first: u32) -> u32 {
        let mut code = first;
        for _ in 0..2 {
            let digit = self.cursor.peek().and_then(|char| char.to_digit(8));
            let Some(longer) = digit
                .map(|digit| code * 8 + digit)
                .filter(|code| *code <= 0xFF)
            else {
                break;
            };
            self.cursor.bump();
            code = longer;
        }
        code
    }

    /// The control character after `\c`; without one, the backslash stands for itself and the c is yet to be read.
    fn control(&mut self, place: Place) -> u32 {
        let letter = self.cursor.attempt(|cursor| {
            cursor.bump();
            let char = cursor.bump()?;
            let more = place == Place::InClass && (char.is_ascii_digit() || char == '_');
            (char.is_ascii_alphabetic() || more).then_some(char as u32 & 31)
        });
        letter.unwrap_or(u32::from(b'\\'))
    }

    /// The class whose bracket, at `at`, was read.
    pub(super) fn class(&mut self, at: usize) -> Result<Node, PatternFault> {
        let inverted = self.cursor.eat("^");
        let mut ranges = Ranges::default();
        while !self.cursor.eat("]") {
            let low = self.class_atom(at)?;
            if self.cursor.sees("-") && !self.cursor.sees("-]") {
                self.range(at, low, &mut ranges)?;
            } else {
                low.add_to(&mut ranges);
            }
        }
        Ok(Node::Set(ranges.finished(self.flags, inverted)))
    }

    fn range(&mut self, at: usize, low: Atom, ranges: &mut Ranges) -> Result<(), PatternFault> {
        let dash = self.cursor.at();
        self.cursor.bump();
        match (low, self.class_atom(at)?) {
            (Atom::Code(low), Atom::Code(high)) if low > high => {
                return fault(dash, "The range ends before it starts.");
            }
            (Atom::Code(low), Atom::Code(high)) => ranges.push(low, high),
            // With a class at either end it is no range, and the dash means itself.
            (low, high) => {
                ranges.push(u32::from(b'-'), u32::from(b'-'));
                low.add_to(ranges);
                high.add_to(ranges);
            }
        }
        Ok(())
    }

    fn class_atom(&mut self, at: usize) -> Result<Atom, PatternFault> {
        let escape = self.cursor.at();
        let Some(char) = self.cursor.bump() else {
            return fault(at, "This class is not closed.");
        };
        if char != '\\' {
            return Ok(Atom::Code(char as u32));
        }
        let Some(char) = self.cursor.peek() else {
            return fault(escape, "The pattern ends in a single backslash.");
        };
        if let Some(many) = Ranges::named(char) {
            self.cursor.bump();
            return Ok(Atom::Many(many));
        }
        if char == 'k' && self.census.has_names {
            return fault(escape, "Beside named groups, \\k means nothing in a class.");
        }
        Ok(Atom::Code(self.character(Place::InClass)))
    }
}
