//! The JSONata expressions of a machine: each is read once, when it is first evaluated.
//!
//! A long loop evaluates the same few texts again and again, and reading one costs more than evaluating it.

use super::field::expression;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

type Read = Result<jsonata::Expression, jsonata::Error>;

/// All texts between `{%` and `%}` of one definition.
#[derive(Clone, Default)]
pub(crate) struct Expressions(Arc<HashMap<Box<str>, OnceLock<Read>>>);

impl Expressions {
    /// Those among the strings of a definition; none is read yet.
    pub(super) fn among<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let texts = texts.filter_map(expression);
        let slots = texts.map(|text| (Box::from(text), OnceLock::new()));
        Self(Arc::new(slots.collect()))
    }

    /// The expression of a text, or what is wrong with it; `None` for a text that the definition does not hold.
    pub(crate) fn read(&self, text: &str) -> Option<&Read> {
        let slot = self.0.get(text)?;
        Some(slot.get_or_init(|| jsonata::Expression::parse(text)))
    }
}

/// What was read already makes no difference between two machines, and the texts stand in their states.
impl PartialEq for Expressions {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Expressions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_read_once_and_unknown_texts_are_not_there() {
        let texts = ["{% 1 + $x %}", "plain", "{% ( %}"];
        let expressions = Expressions::among(texts.into_iter());
        let once = expressions.read("1 + $x").unwrap().as_ref().unwrap();
        let again = expressions.clone();
        let twice = again.read("1 + $x").unwrap().as_ref().unwrap();
        assert!(std::ptr::eq(once, twice));
        assert!(expressions.read("(").unwrap().is_err());
        assert!(expressions.read("plain").is_none());
    }
}
