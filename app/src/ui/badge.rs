//! Small marks: counts, keys, and what stands on an empty page.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// A count beside a heading.
#[component]
pub fn Badge(
    /// What it says; may change.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class="count">{move || text.get()}</span> }
}

/// A key of the keyboard.
#[component]
pub fn Kbd(
    /// The key.
    keys: &'static str,
) -> impl IntoView {
    view! { <kbd>{keys}</kbd> }
}

/// What stands where nothing is yet: a sentence that says what to do next, and maybe a button.
#[component]
pub fn EmptyState(
    /// Its icon.
    glyph: Glyph,
    /// What is missing, as a short sentence.
    #[prop(into)]
    title: Signal<String>,
    /// What to do next.
    #[prop(into)]
    hint: Signal<String>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><Icon glyph=glyph/></span>
            <h2>{move || title.get()}</h2>
            <p>{move || hint.get()}</p>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
}
