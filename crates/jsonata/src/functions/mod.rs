//! The functions that every expression finds: one table, one file for each family.
//!
//! A function here gets arguments that fit its signature. Work that grows with the input takes from the budget before it is done.

mod arrays;
mod aws;
mod dates;
mod encoding;
pub(crate) mod matches;
mod numbers;
mod objects;
mod print;
mod strings;
mod table;

pub(crate) use print::{copy, print, stringify};
pub(crate) use table::ALL;

use crate::evaluate::{Higher, Machine, Profile, Site};
use crate::fault::Fault;
use crate::syntax::Signature;
use crate::value::Value;
use std::sync::OnceLock;

/// What a function computes.
pub(crate) type Compute = for<'m, 'a, 'h> fn(
    &'m mut Machine<'a, 'h>,
    &[Value<'a>],
    &Site<'a>,
) -> Result<Value<'a>, Fault>;

/// How a function is run.
pub(crate) enum Run {
    /// At once.
    Plain(Compute),
    /// At once, but not twice in the same way.
    Impure(Compute),
    /// By calling a function for each item.
    Higher(Higher),
    Sort,
    Eval,
}

/// Which profiles know a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Everywhere,
    Reference,
    Aws,
}

/// A built-in function.
pub(crate) struct Builtin {
    pub(crate) name: &'static str,
    pub(crate) signature: &'static str,
    parsed: OnceLock<Signature>,
    /// How many arguments functions such as `$map` give it.
    pub(crate) arity: usize,
    pub(crate) known: Known,
    pub(crate) run: Run,
    /// Names of the parameters, optional ones with a question mark.
    pub(crate) parameters: &'static str,
    /// One line for people.
    pub(crate) says: &'static str,
}

impl Builtin {
    /// The function of that name.
    pub(crate) fn find(name: &str, profile: Profile) -> Option<&'static Self> {
        table::find(name, profile)
    }

    pub(crate) fn signature(&self) -> &Signature {
        self.parsed.get_or_init(|| {
            // All signatures of the table can be read: a test sees to it.
            Signature::parse(self.signature).unwrap_or_default()
        })
    }

    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.run, Run::Plain(_))
    }

    /// Whether the context stands in when only so many arguments are given.
    pub(crate) fn takes_context(&self, given: usize) -> bool {
        given < self.arity && self.signature.contains('-')
    }

    pub(crate) fn is_known(&self, profile: Profile) -> bool {
        match (self.known, profile) {
            (Known::Everywhere, _)
            | (Known::Reference, Profile::Reference)
            | (Known::Aws, Profile::Aws) => true,
            (Known::Reference, Profile::Aws) | (Known::Aws, Profile::Reference) => false,
        }
    }
}

impl std::fmt::Debug for Builtin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "${}", self.name)
    }
}

/// Whether a function of that name is computed at once.
pub(crate) fn is_plain(name: &str) -> bool {
    table::named(name).any(Builtin::is_plain)
}

/// An argument, or nothing where it was left out.
fn argument<'s, 'a>(arguments: &'s [Value<'a>], index: usize) -> &'s Value<'a> {
    const NOTHING: &Value<'static> = &Value::Undefined;
    match arguments.get(index) {
        Some(argument) => argument,
        None => NOTHING,
    }
}

/// A text argument, if it is there.
fn text_argument<'s>(arguments: &'s [Value<'_>], index: usize) -> Option<&'s str> {
    argument(arguments, index).as_str()
}

/// A number argument, if it is there.
fn number_argument(arguments: &[Value<'_>], index: usize) -> Option<f64> {
    match argument(arguments, index) {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}
