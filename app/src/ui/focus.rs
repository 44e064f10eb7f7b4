//! Where the focus goes: to what somebody is led to, and, when what had it leaves the page, to its neighbour, never to the page's body.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Gives the focus to what a selector finds when the next frame is painted.
pub fn give(goal: &'static str) {
    request_animation_frame(move || {
        let found = document().query_selector(goal).ok().flatten();
        if let Some(goal) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // What cannot have the focus leaves it where it is.
            let _ = goal.focus();
        }
    });
}

/// Gives the focus to the first of `goals` (selectors) that is on the page when the next frame is painted. Only the focus that
/// nothing has, or that what `from` selects has, is given: who works elsewhere meanwhile is left alone.
pub fn hand_on(from: &str, goals: Vec<String>) {
    let from = from.to_owned();
    request_animation_frame(move || {
        let is_free = document().active_element().is_none_or(|active| {
            active.tag_name() == "BODY" || (!from.is_empty() && active.matches(&from) == Ok(true))
        });
        let found = goals
            .iter()
            .find_map(|goal| document().query_selector(goal).ok().flatten());
        let found = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(goal) = found.filter(|_| is_free) {
            // What left the page meanwhile cannot be focused.
            let _ = goal.focus();
        }
    });
}
