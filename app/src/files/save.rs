//! A file for the person at the screen.

use gloo::file::{Blob, ObjectUrl};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Saves `content` under `name`, where the browser puts files.
pub(super) fn save(name: &str, content: Blob) {
    let address = ObjectUrl::from(content);
    let Ok(link) = document().create_element("a") else {
        return;
    };
    // An anchor takes these attributes; without them the browser would open the file instead.
    let _ = link.set_attribute("href", &address);
    let _ = link.set_attribute("download", name);
    if let Some(link) = link.dyn_ref::<web_sys::HtmlElement>() {
        link.click();
    }
}

/// Saves a text under `name`.
pub(super) fn save_text(name: &str, text: &str, kind: &str) {
    save(name, Blob::new_with_options(text, Some(kind)));
}
