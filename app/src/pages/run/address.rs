//! The address of a run holds what is shown of it: the selected state and the tab.

use super::model::Model;
use crate::pages::query;
use asl::text::Pointer;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The tabs beside the drawing; the first one is shown when the address names none.
pub(super) const TABS: [&str; 3] = ["states", "events", "values"];

/// Takes the view from the address, the state once the drawing is there; then keeps the address up to date.
pub(super) fn follow(model: Model, tab: RwSignal<String>) {
    let found = use_query_map().get_untracked();
    if let Some(named) = found.get("tab").filter(|tab| TABS.contains(&tab.as_str())) {
        tab.set(named);
    }
    let wanted: Option<Pointer> = found.get("state").and_then(|state| state.parse().ok());
    Effect::new(move |taken: Option<bool>| {
        if !model.drawn.get() {
            return false;
        }
        if taken != Some(true)
            && let Some(state) = wanted.clone()
            && model
                .session
                .outline()
                .with_untracked(|outline| outline.find(&state).is_some())
        {
            model.session.select(state);
        }
        write(model, &tab.read());
        true
    });
}

fn write(model: Model, tab: &str) {
    let state = model
        .session
        .selection()
        .with(|selection| selection.primary().map(ToString::to_string));
    let mut members: Vec<(&str, String)> =
        state.map(|state| ("state", state)).into_iter().collect();
    if tab != TABS[0] {
        members.push(("tab", tab.to_owned()));
    }
    query::replace(&members);
}
