//! The page for an address that leads nowhere.

use crate::ui::{EmptyState, Glyph, Mark};
use leptos::prelude::*;

/// Says that nothing is here, and where to go.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    view! {
        <main class="not-found">
            <a href="/" aria-label="Statecraft, all pipelines"><Mark/></a>
            <EmptyState
                glyph=Glyph::Search
                title="There is no page at this address"
                hint="The link may be old, or a letter of it is missing."
            >
                <a class="btn primary" href="/">"All pipelines"</a>
                <a class="btn" href="/reviews">"Reviews"</a>
            </EmptyState>
        </main>
    }
}
