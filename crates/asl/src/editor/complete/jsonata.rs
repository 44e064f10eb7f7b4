//! JSONata between `{%` and `%}`: the offers of [`jsonata::editor`], with what `$states` and the workflow's variables are
//! likely to hold.

use super::offer::Offer;
use super::{CompletionKind, Place};
use crate::editor::expression::{Expression, sampled};
use crate::editor::flow::Variable;
use indexmap::IndexMap;
use jsonata::editor as language;
use std::ops::Range;

/// Offers for the expression at the cursor; none outside of the braces.
pub(super) fn offers(place: &Place<'_>, field: &str) -> Option<Vec<Offer>> {
    let cursor = place.cursor;
    let inner = Expression::of(&cursor.literal.text)?;
    let at = cursor
        .at
        .checked_sub(inner.start)
        .filter(|at| *at <= inner.text.len())?;
    sampled(
        &cursor.mended,
        &place.room,
        field,
        place.knowledge,
        |sample, variables| {
            let found = language::complete(inner.text, at, sample);
            let range = found.replace.start + inner.start..found.replace.end + inner.start;
            let items = found.items.into_iter().enumerate();
            items
                .map(|(index, item)| offer(index, item, range.clone(), variables))
                .collect()
        },
    )
}

fn offer(
    index: usize,
    item: language::Completion,
    range: Range<usize>,
    variables: &IndexMap<String, Variable>,
) -> Offer {
    let (kind, setters) = kind(&item, variables);
    // What is not known is null in the sample.
    let known = |text: String| {
        if item.documentation == "null" {
            String::new()
        } else {
            text
        }
    };
    let detail = setters.unwrap_or_else(|| known(item.detail));
    Offer::part(kind, item.label, range, item.insert)
        .detail(detail)
        .documentation(known(item.documentation.clone()))
        .rank(u16::try_from(index).unwrap_or(u16::MAX))
}

fn kind(
    item: &language::Completion,
    variables: &IndexMap<String, Variable>,
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
