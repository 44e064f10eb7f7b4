//! JSONPath in Jayway's dialect, reference paths, intrinsic functions, payload templates and the context object.
//!
//! Holds no state: everything is a pure function of a query, a document, variables and the context object. Every parser
//! has a depth limit and every evaluation a budget of work, because definitions and inputs come from strangers.

use indexmap::IndexMap;
use serde_json::Value;

mod budget;
pub mod compare;
pub mod context;
mod cursor;
pub(crate) mod hash_order;
pub(crate) mod intrinsic;
pub mod json;
pub(crate) mod path;
mod reference;
pub(crate) mod regex;
mod template;
pub mod timestamp;

pub use compare::Operator;
pub use context::Context;
pub use intrinsic::Intrinsic;
pub use path::Path;
pub use reference::ReferencePath;
pub use template::Template;

/// The names that a path goes through, one after the other; none for a path with other steps. Where it begins is not
/// looked at.
pub(crate) fn path_names(path: &Path) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for step in path.steps() {
        let path::ast::Step::Name(name) = step else {
            return None;
        };
        names.push(name.as_str());
    }
    Some(names)
}

/// The paths among the arguments of a call, inner calls included.
pub(crate) fn intrinsic_paths(call: &Intrinsic) -> Vec<Path> {
    let mut found = Vec::new();
    let mut open = vec![call.call()];
    while let Some(call) = open.pop() {
        for argument in call.arguments() {
            match argument {
                intrinsic::Argument::Path(path) => found.push(path.clone()),
                intrinsic::Argument::Call(inner) => open.push(inner),
                intrinsic::Argument::Text(_) | intrinsic::Argument::Value(_) => {}
            }
        }
    }
    found
}

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
    /// A path found nothing where it must find something. `normalised` is its bracket form (`$['a']['b']`).
    #[error("the path {path} leads to nothing")]
    NotFound {
        /// The path, as written.
        path: String,
        /// Its bracket form.
        normalised: String,
        /// The template's key, `.$` included, when it stood in one.
        field: Option<String>,
        /// The end of AWS's `Invalid path '…' : …`: `No results for path: $['a']`, or where the way broke off.
        reason: String,
        /// The call, as written, when the path was an argument of an intrinsic function.
        call: Option<String>,
    },
    /// An intrinsic function refused its arguments.
    #[error("{function}: {message}")]
    Intrinsic {
        /// Its name.
        function: String,
        /// A plain sentence.
        message: String,
        /// The outermost call, as written.
        call: String,
    },
    /// A reference path cannot be set in this document.
    #[error("the reference path {path} cannot be applied to the input")]
    ResultPathMatch {
        /// The path, as written.
        path: String,
    },
    /// A pattern of `StringMatches` that is none (asl-rules 12).
    #[error("the pattern {pattern} has a backslash that escapes nothing")]
    Pattern {
        /// The pattern, as given.
        pattern: String,
    },
    /// A limit of the query engine (depth, size, work).
    #[error("{0}")]
    Limit(String),
}

impl QueryError {
    /// How AWS's cause ends, after "An error occurred while executing the state …" (asl-rules 10). `input` is the JSON
    /// text that the paths were applied to.
    pub fn cause(&self, input: &str) -> String {
        match self {
            Self::NotFound {
                path,
                call: Some(call),
                ..
            } => format!(
                "The function '{call}' had the following error: The JsonPath argument for the field '{path}' could not be \
                 found in the input '{input}'"
            ),
            Self::NotFound {
                path,
                field: Some(field),
                ..
            } => {
                format!(
                    "The JSONPath '{path}' specified for the field '{field}' could not be found in the input '{input}'"
                )
            }
            Self::NotFound { path, reason, .. } => format!("Invalid path '{path}' : {reason}"),
            Self::Intrinsic { call, message, .. } => {
                format!("The function '{call}' had the following error: {message}")
            }
            Self::ResultPathMatch { path } => {
                format!("Unable to apply ReferencePath {path} to input {input}")
            }
            Self::Pattern { .. } | Self::Limit(_) => self.to_string(),
        }
    }
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
