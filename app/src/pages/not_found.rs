//! The page of an address that leads nowhere.

use super::parts::{Frame, icon};
use super::paths;
use crate::ui::Glyph;
use leptos::prelude::*;

/// Says that nothing is here, and where to go.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Frame crumbs=Signal::derive(|| vec![("Pipelines".to_owned(), Some(paths::home())), ("Not found".to_owned(), None)])>
            <main class="page-body">
                <div class="empty">
                    <span class="empty-icon">{icon(Glyph::Search)}</span>
                    <h1>"There is no such page"</h1>
                    <p>"The address may be incomplete, or the page has moved."</p>
                    <a class="btn" href=paths::home()>"See all pipelines"</a>
                </div>
            </main>
        </Frame>
    }
}
