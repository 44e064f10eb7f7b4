//! Where keys and the clipboard are meant for text, so that the page leaves them alone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// Whether an event is about the text of a field, of the code, or of a dialog: there keys write, and the clipboard holds words.
pub fn is_for_text(event: &Event) -> bool {
    is_in_field(event) || is_in_dialog(event)
}

/// Whether an event is about the text of a field or of the code.
pub fn is_in_field(event: &Event) -> bool {
    path(event).first().is_some_and(takes_text)
}

/// Whether an event is in a dialog, where Escape closes it.
pub fn is_in_dialog(event: &Event) -> bool {
    let path = path(event);
    path.iter().any(|element| element.tag_name() == "DIALOG")
}

/// The elements that an event goes through. Seen from the page, what happens in a shadow root happens to its host; the path begins inside.
fn path(event: &Event) -> Vec<HtmlElement> {
    let path = event.composed_path();
    path.iter()
        .filter_map(|target| target.dyn_into().ok())
        .collect()
}

/// Whether a button is pressed by what a key does: Enter and the space bar.
pub fn is_on_button(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| target.tag_name() == "BUTTON")
}

fn takes_text(element: &HtmlElement) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || element.is_content_editable()
}

/// Ends the entry of the field that has the focus, as leaving it does: what was typed is told while the field is still there.
pub fn end_entry() {
    let focused = document()
        .active_element()
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = focused.filter(takes_text) {
        // An element that left the page has nothing to end.
        let _ = element.blur();
    }
}

/// Whether text of the page is marked, which is what a person wants to copy then.
pub fn has_marked_text() -> bool {
    let marked = window().get_selection().ok().flatten();
    marked.is_some_and(|marked| marked.to_string().length() > 0)
}

/// Lets no text of the page be marked any more.
pub fn unmark_text() {
    if let Ok(Some(marked)) = window().get_selection() {
        // Without ranges there is nothing to take away.
        let _ = marked.remove_all_ranges();
    }
}
