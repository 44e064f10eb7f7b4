//! A text: borrowed from the input or the expression, or shared.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// A text; a clone never copies it.
#[derive(Debug, Clone)]
pub enum Text<'a> {
    /// From the input, the bindings or the expression.
    Borrowed(&'a str),
    /// Made by the evaluation.
    Shared(Arc<str>),
}

impl Text<'_> {
    /// A text of its own.
    #[must_use]
    pub fn shared(text: &str) -> Self {
        Self::Shared(Arc::from(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self::Shared(Arc::from(text))
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text<'_> {}

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

/// So that a map keyed by texts can be asked with a `&str`.
impl std::borrow::Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        self
    }
}
