//! The page for an address that leads nowhere.

use crate::text::{common, shell as text};
use crate::ui::{EmptyState, Glyph, Mark};
use leptos::prelude::*;

/// Says that nothing is here, and where to go.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    view! {
        <main class="not-found">
            <a href="/" aria-label=common::HOME_LINK><Mark/></a>
            <EmptyState
                glyph=Glyph::Search
                title=text::NOT_FOUND
                hint=text::NOT_FOUND_HINT
            >
                <a class="btn primary" href="/">{common::ALL_PIPELINES}</a>
                <a class="btn" href="/reviews">{common::REVIEWS}</a>
            </EmptyState>
        </main>
    }
}
