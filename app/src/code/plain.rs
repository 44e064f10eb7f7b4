//! What takes the editor's place when it cannot be loaded.

use crate::session::{Origin, Session};
use leptos::prelude::*;

/// A plain text area on the same text.
#[component]
pub(super) fn PlainText(session: Session) -> impl IntoView {
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
                prop:value=move || session.text().to_string()
                on:input=move |event| session.set_text(&event_target_value(&event), Origin::Code)
            ></textarea>
        </div>
    }
}
