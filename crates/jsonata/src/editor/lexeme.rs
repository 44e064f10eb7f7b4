//! A token and the part that it plays, and ways to go through a list of tokens by brackets.
//!
//! How a text becomes such a list is said in the module `structure`.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word<'t> {
    Operator(&'static str),
    /// Without backquotes.
    Name(&'t str),
    /// Without `$`.
    Variable(&'t str),
    Text,
    Number,
    /// `true`, `false`, `null`.
    Literal,
    Regex,
    Comment,
    /// `<…>` of a function, in one piece.
    Signature,
    Broken,
}

/// What a bracket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Block,
    Call,
    Parameters,
    /// The `(` behind `^`.
    Sort,
    Array,
    Predicate,
    /// `[]` behind a step.
    Keep,
    Object,
    /// `{` behind a value.
    Group,
    /// `{` of a function.
    Body,
    /// `|…|…|`
    Transform,
}

impl Bracket {
    pub(super) fn close(self) -> &'static str {
        match self {
            Self::Block | Self::Call | Self::Parameters | Self::Sort => ")",
            Self::Array | Self::Predicate | Self::Keep => "]",
            Self::Object | Self::Group | Self::Body => "}",
            Self::Transform => "|",
        }
    }
}

/// The part that a token plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Operand,
    /// `-` of a negative number, `<` and `>` of a sorting.
    Prefix,
    Binary,
    Open(Bracket),
    /// The second `|` of a transform.
    Middle,
    Close(Bracket),
    Comma,
    Semicolon,
    /// Between a name and its value.
    Colon,
    /// The `?` of a condition.
    Then,
    /// The `:` of a condition.
    Else,
    /// `?` in place of an argument.
    Gap,
    Signature,
    Comment,
    Broken,
}

/// A token in its place.
#[derive(Debug, Clone)]
pub(super) struct Lexeme<'t> {
    pub(super) word: Word<'t>,
    pub(super) role: Role,
    /// In bytes.
    pub(super) range: Range<usize>,
    /// The bracket that belongs to this one; for one that was left open, whatever ended it.
    pub(super) partner: Option<usize>,
}

impl Lexeme<'_> {
    pub(super) fn is(&self, symbol: &str) -> bool {
        matches!(self.word, Word::Operator(found) if found == symbol)
    }

    /// Whether an operator is expected behind it.
    pub(super) fn ends_operand(&self) -> bool {
        match self.role {
            Role::Operand | Role::Gap | Role::Close(_) | Role::Signature | Role::Broken => true,
            Role::Prefix
            | Role::Binary
            | Role::Open(_)
            | Role::Middle
            | Role::Comma
            | Role::Semicolon
            | Role::Colon
            | Role::Then
            | Role::Else
            | Role::Comment => false,
        }
    }
}

/// The innermost token before another that is no comment.
pub(super) fn before(lexemes: &[Lexeme<'_>], index: usize) -> Option<usize> {
    (0..index.min(lexemes.len())).rev().find(|at| {
        lexemes
            .get(*at)
            .is_some_and(|lexeme| lexeme.role != Role::Comment)
    })
}

/// The brackets around the place before a token, the outermost first.
pub(super) fn around(lexemes: &[Lexeme<'_>], index: usize) -> Vec<usize> {
    let mut open = Vec::new();
    let mut at = 0;
    while at < index {
        let Some(lexeme) = lexemes.get(at) else {
            break;
        };
        match (lexeme.role, lexeme.partner) {
            (Role::Open(_), Some(partner)) if partner < index => at = partner,
            (Role::Open(_), _) => open.push(at),
            _ => {}
        }
        at += 1;
    }
    open
}

/// The tokens between two places that are inside no further bracket; of brackets the opening ones.
pub(super) fn direct<'l>(
    lexemes: &'l [Lexeme<'_>],
    from: usize,
    to: usize,
) -> impl Iterator<Item = usize> + 'l {
    let mut next = from;
    std::iter::from_fn(move || {
        let at = next;
        let lexeme = lexemes.get(at).filter(|_| at < to)?;
        next = match (lexeme.role, lexeme.partner) {
            (Role::Open(_), Some(partner)) => partner.max(at) + 1,
            _ => at + 1,
        };
        Some(at)
    })
}
