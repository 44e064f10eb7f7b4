//! JSONPath in Jayway's dialect, reference paths, intrinsic functions, payload templates and the context object.
//!
//! Holds no state: everything is a pure function of a query, a document, variables and the context object.

use indexmap::IndexMap;
use serde_json::Value;

/// What a query can see.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// `$`
    pub input: &'a Value,
    /// `$$`
    pub context: &'a Value,
    /// `$name`
    pub variables: &'a IndexMap<String, Value>,
}

/// Randomness for `States.UUID` and `States.MathRandom`, handed in by the caller.
pub trait Entropy {
    /// Sixty-four fresh bits.
    fn next_u64(&mut self) -> u64;
}

/// Why a query gave no value. The interpreter turns it into `States.Runtime` or `States.IntrinsicFailure` with AWS's cause.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum QueryError {
    /// A definite path found nothing. `normalised` is its bracket form (`$['a']['b']`).
    #[error("the path {path} leads to nothing")]
    NotFound {
        /// The path, as written.
        path: String,
        /// Its bracket form.
        normalised: String,
        /// The template's key, `.$` included, when it stood in one.
        field: Option<String>,
    },
    /// An intrinsic function refused its arguments.
    #[error("{function}: {message}")]
    Intrinsic {
        /// Its name.
        function: String,
        /// A plain sentence.
        message: String,
    },
    /// A reference path cannot be set in this document.
    #[error("the reference path {path} cannot be applied to the input")]
    ResultPathMatch {
        /// The path, as written.
        path: String,
    },
    /// A limit of the query engine (depth, size, work).
    #[error("{0}")]
    Limit(String),
}

/// A text that is no query of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} (at character {offset})")]
pub struct ParseError {
    /// Byte offset in the query.
    pub offset: usize,
    /// A plain sentence: what was found and what was expected.
    pub message: String,
}

/// A JSONPath on the input (`$…`), the context object (`$$…`) or a variable (`$name…`).
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    text: String,
}

/// A path to one place, which can also be written (`ResultPath`).
#[derive(Debug, Clone, PartialEq)]
pub struct ReferencePath {
    text: String,
}

/// A call such as `States.Format('{}', $.x)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Intrinsic {
    text: String,
}

/// A payload template: an object with keys ending in `.$` (asl-rules 5).
#[derive(Debug, Clone, PartialEq)]
pub struct Template {}

impl Path {
    /// Reads a path.
    pub fn parse(_text: &str) -> Result<Self, ParseError> {
        unimplemented!()
    }
    /// The path, as written.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Whether it leads to at most one value.
    pub fn is_definite(&self) -> bool {
        unimplemented!()
    }
    /// A definite path gives its value or [`QueryError::NotFound`]; an indefinite one gives an array, maybe empty.
    pub fn eval(&self, _scope: &Scope<'_>) -> Result<Value, QueryError> {
        unimplemented!()
    }
}

impl ReferencePath {
    /// Reads a reference path: one node, no wildcards, filters, slices or descent.
    pub fn parse(_text: &str) -> Result<Self, ParseError> {
        unimplemented!()
    }
    /// The path, as written.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The value there.
    pub fn eval(&self, _scope: &Scope<'_>) -> Result<Value, QueryError> {
        unimplemented!()
    }
    /// `document` with `value` set there, missing parents made (ResultPath).
    pub fn set(&self, _document: Value, _value: Value) -> Result<Value, QueryError> {
        unimplemented!()
    }
}

impl Intrinsic {
    /// Reads a call.
    pub fn parse(_text: &str) -> Result<Self, ParseError> {
        unimplemented!()
    }
    /// The call, as written.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Its value.
    pub fn eval(
        &self,
        _scope: &Scope<'_>,
        _entropy: &mut dyn Entropy,
    ) -> Result<Value, QueryError> {
        unimplemented!()
    }
}

impl Template {
    /// Reads a template: every key ending in `.$` must hold a path or an intrinsic. The error says at which key.
    pub fn parse(_template: &Value) -> Result<Self, (Vec<crate::text::Step>, ParseError)> {
        unimplemented!()
    }
    /// Its value, with AWS's order of keys (asl-rules 5).
    pub fn eval(
        &self,
        _scope: &Scope<'_>,
        _entropy: &mut dyn Entropy,
    ) -> Result<Value, QueryError> {
        unimplemented!()
    }
}
