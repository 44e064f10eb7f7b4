//! Opens a file that is chosen, or what is pasted onto the page.

use crate::opening::{ENDINGS, Found, judge, read};
use crate::pages::parts;
use crate::text::pages::home as says;
use crate::ui::Glyph;
use leptos::html;
use leptos::prelude::*;

/// Takes what is pasted onto the page: a file, or text. A field keeps what is pasted into it.
pub(super) fn take_pasted(on_found: Callback<Found>, on_fault: Callback<String>) {
    let handle = window_event_listener(leptos::ev::paste, move |event| {
        let Some(pasted) = event.clipboard_data().filter(|_| !goes_elsewhere()) else {
            return;
        };
        if let Some(file) = pasted.files().and_then(|files| files.get(0)) {
            read(&file, on_found, on_fault);
            return;
        }
        let text = pasted.get_data("text/plain").unwrap_or_default();
        match judge(says::PASTED, text) {
            Ok(found) => on_found.run(found),
            Err(_) => on_fault.run(says::NOT_PASTED.to_owned()),
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether what is pasted is meant for a field or a dialog.
fn goes_elsewhere() -> bool {
    document()
        .query_selector("dialog[open], input:focus, textarea:focus")
        .ok()
        .flatten()
        .is_some()
}

/// A button that opens a file.
#[component]
pub(super) fn ImportButton(on_found: Callback<Found>, on_fault: Callback<String>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let pick = move |_| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let take = move |_| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        if let Some(file) = field.files().and_then(|f| f.get(0)) {
            read(&file, on_found, on_fault);
        }
        // The same file may be opened again after it was mended.
        field.set_value("");
    };
    view! {
        <button type="button" class="btn" title=says::IMPORT_HINT on:click=pick>{parts::icon(Glyph::Upload)}{says::IMPORT}</button>
        <input type="file" accept=ENDINGS hidden node_ref=field on:change=take aria-label=says::IMPORT_FIELD />
    }
}
