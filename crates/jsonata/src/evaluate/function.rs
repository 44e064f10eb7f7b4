//! Functions as values.

use super::scope::ScopeId;
use crate::fault::Error;
use crate::functions::Builtin;
use crate::regex::Regex;
use crate::syntax::{At, Kind, Signature};
use crate::value::{Text, Value};
use std::sync::Arc;

/// A function: built in, of the host, written in the expression, or made of others.
///
/// One that was written in an expression lives as long as its evaluation; afterwards it can only be looked at.
#[derive(Debug, Clone)]
pub struct Function<'a>(pub(crate) Callable<'a>);

#[derive(Debug, Clone)]
pub(crate) enum Callable<'a> {
    Builtin(&'static Builtin),
    Host(&'a HostFunction),
    Lambda(Arc<Lambda<'a>>),
    Partial(Arc<Partial<'a>>),
    /// First the first, then the second with its result.
    Chain(Arc<Chain<'a>>),
    Transform(Arc<Transform<'a>>),
    Regex(&'a Regex),
    /// Looks for the next match of a regular expression.
    NextMatch(Arc<NextMatch<'a>>),
}

#[derive(Debug)]
pub(crate) struct Lambda<'a> {
    pub(crate) at: At<'a>,
    pub(crate) scope: ScopeId,
    /// The context in which it was written.
    pub(crate) input: Value<'a>,
    nesting: u32,
}

#[derive(Debug)]
pub(crate) struct Partial<'a> {
    pub(crate) function: Function<'a>,
    /// What is given already; the gaps are filled in order.
    pub(crate) arguments: Vec<Option<Value<'a>>>,
    nesting: u32,
}

#[derive(Debug)]
pub(crate) struct Chain<'a> {
    pub(crate) first: Function<'a>,
    pub(crate) second: Function<'a>,
    nesting: u32,
}

#[derive(Debug)]
pub(crate) struct Transform<'a> {
    pub(crate) at: At<'a>,
    pub(crate) scope: ScopeId,
}

#[derive(Debug)]
pub(crate) struct NextMatch<'a> {
    pub(crate) regex: &'a Regex,
    pub(crate) text: Text<'a>,
    /// Where the last match ended, in bytes.
    pub(crate) from: usize,
}

impl<'a> Lambda<'a> {
    pub(crate) fn new(at: At<'a>, scope: ScopeId, input: Value<'a>) -> Self {
        let nesting = input.nesting() + 1;
        Self {
            at,
            scope,
            input,
            nesting,
        }
    }

    pub(crate) fn parameters(&self) -> &'a [Box<str>] {
        match &self.at.node().kind {
            Kind::Lambda { parameters, .. } => parameters,
            _ => &[],
        }
    }

    pub(crate) fn signature(&self) -> Option<&'a Signature> {
        match &self.at.node().kind {
            Kind::Lambda { signature, .. } => signature.as_deref(),
            _ => None,
        }
    }

    pub(crate) fn body(&self) -> At<'a> {
        match &self.at.node().kind {
            Kind::Lambda { body, .. } => self.at.child(*body),
            _ => self.at,
        }
    }
}

impl<'a> Partial<'a> {
    pub(crate) fn new(function: Function<'a>, arguments: Vec<Option<Value<'a>>>) -> Self {
        let given = arguments.iter().flatten().map(Value::nesting);
        let nesting = given.chain([function.nesting()]).max().unwrap_or(0) + 1;
        Self {
            function,
            arguments,
            nesting,
        }
    }

    /// All arguments, the gaps filled with these in order.
    pub(crate) fn filled(&self, arguments: Vec<Value<'a>>) -> Vec<Value<'a>> {
        let mut rest = arguments.into_iter();
        let fill = |argument: &Option<Value<'a>>| match argument {
            Some(value) => value.clone(),
            None => rest.next().unwrap_or_default(),
        };
        self.arguments.iter().map(fill).collect()
    }
}

impl<'a> Chain<'a> {
    pub(crate) fn new(first: Function<'a>, second: Function<'a>) -> Self {
        let nesting = first.nesting().max(second.nesting()) + 1;
        Self {
            first,
            second,
            nesting,
        }
    }
}

impl Function<'_> {
    /// Whether it is a regular expression.
    #[must_use]
    pub fn is_regex(&self) -> bool {
        matches!(self.0, Callable::Regex(_))
    }

    /// How many arguments it takes, as functions that call it ask.
    pub(crate) fn arity(&self) -> usize {
        match &self.0 {
            Callable::Builtin(builtin) => builtin.arity,
            Callable::Host(host) => host.arity,
            Callable::Lambda(lambda) => lambda.parameters().len(),
            Callable::Partial(partial) => partial
                .arguments
                .iter()
                .filter(|argument| argument.is_none())
                .count(),
            Callable::Chain(_) | Callable::Transform(_) => 1,
            Callable::Regex(_) => 2,
            Callable::NextMatch(_) => 0,
        }
    }

    pub(crate) fn nesting(&self) -> u32 {
        match &self.0 {
            Callable::Lambda(lambda) => lambda.nesting,
            Callable::Partial(partial) => partial.nesting,
            Callable::Chain(chain) => chain.nesting,
            Callable::Builtin(_)
            | Callable::Host(_)
            | Callable::Transform(_)
            | Callable::Regex(_)
            | Callable::NextMatch(_) => 1,
        }
    }

    pub(crate) fn same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Callable::Builtin(one), Callable::Builtin(two)) => std::ptr::eq(*one, *two),
            (Callable::Host(one), Callable::Host(two)) => std::ptr::eq(*one, *two),
            (Callable::Lambda(one), Callable::Lambda(two)) => Arc::ptr_eq(one, two),
            (Callable::Partial(one), Callable::Partial(two)) => Arc::ptr_eq(one, two),
            (Callable::Chain(one), Callable::Chain(two)) => Arc::ptr_eq(one, two),
            (Callable::Transform(one), Callable::Transform(two)) => Arc::ptr_eq(one, two),
            (Callable::Regex(one), Callable::Regex(two)) => std::ptr::eq(*one, *two),
            (Callable::NextMatch(one), Callable::NextMatch(two)) => Arc::ptr_eq(one, two),
            _ => false,
        }
    }
}

/// What a host function may do beside computing: call the functions that it was given.
pub trait Caller<'a> {
    /// Calls a function.
    ///
    /// # Errors
    ///
    /// Whatever the function ends with, and D1011 when host functions call each other too deeply.
    fn call(
        &mut self,
        function: &Function<'a>,
        arguments: Vec<Value<'a>>,
    ) -> Result<Value<'a>, Error>;

    /// Takes steps from the limit, for work that grows with the input.
    ///
    /// # Errors
    ///
    /// D1014 when there are none left.
    fn spend(&mut self, steps: u64) -> Result<(), Error>;
}

/// What a host function computes.
type Body =
    dyn for<'v> Fn(&mut dyn Caller<'v>, Vec<Value<'v>>) -> Result<Value<'v>, Error> + Send + Sync;

/// A function that the caller of the evaluation brings.
pub(crate) struct HostFunction {
    pub(crate) name: String,
    pub(crate) signature: Option<Signature>,
    pub(crate) arity: usize,
    pub(crate) body: Box<Body>,
}

impl std::fmt::Debug for HostFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HostFunction")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
