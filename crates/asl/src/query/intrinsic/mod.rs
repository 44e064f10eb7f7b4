//! Intrinsic functions: `States.Format('{}', $.x)` (asl-rules 6).

use super::budget::Budget;
use super::path::Path;
use super::{Entropy, ParseError, QueryError, Scope};
use serde_json::Value;

mod arguments;
mod arrays;
mod encoding;
mod function;
mod literal;
mod math;
mod parse;
mod text;

pub(crate) use function::Function;
pub(crate) use literal::Literal;

/// A call such as `States.Format('{}', $.x)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Intrinsic {
    text: String,
    call: Call,
}

/// A function and its arguments.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    function: Function,
    arguments: Vec<Argument>,
}

/// What a function is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Argument {
    /// A text in apostrophes.
    Text(Literal),
    /// A number, `null`, `true` or `false`.
    Value(Value),
    Path(Path),
    Call(Box<Call>),
}

/// Why a function gave nothing.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It refused its arguments, in a plain sentence.
    Message(Function, String),
    /// An argument could not be had.
    Query(QueryError),
}

impl From<QueryError> for Refusal {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl Intrinsic {
    /// Reads a call.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(Self {
            text: text.to_owned(),
            call: parse::call(text)?,
        })
    }

    /// The call, as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of the variables that it reads, in order, with repetitions.
    pub fn variables(&self) -> Vec<&str> {
        fn collect<'c>(call: &'c Call, found: &mut Vec<&'c str>) {
            for argument in &call.arguments {
                match argument {
                    Argument::Path(path) => found.extend(path.variable()),
                    Argument::Call(call) => collect(call, found),
                    Argument::Text(_) | Argument::Value(_) => {}
                }
            }
        }
        let mut found = Vec::new();
        collect(&self.call, &mut found);
        found
    }

    pub(crate) fn call(&self) -> &Call {
        &self.call
    }

    /// Its value.
    pub fn eval(&self, scope: &Scope<'_>, entropy: &mut dyn Entropy) -> Result<Value, QueryError> {
        self.eval_within(scope, entropy, &mut Budget::new())
    }

    /// As [`Intrinsic::eval`], paid from a budget that others share.
    pub(crate) fn eval_within(
        &self,
        scope: &Scope<'_>,
        entropy: &mut dyn Entropy,
        budget: &mut Budget,
    ) -> Result<Value, QueryError> {
        let mut run = Run {
            scope,
            entropy,
            budget,
        };
        run.call(&self.call).map_err(|refusal| match refusal {
            Refusal::Message(function, message) => QueryError::Intrinsic {
                function: function.name().to_owned(),
                message,
                call: self.text.clone(),
            },
            Refusal::Query(QueryError::NotFound {
                path,
                normalised,
                field,
                reason,
                call: _,
            }) => QueryError::NotFound {
                path,
                normalised,
                field,
                reason,
                call: Some(self.text.clone()),
            },
            Refusal::Query(error) => error,
        })
    }
}

impl Call {
    pub(crate) fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    pub(crate) fn function(&self) -> Function {
        self.function
    }
}

/// One evaluation.
pub(crate) struct Run<'a, 's> {
    scope: &'a Scope<'s>,
    entropy: &'a mut dyn Entropy,
    budget: &'a mut Budget,
}

impl Run<'_, '_> {
    /// Nesting is bounded by the parser.
    fn call(&mut self, call: &Call) -> Result<Value, Refusal> {
        self.budget.charge(1)?;
        let values = call
            .arguments
            .iter()
            .map(|argument| self.argument(call.function, argument))
            .collect::<Result<Vec<_>, _>>()?;
        let format = call.arguments.first().and_then(|argument| match argument {
            Argument::Text(literal) => Some(literal),
            Argument::Value(_) | Argument::Path(_) | Argument::Call(_) => None,
        });
        let given = arguments::Arguments {
            function: call.function,
            values,
        };
        let result = function::apply(given, format, self.entropy)?;
        self.budget.charge_value(&result)?;
        Ok(result)
    }

    fn argument(&mut self, function: Function, argument: &Argument) -> Result<Value, Refusal> {
        match argument {
            Argument::Value(value) => Ok(value.clone()),
            Argument::Text(literal) => literal
                .plain()
                .map(Value::String)
                .map_err(|message| Refusal::Message(function, message)),
            Argument::Path(path) => Ok(path.eval_within(self.scope, self.budget)?),
            Argument::Call(call) => self.call(call),
        }
    }
}

#[cfg(test)]
mod tests;
