//! Help with the arguments of a call: which parameters there are, and which one is being written.
//!
//! Known are built-in functions, those of the host, and functions that the text binds to a variable. Kinds of arguments are not checked.

use super::boundary;
use super::docs::documentation;
use super::lexeme::{Bracket, Role, Word, around, before, direct};
use super::probe::Source;
use super::sample::Sample;
use super::structure::scan;
use std::ops::Range;

/// A function that is being called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureHelp {
    /// The function with its parameters: `$substring(text, start, length?)`.
    pub label: String,
    /// Where each parameter stands in the label, in bytes.
    pub parameters: Vec<Range<usize>>,
    /// The parameter that is being written; as many as there are when there are too many arguments.
    pub active: usize,
    /// One line; empty for functions of the text.
    pub documentation: String,
}

/// Help for the innermost call around a place, if its function is known. `cursor` is in bytes.
#[must_use]
pub fn signature_help(text: &str, cursor: usize, sample: &Sample<'_>) -> Option<SignatureHelp> {
    let cursor = boundary(text, cursor);
    let lexemes = scan(text);
    let source = Source {
        text,
        lexemes: &lexemes,
    };
    // A token counts as before the place once it has begun: inside a text the call around it is meant.
    let index = lexemes.partition_point(|lexeme| lexeme.range.start < cursor);
    let frames = around(&lexemes, index);
    let role = |open: &usize| source.get(*open).map(|lexeme| lexeme.role);
    let innermost = frames
        .iter()
        .rposition(|open| matches!(role(open), Some(Role::Open(Bracket::Call | Bracket::Body))))?;
    let call = frames
        .get(innermost)
        .copied()
        .filter(|open| role(open) == Some(Role::Open(Bracket::Call)))?;
    let callee = before(&lexemes, call)?;
    let Word::Variable(name) = source.get(callee)?.word else {
        return None;
    };
    let (parameters, says) = parameters(source, name, sample)?;
    let is_comma = |at: &usize| {
        source
            .get(*at)
            .is_some_and(|lexeme| lexeme.role == Role::Comma)
    };
    // What is open inside the call is part of the argument.
    let end = frames.get(innermost + 1).copied().unwrap_or(index);
    let commas = direct(&lexemes, call + 1, end).filter(is_comma).count();
    // What stands before `~>` is the first argument.
    let given = commas + usize::from(source.preceded_by(callee, "~>").is_some());
    Some(help(name, &parameters, given, says))
}

/// The names of the parameters, and what the function does.
fn parameters(source: Source<'_, '_>, name: &str, sample: &Sample<'_>) -> Option<(String, String)> {
    if let Some(own) = bound(source, name) {
        return Some((own, String::new()));
    }
    if let Some(host) = sample.host_function(name) {
        return Some((host.parameters.clone(), host.text.clone()));
    }
    let doc = documentation(name, sample.profile)?;
    Some((doc.parameters.to_owned(), doc.text.to_owned()))
}

/// The parameters of a function that the text binds: `$f := function($x) {…}`.
fn bound(source: Source<'_, '_>, name: &str) -> Option<String> {
    let place = |at: &usize| {
        let is = source
            .get(*at)
            .is_some_and(|lexeme| lexeme.word == Word::Variable(name));
        let opens = source.get(at + 3).map(|lexeme| lexeme.role);
        is && source.get(at + 1).is_some_and(|next| next.is(":="))
            && opens == Some(Role::Open(Bracket::Parameters))
    };
    let open = (0..source.lexemes.len()).find(place)? + 3;
    let close = source.get(open)?.partner?;
    let names =
        direct(source.lexemes, open + 1, close).filter_map(|at| match source.get(at)?.word {
            Word::Variable(name) => Some(format!("${name}")),
            _ => None,
        });
    let names: Vec<String> = names.collect();
    Some(names.join(", "))
}

fn help(name: &str, parameters: &str, given: usize, documentation: String) -> SignatureHelp {
    let mut label = format!("${name}(");
    let mut ranges = Vec::new();
    for parameter in parameters
        .split(", ")
        .filter(|parameter| !parameter.is_empty())
    {
        if !ranges.is_empty() {
            label.push_str(", ");
        }
        let start = label.len();
        label.push_str(parameter);
        ranges.push(start..label.len());
    }
    label.push(')');
    let goes_on = parameters.ends_with('…');
    let last = if goes_on {
        ranges.len().saturating_sub(1)
    } else {
        ranges.len()
    };
    SignatureHelp {
        label,
        active: given.min(last),
        parameters: ranges,
        documentation,
    }
}
