//! The studio page: puts palette, canvas, inspector, code and drawers together. It holds no logic of theirs.

mod address;
mod keep;
mod keys;
mod layout;
mod phone;
mod top;
mod workbench;

pub use keep::Keeper;
pub(crate) use layout::Middle;
pub use layout::{Drawer, Panels};

use crate::drafts::{self, Draft, OpenError};
use crate::text::{common, studio as text};
use crate::ui::{EmptyState, Glyph, Mark};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use workbench::Workbench;

/// The page of one pipeline, by the `name` in the address.
#[component]
pub fn Studio() -> impl IntoView {
    let params = use_params_map();
    let name = Memo::new(move |_| params.read().get("name").unwrap_or_default());
    move || view! { <Opening name=name.get()/> }
}

/// Opens the pipeline, then shows it or says why it cannot.
#[component]
fn Opening(name: String) -> impl IntoView {
    let opened = RwSignal::new(None::<Result<Draft, OpenError>>);
    let wanted = name.clone();
    spawn_local(async move {
        let draft = drafts::open(&wanted).await;
        // The page may have been left meanwhile.
        let _ = opened.try_set(Some(draft));
    });
    move || match opened.get() {
        None => view! { <p class="opening" role="status">{text::opening(&name)}</p> }.into_any(),
        Some(Ok(draft)) => view! { <Workbench draft=draft/> }.into_any(),
        Some(Err(error)) => view! { <Unopened error=error/> }.into_any(),
    }
}

#[component]
fn Unopened(error: OpenError) -> impl IntoView {
    let title = match &error {
        OpenError::Unknown(name) => text::unknown(name),
        OpenError::Unasked { .. } | OpenError::Store(_) => text::CANNOT_OPEN.to_owned(),
    };
    let hint = match &error {
        OpenError::Unknown(_) => text::UNKNOWN_HINT.to_owned(),
        OpenError::Unasked { .. } | OpenError::Store(_) => error.to_string(),
    };
    view! {
        <main class="not-found">
            <a href="/" aria-label=common::HOME_LINK><Mark/></a>
            <EmptyState glyph=Glyph::Search title=title hint=hint>
                <a class="btn primary" href="/">{common::ALL_PIPELINES}</a>
            </EmptyState>
        </main>
    }
}
