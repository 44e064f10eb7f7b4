//! Completions: what can be written at a place, with what is known of it from sample data.
//!
//! Nothing is offered inside texts, regular expressions and comments. Which of the offers is meant is not guessed beyond what has been typed.

use super::boundary;
use super::docs::{FunctionDoc, functions_of};
use super::lexeme::{Bracket, Lexeme, Role, Word, around, before};
use super::members::{Member, Members, written};
use super::preview::{kind, preview};
use super::probe::{Core, Source, probe};
use super::sample::Sample;
use super::scope::in_scope;
use super::structure::scan;
use std::collections::HashSet;
use std::ops::Range;

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    /// A member of an object of the sample.
    Member,
    /// A variable of the expression or of the host.
    Variable,
    /// A built-in function.
    Function,
    /// A function that the host brings.
    HostFunction,
    /// A word of the language.
    Keyword,
}

/// Something that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown, and what has been typed is compared with.
    pub label: String,
    /// What is put into the text: names with backquotes if they need them.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
    /// In a few words: the kind of a value, the signature of a function.
    pub detail: String,
    /// One line: what a function does, or the value on the sample, cut short. Empty if nothing is known.
    pub documentation: String,
}

/// What can be written at a place, the best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions {
    /// What a completion takes the place of, in bytes.
    pub replace: Range<usize>,
    /// At most some hundred.
    pub items: Vec<Completion>,
}

/// What can be written at a place. `cursor` is in bytes; inside a character it counts as before it, behind the end as at the end.
#[must_use]
pub fn complete(text: &str, cursor: usize, sample: &Sample<'_>) -> Completions {
    let cursor = boundary(text, cursor);
    let lexemes = scan(text);
    let source = Source {
        text,
        lexemes: &lexemes,
    };
    let none = Completions {
        replace: cursor..cursor,
        items: Vec::new(),
    };
    let Some(spot) = Spot::find(source, cursor) else {
        return none;
    };
    let mut items = offers(source, &spot, sample);
    rank(&mut items, spot.typed);
    Completions {
        replace: spot.replace,
        items,
    }
}

/// What is being typed.
struct Spot<'t> {
    /// The first token that is not before the place.
    index: usize,
    /// The beginning of a word, without `$` and backquote.
    typed: &'t str,
    replace: Range<usize>,
    is_variable: bool,
}

impl<'t> Spot<'t> {
    /// Nowhere inside what is not to be completed.
    fn find(source: Source<'_, 't>, cursor: usize) -> Option<Self> {
        let index = source
            .lexemes
            .partition_point(|lexeme| lexeme.range.end < cursor);
        let blank = |index| Self {
            index,
            typed: "",
            replace: cursor..cursor,
            is_variable: false,
        };
        let Some(lexeme) = source
            .get(index)
            .filter(|lexeme| lexeme.range.start < cursor)
        else {
            return Some(blank(index));
        };
        let inside = cursor < lexeme.range.end;
        let typed = source.text.get(lexeme.range.start..cursor)?;
        match lexeme.word {
            Word::Variable(_) => Some(Self::word(index, typed, lexeme)),
            Word::Name(_) | Word::Literal | Word::Operator("and" | "or" | "in") => {
                Some(Self::word(index, typed, lexeme))
            }
            // A backquote without an end: a name that is being typed.
            Word::Broken if typed.starts_with('`') => Some(Self {
                replace: lexeme.range.start..cursor,
                ..Self::word(index, typed, lexeme)
            }),
            Word::Broken if typed.starts_with(['"', '\'', '/']) => None,
            Word::Comment | Word::Text | Word::Regex | Word::Signature | Word::Number if inside => {
                None
            }
            Word::Number => None,
            Word::Broken | Word::Operator(_) if inside => None,
            Word::Comment
            | Word::Text
            | Word::Regex
            | Word::Signature
            | Word::Broken
            | Word::Operator(_) => Some(blank(index + 1)),
        }
    }

    fn word(index: usize, typed: &'t str, lexeme: &Lexeme<'_>) -> Self {
        let is_variable = typed.starts_with('$');
        Self {
            index,
            typed: typed.trim_start_matches(['$', '`']).trim_end_matches('`'),
            replace: lexeme.range.clone(),
            is_variable,
        }
    }
}

fn offers(source: Source<'_, '_>, spot: &Spot<'_>, sample: &Sample<'_>) -> Vec<Completion> {
    let last = before(source.lexemes, spot.index);
    let lexeme = last.and_then(|last| source.get(last));
    let binds =
        lexeme.is_some_and(|last| last.role == Role::Binary && (last.is("@") || last.is("#")));
    let frames = around(source.lexemes, spot.index);
    let innermost = frames.last().and_then(|open| source.get(*open));
    let names_parameters =
        innermost.is_some_and(|open| open.role == Role::Open(Bracket::Parameters));
    if binds || names_parameters {
        return Vec::new();
    }
    if spot.is_variable {
        return variables(source, spot.index, sample)
            .chain(functions(sample))
            .collect();
    }
    if let Some(dot) =
        last.filter(|_| lexeme.is_some_and(|last| last.role == Role::Binary && last.is(".")))
    {
        let path = source.path_start(dot)..dot;
        return members(source, spot.index, &Core::Tokens(path), sample);
    }
    if lexeme.is_some_and(Lexeme::ends_operand) {
        return ["and", "or", "in"].map(keyword).into();
    }
    let members = members(source, spot.index, &Core::Context, sample);
    let words = ["true", "false", "null", "function"].map(keyword);
    members
        .into_iter()
        .chain(variables(source, spot.index, sample))
        .chain(words)
        .collect()
}

fn members(
    source: Source<'_, '_>,
    index: usize,
    core: &Core,
    sample: &Sample<'_>,
) -> Vec<Completion> {
    let mut members = Members::default();
    if let Some(text) = probe(source, index, core) {
        sample.evaluate(&text, &mut |value| members.gather(value));
    }
    members.found.into_iter().map(member).collect()
}

fn member(member: Member) -> Completion {
    Completion {
        insert: written(&member.name),
        label: member.name,
        kind: CompletionKind::Member,
        detail: member.kind,
        documentation: member.value,
    }
}

/// Those of the text, the innermost first, then those of the host.
fn variables<'s>(
    source: Source<'_, 's>,
    index: usize,
    sample: &'s Sample<'_>,
) -> impl Iterator<Item = Completion> + 's {
    let seen = in_scope(source.lexemes, index);
    let hidden: HashSet<&str> = seen.iter().map(|seen| seen.name).collect();
    let own = seen.into_iter().filter(|seen| !seen.name.is_empty());
    let own = own.map(|seen| variable(seen.name, seen.origin.says().to_owned(), String::new()));
    let bound = sample
        .bindings
        .iter()
        .filter(move |(name, _)| !hidden.contains(name.as_str()));
    own.chain(bound.map(|(name, value)| variable(name, kind(value), preview(value, 120))))
}

fn variable(name: &str, detail: String, documentation: String) -> Completion {
    let label = format!("${name}");
    Completion {
        insert: label.clone(),
        label,
        kind: CompletionKind::Variable,
        detail,
        documentation,
    }
}

fn functions<'s>(sample: &'s Sample<'_>) -> impl Iterator<Item = Completion> + 's {
    let built_in = functions_of(sample.profile).map(|doc: FunctionDoc| {
        function(
            doc.name,
            doc.signature,
            doc.text.to_owned(),
            CompletionKind::Function,
        )
    });
    let hosted = sample.functions.iter().map(|host| {
        let signature = format!("${}({})", host.name, host.parameters);
        function(
            &host.name,
            signature,
            host.text.clone(),
            CompletionKind::HostFunction,
        )
    });
    built_in.chain(hosted)
}

fn function(name: &str, signature: String, says: String, kind: CompletionKind) -> Completion {
    let label = format!("${name}");
    Completion {
        insert: label.clone(),
        label,
        kind,
        detail: signature,
        documentation: says,
    }
}

fn keyword(word: &str) -> Completion {
    Completion {
        label: word.to_owned(),
        insert: word.to_owned(),
        kind: CompletionKind::Keyword,
        detail: String::new(),
        documentation: String::new(),
    }
}

/// Keeps what contains what has been typed: first what begins with it, then what does so but for capital letters, then the rest.
fn rank(items: &mut Vec<Completion>, typed: &str) {
    let lower = typed.to_lowercase();
    let rank = |item: &Completion| {
        let name = item.label.strip_prefix('$').unwrap_or(&item.label);
        if name.starts_with(typed) {
            return Some(0);
        }
        let name = name.to_lowercase();
        match name.find(&lower) {
            Some(0) => Some(1),
            found => found.map(|_| 2),
        }
    };
    items.retain(|item| rank(item).is_some());
    items.sort_by_cached_key(rank);
}
