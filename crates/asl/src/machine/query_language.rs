//! The seam for JSONata: what a state shows to an expression, and what becomes of its value.
//!
//! The language itself is the crate [`jsonata`], with the functions of AWS. Strings without `{% %}` never come here. Values are lent to the
//! expression, not copied.

use crate::definition::StateMachine;
use crate::query::Entropy;
use indexmap::IndexMap;
use jsonata::{Environment, Error, Expression, Host, Object, Text, Unfit};
use serde_json::Value;

/// What an expression can see.
pub(super) struct Bindings<'a> {
    /// The members of `$states`.
    pub(super) states: Vec<(&'static str, &'a Value)>,
    /// Machine variables, without the dollar sign.
    pub(super) variables: &'a IndexMap<String, Value>,
    /// The present moment, in milliseconds since 1970.
    pub(super) now_ms: i64,
}

/// Why an expression gave no value.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(super) enum ExpressionError {
    /// It was evaluated and failed.
    #[error("{0}")]
    Failed(#[from] Error),
    /// It gave nothing.
    #[error("it returned nothing (undefined)")]
    Undefined,
    /// It gave a function, a regular expression, or a number that JSON cannot say.
    #[error("it returned what JSON cannot say")]
    Unsupported,
}

/// The clock and the random numbers of a step.
struct StepHost<'e> {
    now_ms: i64,
    entropy: &'e mut dyn Entropy,
}

impl Host for StepHost<'_> {
    fn now_millis(&mut self) -> f64 {
        self.now_ms as f64
    }

    fn next_u64(&mut self) -> u64 {
        self.entropy.next_u64()
    }
}

/// Whether an expression of this text can see `$states`.
pub(super) fn reads_states(text: &str) -> bool {
    text.contains("$states")
}

/// The value of the text between `{%` and `%}`. A state has no input document: everything comes through variables.
pub(super) fn evaluate(
    machine: &StateMachine,
    text: &str,
    bindings: &Bindings<'_>,
    entropy: &mut dyn Entropy,
) -> Result<Value, ExpressionError> {
    match machine.expressions().read(text) {
        Some(Ok(expression)) => run(expression, bindings, entropy),
        Some(Err(error)) => Err(error.clone().into()),
        None => run(&Expression::parse(text)?, bindings, entropy),
    }
}

fn run(
    expression: &Expression,
    bindings: &Bindings<'_>,
    entropy: &mut dyn Entropy,
) -> Result<Value, ExpressionError> {
    let mut environment = Environment::aws();
    for (name, value) in bindings.variables {
        environment.bind(name, value.into());
    }
    let members = bindings.states.iter();
    let members = members.map(|(name, value)| (Text::Borrowed(name), (*value).into()));
    environment.bind("states", jsonata::Value::Object(Object::of(members)?));
    let mut host = StepHost {
        now_ms: bindings.now_ms,
        entropy,
    };
    let value = expression.evaluate(jsonata::Value::Undefined, &environment, &mut host)?;
    value.to_json().map_err(|error| match error.0 {
        Unfit::Undefined => ExpressionError::Undefined,
        Unfit::Function | Unfit::Number | Unfit::Depth => ExpressionError::Unsupported,
    })
}
