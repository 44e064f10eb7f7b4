//! Variables: a chain of scopes for each block and each call.
//!
//! Scopes stand in one list and name their parents by number. A scope that no function has captured is dropped with what it belongs to; when a
//! function was made in between, it stays until the evaluation ends. So there are no cycles to leak and no locks to take.

use crate::value::Value;

/// A scope's place in the list.
pub(crate) type ScopeId = u32;

/// The outermost scope, which holds the bindings.
pub(crate) const GLOBAL: ScopeId = 0;

/// How many emptied scopes are kept for the next ones.
const SPARE: usize = 64;

#[derive(Debug, Default)]
struct Scope<'a> {
    parent: ScopeId,
    variables: Vec<(&'a str, Value<'a>)>,
}

/// Where the list stood, to go back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    len: usize,
    captures: u64,
}

/// All scopes of an evaluation.
#[derive(Debug)]
pub(crate) struct Scopes<'a> {
    scopes: Vec<Scope<'a>>,
    spare: Vec<Vec<(&'a str, Value<'a>)>>,
    /// How many functions have been made that hold a scope.
    captures: u64,
}

impl<'a> Scopes<'a> {
    pub(crate) fn new() -> Self {
        Self {
            scopes: vec![Scope::default()],
            spare: Vec::new(),
            captures: 0,
        }
    }

    /// A new scope inside another.
    pub(crate) fn push(&mut self, parent: ScopeId) -> ScopeId {
        let variables = self.spare.pop().unwrap_or_default();
        self.scopes.push(Scope { parent, variables });
        u32::try_from(self.scopes.len() - 1).unwrap_or(GLOBAL)
    }

    pub(crate) fn bind(&mut self, scope: ScopeId, name: &'a str, value: Value<'a>) {
        let Some(scope) = self.scopes.get_mut(scope as usize) else {
            return;
        };
        match scope.variables.iter_mut().find(|(found, _)| *found == name) {
            Some((_, old)) => *old = value,
            None => scope.variables.push((name, value)),
        }
    }

    /// The variable of that name, here or further out.
    pub(crate) fn get(&self, mut scope: ScopeId, name: &str) -> Option<&Value<'a>> {
        loop {
            let here = self.scopes.get(scope as usize)?;
            if let Some((_, value)) = here.variables.iter().find(|(found, _)| *found == name) {
                return Some(value);
            }
            if scope == GLOBAL {
                return None;
            }
            scope = here.parent;
        }
    }

    /// A function holds a scope from now on.
    pub(crate) fn capture(&mut self) {
        self.captures += 1;
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark {
            len: self.scopes.len(),
            captures: self.captures,
        }
    }

    /// Drops what came after a mark, unless a function may hold some of it.
    pub(crate) fn release(&mut self, mark: Mark) {
        if self.captures != mark.captures {
            return;
        }
        while self.scopes.len() > mark.len.max(1) {
            let Some(mut scope) = self.scopes.pop() else {
                return;
            };
            if self.spare.len() < SPARE {
                scope.variables.clear();
                self.spare.push(scope.variables);
            }
        }
    }

    /// How many scopes are kept.
    pub(crate) fn len(&self) -> usize {
        self.scopes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inner_variable_hides_an_outer_one_until_its_scope_ends() {
        let mut scopes = Scopes::new();
        scopes.bind(GLOBAL, "x", Value::Number(1.0));
        let mark = scopes.mark();
        let inner = scopes.push(GLOBAL);
        scopes.bind(inner, "x", Value::Undefined);
        assert!(scopes.get(inner, "x").unwrap().is_undefined());
        scopes.release(mark);
        assert_eq!(scopes.len(), 1);
    }

    #[test]
    fn a_captured_scope_stays() {
        let mut scopes = Scopes::new();
        let mark = scopes.mark();
        scopes.push(GLOBAL);
        scopes.capture();
        scopes.release(mark);
        assert_eq!(scopes.len(), 2);
    }
}
