//! Fields whose value is written down, read by a path, or given by an expression.

use super::QueryLanguage;
use super::place::Place;
use crate::query::{Intrinsic, Path};
use std::sync::Arc;

/// A number: written down, read by the field's `…Path` partner, or given by a JSONata expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount<T> {
    /// As written.
    Fixed(T),
    /// Where to read it.
    Path(Path),
    /// The text between `{%` and `%}`, trimmed.
    Expression(Arc<str>),
}

/// A text: written down, read by a path, given by an intrinsic function or by a JSONata expression.
#[derive(Debug, Clone, PartialEq)]
pub enum TextField {
    /// As written.
    Fixed(Arc<str>),
    /// Where to read it.
    Path(Path),
    /// What gives it.
    Intrinsic(Intrinsic),
    /// The text between `{%` and `%}`, trimmed.
    Expression(Arc<str>),
}

/// The expression in a JSONata string, trimmed; `None` when the string is plain text (asl-rules 7).
pub fn expression(text: &str) -> Option<&str> {
    text.strip_prefix("{%")?.strip_suffix("%}").map(str::trim)
}

impl<T> Amount<T> {
    /// Reads `name`, or `name` + `Path` in JSONPath states.
    pub(super) fn read<'a>(
        state: &Place<'a>,
        name: &str,
        language: QueryLanguage,
        fixed: impl FnOnce(&Place<'a>) -> Option<T>,
    ) -> Option<Self> {
        if language == QueryLanguage::JsonPath
            && let Some(place) = state.member(&format!("{name}Path"))
        {
            return read_path(&place).map(Amount::Path);
        }
        let place = state.member(name)?;
        match place.as_str().and_then(expression) {
            Some(text) if language == QueryLanguage::Jsonata => {
                Some(Amount::Expression(Arc::from(text)))
            }
            _ => fixed(&place).map(Amount::Fixed),
        }
    }
}

impl TextField {
    /// Reads `name`, or `name` + `Path` in JSONPath states.
    pub(super) fn read(state: &Place<'_>, name: &str, language: QueryLanguage) -> Option<Self> {
        if language == QueryLanguage::JsonPath
            && let Some(place) = state.member(&format!("{name}Path"))
        {
            return Self::read_query(&place);
        }
        Self::read_text(&state.member(name)?, language)
    }

    /// Reads a text that may be a JSONata expression in JSONata states.
    pub(super) fn read_text(place: &Place<'_>, language: QueryLanguage) -> Option<Self> {
        let text = place.string()?;
        match expression(text) {
            Some(text) if language == QueryLanguage::Jsonata => {
                Some(Self::Expression(Arc::from(text)))
            }
            _ => Some(Self::Fixed(Arc::from(text))),
        }
    }

    /// Reads a path or an intrinsic function.
    pub(super) fn read_query(place: &Place<'_>) -> Option<Self> {
        let text = place.string()?;
        if text.starts_with('$') {
            return read_path(place).map(Self::Path);
        }
        place.parsed(Intrinsic::parse(text)).map(Self::Intrinsic)
    }
}

/// Reads a path.
pub(super) fn read_path(place: &Place<'_>) -> Option<Path> {
    place.parsed(Path::parse(place.string()?))
}
