//! Keys that work everywhere on the studio page.

use super::layout::{Drawer, Middle, Panels};
use crate::session::Session;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Listens for as long as the page is there.
pub(super) fn listen(session: Session, panels: Panels) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || dialog_is_open() {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        let done = match event.key().to_lowercase().as_str() {
            "z" if command && !is_typing(&event) => {
                if event.shift_key() {
                    session.redo()
                } else {
                    session.undo()
                }
                true
            }
            "y" if command && !is_typing(&event) => {
                session.redo();
                true
            }
            "1" if event.alt_key() => show(panels, Middle::Design),
            "2" if event.alt_key() => show(panels, Middle::Code),
            "3" if event.alt_key() => show(panels, Middle::Split),
            "d" if event.alt_key() => toggle(panels, Drawer::DryRun),
            "p" if event.alt_key() => toggle(panels, Drawer::Problems),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

fn show(panels: Panels, middle: Middle) -> bool {
    panels.middle.set(middle);
    true
}

fn toggle(panels: Panels, drawer: Drawer) -> bool {
    panels.toggle(drawer);
    true
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
