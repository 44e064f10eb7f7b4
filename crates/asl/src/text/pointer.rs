//! Pointers as text (RFC 6901).

use super::{Pointer, Step};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A text that is no pointer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a pointer: it must be empty or begin with `/`")]
pub struct PointerError(String);

impl Step {
    /// The step as a name: an index gives its digits.
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Step::Key(key) => Cow::Borrowed(key),
            Step::Index(index) => Cow::Owned(index.to_string()),
        }
    }
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Step::Key(Arc::from(key))
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}

impl Pointer {
    /// The root.
    pub fn root() -> Self {
        Self::default()
    }
    /// The value one step further in.
    #[must_use]
    pub fn join(&self, step: impl Into<Step>) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step.into());
        Self(steps)
    }
    /// The value around it; none for the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, parents) = self.0.split_last()?;
        Some(Self(parents.to_vec()))
    }
    /// Whether this is `other` or stands inside it.
    pub fn starts_with(&self, other: &Pointer) -> bool {
        self.0.len() >= other.0.len()
            && self
                .0
                .iter()
                .zip(&other.0)
                .all(|(a, b)| a.name() == b.name())
    }
    /// Whether both lead to the same value, when one of them came from text.
    pub fn same_place(&self, other: &Pointer) -> bool {
        // The names of siblings differ at the end.
        let mut steps = self.0.iter().zip(&other.0).rev();
        self.0.len() == other.0.len() && steps.all(|(a, b)| a.name() == b.name())
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            write!(f, "/{}", step.name().replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

impl FromStr for Pointer {
    type Err = PointerError;

    fn from_str(text: &str) -> Result<Self, PointerError> {
        if text.is_empty() {
            return Ok(Self::root());
        }
        let tokens = text
            .strip_prefix('/')
            .ok_or_else(|| PointerError(text.to_owned()))?;
        Ok(Self(tokens.split('/').map(step_of_token).collect()))
    }
}

fn step_of_token(token: &str) -> Step {
    match token.parse::<usize>() {
        Ok(index) if index.to_string() == token => Step::Index(index),
        _ => Step::Key(token.replace("~1", "/").replace("~0", "~").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_and_tildes_survive_the_way_through_text() {
        let pointer = Pointer::root()
            .join("States")
            .join("a/b~1")
            .join("Retry")
            .join(0);
        assert_eq!(pointer.to_string(), "/States/a~1b~01/Retry/0");
        assert_eq!("/States/a~1b~01/Retry/0".parse(), Ok(pointer));
    }

    #[test]
    fn the_root_is_the_empty_text() {
        assert_eq!("".parse(), Ok(Pointer::root()));
        assert_eq!(Pointer::root().to_string(), "");
        assert_eq!("/".parse(), Ok(Pointer::root().join("")));
    }

    #[test]
    fn a_text_without_a_slash_is_no_pointer() {
        assert!("States".parse::<Pointer>().is_err());
    }

    #[test]
    fn a_name_of_digits_is_the_same_place_as_its_index() {
        let named = Pointer::root().join("States").join("0");
        let read: Pointer = "/States/0".parse().unwrap();
        assert!(read.same_place(&named));
        assert!(read.join("Next").starts_with(&named));
    }
}
