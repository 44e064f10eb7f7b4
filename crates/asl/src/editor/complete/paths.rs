//! Paths into likely data, the context object and variables; intrinsic functions with their arguments.

use super::offer::Offer;
use super::{CompletionKind, Place};
use crate::editor::docs::{self, Function};
use crate::editor::flow::{Flow, Guess, context, sight};
use crate::editor::preview::{kind, preview};
use crate::editor::tokens::{Token, TokenKind, tokens};
use crate::graph::StateIx;
use crate::query::Path;
use serde_json::Value;
use std::ops::Range;

/// How many levels below what has been typed are offered.
const LEVELS: usize = 2;
/// How many paths are offered.
const MOST: usize = 200;

/// What a field takes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Takes {
    /// Any path.
    Paths,
    /// Paths to one place.
    Places,
    /// A place in the input to write to.
    Target,
    /// Paths, and functions that give a text.
    TextFunctions,
    /// Paths and functions.
    Functions,
}

/// Offers for the query at the cursor, in this field.
pub(super) fn offers(place: &Place<'_>, field: &str, takes: Takes) -> Vec<Offer> {
    let text = &place.cursor.literal.text;
    let Some((range, at)) = spot(text, place.cursor.at, takes) else {
        return Vec::new();
    };
    let typed = text.get(range.start..at).unwrap_or_default();
    let flow = Flow::of(&place.cursor.mended, place.knowledge);
    let ix = place
        .room
        .state
        .as_ref()
        .and_then(|state| flow.outline.find(&state.pointer));
    let mut found = Found {
        range,
        takes,
        offers: Vec::new(),
    };
    if let Some(ix) = ix.filter(|_| typed.is_empty() || typed.starts_with('$')) {
        paths(place, field, &flow, ix, typed, &mut found);
    }
    if !typed.starts_with('$') {
        functions(&mut found);
    }
    found.offers
}

/// The token at the cursor; an empty one between tokens, none inside texts and numbers.
fn spot(text: &str, at: usize, takes: Takes) -> Option<(Range<usize>, usize)> {
    if !matches!(takes, Takes::Functions | Takes::TextFunctions) {
        return Some((0..text.len(), at));
    }
    let tokens = tokens(text);
    let touches = |token: &&Token| token.range.start < at && at <= token.range.end;
    let Some(token) = tokens.iter().find(touches) else {
        return Some((at..at, at));
    };
    match token.kind {
        TokenKind::Path | TokenKind::Name => Some((token.range.clone(), at)),
        TokenKind::Open | TokenKind::Comma => Some((at..at, at)),
        TokenKind::Text | TokenKind::Number | TokenKind::Close => None,
    }
}

struct Found {
    range: Range<usize>,
    takes: Takes,
    offers: Vec<Offer>,
}

impl Found {
    fn push(&mut self, kind: CompletionKind, label: &str, detail: &str, words: &str, rank: u16) {
        if self.offers.len() < MOST {
            let offer = Offer::part(kind, label, self.range.clone(), label);
            self.offers
                .push(offer.detail(detail).documentation(words).rank(rank));
        }
    }

    fn value(&mut self, label: &str, guess: &Value, is_seen: bool, rank: u16) {
        let words = if is_seen {
            preview(guess)
        } else {
            String::new()
        };
        self.push(CompletionKind::Path, label, kind(guess), &words, rank);
    }

    /// What stands below a value, `levels` deep.
    fn below(&mut self, base: &str, value: &Value, is_seen: bool, levels: usize) {
        let Some(levels) = levels.checked_sub(1) else {
            return;
        };
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let path = step(base, name);
                    self.value(&path, value, is_seen, rank(LEVELS - levels));
                    self.below(&path, value, is_seen, levels);
                }
            }
            Value::Array(items) if self.takes != Takes::Target => {
                let Some(first) = items.first() else { return };
                let path = format!("{base}[0]");
                self.value(&path, first, is_seen, rank(LEVELS - levels));
                self.below(&path, first, is_seen, levels);
                if self.takes != Takes::Places {
                    let all = format!("{base}[*]");
                    self.push(
                        CompletionKind::Path,
                        &all,
                        "all elements",
                        "",
                        rank(LEVELS - levels),
                    );
                    self.below(&all, first, false, levels);
                }
            }
            Value::Array(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_) => {}
        }
    }
}

fn rank(level: usize) -> u16 {
    u16::try_from(level).unwrap_or(u16::MAX)
}

/// A path one step further in.
pub(super) fn step(base: &str, name: &str) -> String {
    let is_plain = !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if is_plain {
        return format!("{base}.{name}");
    }
    let escaped = name.replace('\\', "\\\\").replace('\'', "\\'");
    format!("{base}['{escaped}']")
}

fn paths(
    place: &Place<'_>,
    field: &str,
    flow: &Flow<'_>,
    ix: StateIx,
    typed: &str,
    found: &mut Found,
) {
    let input = sight(flow, ix, &place.room, field, false).input;
    if found.takes == Takes::Target {
        found.value("$", &input.value, input.is_seen, 0);
        found.below("$", &input.value, input.is_seen, LEVELS);
        return;
    }
    let base = base(typed);
    if !base.starts_with("$$")
        && (base.is_empty() || base == "$" || base.starts_with("$.") || base.starts_with("$["))
    {
        root("$", base, &input, found);
    }
    for (name, variable) in flow.variables(ix) {
        let path = format!("${name}");
        if base.is_empty() || base == "$" {
            let words = if variable.value.is_seen {
                preview(&variable.value.value)
            } else {
                String::new()
            };
            let detail = format!("set by {}", variable.set_by.join(", "));
            found.push(CompletionKind::Variable, &path, &detail, &words, 3);
        }
        if base.starts_with(&path) {
            root(&path, base, &variable.value, found);
        }
    }
    if base.len() <= 2 || base.starts_with("$$") {
        context_paths(flow, ix, base, found);
    }
}

/// What has been typed up to its last step.
fn base(typed: &str) -> &str {
    let at = typed.rfind(['.', '[']).unwrap_or(typed.len().min(1));
    let base = typed.get(..at).unwrap_or_default();
    if base == "$" && typed == "$" {
        "$"
    } else {
        base
    }
}

/// The paths below `base`, which begins at this root.
fn root(name: &str, base: &str, guess: &Guess, found: &mut Found) {
    if base.len() <= name.len() {
        found.value(name, &guess.value, guess.is_seen, 0);
        found.below(name, &guess.value, guess.is_seen, LEVELS);
        return;
    }
    let below = format!("${}", base.get(name.len()..).unwrap_or_default());
    if Path::parse(&below).is_err() {
        return;
    }
    let value = found_at(&below, guess);
    let is_many = Path::parse(&below).is_ok_and(|path| !path.is_definite());
    match (&value, is_many) {
        // A path to several places is followed by a step into each of them.
        (Value::Array(items), true) => {
            if let Some(first) = items.first() {
                found.below(base, first, false, LEVELS);
            }
        }
        _ => found.below(base, &value, guess.is_seen, LEVELS),
    }
}

fn found_at(path: &str, guess: &Guess) -> Value {
    let scope = crate::query::Scope {
        input: &guess.value,
        context: &Value::Null,
        variables: &indexmap::IndexMap::new(),
    };
    Path::parse(path)
        .ok()
        .and_then(|path| path.eval(&scope).ok())
        .unwrap_or_default()
}

fn context_paths(flow: &Flow<'_>, ix: StateIx, base: &str, found: &mut Found) {
    let context = context(flow, Some(ix));
    found.push(
        CompletionKind::Path,
        "$$",
        "the context object",
        docs::context(""),
        4,
    );
    let mut open = vec![(String::new(), &context)];
    while let Some((path, value)) = open.pop() {
        let Value::Object(members) = value else {
            continue;
        };
        for (name, value) in members.iter().rev() {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            found.push(
                CompletionKind::Path,
                &format!("$$.{path}"),
                kind(value),
                docs::context(&path),
                5,
            );
            if !CONTEXT_DATA
                .iter()
                .any(|(known, _)| known.strip_prefix("$$.") == Some(&path))
            {
                open.push((path, value));
            }
        }
    }
    for (path, pointer) in CONTEXT_DATA {
        if let Some(value) = context.pointer(pointer).filter(|_| base.starts_with(path)) {
            root(path, base, &Guess::likely(value.clone()), found);
        }
    }
}

/// Members of the context object whose shape is the workflow's own.
const CONTEXT_DATA: [(&str, &str); 2] = [
    ("$$.Execution.Input", "/Execution/Input"),
    ("$$.Map.Item.Value", "/Map/Item/Value"),
];

fn functions(found: &mut Found) {
    let is_fitting = |function: &&Function| match found.takes {
        Takes::Functions => true,
        Takes::TextFunctions => function.gives_text,
        Takes::Paths | Takes::Places | Takes::Target => false,
    };
    let functions: Vec<&Function> = docs::FUNCTIONS.iter().filter(is_fitting).collect();
    for function in functions {
        let insert = format!("{}({})", function.name, holes(function.parameters));
        let offer = Offer::part(
            CompletionKind::Function,
            function.name,
            found.range.clone(),
            insert,
        );
        found.offers.push(
            offer
                .detail(function.signature())
                .documentation(function.words)
                .rank(6),
        );
    }
}

/// The parameters as places to fill in.
fn holes(parameters: &str) -> String {
    let needed = parameters
        .split(", ")
        .filter(|name| !name.is_empty() && !name.ends_with('?') && *name != "…");
    let holes = needed.map(|name| match name {
        "template" => "'«»'".to_owned(),
        "algorithm" => "'«SHA-256»'".to_owned(),
        "deep" => "false".to_owned(),
        name => format!("«{name}»"),
    });
    holes.collect::<Vec<_>>().join(", ")
}
