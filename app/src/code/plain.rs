//! What takes the editor's place when it cannot be loaded.

use super::units::{shown, typed};
use crate::session::{Origin, Session};
use crate::text::code as text;
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
                {text::PLAIN}
            </p>
            <textarea
                class="area mono"
                aria-label=text::PLAIN_TEXT
                spellcheck="false"
                wrap="off"
                prop:value=move || shown(&session.text()).into_owned()
                on:input=take
            ></textarea>
        </div>
    }
}
