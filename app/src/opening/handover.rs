//! A template on its way from one program to the other: in `sessionStorage`, so that it is there after a reload and gone with the tab.

use super::Template;
use crate::text::opening as text;
use leptos::prelude::*;

const KEY: &str = "statecraft.template";

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

/// Keeps a template for the page that picks of it.
pub(super) fn put(template: &Template) -> Result<(), String> {
    let kept = storage().zip(serde_json::to_string(template).ok());
    let is_kept = kept.is_some_and(|(storage, text)| storage.set_item(KEY, &text).is_ok());
    match is_kept {
        true => Ok(()),
        false => Err(text::TEMPLATE_NOT_KEPT.to_owned()),
    }
}

/// The template that was handed over last.
pub(super) fn get() -> Option<Template> {
    let text = storage()?.get_item(KEY).ok().flatten()?;
    serde_json::from_str(&text).ok()
}
