//! When the studio itself fails: the console gets the details, the person gets a sentence instead of a frozen page.

use crate::text::shell as text;
use leptos::prelude::document;

const NOTE: &str = "fault";

/// From now on, a fault of the studio shows a note on the page.
pub(super) fn watch() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        explain(&info.to_string());
    }));
}

fn explain(details: &str) {
    let document = document();
    if document.get_element_by_id(NOTE).is_some() {
        return;
    }
    let (Ok(note), Some(body)) = (document.create_element("div"), document.body()) else {
        return;
    };
    note.set_id(NOTE);
    let first = details.lines().take(2).collect::<Vec<_>>().join(" ");
    note.set_text_content(Some(&text::fault(&first)));
    // The body is there, so both can only fail together with the whole page.
    let _ = note.set_attribute("role", "alert");
    let _ = body.append_child(&note);
}
