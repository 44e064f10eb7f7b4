//! The tokens of a text with the part that each of them plays: which bracket it opens, whether a `?` asks or leaves a gap, what a `{` belongs to.
//!
//! It follows the parser token by token, so that both read a `/` in the same way, but it needs no text that can be parsed: what is broken is
//! marked and stepped over. It builds no tree, and it does not say what is wrong.

use super::lexeme::{Bracket, Lexeme, Role, Word};
use crate::fault::Code;
use crate::syntax::{Lexer, Place, Token, TokenKind, is_blank};
use std::ops::Range;

/// A bracket that is open.
#[derive(Debug)]
struct Frame {
    bracket: Bracket,
    /// Its token.
    index: usize,
    /// Conditions that wait for their `:`.
    conditions: u32,
    /// Whether the second `|` of a transform has been read.
    halfway: bool,
}

/// After so many texts without an end the rest counts as broken, so that the work stays linear.
const MAX_UNCLOSED: u32 = 32;

struct Scanner<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme<'t>>,
    frames: Vec<Frame>,
    /// How many open brackets wait for each of `)`, `]`, `}`.
    waiting: [usize; 3],
    /// What is expected next, which says what a `(` or a `*` is.
    expects: Place,
    /// How the parser has the next token read, which says what a `/` is. The two differ where the reference implementation lets them.
    place: Place,
    /// Whether what stands before a `(` is the word `function`.
    callee: bool,
    unclosed: u32,
    /// Conditions outside of all brackets.
    conditions: u32,
}

/// All tokens of a text, comments included.
pub(super) fn scan(text: &str) -> Vec<Lexeme<'_>> {
    let mut scanner = Scanner {
        text,
        lexemes: Vec::new(),
        frames: Vec::new(),
        waiting: [0; 3],
        expects: Place::Operand,
        // The parser reads its first token in this way.
        place: Place::Operand,
        callee: false,
        unclosed: 0,
        conditions: 0,
    };
    let mut at = 0;
    while let Some(next) = scanner.step(at) {
        at = next;
    }
    scanner.lexemes
}

fn kind_of(symbol: &str) -> Option<usize> {
    [")", "]", "}"].iter().position(|close| *close == symbol)
}

impl<'t> Scanner<'t> {
    /// Reads one token; where the next one is looked for.
    fn step(&mut self, at: usize) -> Option<usize> {
        let blanks = self
            .text
            .bytes()
            .skip(at)
            .take_while(|byte| is_blank(*byte));
        let at = at + blanks.count();
        let rest = self.text.get(at..).filter(|rest| !rest.is_empty())?;
        if rest.starts_with("/*") {
            return Some(self.comment(at, rest));
        }
        let mut lexer = Lexer::starting(self.text, at);
        Some(match lexer.next(self.place) {
            Ok(token)
                if matches!(token.kind, TokenKind::Operator("<")) && self.after_parameters() =>
            {
                self.signature(at)
            }
            Ok(token) => self.token(token),
            Err(fault) => self.broken(at, lexer.position(), fault.code()),
        })
    }

    fn push(&mut self, word: Word<'t>, role: Role, range: Range<usize>) -> usize {
        let end = range.end;
        self.lexemes.push(Lexeme {
            word,
            role,
            range,
            partner: None,
        });
        end
    }

    /// The last token that is no comment.
    fn last(&self) -> Option<&Lexeme<'t>> {
        self.lexemes
            .iter()
            .rev()
            .find(|lexeme| lexeme.role != Role::Comment)
    }

    fn after_parameters(&self) -> bool {
        self.last()
            .is_some_and(|last| last.role == Role::Close(Bracket::Parameters))
    }

    fn comment(&mut self, at: usize, rest: &str) -> usize {
        match rest.get(2..).and_then(|rest| rest.find("*/")) {
            Some(len) => self.push(Word::Comment, Role::Comment, at..at + len + 4),
            None => self.push(Word::Broken, Role::Broken, at..self.text.len()),
        }
    }

    /// From `<` to the `>` that belongs to it, as the parser reads it.
    fn signature(&mut self, start: usize) -> usize {
        let mut lexer = Lexer::starting(self.text, start + 1);
        let mut depth = 1_u32;
        let mut end = start + 1;
        while depth > 0 {
            let Ok(token) = lexer.next(Place::Operand) else {
                break;
            };
            match token.kind {
                TokenKind::End | TokenKind::Operator("{") => break,
                TokenKind::Operator(">") => depth -= 1,
                TokenKind::Operator("<") => depth += 1,
                _ => {}
            }
            end = token.span.end;
        }
        self.place = Place::Operand;
        self.expects = Place::Operator;
        let (word, role) = if depth == 0 {
            (Word::Signature, Role::Signature)
        } else {
            (Word::Broken, Role::Broken)
        };
        self.push(word, role, start..end)
    }

    /// Steps over what the lexer could not read.
    fn broken(&mut self, start: usize, stopped: usize, code: Code) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        let unclosed = matches!(
            code,
            Code::S0101 | Code::S0103 | Code::S0104 | Code::S0105 | Code::S0302
        );
        let len = match rest.bytes().next() {
            Some(quote @ (b'"' | b'\'')) if unclosed => closing(rest, quote),
            _ if unclosed => None,
            _ => Some(stopped.saturating_sub(start)),
        };
        let len = len.unwrap_or_else(|| {
            self.unclosed += 1;
            let line = rest.find('\n').filter(|_| self.unclosed <= MAX_UNCLOSED);
            line.unwrap_or(rest.len())
        });
        // At least one character, and no part of one.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let end = self.text.ceil_char_boundary(start + len.max(first));
        self.expects = Place::Operator;
        self.place = Place::Operator;
        self.callee = false;
        self.push(Word::Broken, Role::Broken, start..end)
    }

    fn token(&mut self, token: Token<'t>) -> usize {
        let mut partner = None;
        let (word, role) = match token.kind {
            TokenKind::Operator(symbol) => {
                let (role, found) = self.role(symbol);
                partner = found;
                (Word::Operator(symbol), role)
            }
            TokenKind::Name(name) => (Word::Name(name), Role::Operand),
            TokenKind::Variable(name) => (Word::Variable(name), Role::Operand),
            TokenKind::Text(_) => (Word::Text, Role::Operand),
            TokenKind::Number(_) => (Word::Number, Role::Operand),
            TokenKind::True | TokenKind::False | TokenKind::Null => (Word::Literal, Role::Operand),
            TokenKind::Regex(_) => (Word::Regex, Role::Operand),
            TokenKind::End => return self.text.len(),
        };
        self.note(word, role);
        let end = self.push(word, role, token.span);
        if let (Some(partner), Some(last)) = (partner, self.lexemes.last_mut()) {
            last.partner = Some(partner);
        }
        end
    }

    /// What follows from a token for the next one.
    fn note(&mut self, word: Word<'t>, role: Role) {
        self.callee = match role {
            Role::Operand => matches!(word, Word::Name("function" | "λ")),
            // `function[]` still is that word.
            Role::Open(Bracket::Predicate) | Role::Close(Bracket::Keep) => self.callee,
            _ => false,
        };
        self.expects = match role {
            Role::Operand | Role::Gap | Role::Close(_) | Role::Broken => Place::Operator,
            _ => Place::Operand,
        };
        self.place = match role {
            Role::Operand | Role::Broken => Place::Operator,
            Role::Prefix if word == Word::Operator("-") => Place::Operator,
            Role::Open(Bracket::Block | Bracket::Array | Bracket::Object | Bracket::Transform) => {
                Place::Operator
            }
            Role::Close(Bracket::Body | Bracket::Sort | Bracket::Transform | Bracket::Keep) => {
                Place::Operand
            }
            Role::Close(_) => Place::Operator,
            _ => Place::Operand,
        };
    }

    fn conditions(&mut self) -> &mut u32 {
        match self.frames.last_mut() {
            Some(frame) => &mut frame.conditions,
            None => &mut self.conditions,
        }
    }

    fn separator(&mut self, role: Role) -> Role {
        *self.conditions() = 0;
        role
    }

    /// The part that an operator plays, and its partner if it closes a bracket.
    fn role(&mut self, symbol: &'static str) -> (Role, Option<usize>) {
        let role = match symbol {
            "(" | "[" | "{" => self.open(symbol),
            ")" | "]" | "}" => return self.close(symbol),
            "|" => return self.bar(),
            "," => self.separator(Role::Comma),
            ";" => self.separator(Role::Semicolon),
            ".." => self.separator(Role::Binary),
            ":" => self.colon(),
            "?" if self.expects == Place::Operand => Role::Gap,
            "?" => {
                *self.conditions() += 1;
                Role::Then
            }
            "!" | "~" => Role::Broken,
            _ if self.expects == Place::Operator => Role::Binary,
            "*" | "**" | "%" | "and" | "or" | "in" => Role::Operand,
            "-" | "<" | ">" => Role::Prefix,
            _ => Role::Binary,
        };
        (role, None)
    }

    fn colon(&mut self) -> Role {
        let conditions = self.conditions();
        if *conditions == 0 {
            return Role::Colon;
        }
        *conditions -= 1;
        Role::Else
    }

    fn open(&mut self, symbol: &str) -> Role {
        let last = self.last();
        let sorts = last.is_some_and(|last| last.role == Role::Binary && last.is("^"));
        let is_body = last.is_some_and(|last| {
            matches!(
                last.role,
                Role::Close(Bracket::Parameters) | Role::Signature
            )
        });
        let bracket = match (symbol, self.expects) {
            ("(", _) if sorts => Bracket::Sort,
            ("(", Place::Operand) => Bracket::Block,
            ("(", Place::Operator) if self.callee => Bracket::Parameters,
            ("(", Place::Operator) => Bracket::Call,
            ("[", Place::Operand) => Bracket::Array,
            ("[", Place::Operator) => Bracket::Predicate,
            _ if is_body => Bracket::Body,
            (_, Place::Operand) => Bracket::Object,
            (_, Place::Operator) => Bracket::Group,
        };
        self.enter(bracket)
    }

    fn enter(&mut self, bracket: Bracket) -> Role {
        if let Some(waiting) = kind_of(bracket.close()).and_then(|kind| self.waiting.get_mut(kind))
        {
            *waiting += 1;
        }
        self.frames.push(Frame {
            bracket,
            index: self.lexemes.len(),
            conditions: 0,
            halfway: false,
        });
        Role::Open(bracket)
    }

    /// Closes the innermost bracket of this kind, and with it all that were left open inside.
    fn close(&mut self, symbol: &str) -> (Role, Option<usize>) {
        let waits = kind_of(symbol)
            .and_then(|kind| self.waiting.get(kind))
            .is_some_and(|waiting| *waiting > 0);
        if !waits {
            return (Role::Broken, None);
        }
        while let Some(frame) = self.leave() {
            if frame.bracket.close() == symbol {
                return (Role::Close(self.closed(&frame)), Some(frame.index));
            }
        }
        (Role::Broken, None)
    }

    fn leave(&mut self) -> Option<Frame> {
        let frame = self.frames.pop()?;
        if let Some(waiting) =
            kind_of(frame.bracket.close()).and_then(|kind| self.waiting.get_mut(kind))
        {
            *waiting = waiting.saturating_sub(1);
        }
        let here = self.lexemes.len();
        if let Some(open) = self.lexemes.get_mut(frame.index) {
            open.partner = Some(here);
        }
        Some(frame)
    }

    /// A predicate without anything inside is none.
    fn closed(&mut self, frame: &Frame) -> Bracket {
        let inside = self.lexemes.iter().skip(frame.index + 1);
        if frame.bracket != Bracket::Predicate
            || !inside
                .into_iter()
                .all(|inside| inside.role == Role::Comment)
        {
            return frame.bracket;
        }
        if let Some(open) = self.lexemes.get_mut(frame.index) {
            open.role = Role::Open(Bracket::Keep);
        }
        Bracket::Keep
    }

    fn bar(&mut self) -> (Role, Option<usize>) {
        if self.expects == Place::Operand {
            return (self.enter(Bracket::Transform), None);
        }
        match self.frames.last_mut() {
            Some(frame) if frame.bracket == Bracket::Transform && !frame.halfway => {
                frame.halfway = true;
                frame.conditions = 0;
                (Role::Middle, None)
            }
            Some(frame) if frame.bracket == Bracket::Transform => {
                let partner = self.leave().map(|frame| frame.index);
                (Role::Close(Bracket::Transform), partner)
            }
            _ => (Role::Broken, None),
        }
    }
}

/// How long a text is whose escapes cannot all be read, if it has an end.
fn closing(text: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if byte == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
