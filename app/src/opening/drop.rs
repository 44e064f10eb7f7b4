//! The whole page as a place to drop a file on.

use super::{Found, read};
use crate::text::opening as text;
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::DragEvent;

/// Takes files that are dropped anywhere on the page; while one is held over it, the page says so.
#[component]
pub fn DropTarget(
    /// Takes what the file is.
    on_found: Callback<Found>,
    /// Hears why it cannot be opened.
    on_fault: Callback<String>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let listeners = [
        listen("dragover", move |event| {
            if has_files(event) {
                event.prevent_default();
                over.set(true);
            }
        }),
        listen("dragleave", move |event| {
            // Between two elements of the page there is another one to go to.
            if event.related_target().is_none() {
                over.set(false);
            }
        }),
        listen("drop", move |event| {
            over.set(false);
            let transfer = event.data_transfer();
            let files = transfer.and_then(|transfer| transfer.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                event.prevent_default();
                event.stop_propagation();
                read(&file, on_found, on_fault);
            }
        }),
    ];
    let held = StoredValue::new_local(Some(listeners));
    on_cleanup(move || {
        let _ = held.try_update_value(Option::take);
    });
    view! {
        <div class="drop-hint" class:over=move || over.get() aria-hidden="true">{text::DROP}</div>
    }
}

/// Listens before the code editor does, which would put the text of a file in.
fn listen(name: &'static str, act: impl Fn(&DragEvent) + 'static) -> EventListener {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    EventListener::new_with_options(&window(), name, options, move |event| {
        if let Some(event) = event.dyn_ref() {
            act(event);
        }
    })
}

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|transfer| {
        let mut kinds = transfer.types().into_iter();
        kinds.any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}
