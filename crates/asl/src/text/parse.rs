//! From text to a tree. The open brackets stand on a list of their own, so that no input can exhaust the stack.
//!
//! Where the text is no JSON, the reader notes a fault, assumes the smallest mistake (a missing comma, colon, quote or
//! bracket, a trailing comma, a bare word) and reads on.

use super::format::quote;
use super::stray::Surplus;
use super::{Member, Node, NodeKind, Span, SyntaxFault, TextEdit};

/// How deep values may nest; deeper ones are a fault and are skipped.
pub const MAX_DEPTH: usize = 1_000;

/// Faults after which the rest goes unsaid: a text this broken is not mended from a list.
const MAX_FAULTS: usize = 100;

pub(super) fn parse(text: &str, placeholders: bool) -> (Option<Node>, Vec<SyntaxFault>) {
    let mut parser = Parser {
        text,
        placeholders,
        pos: 0,
        stack: Vec::new(),
        open: Open::default(),
        faults: Vec::new(),
        told_open: false,
        surplus: None,
        space_end: usize::MAX,
        content_end: 0,
    };
    let root = parser.document();
    parser.faults.sort_by_key(|fault| fault.span.start);
    (root, parser.faults)
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    /// Whether placeholders may stand outside quotes.
    pub(super) placeholders: bool,
    pub(super) pos: usize,
    stack: Vec<Frame>,
    open: Open,
    faults: Vec<SyntaxFault>,
    told_open: bool,
    /// The opening brackets that are too many; counted when one looks like it.
    pub(super) surplus: Option<Surplus>,
    /// Where the blanks ended that were passed over last, and what stood before them.
    pub(super) space_end: usize,
    pub(super) content_end: usize,
}

/// How many brackets of each kind are open.
#[derive(Default)]
struct Open {
    arrays: usize,
    objects: usize,
}

/// An open bracket and what was read since.
struct Frame {
    start: usize,
    container: Container,
    last: Last,
}

enum Container {
    Array(Vec<Node>),
    Object {
        members: Vec<Member>,
        key: Option<(Box<str>, Span)>,
    },
}

/// What stands before the present place in the innermost bracket.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Bracket,
    Value { end: usize },
    Comma { at: usize },
}

impl Parser<'_> {
    fn document(&mut self) -> Option<Node> {
        self.skip_space();
        if self.peek().is_none() {
            let span = Span::new(0, self.text.len());
            self.mendable(
                span,
                "The text is empty; a JSON value is expected.",
                span,
                "{}",
            );
            return None;
        }
        let mut complete = self.begin_value();
        let root = loop {
            if let Some(node) = complete {
                if self.stack.is_empty() {
                    break node;
                }
                self.attach(node);
            }
            complete = self.advance();
        };
        self.check_end();
        Some(root)
    }

    fn check_end(&mut self) {
        self.skip_space();
        if self.peek().is_some() {
            let span = Span::new(self.pos, self.text.trim_end().len().max(self.pos));
            let message = "The JSON value ends before this text; remove what follows it.";
            // Only where nothing but punctuation would be lost is removing it evident.
            let is_worthless = |c: char| c.is_whitespace() || "}],;".contains(c);
            if self.rest().chars().all(is_worthless) {
                self.mendable(span, message, span, "");
            } else {
                self.fault(span, message);
            }
        }
    }

    /// Puts a complete value into the innermost bracket.
    fn attach(&mut self, node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            return;
        };
        frame.last = Last::Value { end: node.span.end };
        match &mut frame.container {
            Container::Array(items) => items.push(node),
            Container::Object { members, key } => {
                if let Some((key, key_span)) = key.take() {
                    members.push(Member {
                        key,
                        key_span,
                        value: node,
                    });
                }
            }
        }
    }

    /// Reads on in the innermost bracket; gives a value once one is complete.
    fn advance(&mut self) -> Option<Node> {
        self.skip_space();
        let frame = self.stack.last()?;
        let (last, in_object) = (
            frame.last,
            matches!(frame.container, Container::Object { .. }),
        );
        match self.peek() {
            None => self.end_of_text(),
            Some(b'}' | b']') => self.closing_bracket(last, in_object),
            Some(b',') => self.comma(last),
            Some(b':') => {
                let span = Span::new(self.pos, self.pos + 1);
                self.mendable(
                    span,
                    "This colon stands where none belongs; remove it.",
                    span,
                    "",
                );
                self.pos += 1;
                self.set_last(Last::Bracket);
                None
            }
            Some(b'{' | b'[') if self.is_misplaced(in_object) && self.skip_surplus() => None,
            Some(first) => {
                self.expect_comma(last);
                if in_object {
                    self.member(first)
                } else {
                    self.begin_value()
                }
            }
        }
    }

    /// Closes the innermost bracket. One fault is enough: those around it are open for the same reason.
    fn end_of_text(&mut self) -> Option<Node> {
        if let Some(frame) = self.stack.last()
            && !self.told_open
        {
            let before = self.text.as_bytes().iter().take(frame.start);
            let line = before.filter(|byte| **byte == b'\n').count() + 1;
            let (what, close) = match frame.container {
                Container::Array(_) => ("array", ']'),
                Container::Object { .. } => ("object", '}'),
            };
            let message = format!(
                "The {what} that begins in line {line} is not closed; add `{close}` at its end."
            );
            let span = Span::new(frame.start, frame.start + 1);
            let end = Span::at(self.text.trim_end().len().max(span.end));
            self.told_open = true;
            self.mendable(span, message, end, self.closing_brackets());
        }
        self.close()
    }

    fn closing_bracket(&mut self, last: Last, in_object: bool) -> Option<Node> {
        let closes_object = self.peek() == Some(b'}');
        if closes_object == in_object {
            if let Last::Comma { at } = last {
                let span = Span::new(at, at + 1);
                let message =
                    "This comma is followed by nothing; remove it or add what is missing.";
                self.mendable(span, message, span, "");
            }
            self.pos += 1;
            return self.close();
        }
        let other_open = if closes_object {
            self.open.objects
        } else {
            self.open.arrays
        } > 0;
        let (found, wanted) = if in_object { (']', '}') } else { ('}', ']') };
        if other_open {
            let message = format!("`{wanted}` is missing before this `{found}`.");
            let span = Span::new(self.pos, self.pos + 1);
            self.mendable(span, message, Span::at(self.pos), wanted);
            return self.close();
        }
        let span = Span::new(self.pos, self.pos + 1);
        self.mendable(
            span,
            format!("This `{found}` closes nothing; remove it."),
            span,
            "",
        );
        self.pos += 1;
        None
    }

    fn comma(&mut self, last: Last) -> Option<Node> {
        if !matches!(last, Last::Value { .. }) {
            let span = Span::new(self.pos, self.pos + 1);
            let message = "Nothing stands before this comma; remove it or add what is missing.";
            self.mendable(span, message, span, "");
        }
        self.set_last(Last::Comma { at: self.pos });
        self.pos += 1;
        None
    }

    fn expect_comma(&mut self, last: Last) {
        if let Last::Value { end } = last {
            let span = Span::new(self.floor(end), end);
            self.mendable(
                span,
                "A comma is missing after this value.",
                Span::at(end),
                ",",
            );
        }
    }

    /// Reads a name and its colon, and begins its value.
    fn member(&mut self, first: u8) -> Option<Node> {
        if matches!(first, b'{' | b'[' | b'-' | b'0'..=b'9') {
            self.fault_here("A name in double quotes is expected here.");
            return self.begin_value();
        }
        let key = self.name(first);
        let name_end = self.pos;
        self.skip_space();
        if self.stands_before_colon() && self.skip_surplus() {
            self.skip_space();
        }
        if self.peek() == Some(b':') {
            self.pos += 1;
        } else {
            let message = format!("A colon is missing after the name \"{}\".", key.0);
            self.mendable(key.1, message, Span::at(key.1.end), ":");
        }
        let after = if self.pos > name_end && self.text.as_bytes().get(self.pos - 1) == Some(&b':')
        {
            self.pos
        } else {
            name_end
        };
        self.skip_space();
        let absent = matches!(self.peek(), None | Some(b',' | b'}' | b']'));
        if absent {
            self.fault(
                key.1,
                format!("A value is missing after the name \"{}\".", key.0),
            );
        }
        if let Some(Frame {
            container: Container::Object { key: pending, .. },
            ..
        }) = self.stack.last_mut()
        {
            *pending = Some(key);
        }
        if absent {
            return Some(Node {
                span: Span::at(after),
                kind: NodeKind::Missing,
            });
        }
        self.begin_value()
    }

    fn name(&mut self, first: u8) -> (Box<str>, Span) {
        let start = self.pos;
        if matches!(first, b'"' | b'\'') {
            return self.string(first);
        }
        let word = self.word();
        let span = Span::new(start, self.pos);
        let message = format!("The name `{word}` must stand in double quotes.");
        self.mendable(span, message, span, quote(word));
        (word.into(), span)
    }

    /// Reads a scalar, or opens a bracket and gives nothing.
    fn begin_value(&mut self) -> Option<Node> {
        let is_inside = !self.stack.is_empty();
        if is_inside && self.is_misplaced(false) && self.skip_surplus() {
            self.skip_space();
        }
        match self.peek()? {
            b'{' => self.open(Container::Object {
                members: Vec::new(),
                key: None,
            }),
            b'[' => self.open(Container::Array(Vec::new())),
            _ => Some(self.scalar()),
        }
    }

    fn open(&mut self, container: Container) -> Option<Node> {
        if self.stack.len() >= MAX_DEPTH {
            return Some(self.skip_too_deep());
        }
        match container {
            Container::Array(_) => self.open.arrays += 1,
            Container::Object { .. } => self.open.objects += 1,
        }
        self.stack.push(Frame {
            start: self.pos,
            container,
            last: Last::Bracket,
        });
        self.pos += 1;
        None
    }

    fn close(&mut self) -> Option<Node> {
        let frame = self.stack.pop()?;
        let kind = match frame.container {
            Container::Array(items) => {
                self.open.arrays -= 1;
                NodeKind::Array(items)
            }
            Container::Object { members, .. } => {
                self.open.objects -= 1;
                NodeKind::Object(members)
            }
        };
        // Without its closing bracket, a value ends after its last content.
        let end = if self.pos == self.space_end {
            self.content_end
        } else {
            self.pos
        };
        let end = end.max(frame.start + 1);
        Some(Node {
            span: Span::new(frame.start, end),
            kind,
        })
    }

    fn skip_too_deep(&mut self) -> Node {
        let start = self.pos;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            if byte == b'"' {
                self.skip_string();
                continue;
            }
            self.pos += 1;
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        let span = Span::new(start, self.pos);
        self.fault(
            span,
            format!("Values nest deeper than {MAX_DEPTH} levels here; nothing inside is read."),
        );
        Node {
            span,
            kind: NodeKind::Missing,
        }
    }

    fn set_last(&mut self, last: Last) {
        if let Some(frame) = self.stack.last_mut() {
            frame.last = last;
        }
    }

    /// The byte at the present place.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }
    /// The text from the present place.
    pub(super) fn rest(&self) -> &str {
        self.text.get(self.pos..).unwrap_or_default()
    }
    /// The start of the character that ends at `end`.
    fn floor(&self, end: usize) -> usize {
        let last = self
            .text
            .get(..end)
            .and_then(|before| before.chars().next_back());
        end - last.map_or(0, char::len_utf8)
    }

    /// The brackets that are still to be closed, innermost first.
    fn closing_brackets(&self) -> String {
        let close = |frame: &Frame| match frame.container {
            Container::Array(_) => ']',
            Container::Object { .. } => '}',
        };
        self.stack.iter().rev().map(close).collect()
    }

    /// Notes a fault that replacing `at` by `replacement` mends.
    pub(super) fn mendable(
        &mut self,
        span: Span,
        message: impl Into<String>,
        at: Span,
        replacement: impl Into<String>,
    ) {
        let message = message.into();
        if self.faults.len() < MAX_FAULTS {
            let fix = Some(TextEdit::new(at, replacement));
            self.faults.push(SyntaxFault { span, message, fix });
        }
    }

    pub(super) fn fault(&mut self, span: Span, message: impl Into<String>) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(SyntaxFault {
                span,
                message: message.into(),
                fix: None,
            });
        }
    }

    fn fault_here(&mut self, message: impl Into<String>) {
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        self.fault(Span::new(self.pos, self.pos + width), message);
    }
}
