//! Evaluation: an environment, limits, and a machine that keeps what is under way in a list of its own.
//!
//! Nothing here recurses on the machine's stack as deep as an expression or a value asks for. Clock, random numbers and the wish to stop come from
//! the [`Host`]; with the same answers of the host an expression gives the same bytes everywhere.

mod apply;
mod block;
mod budget;
mod call;
mod direct;
mod filter;
mod function;
mod group;
mod higher;
mod machine;
mod operators;
mod path;
mod programs;
mod scope;
mod sort;
mod steps;
mod transform;
mod tuple;

pub(crate) use apply::Site;
pub use budget::Limits;
pub(crate) use function::{Callable, HostFunction, NextMatch};
pub use function::{Caller, Function};
pub(crate) use higher::Higher;
pub(crate) use machine::Machine;
pub(crate) use operators::{numeric, truth};
pub(crate) use steps::lookup;

use crate::fault::{Code, Error};
use crate::syntax::{Program, Signature};
use crate::value::{ArrayBuilder, Flags, Value};
use programs::Programs;

/// What an evaluation cannot know by itself.
pub trait Host {
    /// Milliseconds since 1970, asked once for each evaluation: `$now` and `$millis` give the same moment throughout.
    fn now_millis(&mut self) -> f64;

    /// A random number, for `$random`, `$shuffle` and `$uuid`.
    fn next_u64(&mut self) -> u64;

    /// Whether to stop; asked every few thousand steps. D1012.
    fn interrupted(&mut self) -> bool {
        false
    }
}

/// A host whose clock stands still and whose numbers are always the same: for tests and previews.
#[derive(Debug, Clone, Default)]
pub struct FixedHost {
    /// What [`Host::now_millis`] says.
    pub millis: f64,
    /// What the numbers are made from; changes with each.
    pub seed: u64,
}

impl Host for FixedHost {
    fn now_millis(&mut self) -> f64 {
        self.millis
    }

    /// The generator `SplitMix64`: any seed will do.
    fn next_u64(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Which functions an expression finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Those of the reference implementation.
    #[default]
    Reference,
    /// Those of AWS Step Functions: no `$eval`; `$partition`, `$range`, `$hash`, `$random([seed])`, `$uuid` and `$parse` on top
    /// (feature-map ASL, `JSONata` in AWS).
    Aws,
}

/// What an expression is evaluated in: variables, functions, limits. `'a` is the lifetime of the values that it binds.
#[derive(Debug, Default)]
pub struct Environment<'a> {
    bindings: Vec<(String, Value<'a>)>,
    functions: Vec<HostFunction>,
    limits: Limits,
    profile: Profile,
    programs: Programs,
}

impl<'a> Environment<'a> {
    /// One without variables, with the reference's functions and default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One with the functions of AWS.
    #[must_use]
    pub fn aws() -> Self {
        Self {
            profile: Profile::Aws,
            ..Self::default()
        }
    }

    /// Sets the limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Binds a variable; the name is without `$`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value<'a>>) -> Self {
        self.bind(name, value.into());
        self
    }

    /// Binds a variable; the name is without `$`.
    pub fn bind(&mut self, name: &str, value: Value<'a>) {
        match self.bindings.iter_mut().find(|(found, _)| found == name) {
            Some((_, old)) => *old = value,
            None => self.bindings.push((name.to_owned(), value)),
        }
    }

    /// Brings a function. `signature` is as in `function($x)<s:n>`, without it any arguments are taken; `arity` is how many arguments functions
    /// such as `$map` give it. It may take functions and call them through the [`Caller`].
    ///
    /// # Errors
    ///
    /// S0401 and S0402 for a bad signature.
    pub fn with_function(
        mut self,
        name: &str,
        signature: Option<&str>,
        arity: usize,
        body: impl for<'v> Fn(&mut dyn Caller<'v>, Vec<Value<'v>>) -> Result<Value<'v>, Error>
        + Send
        + Sync
        + 'static,
    ) -> Result<Self, Error> {
        self.functions.push(HostFunction {
            name: name.to_owned(),
            signature: signature.map(Signature::parse).transpose()?,
            arity,
            body: Box::new(body),
        });
        Ok(self)
    }
}

/// Evaluates a program on an input.
pub(crate) fn evaluate<'a>(
    program: &'a Program,
    input: Value<'a>,
    environment: &'a Environment<'a>,
    host: &mut dyn Host,
) -> Result<Value<'a>, Error> {
    let wrapped = wrap(input.clone())?;
    let mut machine = Machine::new(environment, host);
    machine.bind_globals(input);
    machine.start(program.root(), wrapped)
}

/// An input that is an array counts as one value, not as a sequence of them.
fn wrap(input: Value<'_>) -> Result<Value<'_>, Error> {
    if !matches!(input, Value::Array(_)) {
        return Ok(input);
    }
    let mut outer = ArrayBuilder::with_capacity(1);
    outer.push(input);
    outer
        .build(Flags::SEQUENCE.and(Flags::OUTER))
        .map(Value::Array)
}

/// The error of a text that is evaluated in spite of its faults.
pub(crate) fn has_errors() -> Error {
    Error::new(Code::S0500)
}
