//! Values as JSONata sees them: JSON, and beside it undefined, functions, and arrays that know where they came from.
//!
//! A value borrows what it can from the input (`'a`) and shares the rest, so that a clone costs a counter at most. Whatever is not touched is
//! never copied. Values are `Send` and `Sync`. How values are computed is not decided here.

mod array;
mod equal;
mod json;
mod object;
mod text;

pub use array::Array;
pub(crate) use array::{ArrayBuilder, Flags};
pub(crate) use equal::{deep_equal, identical};
pub use json::{IntoJsonError, Unfit};
pub use object::Object;
pub(crate) use object::ObjectBuilder;
pub use text::Text;

use crate::evaluate::Function;
use crate::fault::{Code, Fault};

/// How deeply arrays and objects that an expression makes may be nested.
///
/// It bounds every walk over a value, dropping one included, on the small stacks of WebAssembly.
pub(crate) const MAX_NESTING: u32 = 256;

/// How deep a walk goes: what an expression made, around input that was there. Input beyond it is refused by whoever meets it.
pub(crate) const WALK: u32 = 600;

/// The fault of a walk that would go deeper.
pub(crate) fn too_deep() -> Fault {
    Fault::with(Code::D1016, MAX_NESTING.to_string())
}

/// A value. `'a` is the lifetime of the expression, the input and the bindings.
#[derive(Debug, Clone, Default)]
pub enum Value<'a> {
    /// Nothing: what a path that leads nowhere gives.
    #[default]
    Undefined,
    /// JSON null.
    Null,
    /// A Boolean.
    Bool(bool),
    /// A number, as JavaScript has them. May be infinite or not a number; neither has a JSON text.
    Number(f64),
    /// A text.
    Text(Text<'a>),
    /// An array, or a sequence: what a path or a function gathered.
    Array(Array<'a>),
    /// An object.
    Object(Object<'a>),
    /// A function, or a regular expression, which is a function that finds matches.
    Function(Function<'a>),
}

impl<'a> Value<'a> {
    /// A text that is shared, not borrowed.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(Text::shared(text))
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        matches!(self, Self::Undefined)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Undefined
            | Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Array(_)
            | Self::Object(_)
            | Self::Function(_) => None,
        }
    }

    /// The kind, in the word that `$type` gives; `undefined` for nothing.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::Text(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
            Self::Function(_) => "function",
        }
    }

    /// How many arrays, objects and functions are nested in it at most. Input counts as flat: nobody made it deeper than it came.
    pub(crate) fn nesting(&self) -> u32 {
        match self {
            Self::Array(array) => array.nesting(),
            Self::Object(object) => object.nesting(),
            Self::Function(function) => function.nesting(),
            Self::Undefined | Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => 0,
        }
    }

    /// Turns a sequence into what an expression gives: nothing, its one member, or itself.
    pub(crate) fn collapse(self) -> Self {
        let Self::Array(array) = &self else {
            return self;
        };
        let flags = array.flags();
        if !flags.has(Flags::SEQUENCE) || flags.has(Flags::TUPLES) {
            return self;
        }
        match array.len() {
            0 => Self::Undefined,
            1 if !flags.has(Flags::KEEP_SINGLETON) => array.get(0).unwrap_or_default(),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests;
