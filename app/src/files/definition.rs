//! The definition itself, on the clipboard or as a file.

use super::save::save_text;
use crate::document::written;
use crate::studio::Keeper;
use crate::ui::{Toasts, Tone};
use asl::text::Format;
use leptos::prelude::*;

/// Puts the definition on the clipboard.
pub(crate) fn copy_definition(keeper: Keeper, toasts: Option<Toasts>) {
    let text = untrack(|| keeper.draft()).text;
    let copied =
        wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(&text));
    leptos::task::spawn_local(async move {
        let (tone, words) = match copied.await {
            Ok(_) => (Tone::Done, "The definition is on the clipboard."),
            Err(_) => (
                Tone::Failed,
                "The browser did not allow copying. Select the text in the code view instead.",
            ),
        };
        if let Some(toasts) = toasts {
            toasts.show(tone, words);
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
