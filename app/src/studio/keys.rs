//! Keys that work everywhere on the studio page.

use crate::commands::{Desk, Hears, Press, heard};
use crate::ui::is_for_text;
use leptos::ev;
use leptos::prelude::*;

/// Listens for as long as the page is there.
pub(super) fn listen(desk: Desk) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || dialog_is_open() {
            return;
        }
        let press = Press::of(&event);
        let meant = heard(&press, Hears::Everywhere)
            .or_else(|| heard(&press, Hears::NotTyping).filter(|_| !is_for_text(&event)));
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
