//! The expression between `{%` and `%}` in a text, whether the closing braces stand there or not, and sample data for it.

use super::flow::{Flow, Variable, sight};
use super::knowledge::Knowledge;
use super::room::Room;
use crate::text::Document;
use indexmap::IndexMap;
use jsonata::editor::Sample;
use jsonata::{Profile, Value};

/// An expression inside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expression<'t> {
    pub(super) text: &'t str,
    /// Where it begins in the text around it, in bytes.
    pub(super) start: usize,
}

impl<'t> Expression<'t> {
    /// The expression that `text` is; none when it does not begin with `{%`.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let inner = text.strip_prefix("{%")?;
        let inner = inner.strip_suffix("%}").unwrap_or(inner);
        Some(Self {
            text: inner,
            start: "{%".len(),
        })
    }
}

/// Asks something with what an expression in `field` of this place is likely to see; none outside of states.
pub(super) fn sampled<R>(
    document: &Document,
    room: &Room<'_>,
    field: &str,
    knowledge: &Knowledge,
    ask: impl FnOnce(&Sample<'_>, &IndexMap<String, Variable>) -> R,
) -> Option<R> {
    let flow = Flow::of(document, knowledge);
    let ix = flow.outline.find(&room.state.as_ref()?.pointer)?;
    let states = sight(&flow, ix, room, field, true).states(&flow, ix, true);
    let variables = flow.variables(ix);
    let mut sample = Sample::new(Value::Undefined, Profile::Aws).with("states", &states);
    for (name, variable) in &variables {
        sample = sample.with(name, &*variable.value.value);
    }
    Some(ask(&sample, &variables))
}
