//! Files: chosen, dropped or pasted, read as text.

use super::{Found, judge};
use crate::text::opening as text;
use gloo::events::EventListener;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// AWS takes definitions and templates up to 1 MiB.
const LARGEST: f64 = 1_048_576.0;

/// The endings of files that are offered when one is chosen.
pub const ENDINGS: &str = ".json,.asl,.yaml,.yml,.template,application/json,application/yaml";

/// Reads a file and says what it is.
pub fn read(file: &web_sys::File, on_found: Callback<Found>, on_fault: Callback<String>) {
    let name = file.name();
    if file.size() > LARGEST {
        on_fault.run(text::too_large(&name));
        return;
    }
    let content = file.text();
    spawn_local(async move {
        let text = JsFuture::from(content)
            .await
            .ok()
            .and_then(|t| t.as_string())
            .ok_or_else(|| text::unreadable(&name));
        match text.and_then(|text| judge(&name, text)) {
            // The page may have been left meanwhile.
            Ok(found) => drop(on_found.try_run(found)),
            Err(fault) => drop(on_fault.try_run(fault)),
        }
    });
}

/// Lets the person at the screen choose a file, and reads it.
pub fn choose(on_found: Callback<Found>, on_fault: Callback<String>) {
    let field = document()
        .create_element("input")
        .ok()
        .and_then(|made| made.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(field) = field else { return };
    field.set_type("file");
    field.set_accept(ENDINGS);
    let asked = field.clone();
    let chosen = EventListener::once(&field, "change", move |_| {
        if let Some(file) = asked.files().and_then(|files| files.get(0)) {
            read(&file, on_found, on_fault);
        }
    });
    // The field is in no page, so it keeps its listener for as long as the browser asks.
    chosen.forget();
    field.click();
}
