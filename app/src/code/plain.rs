//! What takes the editor's place when it cannot be loaded.

use super::units::{shown, typed};
use crate::session::{Origin, Session};
use leptos::prelude::*;

/// A plain text area on the same text.
#[component]
pub(super) fn PlainText(session: Session) -> impl IntoView {
    let take = move |event: web_sys::Event| {
        let after = typed(&untrack(|| session.text()), &event_target_value(&event));
        session.set_text(&after, Origin::Code);
    };
    view! {
        <div class="code-plain">
            <p class="code-note" role="status">
                "The code editor could not be loaded, so this is a plain text field. Load the page again to try once more."
            </p>
            <textarea
                class="area mono"
                aria-label="Definition"
                spellcheck="false"
                wrap="off"
                prop:value=move || shown(&session.text()).into_owned()
                on:input=take
            ></textarea>
        </div>
    }
}
