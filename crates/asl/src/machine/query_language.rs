//! The seam for JSONata: everything that evaluates the text of a JSONata expression goes through [`Expressions`].
//!
//! This build has no JSONata engine. Strings without `{% %}` are literals and work; an expression fails with a cause
//! that says so.

use crate::query::Entropy;
use indexmap::IndexMap;
use serde_json::Value;

/// What an expression can see.
pub struct Bindings<'a> {
    /// `$states`
    pub states: &'a Value,
    /// Machine variables, without the dollar sign.
    pub variables: &'a IndexMap<String, Value>,
}

/// Why an expression gave no value.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ExpressionError {
    /// It was evaluated and failed.
    #[error("{code}: {message}")]
    Failed {
        /// JSONata's code, for example `T1006`.
        code: String,
        /// JSONata's message.
        message: String,
    },
    /// It gave nothing.
    #[error("it returned nothing (undefined)")]
    Undefined,
    /// It gave a function or a regular expression.
    #[error("it returned a function")]
    Function,
    /// There is no engine to evaluate it.
    #[error("this build of Statecraft has no JSONata engine")]
    NoEngine,
}

/// An engine for the text between `{%` and `%}`.
pub trait Expressions: Sync {
    /// The value of an expression.
    ///
    /// # Errors
    ///
    /// Why there is none.
    fn evaluate(
        &self,
        expression: &str,
        bindings: &Bindings<'_>,
        entropy: &mut dyn Entropy,
    ) -> Result<Value, ExpressionError>;
}

struct NoEngine;

impl Expressions for NoEngine {
    fn evaluate(
        &self,
        _: &str,
        _: &Bindings<'_>,
        _: &mut dyn Entropy,
    ) -> Result<Value, ExpressionError> {
        Err(ExpressionError::NoEngine)
    }
}

/// The engine of this build.
pub fn engine() -> &'static dyn Expressions {
    &NoEngine
}
