//! The head of reviewers' pages: where one is, and who one is. No way into the studio, which is not theirs.

use super::reviewer;
use crate::pages::{paths, words};
use crate::text::pages::{self as shared, review as text};
use crate::ui;
use leptos::prelude::*;

/// A reviewers' page; `title` is none on the inbox itself.
#[component]
pub(super) fn ReviewFrame(
    #[prop(into)] title: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let name = reviewer::remembered();
    let me = (!name.is_empty()).then(|| {
        view! { <span class="avatar me" title=name.clone()>{words::initials(&name)}</span> }
    });
    view! {
        <div class="reviewing">
            <header class="review-top">
                <a class="review-mark" href=paths::reviews() aria-label=text::TITLE>{view! { <ui::Mark /> }}</a>
                <nav class="crumbs" aria-label=shared::WAY>
                    {move || match title.get() {
                        None => view! { <strong>{text::TITLE}</strong> }.into_any(),
                        Some(title) => view! {
                            <a href=paths::reviews()>{text::TITLE}</a>
                            <span class="slash">"/"</span>
                            <strong class="clip">{title}</strong>
                        }.into_any(),
                    }}
                </nav>
                <span class="end"></span>
                <ui::ThemeToggle />
                {me}
            </header>
            {children()}
        </div>
    }
}
