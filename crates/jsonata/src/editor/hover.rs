//! What stands at a place: a function explained, an operator in one line, a variable or a path with its value on the sample.
//!
//! A value is that of the expression up to the token; inside a predicate or a function it is what all items give together.

use super::boundary;
use super::docs::{FunctionDoc, documentation};
use super::lexeme::{Bracket, Lexeme, Role, Word, around, direct};
use super::preview::preview;
use super::probe::{Core, Source, probe};
use super::sample::Sample;
use super::scope::{Origin, in_scope};
use super::structure::scan;
use std::ops::Range;

/// How many characters of a value are shown.
const SHOWN: usize = 300;
/// How many characters of a path are shown as a title.
const TITLE: usize = 60;

/// An explanation of a part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The token, in bytes.
    pub range: Range<usize>,
    /// A function with its parameters, an operator, or the path up to the token.
    pub title: String,
    /// In plain words; empty if there is nothing to say.
    pub documentation: String,
    /// The value on the sample as a JSON text, cut short; not if the sample has none.
    pub value: Option<String>,
}

/// What stands at a place, in bytes. None where there is only a literal, a comment or nothing.
#[must_use]
pub fn hover(text: &str, byte: usize, sample: &Sample<'_>) -> Option<Hover> {
    let byte = boundary(text, byte);
    let lexemes = scan(text);
    let source = Source {
        text,
        lexemes: &lexemes,
    };
    let at = lexemes.partition_point(|lexeme| lexeme.range.end <= byte);
    // Behind the last character of a token that token is meant, unless another one begins there.
    let begins = source
        .get(at)
        .is_some_and(|lexeme| lexeme.range.start <= byte);
    let at = if begins { at } else { at.checked_sub(1)? };
    let lexeme = source
        .get(at)
        .filter(|lexeme| lexeme.range.start <= byte && byte <= lexeme.range.end)?;
    About { source, at, sample }.hover(lexeme)
}

struct About<'l, 't, 's> {
    source: Source<'l, 't>,
    at: usize,
    sample: &'s Sample<'s>,
}

impl<'t> About<'_, 't, '_> {
    fn hover(&self, lexeme: &Lexeme<'t>) -> Option<Hover> {
        let says = |title: &str, documentation: &str| Hover {
            range: lexeme.range.clone(),
            title: title.to_owned(),
            documentation: documentation.to_owned(),
            value: None,
        };
        match (lexeme.word, lexeme.role) {
            (Word::Variable(name), _) => Some(self.variable(name, lexeme)),
            (Word::Name("function" | "λ"), _) if self.opens_parameters() => Some(says(
                "function($x, …) { … }",
                "A function; it sees the variables around it",
            )),
            (Word::Name(_), _) => Some(self.path(lexeme, "")),
            (Word::Operator(symbol), Role::Operand) => Some(self.path(lexeme, operand(symbol))),
            (_, Role::Close(bracket)) if ends_value(bracket) => Some(self.path(lexeme, "")),
            (Word::Operator(symbol), role) => {
                let (title, line) = operator(symbol, role)?;
                Some(says(title, line))
            }
            (Word::Signature, _) => Some(says("<…>", SIGNATURE)),
            // A text behind a dot is the name of a step.
            (Word::Text, _) if self.source.preceded_by(self.at, ".").is_some() => {
                Some(self.path(lexeme, ""))
            }
            (
                Word::Text
                | Word::Number
                | Word::Literal
                | Word::Regex
                | Word::Comment
                | Word::Broken,
                _,
            ) => None,
        }
    }

    fn opens_parameters(&self) -> bool {
        self.source
            .get(self.at + 1)
            .is_some_and(|next| next.role == Role::Open(Bracket::Parameters))
    }

    /// The path up to the token, with its value.
    fn path(&self, lexeme: &Lexeme<'_>, documentation: &str) -> Hover {
        let tokens = self.source.path_start(self.at + 1)..self.at + 1;
        let title = self.source.slice(tokens.clone()).unwrap_or_default();
        Hover {
            range: lexeme.range.clone(),
            title: cut(title),
            documentation: documentation.to_owned(),
            value: self.value(self.at + 1, &Core::Tokens(tokens)),
        }
    }

    fn value(&self, index: usize, core: &Core) -> Option<String> {
        let mut shown = None;
        self.sample
            .evaluate(&probe(self.source, index, core)?, &mut |value| {
                shown = (!value.is_undefined()).then(|| preview(value, SHOWN));
            });
        shown
    }

    fn variable(&self, name: &str, lexeme: &Lexeme<'_>) -> Hover {
        let inside = self.seen_from();
        let seen = in_scope(self.source.lexemes, inside)
            .into_iter()
            .find(|seen| seen.name == name);
        let is_bound = self.sample.bindings.iter().any(|(bound, _)| bound == name);
        if seen.is_none()
            && !is_bound
            && let Some(hover) = self.function(name, lexeme)
        {
            return hover;
        }
        let documentation = match (seen, name) {
            (Some(seen), _) => seen.origin.says(),
            (None, "") => "the context: what the step or predicate is about",
            (None, "$") => "the whole input",
            (None, _) if is_bound => "",
            (None, _) => "nothing binds this variable here",
        };
        Hover {
            range: lexeme.range.clone(),
            title: format!("${name}"),
            documentation: documentation.to_owned(),
            value: self.value_of_variable(inside, seen.map(|seen| seen.origin)),
        }
    }

    /// Where the variable can be seen from: its place, or behind it for one that begins to exist here.
    fn seen_from(&self) -> usize {
        let frames = around(self.source.lexemes, self.at);
        let innermost = frames.last().and_then(|open| self.source.get(*open));
        if let Some(Lexeme {
            role: Role::Open(Bracket::Parameters),
            partner: Some(close),
            ..
        }) = innermost
        {
            let mut body = close + 1..close + 3;
            let is_body = |at: &usize| {
                self.source
                    .get(*at)
                    .is_some_and(|lexeme| lexeme.role == Role::Open(Bracket::Body))
            };
            return body.find(is_body).map_or(self.at, |body| body + 1);
        }
        if self.binds() || self.carries().is_some() {
            self.at + 1
        } else {
            self.at
        }
    }

    fn binds(&self) -> bool {
        self.source
            .get(self.at + 1)
            .is_some_and(|next| next.is(":="))
    }

    /// The `@` or `#` before the variable.
    fn carries(&self) -> Option<usize> {
        let carries = |symbol| self.source.preceded_by(self.at, symbol);
        carries("@").or_else(|| carries("#"))
    }

    fn value_of_variable(&self, inside: usize, origin: Option<Origin>) -> Option<String> {
        let is_position = origin == Some(Origin::Position);
        if self.binds() {
            let end = self.end_of_value();
            return self.value(self.at, &Core::Tokens(self.at + 2..end));
        }
        match self.carries() {
            Some(_) if is_position => None,
            Some(sign) => self.value(self.at, &Core::Tokens(self.source.path_start(sign)..sign)),
            None => {
                // The variable alone, seen from inside.
                self.value(inside, &Core::Tokens(self.at..self.at + 1))
            }
        }
    }

    /// Where the value ends that `:=` binds.
    fn end_of_value(&self) -> usize {
        let all = self.source.lexemes;
        let ends = |at: &usize| {
            matches!(
                self.source.get(*at).map(|lexeme| lexeme.role),
                Some(
                    Role::Semicolon
                        | Role::Comma
                        | Role::Colon
                        | Role::Else
                        | Role::Middle
                        | Role::Close(_)
                )
            )
        };
        direct(all, self.at + 2, all.len())
            .find(ends)
            .unwrap_or(all.len())
    }

    fn function(&self, name: &str, lexeme: &Lexeme<'_>) -> Option<Hover> {
        let built_in = documentation(name, self.sample.profile)
            .map(|doc| (doc.signature.clone(), explain(&doc)));
        let hosted = || {
            let host = self.sample.host_function(name)?;
            Some((format!("${name}({})", host.parameters), host.text.clone()))
        };
        let (title, documentation) = hosted().or(built_in)?;
        Some(Hover {
            range: lexeme.range.clone(),
            title,
            documentation,
            value: None,
        })
    }
}

fn explain(doc: &FunctionDoc) -> String {
    let mut text = doc.text.to_owned();
    if !doc.result.is_empty() {
        text.push_str("\nGives ");
        text.push_str(doc.result);
    }
    text
}

fn cut(title: &str) -> String {
    match title.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}…", title.get(..at).unwrap_or_default()),
        None => title.to_owned(),
    }
}

fn ends_value(bracket: Bracket) -> bool {
    match bracket {
        Bracket::Parameters | Bracket::Body | Bracket::Transform => false,
        Bracket::Block
        | Bracket::Call
        | Bracket::Sort
        | Bracket::Array
        | Bracket::Predicate
        | Bracket::Keep
        | Bracket::Object
        | Bracket::Group => true,
    }
}

const SIGNATURE: &str = "Kinds of the arguments and, behind the colon, of the result: s text, n number, b Boolean, o object, a array, f function, \
    l null, j any JSON, x anything; ? may be left out, - the context stands in, + one or more";

/// What a sign means in place of a value.
fn operand(symbol: &str) -> &'static str {
    match symbol {
        "*" => "The values of all members",
        "**" => "The value, its members, their members, and so on",
        "%" => "The parent: the object that the present one was reached from",
        _ => "",
    }
}

/// An operator with what it does, in one line.
fn operator(symbol: &str, role: Role) -> Option<(&'static str, &'static str)> {
    Some(match role {
        Role::Open(bracket) => opened(bracket),
        Role::Close(Bracket::Body) => opened(Bracket::Body),
        Role::Close(Bracket::Transform) | Role::Middle => opened(Bracket::Transform),
        Role::Then | Role::Else => (
            "a ? b : c",
            "b if a counts as true, else c; nothing without c",
        ),
        Role::Gap => (
            "f(?, a)",
            "A gap: gives a function of the arguments that are left out",
        ),
        Role::Colon => ("name: value", "A member: its name and its value"),
        Role::Semicolon => ("a; b", "One after the other; the last one is the result"),
        Role::Comma
        | Role::Signature
        | Role::Comment
        | Role::Broken
        | Role::Close(_)
        | Role::Operand => return None,
        Role::Prefix => match symbol {
            "<" => ("^(<a)", "Ascending order"),
            ">" => ("^(>a)", "Descending order"),
            _ => ("-a", "The negative number"),
        },
        Role::Binary => binary(symbol)?,
    })
}

fn opened(bracket: Bracket) -> (&'static str, &'static str) {
    match bracket {
        Bracket::Block => (
            "(a; b)",
            "A block: evaluates one after the other and gives the last; has variables of its own",
        ),
        Bracket::Call => ("f(a, b)", "Calls a function"),
        Bracket::Parameters => ("function($x)", "The parameters of a function"),
        Bracket::Sort => SORT,
        Bracket::Array => (
            "[a, b]",
            "An array; a..b in it are whole numbers from a to b",
        ),
        Bracket::Predicate => (
            "a[b]",
            "The items for which b holds, or the item at position b: from 0, from the end if negative",
        ),
        Bracket::Keep => ("a[]", "Stays an array, also with one item"),
        Bracket::Object => ("{name: value}", "An object"),
        Bracket::Group => ("a{name: value}", "Groups the items by name into one object"),
        Bracket::Body => ("function($x) { … }", "What the function gives"),
        Bracket::Transform => (
            "|a|b, c|",
            "A function: a copy in which every a gets the members of b and loses the names c",
        ),
    }
}

const SORT: (&str, &str) = (
    "a^(b, >c)",
    "Sorts the items by b, then by c in descending order",
);

fn binary(symbol: &str) -> Option<(&'static str, &'static str)> {
    Some(match symbol {
        "." => ("a.b", "b of each item of a, as one sequence"),
        "+" => ("a + b", "The sum"),
        "-" => ("a - b", "The difference"),
        "*" => ("a * b", "The product"),
        "/" => ("a / b", "The quotient"),
        "%" => ("a % b", "The remainder of the division"),
        "&" => ("a & b", "Both as one text"),
        "=" => ("a = b", "Whether both are equal, all through"),
        "!=" => ("a != b", "Whether both differ"),
        "<" => ("a < b", "Whether a is less: two numbers or two texts"),
        "<=" => (
            "a <= b",
            "Whether a is less or equal: two numbers or two texts",
        ),
        ">" => ("a > b", "Whether a is greater: two numbers or two texts"),
        ">=" => (
            "a >= b",
            "Whether a is greater or equal: two numbers or two texts",
        ),
        "in" => ("a in b", "Whether a is one of the items of b"),
        "and" => ("a and b", "Whether both count as true"),
        "or" => ("a or b", "Whether one of both counts as true"),
        ".." => ("[a..b]", "The whole numbers from a to b"),
        "~>" => (
            "a ~> f",
            "Calls f with a as its first argument; of two functions it makes one that calls both in turn",
        ),
        ":=" => ("$x := a", "Binds a variable until the end of the block"),
        "?:" => ("a ?: b", "a if it counts as true, else b"),
        "??" => ("a ?? b", "a if there is one, else b"),
        "@" => (
            "a@$x",
            "Binds each item to $x for the rest of the path and stays at the context before",
        ),
        "#" => (
            "a#$i",
            "Binds the position of each item, from 0, to $i for the rest of the path",
        ),
        "^" => SORT,
        _ => return None,
    })
}
