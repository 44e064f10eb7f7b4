//! Colours: every token with its class, whatever the text is. Blanks have none.
//!
//! Names are not resolved here beyond one question: whether a variable is a function that every expression finds.

use super::lexeme::{Bracket, Lexeme, Role, Word, before};
use super::structure::scan;
use crate::functions::ALL;
use std::collections::HashSet;
use std::ops::Range;

/// What a token is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `and`, `or`, `in`, `function`.
    Keyword,
    /// Operators and what separates.
    Operator,
    /// The name of a member.
    Name,
    /// A variable that is no function known by name.
    Variable,
    /// A built-in function.
    Function,
    /// A variable that is called but neither built in nor bound in the text; the host may bring it.
    UnknownFunction,
    /// A text in quotes.
    Text,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Literal,
    /// A regular expression with its flags.
    Regex,
    /// A comment.
    Comment,
    /// Parentheses, brackets, braces, and the bars of a transform.
    Bracket,
    /// The types of a function: `<s-n:s>`.
    Signature,
    /// What cannot be read, or a bracket that closes nothing.
    Error,
}

/// A part of the text and its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// In bytes.
    pub range: Range<usize>,
    /// What it is shown as.
    pub class: Class,
}

/// The tokens of a text in order, comments included. They never overlap; between them there are only blanks.
#[must_use]
pub fn tokens(text: &str) -> Vec<Highlight> {
    let lexemes = scan(text);
    let bound = bound(&lexemes);
    let classes = lexemes.iter().enumerate().map(|(at, lexeme)| Highlight {
        range: lexeme.range.clone(),
        class: class(&lexemes, at, lexeme, &bound),
    });
    classes.collect()
}

fn class(lexemes: &[Lexeme<'_>], at: usize, lexeme: &Lexeme<'_>, bound: &HashSet<&str>) -> Class {
    if lexeme.role == Role::Broken {
        return Class::Error;
    }
    let opens = |bracket| {
        lexemes
            .get(at + 1)
            .is_some_and(|next| next.role == Role::Open(bracket))
    };
    match lexeme.word {
        Word::Name("function" | "λ") if opens(Bracket::Parameters) => Class::Keyword,
        Word::Name(_) => Class::Name,
        Word::Variable(name) if bound.contains(name) => Class::Variable,
        Word::Variable(name) if is_built_in(name) => Class::Function,
        Word::Variable(name) if opens(Bracket::Call) && !name.is_empty() => Class::UnknownFunction,
        Word::Variable(_) => Class::Variable,
        Word::Text => Class::Text,
        Word::Number => Class::Number,
        Word::Literal => Class::Literal,
        Word::Regex => Class::Regex,
        Word::Comment => Class::Comment,
        Word::Signature => Class::Signature,
        Word::Broken => Class::Error,
        Word::Operator("and" | "or" | "in") if lexeme.role == Role::Operand => Class::Name,
        Word::Operator("and" | "or" | "in") => Class::Keyword,
        Word::Operator(_) => match lexeme.role {
            Role::Open(_) | Role::Close(_) | Role::Middle => Class::Bracket,
            _ => Class::Operator,
        },
    }
}

/// Whether a function of that name is built in, in whichever profile.
fn is_built_in(name: &str) -> bool {
    ALL.binary_search_by(|builtin| builtin.name.cmp(name))
        .is_ok()
}

/// The variables that are bound anywhere in the text.
fn bound<'t>(lexemes: &[Lexeme<'t>]) -> HashSet<&'t str> {
    let mut bound = HashSet::new();
    let mut parameters = 0_u32;
    for (at, lexeme) in lexemes.iter().enumerate() {
        match lexeme.role {
            Role::Open(Bracket::Parameters) => parameters += 1,
            Role::Close(Bracket::Parameters) => parameters = parameters.saturating_sub(1),
            _ => {}
        }
        let Word::Variable(name) = lexeme.word else {
            continue;
        };
        let binds = || lexemes.get(at + 1).is_some_and(|next| next.is(":="));
        let carries = || {
            let before = before(lexemes, at).and_then(|before| lexemes.get(before));
            before.is_some_and(|before| before.is("@") || before.is("#"))
        };
        if parameters > 0 || binds() || carries() {
            bound.insert(name);
        }
    }
    bound
}
