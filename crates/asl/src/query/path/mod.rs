//! JSONPath in Jayway's dialect, as AWS uses it (asl-rules 4).
//!
//! Definite paths give one value, indefinite ones an array. A step that cannot be taken on a way that is definite so far
//! is an error; after a wildcard, a filter or the like it is passed over in silence.

use super::budget::Budget;
use super::cursor::Cursor;
use super::{ParseError, QueryError, Scope};
use ast::{Query, Step};
use serde_json::Value;

pub(crate) mod ast;
mod eval;
mod filter;
mod functions;
mod literal;
mod parse;

pub(crate) use parse::Place;

/// A JSONPath on the input (`$…`), the context object (`$$…`) or a variable (`$name…`).
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    text: String,
    query: Query,
}

impl Path {
    /// Reads a path; blanks after it are passed over.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut cursor = Cursor::new(text);
        let path = Self::read(&mut cursor, Place::Whole)?;
        cursor.skip_blanks();
        match cursor.peek() {
            None => Ok(path),
            Some(_) => Err(cursor.wanted("\".\" or \"[\"")),
        }
    }

    /// Reads the path that begins here; it ends where the place says.
    pub(crate) fn read(cursor: &mut Cursor<'_>, place: Place) -> Result<Self, ParseError> {
        let start = cursor.offset();
        let query = parse::query(cursor, place)?;
        Ok(Self {
            text: cursor.since(start).to_owned(),
            query,
        })
    }

    /// The path, as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it leads to at most one value.
    pub fn is_definite(&self) -> bool {
        self.query.is_definite()
    }

    /// The variable that it reads (`$name…`), when it reads one. Paths inside filters are not looked at.
    pub fn variable(&self) -> Option<&str> {
        match &self.query.root {
            ast::Root::Variable(name) => Some(name),
            ast::Root::Input | ast::Root::Context | ast::Root::Current => None,
        }
    }

    /// Whether it reads the context object (`$$…`).
    pub fn reads_context(&self) -> bool {
        self.query.root == ast::Root::Context
    }

    /// The bracket form: `$['a']['b']`; the context's has one `$` as well.
    pub fn normalised(&self) -> String {
        self.query.to_string()
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.query.steps
    }

    pub(crate) fn query(&self) -> &Query {
        &self.query
    }

    /// A definite path gives its value or [`QueryError::NotFound`]; an indefinite one gives an array, maybe empty.
    pub fn eval(&self, scope: &Scope<'_>) -> Result<Value, QueryError> {
        self.eval_within(scope, &mut Budget::new())
    }

    /// As [`Path::eval`], paid from a budget that others share.
    pub(crate) fn eval_within(
        &self,
        scope: &Scope<'_>,
        budget: &mut Budget,
    ) -> Result<Value, QueryError> {
        eval::value(&self.query, scope, budget).map_err(|halt| match halt {
            eval::Halt::Limit(error) => error,
            eval::Halt::Missing(reason) => QueryError::NotFound {
                path: self.text.clone(),
                normalised: self.normalised(),
                field: None,
                reason,
                call: None,
            },
        })
    }
}

#[cfg(test)]
mod tests;
