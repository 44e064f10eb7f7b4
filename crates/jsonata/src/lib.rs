//! JSONata: a query and transformation language for JSON.
//!
//! ```
//! use jsonata::{Environment, Expression, FixedHost, Value};
//!
//! let orders = serde_json::json!({"orders": [{"price": 10, "count": 2}, {"price": 5, "count": 1}]});
//! let expression = Expression::parse("$sum(orders.(price * count))")?;
//! let environment = Environment::new();
//! let total = expression.evaluate(Value::from(&orders), &environment, &mut FixedHost::default())?;
//! assert_eq!(total.to_json()?, 25);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate is for expressions that nobody has vouched for: every evaluation has limits that count work, nothing that an expression or its data can ask
//! for recurses on the real stack without a bound, and clock, random numbers and the wish to stop come from the [`Host`]. The same expression on the
//! same data with the same host gives the same bytes, native and as WebAssembly.
//!
//! What it deliberately does not do: read files, ask the time, start threads, call asynchronous functions.

pub mod editor;
mod evaluate;
mod fault;
mod functions;
mod number;
mod picture;
mod regex;
mod syntax;
mod uses;
mod value;

pub use evaluate::{Caller, Environment, FixedHost, Function, Host, Limits, Profile};
pub use fault::{Code, Error};
pub use uses::{Use, UseKind};
pub use value::{Array, IntoJsonError, Object, Text, Unfit, Value};

/// A parsed expression.
#[derive(Debug)]
pub struct Expression {
    program: syntax::Program,
    errors: Vec<Error>,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (program, errors) = syntax::parse(text);
        match errors.into_iter().next() {
            Some(error) => Err(error),
            None => Ok(Self {
                program,
                errors: Vec::new(),
            }),
        }
    }

    /// Reads as much of a text as can be read, for an editor.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (program, errors) = syntax::parse(text);
        Self { program, errors }
    }

    /// What is wrong with the text, first things first; nothing for an expression of [`Expression::parse`].
    #[must_use]
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// Evaluates the expression on an input.
    ///
    /// # Errors
    ///
    /// What the expression ends with, or the limit that it passed.
    pub fn evaluate<'a>(
        &'a self,
        input: Value<'a>,
        environment: &'a Environment<'a>,
        host: &mut dyn Host,
    ) -> Result<Value<'a>, Error> {
        if !self.errors.is_empty() {
            return Err(evaluate::has_errors());
        }
        evaluate::evaluate(&self.program, input, environment, host)
    }
}
