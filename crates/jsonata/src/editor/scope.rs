//! Variables that can be seen from a place: bindings of the blocks around it, parameters of the functions around it, variables of the path before it.
//!
//! It looks at the text only; what the host binds is not known here.

use super::lexeme::{Bracket, Lexeme, Role, Word, before};
use std::collections::HashSet;

/// What a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// `:=`
    Bound,
    /// Of a function.
    Parameter,
    /// `@$x`
    Item,
    /// `#$i`
    Position,
}

impl Origin {
    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Bound => "bound in this expression",
            Self::Parameter => "parameter of the function",
            Self::Item => "the item of a step of the path",
            Self::Position => "the position in a step of the path, from 0",
        }
    }
}

/// A variable in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'t> {
    pub(super) name: &'t str,
    pub(super) origin: Origin,
}

/// A bracket with the variables of the path in it.
struct Level<'t> {
    open: usize,
    bracket: Bracket,
    path: Vec<Seen<'t>>,
}

#[derive(Default)]
struct Walk<'t> {
    levels: Vec<Level<'t>>,
    /// Those of the path outside of all brackets.
    path: Vec<Seen<'t>>,
    /// One for each block and function, the outermost first.
    scopes: Vec<Vec<Seen<'t>>>,
    parameters: Vec<Seen<'t>>,
}

/// The variables that can be seen from before a token, inner ones first, each name once.
pub(super) fn in_scope<'t>(lexemes: &[Lexeme<'t>], index: usize) -> Vec<Seen<'t>> {
    let mut walk = Walk {
        scopes: vec![Vec::new()],
        ..Walk::default()
    };
    for (at, lexeme) in lexemes.iter().enumerate().take(index) {
        walk.step(lexemes, at, lexeme);
    }
    let paths = walk
        .levels
        .iter()
        .rev()
        .map(|level| &level.path)
        .chain([&walk.path]);
    let all = paths
        .chain(walk.scopes.iter().rev())
        .flat_map(|seen| seen.iter().rev());
    let mut known = HashSet::new();
    all.filter(|seen| known.insert(seen.name))
        .copied()
        .collect()
}

fn has_scope(bracket: Bracket) -> bool {
    matches!(bracket, Bracket::Block | Bracket::Body)
}

impl<'t> Walk<'t> {
    fn path(&mut self) -> &mut Vec<Seen<'t>> {
        match self.levels.last_mut() {
            Some(level) => &mut level.path,
            None => &mut self.path,
        }
    }

    fn step(&mut self, lexemes: &[Lexeme<'t>], at: usize, lexeme: &Lexeme<'t>) {
        match lexeme.role {
            Role::Open(bracket) => self.open(at, bracket),
            Role::Close(_) => self.close(lexeme.partner),
            Role::Operand => self.operand(lexemes, at, lexeme),
            Role::Binary if ends_path(lexeme) => self.path().clear(),
            Role::Comma
            | Role::Semicolon
            | Role::Colon
            | Role::Then
            | Role::Else
            | Role::Middle => {
                self.path().clear();
            }
            Role::Binary
            | Role::Prefix
            | Role::Gap
            | Role::Signature
            | Role::Comment
            | Role::Broken => {}
        }
    }

    fn open(&mut self, open: usize, bracket: Bracket) {
        if has_scope(bracket) {
            let variables = if bracket == Bracket::Body {
                std::mem::take(&mut self.parameters)
            } else {
                Vec::new()
            };
            self.scopes.push(variables);
        }
        if bracket == Bracket::Parameters {
            self.parameters.clear();
        }
        let path = Vec::new();
        self.levels.push(Level {
            open,
            bracket,
            path,
        });
    }

    fn close(&mut self, open: Option<usize>) {
        while let Some(level) = self.levels.pop() {
            if has_scope(level.bracket) {
                self.scopes.pop();
            }
            if Some(level.open) == open {
                return;
            }
        }
    }

    fn operand(&mut self, lexemes: &[Lexeme<'t>], at: usize, lexeme: &Lexeme<'t>) {
        let Word::Variable(name) = lexeme.word else {
            return;
        };
        let last = before(lexemes, at).and_then(|before| lexemes.get(before));
        let follows =
            |symbol| last.is_some_and(|last| last.role == Role::Binary && last.is(symbol));
        let see = |origin| Seen { name, origin };
        if self
            .levels
            .last()
            .is_some_and(|level| level.bracket == Bracket::Parameters)
        {
            self.parameters.push(see(Origin::Parameter));
        } else if follows("@") {
            self.path().push(see(Origin::Item));
        } else if follows("#") {
            self.path().push(see(Origin::Position));
        } else if lexemes.get(at + 1).is_some_and(|next| next.is(":="))
            && let Some(scope) = self.scopes.last_mut()
        {
            scope.push(see(Origin::Bound));
        }
    }
}

/// Whether an operator ends the path before it.
fn ends_path(lexeme: &Lexeme<'_>) -> bool {
    !matches!(lexeme.word, Word::Operator("." | "@" | "#" | "^"))
}
