//! Dialogs, built on the browser's own: focus stays inside, Escape closes.

use super::{button::IconButton, fresh_id, icon::Glyph};
use crate::text::common;
use leptos::html;
use leptos::prelude::*;

/// Gives the focus that the browser put on the button that closes a dialog to the dialog itself: the next key leads into it.
fn leave_close(dialog: &web_sys::HtmlDialogElement) {
    let in_head = |active: web_sys::Element| active.closest(".dialog-head").ok().flatten();
    if document().active_element().and_then(in_head).is_some() {
        // A dialog that left the page meanwhile has nothing to focus.
        let _ = dialog.focus();
    }
}

/// A dialog over the page. Its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open; the dialog sets it back when it is closed.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Wider than usual.
    #[prop(optional)]
    wide: bool,
    /// Its content; `footer.dialog-foot` holds the buttons.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = StoredValue::new(fresh_id("dialog"));
    let children = StoredValue::new(children);
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only when the element left the page meanwhile.
            let _ = dialog.show_modal();
            leave_close(&dialog);
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    // The event comes later than the closing: by then the dialog may be open again.
    let closed = move |_: web_sys::Event| {
        if dialog.get_untracked().is_some_and(|dialog| !dialog.open()) {
            open.set(false);
        }
    };
    // Closed by its signal, so that a key pressed right after it finds it closed. A field for files tells of its own cancel.
    let escape = move |event: web_sys::Event| {
        if event.target() == event.current_target() {
            event.prevent_default();
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            tabindex="-1"
            class:wide=wide
            aria-labelledby=heading.get_value()
            on:close=closed
            on:cancel=escape
            on:keydown=move |event: web_sys::KeyboardEvent| event.stop_propagation()
        >
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2 id=heading.get_value()>{move || title.get()}</h2>
                    <IconButton label=common::CLOSE glyph=Glyph::Cross on_press=move || open.set(false)/>
                </header>
                {children.with_value(|children| children())}
            </Show>
        </dialog>
    }
}
