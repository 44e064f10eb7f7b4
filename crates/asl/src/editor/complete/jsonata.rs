//! JSONata between `{%` and `%}`: the offers of [`jsonata::editor`], with what `$states` and the workflow's variables are
//! likely to hold.

use super::offer::Offer;
use super::{CompletionKind, Place};
use crate::editor::expression::Expression;
use crate::editor::flow::{Flow, sight};
use indexmap::IndexMap;
use jsonata::editor as language;
use jsonata::{Profile, Value};

/// Offers for the expression at the cursor; none outside of the braces.
pub(super) fn offers(place: &Place<'_>, field: &str) -> Option<Vec<Offer>> {
    let text = &place.cursor.literal.text;
    let inner = Expression::of(text)?;
    let at = place
        .cursor
        .at
        .checked_sub(inner.start)
        .filter(|at| *at <= inner.text.len())?;
    let flow = Flow::of(&place.cursor.mended, place.knowledge);
    let ix = place
        .room
        .state
        .as_ref()
        .and_then(|state| flow.outline.find(&state.pointer))?;
    let states = sight(&flow, ix, &place.room, field, true).states(&flow, ix);
    let variables = flow.variables(ix);
    let mut sample = language::Sample::new(Value::Undefined, Profile::Aws).with("states", &states);
    for (name, variable) in &variables {
        sample = sample.with(name, &*variable.value.value);
    }
    let found = language::complete(inner.text, at, &sample);
    let range = found.replace.start + inner.start..found.replace.end + inner.start;
    let offers = found.items.into_iter().enumerate().map(|(index, item)| {
        let is_unknown = item.documentation == "null";
        let (kind, detail) = kind(&item, &variables);
        let rank = u16::try_from(index).unwrap_or(u16::MAX);
        let known = |text: String| if is_unknown { String::new() } else { text };
        Offer::part(kind, item.label, range.clone(), item.insert)
            .detail(detail.unwrap_or_else(|| known(item.detail)))
            .documentation(known(item.documentation))
            .rank(rank)
    });
    Some(offers.collect())
}

fn kind(
    item: &language::Completion,
    variables: &IndexMap<String, crate::editor::flow::Variable>,
) -> (CompletionKind, Option<String>) {
    match item.kind {
        language::CompletionKind::Member => (CompletionKind::Path, None),
        language::CompletionKind::Function | language::CompletionKind::HostFunction => {
            (CompletionKind::Function, None)
        }
        language::CompletionKind::Keyword => (CompletionKind::Value, None),
        language::CompletionKind::Variable => {
            let name = item.label.trim_start_matches('$');
            let setters = variables
                .get(name)
                .map(|variable| variable.set_by.join(", "));
            let detail = setters
                .filter(|setters| !setters.is_empty())
                .map(|setters| format!("set by {setters}"));
            (CompletionKind::Variable, detail)
        }
    }
}
