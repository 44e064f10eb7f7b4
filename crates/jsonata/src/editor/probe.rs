//! Expressions about a place: what stands around it is rewritten so that evaluating it gives the values that the place sees.
//!
//! From the inside to the outside each bracket wraps the expression: a predicate `a[` becomes `a.(…)`, a block keeps the bindings that are
//! needed, the function of `$map` gets the items. Only pieces of the text are put together; whether they can be read, the parser says.

use super::lexeme::{Bracket, Lexeme, Role, Word, around, before, direct};
use crate::syntax;
use std::collections::HashSet;
use std::ops::Range;

/// So many brackets around a place are followed.
const MAX_FRAMES: usize = 64;

/// Longer expressions, in bytes, are not tried: nobody waits for their parser at every key.
const MAX_LENGTH: usize = 1 << 14;

/// A text and its tokens.
#[derive(Clone, Copy)]
pub(super) struct Source<'l, 't> {
    pub(super) text: &'t str,
    pub(super) lexemes: &'l [Lexeme<'t>],
}

impl<'l, 't> Source<'l, 't> {
    pub(super) fn get(self, at: usize) -> Option<&'l Lexeme<'t>> {
        self.lexemes.get(at)
    }

    /// The text from one token to another, the last one excluded.
    pub(super) fn slice(self, range: Range<usize>) -> Option<&'t str> {
        let first = self.get(range.start)?.range.start;
        let last = self.get(range.end.checked_sub(1)?)?.range.end;
        self.text.get(first..last)
    }

    fn is_binary(self, at: usize, symbol: &str) -> bool {
        self.get(at)
            .is_some_and(|lexeme| lexeme.role == Role::Binary && lexeme.is(symbol))
    }

    /// The token before, if it is that operator.
    pub(super) fn preceded_by(self, at: usize, symbol: &str) -> Option<usize> {
        before(self.lexemes, at).filter(|before| self.is_binary(*before, symbol))
    }

    /// Where the path begins that ends before a token.
    pub(super) fn path_start(self, end: usize) -> usize {
        let mut start = end;
        while let Some(at) = before(self.lexemes, start) {
            let Some(part) = self.part_start(at) else {
                return start;
            };
            start = part.start;
            if part.needs_more {
                continue;
            }
            let goes_on = [".", "@", "#"]
                .iter()
                .find_map(|symbol| self.preceded_by(start, symbol));
            let Some(dot) = goes_on else {
                return start;
            };
            start = dot;
        }
        start
    }

    /// Where the part of a path begins that a token ends.
    fn part_start(self, at: usize) -> Option<Part> {
        let lexeme = self.get(at)?;
        let Role::Close(bracket) = lexeme.role else {
            let needs_more = false;
            return (lexeme.role == Role::Operand).then_some(Part {
                start: at,
                needs_more,
            });
        };
        let open = lexeme.partner?;
        Some(match bracket {
            Bracket::Block | Bracket::Array | Bracket::Object | Bracket::Transform => Part {
                start: open,
                needs_more: false,
            },
            Bracket::Predicate | Bracket::Keep | Bracket::Group | Bracket::Call => Part {
                start: open,
                needs_more: true,
            },
            Bracket::Sort => Part {
                start: self.preceded_by(open, "^")?,
                needs_more: true,
            },
            Bracket::Body => Part {
                start: self.function_of(open)?.word,
                needs_more: false,
            },
            Bracket::Parameters => return None,
        })
    }

    /// Where a chain of `~>` begins that ends before a token.
    fn chain_start(self, mut end: usize) -> usize {
        loop {
            let start = self.path_start(end);
            match self.preceded_by(start, "~>").filter(|_| start < end) {
                Some(arrow) => end = arrow,
                None => return start,
            }
        }
    }

    /// The function whose body opens at a token.
    pub(super) fn function_of(self, body: usize) -> Option<Lambda<'t>> {
        let mut close = before(self.lexemes, body)?;
        if self.get(close)?.role == Role::Signature {
            close = before(self.lexemes, close)?;
        }
        let open = self.get(close)?.partner.filter(|open| *open < close)?;
        let word = before(self.lexemes, open)?;
        let parameters =
            direct(self.lexemes, open + 1, close).filter_map(|at| match self.get(at)?.word {
                Word::Variable(name) => Some(name),
                _ => None,
            });
        let parameters = parameters.collect();
        Some(Lambda { word, parameters })
    }

    fn can_be_read(self, range: Range<usize>) -> Option<&'t str> {
        self.slice(range)
            .filter(|text| text.len() <= MAX_LENGTH && syntax::parse(text).1.is_empty())
    }
}

struct Part {
    start: usize,
    /// Whether it stands behind something, as a predicate does.
    needs_more: bool,
}

/// A function that is written in the text.
pub(super) struct Lambda<'t> {
    /// The token `function`.
    pub(super) word: usize,
    pub(super) parameters: Vec<&'t str>,
}

/// What is asked for at a place.
pub(super) enum Core {
    /// The context.
    Context,
    /// What these tokens give.
    Tokens(Range<usize>),
}

/// An expression that gives, for the input, what a part of the text gives where it stands; `index` is the first token behind the place.
pub(super) fn probe(source: Source<'_, '_>, index: usize, core: &Core) -> Option<String> {
    let frames = around(source.lexemes, index);
    if frames.len() > MAX_FRAMES {
        return None;
    }
    let mut probe = Probe {
        source,
        heads: Vec::new(),
        tail: String::new(),
        needed: HashSet::new(),
    };
    let core = match core {
        Core::Context => "$",
        Core::Tokens(range) => probe.need(range.clone())?,
    };
    for (depth, open) in frames.iter().enumerate().rev() {
        let limit = frames.get(depth + 1).copied().unwrap_or(index);
        let outer = depth
            .checked_sub(1)
            .and_then(|outer| frames.get(outer))
            .copied();
        probe.frame(*open, limit, outer)?;
    }
    probe.heads.reverse();
    let text = probe.heads.concat() + core + &probe.tail;
    (text.len() <= MAX_LENGTH).then_some(text)
}

struct Probe<'l, 't> {
    source: Source<'l, 't>,
    /// What stands before the expression, the innermost first.
    heads: Vec<String>,
    tail: String,
    /// Names of variables that have been met.
    needed: HashSet<&'t str>,
}

impl<'t> Probe<'_, 't> {
    fn wrap(&mut self, head: String, tail: &str) {
        self.heads.push(head);
        self.tail.push_str(tail);
    }

    /// The text of some tokens, whose variables are needed from now on.
    fn need(&mut self, range: Range<usize>) -> Option<&'t str> {
        for lexeme in self.source.lexemes.get(range.clone())? {
            if let Word::Variable(name) = lexeme.word {
                self.needed.insert(name);
            }
        }
        self.source.slice(range)
    }

    /// The expression is about each item of these tokens.
    fn under(&mut self, range: Range<usize>) -> Option<()> {
        let items = self.need(range)?;
        self.wrap(format!("{items}.("), ")");
        Some(())
    }

    /// The expression is about each item of the path before a token.
    fn under_path(&mut self, end: usize) -> Option<()> {
        self.under(self.source.path_start(end)..end)
    }

    fn frame(&mut self, open: usize, limit: usize, outer: Option<usize>) -> Option<()> {
        let Role::Open(bracket) = self.source.get(open)?.role else {
            return None;
        };
        match bracket {
            Bracket::Block => {
                self.statements(open, limit);
                self.as_step(open)
            }
            Bracket::Array | Bracket::Object => self.as_step(open),
            Bracket::Predicate | Bracket::Group => self.under_path(open),
            Bracket::Sort => self.under_path(before(self.source.lexemes, open)?),
            Bracket::Body => self.body(open, outer),
            Bracket::Transform => self.transform(open, limit),
            Bracket::Call | Bracket::Parameters | Bracket::Keep => Some(()),
        }
    }

    fn as_step(&mut self, open: usize) -> Option<()> {
        match self.source.preceded_by(open, ".") {
            Some(dot) => self.under_path(dot),
            None => Some(()),
        }
    }

    /// The bindings of a block before the place, as far as they are needed and can be read.
    fn statements(&mut self, open: usize, limit: usize) {
        let source = self.source;
        let ends = direct(source.lexemes, open + 1, limit);
        let ends = ends.filter(|at| {
            source
                .get(*at)
                .is_some_and(|lexeme| lexeme.role == Role::Semicolon)
        });
        let mut from = open + 1;
        let mut statements = Vec::new();
        for end in ends {
            statements.push(from..end);
            from = end + 1;
        }
        let mut kept = Vec::new();
        for statement in statements.into_iter().rev() {
            let Some(Word::Variable(name)) = source.get(statement.start).map(|first| first.word)
            else {
                continue;
            };
            let wanted = source.is_binary(statement.start + 1, ":=") && self.needed.contains(name);
            if !wanted {
                continue;
            }
            if let Some(text) = source.can_be_read(statement.clone()) {
                self.need(statement);
                kept.push(text);
            }
        }
        if !kept.is_empty() {
            kept.reverse();
            self.wrap(format!("({};", kept.join(";")), ")");
        }
    }

    fn transform(&mut self, open: usize, limit: usize) -> Option<()> {
        let source = self.source;
        let mut parts = direct(source.lexemes, open + 1, limit);
        let middle = parts.find(|at| {
            source
                .get(*at)
                .is_some_and(|lexeme| lexeme.role == Role::Middle)
        });
        if let Some(middle) = middle {
            let pattern = self.need(open + 1..middle)?;
            self.wrap(format!("({pattern}).("), ")");
        }
        if let Some(arrow) = source.preceded_by(open, "~>") {
            let items = self.need(source.chain_start(arrow)..arrow)?;
            self.wrap(format!("({items}).("), ")");
        }
        Some(())
    }

    /// A function: its parameters are the items, if it is an argument of a function that goes through items.
    fn body(&mut self, open: usize, outer: Option<usize>) -> Option<()> {
        let lambda = self.source.function_of(open)?;
        let visited = outer.and_then(|call| self.visited(call, lambda.word));
        match visited {
            Some((callee, items)) => self.visit(callee, items, &lambda, open, outer),
            None => {
                let parameters = list(&lambda.parameters);
                self.wrap(format!("(function({parameters}){{"), "})()");
                Some(())
            }
        }
    }

    /// The function that goes through items, and the tokens of the items.
    fn visited(&self, call: usize, lambda: usize) -> Option<(&'t str, Range<usize>)> {
        let source = self.source;
        let callee = before(source.lexemes, call)?;
        let Word::Variable(name) = source.get(callee)?.word else {
            return None;
        };
        let is_comma = |at: &usize| {
            source
                .get(*at)
                .is_some_and(|lexeme| lexeme.role == Role::Comma)
        };
        let mut arguments = direct(source.lexemes, call + 1, lambda);
        if let Some(comma) = arguments.find(is_comma) {
            return Some((name, call + 1..comma));
        }
        let arrow = source.preceded_by(callee, "~>")?;
        Some((name, source.chain_start(arrow)..arrow))
    }

    fn visit(
        &mut self,
        callee: &str,
        items: Range<usize>,
        lambda: &Lambda<'t>,
        body: usize,
        call: Option<usize>,
    ) -> Option<()> {
        let first = lambda.parameters.first().copied().unwrap_or_default();
        let rest = lambda.parameters.get(1..).unwrap_or_default();
        let second = rest.first().copied().unwrap_or_default();
        let (function, parameters, binding) = match callee {
            "map" | "filter" | "single" => ("$map", list(&lambda.parameters), None),
            "each" | "sift" => ("$each", list(&lambda.parameters), None),
            "reduce" => {
                let start = call.and_then(|call| self.start_of_reduction(body, call));
                let start = start.map_or_else(|| format!("${second}"), str::to_owned);
                ("$map", list(rest), Some(format!("${first}:={start};")))
            }
            "sort" => (
                "$map",
                format!("${first}"),
                Some(format!("${second}:=${first};")),
            ),
            _ => ("$map", String::new(), None),
        };
        let items = self.need(items)?;
        let (open, close) = if binding.is_some() {
            ("(", ")})")
        } else {
            ("", "})")
        };
        let binding = binding.unwrap_or_default();
        self.wrap(
            format!("{function}({items},function({parameters}){{{open}{binding}"),
            close,
        );
        Some(())
    }

    /// The third argument of `$reduce`, behind the function.
    fn start_of_reduction(&mut self, body: usize, call: usize) -> Option<&'t str> {
        let source = self.source;
        let comma = source.get(body)?.partner? + 1;
        let end = source.get(call)?.partner?;
        let follows = source.get(comma)?.role == Role::Comma && comma + 1 < end;
        let range = comma + 1..end;
        source
            .can_be_read(range.clone())
            .filter(|_| follows)
            .inspect(|_| {
                self.need(range);
            })
    }
}

fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("${name}")).collect();
    names.join(",")
}
