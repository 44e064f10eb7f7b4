//! The address holds the view: selected state, drawer, what stands in the middle, and whether the versions are shown.

use super::layout::{Drawer, Middle, Panels};
use crate::commands::Desk;
use crate::pages::query;
use crate::versions::Asked;
use asl::text::Pointer;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// How long what is shown stays as it is before it is written, in milliseconds.
const PAUSE_MS: u32 = 200;

/// The dialog that is open, and its word.
const SHOWN: &str = "show";
const VERSIONS: &str = "versions";

/// Takes the view from the address, then keeps the address up to date (without new history entries).
pub(super) fn follow(desk: Desk, panels: Panels) {
    let session = desk.session;
    let found = use_query_map().get_untracked();
    if let Some(state) = found
        .get("state")
        .and_then(|state| state.parse::<Pointer>().ok())
        && session
            .outline()
            .with_untracked(|outline| outline.find(&state).is_some())
    {
        session.select(state);
    }
    panels
        .middle
        .set(Middle::from_word(&found.get("view").unwrap_or_default()));
    panels
        .showing
        .set(found.get("tab").and_then(|tab| Drawer::from_word(&tab)));
    if found.get(SHOWN).as_deref() == Some(VERSIONS) {
        desk.versions.set(Some(Asked::Look));
    }
    let due = StoredValue::new_local(None::<Timeout>);
    Effect::new(move || {
        let state = session
            .selection()
            .with(|selection| selection.primary().map(ToString::to_string));
        let mut members = Vec::new();
        if let Some(state) = state {
            members.push(("state", state));
        }
        if let Some(drawer) = panels.showing.get() {
            members.push(("tab", drawer.word().to_owned()));
        }
        if panels.middle.get() != Middle::Design {
            members.push(("view", panels.middle.get().word().to_owned()));
        }
        if desk.versions.get().is_some() {
            members.push((SHOWN, VERSIONS.to_owned()));
        }
        // Browsers take their time for it, so that a run of edits changes the address once.
        let write = move || query::replace(&members);
        due.set_value(Some(Timeout::new(PAUSE_MS, write)));
    });
}
