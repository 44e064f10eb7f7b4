//! What came of a test: how the state ended, where it goes on, and each value on the way.

use super::dialog::Test;
use super::trial::{Outcome, Step};
use crate::text::{common, test_state as text};
use crate::ui::json::{coloured, pretty};
use crate::ui::{EmptyState, Glyph, Icon, Status as Disc, StatusDisc};
use asl::test_state::Status;
use leptos::prelude::*;

/// The outcome of the last test.
#[component]
pub(super) fn Shown(test: Test) -> impl IntoView {
    let outcome = Memo::new(move |_| test.sheet.with(|sheet| sheet.outcome.clone()));
    move || match outcome.get() {
        None => view! {
            <EmptyState glyph=Glyph::Step title=text::NOTHING hint=text::NOTHING_HINT/>
        }
        .into_any(),
        Some(Err(words)) => view! {
            <p class="test-refused" role="alert"><Icon glyph=Glyph::Error/><span>{words}</span></p>
        }
        .into_any(),
        Some(Ok(outcome)) => ended(&outcome).into_any(),
    }
}

fn ended(outcome: &Outcome) -> impl IntoView + use<> {
    let reply = &outcome.reply;
    let (disc, words) = match reply.status {
        Status::Succeeded => (Disc::Succeeded, text::SUCCEEDS),
        Status::CaughtError => (Disc::Failed, text::FAILS_AND_IS_CAUGHT),
        Status::Retriable => (Disc::Failed, text::FAILS_AND_IS_RETRIED),
        Status::Failed => (Disc::Failed, text::FAILS),
    };
    let next = match (&reply.next_state, reply.status) {
        (Some(next), _) => Some(text::goes_on_to(next)),
        (None, Status::Succeeded) => Some(text::ENDS.to_owned()),
        (None, Status::CaughtError | Status::Retriable | Status::Failed) => None,
    };
    let facts = [
        (common::ERROR, reply.error.as_deref().map(str::to_owned)),
        (common::CAUSE, reply.cause.as_deref().map(str::to_owned)),
        (text::HANDLED, outcome.handled.clone()),
        (text::THEN, next),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| {
        let value = value?;
        Some(view! { <dt>{name}</dt><dd>{value}</dd> })
    });
    view! {
        <p class="test-status"><StatusDisc status=disc/><strong>{words}</strong><code class="sm t3">{reply.status.as_str()}</code></p>
        {outcome.is_apart.then(|| view! { <p class="sm t2">{text::APART}</p> })}
        <dl class="test-facts">{facts.collect_view()}</dl>
        <ol class="test-steps">{outcome.steps.iter().map(value).collect_view()}</ol>
    }
}

fn value(step: &Step) -> impl IntoView + use<> {
    let text = pretty(&step.value);
    let label = step.title;
    view! {
        <li>
            <details open=true>
                <summary><span class="med">{label}</span>" "<code class="sm t3">{step.name.clone()}</code></summary>
                <pre class="json" tabindex="0" aria-label=label>{coloured(&text)}</pre>
            </details>
        </li>
    }
}
