//! The formatter: one line if it fits, else breaks at what holds the parts of an expression together least.
//!
//! It moves blanks and nothing else: every token and every comment stays as it is written and where it stands, so the meaning stays too. It does
//! not add or take parentheses, and it does not break at the dots of a path.

use super::layout::{Event, Flat, lines};
use super::lexeme::{Bracket, Lexeme, Role, Word, direct};
use super::structure::scan;
use crate::fault::Error;
use crate::syntax;

/// The text in good form. Formatting it again changes nothing.
///
/// # Errors
///
/// The first thing that is wrong with the text: only what can be read is formatted.
pub fn format(text: &str) -> Result<String, Error> {
    let (_, errors) = syntax::parse(text);
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    let lexemes = scan(text);
    let formatted = laid_out(text, &lexemes);
    // A text that would be read as other tokens is better left alone.
    Ok(if same(text, &lexemes, &formatted) {
        formatted
    } else {
        text.to_owned()
    })
}

/// The text with new blanks.
pub(super) fn laid_out(text: &str, lexemes: &[Lexeme<'_>]) -> String {
    let mut writer = Writer {
        text,
        lexemes,
        events: Vec::with_capacity(lexemes.len() * 2),
        last: None,
        line_due: false,
    };
    writer.run(0, lexemes.len());
    lines(&writer.events)
}

/// Whether both texts have the same tokens.
pub(super) fn same(text: &str, lexemes: &[Lexeme<'_>], formatted: &str) -> bool {
    let again = scan(formatted);
    again.len() == lexemes.len()
        && again.iter().zip(lexemes).all(|(new, old)| {
            new.role == old.role && formatted.get(new.range.clone()) == text.get(old.range.clone())
        })
}

/// How loosely an operator holds its sides together, for the eye: at the loosest one a line is broken first. None where lines are not broken.
fn level(lexeme: &Lexeme<'_>) -> Option<u8> {
    match (lexeme.role, lexeme.word) {
        (Role::Then | Role::Else, _) => Some(1),
        (Role::Binary, Word::Operator(symbol)) => match symbol {
            ":=" => Some(0),
            "~>" => Some(2),
            "?:" | "??" => Some(3),
            "or" => Some(4),
            "and" => Some(5),
            "=" | "!=" | "<" | "<=" | ">" | ">=" | "in" => Some(6),
            "+" | "-" | "&" => Some(7),
            "*" | "/" | "%" => Some(8),
            _ => None,
        },
        _ => None,
    }
}

/// How long the beginning of a call may be so that the function behind it begins in the same line.
const MAX_HEAD: usize = 50;

struct Writer<'l, 't> {
    text: &'t str,
    lexemes: &'l [Lexeme<'t>],
    events: Vec<Event<'t>>,
    /// The token before, if it stands in the same line.
    last: Option<usize>,
    /// A comment ended its line, so whatever follows begins a new one.
    line_due: bool,
}

impl<'l> Writer<'l, '_> {
    fn role(&self, at: usize) -> Option<Role> {
        self.lexemes.get(at).map(|lexeme| lexeme.role)
    }

    /// Writes a token, with a blank before it where one belongs.
    fn put(&mut self, at: usize) {
        let Some(lexeme) = self.lexemes.get(at) else {
            return;
        };
        let last = self.last.and_then(|last| self.lexemes.get(last));
        if self.line_due {
            self.events.push(Event::Hard);
        } else if last.is_some_and(|last| gap(last, lexeme)) {
            self.events.push(Event::Space);
        }
        self.events.push(Event::Text(
            self.text.get(lexeme.range.clone()).unwrap_or_default(),
        ));
        self.last = Some(at);
        self.line_due = lexeme.role == Role::Comment && self.ends_line(at);
    }

    fn put_break(&mut self, flat: Flat) {
        self.events.push(if self.line_due {
            Event::Hard
        } else {
            Event::Break(flat)
        });
        self.line_due = false;
        self.last = None;
    }

    /// Whether somebody began a new line behind a token.
    fn ends_line(&self, at: usize) -> bool {
        let here = self.lexemes.get(at).map(|lexeme| lexeme.range.end);
        let next = self.lexemes.get(at + 1).map(|lexeme| lexeme.range.start);
        let between = here
            .zip(next)
            .and_then(|(here, next)| self.text.get(here..next));
        between.is_some_and(|between| between.contains('\n'))
    }

    fn direct(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + use<'l> {
        direct(self.lexemes, from, to)
    }

    /// The first token of that level.
    fn find(&self, level_wanted: u8, from: usize, to: usize) -> Option<usize> {
        let is = |at: &usize| self.lexemes.get(*at).and_then(level) == Some(level_wanted);
        self.direct(from, to).find(is)
    }

    /// Operators and what they hold together, without separators.
    fn run(&mut self, mut from: usize, to: usize) {
        while let Some(at) = self.find(0, from, to) {
            self.run_above(from, at);
            self.put(at);
            from = at + 1;
        }
        self.run_above(from, to);
    }

    /// As before, without `:=`. Recursion is bounded: there are so many levels, and every bracket was counted by the parser.
    fn run_above(&mut self, from: usize, to: usize) {
        let levels = self
            .direct(from, to)
            .filter_map(|at| self.lexemes.get(at).and_then(level));
        let Some(loosest) = levels.min() else {
            return self.tight(from, to);
        };
        self.events.push(Event::Open);
        let mut at = self.find(loosest, from, to).unwrap_or(to);
        self.run_above(from, at);
        self.events.push(Event::In);
        while at < to {
            self.put_break(Flat::Space);
            self.put(at);
            let next = self.find(loosest, at + 1, to).unwrap_or(to);
            self.run_above(at + 1, next);
            at = next;
        }
        self.events.push(Event::Out);
        self.events.push(Event::Close);
    }

    /// Tokens and brackets in a row.
    fn tight(&mut self, from: usize, to: usize) {
        for at in self.direct(from, to) {
            match self.lexemes.get(at) {
                Some(Lexeme {
                    role: Role::Open(bracket),
                    partner: Some(close),
                    ..
                }) => {
                    self.bracket(*bracket, at, *close);
                }
                _ => self.put(at),
            }
        }
    }

    fn bracket(&mut self, bracket: Bracket, open: usize, close: usize) {
        let in_one_line = match bracket {
            Bracket::Transform => true,
            Bracket::Call => self.hugs(open, close),
            Bracket::Body
            | Bracket::Block
            | Bracket::Parameters
            | Bracket::Sort
            | Bracket::Array
            | Bracket::Predicate
            | Bracket::Keep
            | Bracket::Object
            | Bracket::Group => false,
        };
        self.put(open);
        if in_one_line {
            self.items(open + 1, close, None);
        } else if open + 1 < close {
            let flat = if bracket == Bracket::Body {
                Flat::Space
            } else {
                Flat::Nothing
            };
            self.events.push(Event::Open);
            self.events.push(Event::In);
            let from = self.trailing(open + 1, close);
            if from < close {
                self.put_break(flat);
            }
            self.items(from, close, Some(Flat::Space));
            self.events.push(Event::Out);
            self.put_break(flat);
            self.events.push(Event::Close);
        }
        self.put(close);
    }

    /// What stands between separators, each part in a line of its own if there are breaks.
    fn items(&mut self, mut from: usize, to: usize, breaks: Option<Flat>) {
        while from < to {
            let separates = |at: &usize| {
                matches!(
                    self.role(*at),
                    Some(Role::Comma | Role::Semicolon | Role::Middle)
                )
            };
            let end = self.direct(from, to).find(separates).unwrap_or(to);
            self.pair(from, end);
            from = to;
            if end < to {
                self.put(end);
                from = end + 1;
            }
            if let Some(flat) = breaks.filter(|_| end < to) {
                from = self.trailing(from, to);
                if from < to {
                    self.put_break(flat);
                }
            }
        }
    }

    fn pair(&mut self, from: usize, to: usize) {
        let colon = self
            .direct(from, to)
            .find(|at| self.role(*at) == Some(Role::Colon));
        let Some(colon) = colon else {
            return self.run(from, to);
        };
        self.run(from, colon);
        self.put(colon);
        self.run(colon + 1, to);
    }

    /// A comment that ends the line of a bracket or separator stays in that line.
    fn trailing(&mut self, from: usize, to: usize) -> usize {
        let is_trailing = from < to
            && self.role(from) == Some(Role::Comment)
            && self.ends_line(from)
            && from
                .checked_sub(1)
                .is_some_and(|before| !self.ends_line(before));
        if !is_trailing {
            return from;
        }
        self.put(from);
        from + 1
    }

    /// Whether the last argument of a call begins in the line of the call: a function behind short arguments, or something in brackets alone.
    fn hugs(&self, open: usize, close: usize) -> bool {
        let comma = |at: &usize| self.role(*at) == Some(Role::Comma);
        let first = self
            .direct(open + 1, close)
            .filter(comma)
            .last()
            .map_or(open + 1, |comma| comma + 1);
        let last = self.direct(first, close).last().unwrap_or(open);
        let ends_here = self
            .lexemes
            .get(last)
            .is_some_and(|last| last.partner.map(|end| end + 1) == Some(close));
        let fits = match self.role(last) {
            Some(Role::Open(Bracket::Body)) => {
                matches!(
                    self.lexemes.get(first).map(|first| first.word),
                    Some(Word::Name("function" | "λ"))
                )
            }
            Some(Role::Open(Bracket::Array | Bracket::Object | Bracket::Block)) => last == open + 1,
            _ => false,
        };
        // Every token is one byte long at least, so a head of more tokens need not be looked at.
        let head = self
            .lexemes
            .get(open..last)
            .filter(|head| head.len() <= MAX_HEAD);
        let Some(head) = head.filter(|_| ends_here && fits) else {
            return false;
        };
        let length: usize = head.iter().map(|lexeme| lexeme.range.len()).sum();
        let has_comment = head.iter().any(|lexeme| lexeme.role == Role::Comment);
        length <= MAX_HEAD && !has_comment
    }
}

/// Whether a blank belongs between two tokens in the same line.
fn gap(left: &Lexeme<'_>, right: &Lexeme<'_>) -> bool {
    let tight = |lexeme: &Lexeme<'_>| {
        matches!(lexeme.word, Word::Operator("." | ".." | "@" | "#" | "^"))
            && lexeme.role == Role::Binary
    };
    match (left.role, right.role) {
        (Role::Comment, _) | (_, Role::Comment) => true,
        (Role::Open(_) | Role::Prefix | Role::Middle, _) | (_, Role::Close(_) | Role::Middle) => {
            false
        }
        (_, Role::Comma | Role::Semicolon | Role::Colon | Role::Signature) => false,
        (Role::Comma | Role::Semicolon | Role::Colon, _) => true,
        (Role::Binary, _) => !tight(left),
        (_, Role::Binary) => !tight(right),
        (Role::Then | Role::Else, _) | (_, Role::Then | Role::Else) => true,
        (_, Role::Open(bracket)) => bracket == Bracket::Body,
        (Role::Operand | Role::Close(_) | Role::Gap | Role::Signature | Role::Broken, _) => true,
    }
}
