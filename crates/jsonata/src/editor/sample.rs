//! Sample data: an input and variables on which an editor tries parts of an expression, within small limits and without a real host.

use crate::Expression;
use crate::evaluate::{Environment, FixedHost, Limits, Profile};
use crate::value::Value;

/// A function that the host brings, as far as an editor knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostFunctionDoc {
    /// Without `$`.
    pub name: String,
    /// Names of the parameters, optional ones with a question mark: `text, start, length?`.
    pub parameters: String,
    /// One line for people.
    pub text: String,
}

/// What an expression is tried on.
#[derive(Debug, Clone, Default)]
pub struct Sample<'a> {
    /// The input; [`Value::Undefined`] when there is no sample.
    pub input: Value<'a>,
    /// Variables with their names, without `$`.
    pub bindings: Vec<(String, Value<'a>)>,
    /// Which functions an expression finds.
    pub profile: Profile,
    /// Functions of the host: they are offered and explained, never called.
    pub functions: Vec<HostFunctionDoc>,
}

impl<'a> Sample<'a> {
    /// An input without variables.
    #[must_use]
    pub fn new(input: impl Into<Value<'a>>, profile: Profile) -> Self {
        Self {
            input: input.into(),
            bindings: Vec::new(),
            profile,
            functions: Vec::new(),
        }
    }

    /// Adds a variable; the name is without `$`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value<'a>>) -> Self {
        self.bindings.push((name.to_owned(), value.into()));
        self
    }

    pub(super) fn host_function(&self, name: &str) -> Option<&HostFunctionDoc> {
        self.functions.iter().find(|function| function.name == name)
    }

    /// Shows the value of an expression to a reader; not when there is none, or when it takes too much.
    pub(super) fn evaluate(&self, text: &str, read: &mut dyn FnMut(&Value<'_>)) {
        let Ok(expression) = Expression::parse(text) else {
            return;
        };
        let environment = match self.profile {
            Profile::Reference => Environment::new(),
            Profile::Aws => Environment::aws(),
        };
        let mut environment = environment.with_limits(limits());
        for (name, value) in &self.bindings {
            environment.bind(name, value.clone());
        }
        let value =
            expression.evaluate(self.input.clone(), &environment, &mut FixedHost::default());
        if let Ok(value) = value {
            read(&value);
        }
    }
}

/// Small enough that nobody waits for an answer.
fn limits() -> Limits {
    Limits {
        fuel: 200_000,
        depth: 500,
        sequence: 100_000,
        bytes: 8 << 20,
    }
}
