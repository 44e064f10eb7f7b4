//! The definition itself: on the clipboard, in a link, or as a file.

use super::save::save_text;
use crate::commands::Desk;
use crate::document::written;
use crate::opening::link;
use crate::studio::Keeper;
use crate::text::files as text;
use asl::text::Format;
use leptos::prelude::*;

/// Puts the definition on the clipboard.
pub(crate) fn copy_definition(keeper: Keeper, desk: Desk) {
    let text = untrack(|| keeper.draft()).text;
    copy_text(desk, &text, text::DEFINITION_COPIED);
}

/// Longer links than this are cut by some programs that pass them on.
const SAFE_LINK: usize = 2000;

/// Puts a link that holds the whole pipeline on the clipboard, or says why there is none.
pub(crate) fn copy_link(keeper: Keeper, desk: Desk) {
    let draft = untrack(|| keeper.draft());
    let origin = window().location().origin().unwrap_or_default();
    match link::written(&draft) {
        Ok(fragment) => {
            let link = format!("{origin}/{fragment}");
            let words = match link.len() {
                0..=SAFE_LINK => text::LINK_COPIED.to_owned(),
                length => text::long_link_copied(length),
            };
            copy_text(desk, &link, words);
        }
        Err(fault) => desk.refuse(&fault.to_string()),
    }
}

/// Puts a text on the clipboard, and says so.
pub(crate) fn copy_text(desk: Desk, text: &str, done: impl Into<String>) {
    let copied =
        wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(text));
    let done = done.into();
    leptos::task::spawn_local(async move {
        match copied.await {
            Ok(_) => desk.tell(&done),
            Err(_) => desk.refuse(text::NOT_COPIED),
        }
    });
}

/// Saves the definition as a file `NAME.asl.json` or `NAME.asl.yaml`; a broken text only as it is.
pub(crate) fn download(keeper: Keeper, format: Format) {
    let session = keeper.session();
    let (ending, kind) = match format {
        Format::Json => ("json", "application/json"),
        Format::Yaml => ("yaml", "application/yaml"),
    };
    let text = session
        .document()
        .with_untracked(|document| written(document, format));
    let Some(text) = text else {
        // The refusal says where the fault is.
        session.edit(|editing| editing.convert(format));
        return;
    };
    let name = session.name().get_untracked();
    save_text(&format!("{name}.asl.{ending}"), &text, kind);
}
