//! The address holds the view: selected state, drawer and what stands in the middle.

use super::layout::{Drawer, Middle, Panels};
use crate::session::Session;
use asl::text::Pointer;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Takes the view from the address, then keeps the address up to date (without new history entries).
pub(super) fn follow(session: Session, panels: Panels) {
    let query = use_query_map();
    let found = query.get_untracked();
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
    Effect::new(move || {
        let state = session
            .selection()
            .with(|selection| selection.primary().map(ToString::to_string));
        let mut parts = Vec::new();
        if let Some(state) = state {
            parts.push(format!("state={}", encode(&state)));
        }
        if let Some(drawer) = panels.showing.get() {
            parts.push(format!("tab={}", drawer.word()));
        }
        if panels.middle.get() != Middle::Design {
            parts.push(format!("view={}", panels.middle.get().word()));
        }
        replace(&parts.join("&"));
    });
}

fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

fn replace(query: &str) {
    let Ok(path) = window().location().pathname() else {
        return;
    };
    let address = if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    };
    let state = window()
        .history()
        .and_then(|history| history.state())
        .unwrap_or(wasm_bindgen::JsValue::NULL);
    if let Ok(history) = window().history() {
        // A browser that refuses (too many changes at once) keeps the older address: only the link is less exact.
        let _ = history.replace_state_with_url(&state, "", Some(&address));
    }
}
