//! Keys that work everywhere on the studio page.

use crate::commands::{Desk, Hears, Press, heard};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Listens for as long as the page is there.
pub(super) fn listen(desk: Desk) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || dialog_is_open() {
            return;
        }
        let press = Press::of(&event);
        let meant = heard(&press, Hears::Everywhere)
            .or_else(|| heard(&press, Hears::NotTyping).filter(|_| !is_typing(&event)));
        if let Some(command) = meant {
            event.prevent_default();
            desk.run(command);
        }
    });
    on_cleanup(move || handle.remove());
}

fn dialog_is_open() -> bool {
    document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .is_some()
}

/// Whether the key goes into a field, which has an undo of its own.
fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    target.is_some_and(|target| {
        matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || target.is_content_editable()
    })
}
