//! States on the clipboard: plain ASL, so that they can be pasted into any editor, and from any text with `States`.
//!
//! The browser's own copy, cut and paste events work without a permission; the commands of menus have to ask for one.

use crate::commands::{Command, Desk};
use crate::document::{Block, Change};
use crate::session::Ask;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Answers the page's copy, cut and paste events for as long as the page is there.
pub fn listen(desk: Desk) {
    let handles = [
        window_event_listener(ev::copy, move |event| copied(desk, &event, Command::Copy)),
        window_event_listener(ev::cut, move |event| copied(desk, &event, Command::Cut)),
        window_event_listener(ev::paste, move |event| pasted(desk, &event)),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
}

fn copied(desk: Desk, event: &web_sys::ClipboardEvent, command: Command) {
    if is_for_text(event) || has_marked_text() || desk.may(command).is_err() {
        return;
    }
    let (Some(data), Some(text)) = (event.clipboard_data(), text_of(desk)) else {
        return;
    };
    if data.set_data("text/plain", &text).is_err() {
        return;
    }
    event.prevent_default();
    if command == Command::Cut {
        desk.delete();
    }
}

fn pasted(desk: Desk, event: &web_sys::ClipboardEvent) {
    if is_for_text(event) {
        return;
    }
    let text = event
        .clipboard_data()
        .and_then(|data| data.get_data("text/plain").ok());
    if let Some(text) = text {
        event.prevent_default();
        paste(desk, &text);
    }
}

/// The selected states as text; says how many there are.
fn text_of(desk: Desk) -> Option<String> {
    let selected = desk.selected();
    match desk.session.consider(|editing| editing.copy(&selected)) {
        Ok(block) => {
            desk.session.say(match block.len() {
                1 => "1 state copied".to_owned(),
                count => format!("{count} states copied"),
            });
            Some(block.text())
        }
        Err(refusal) => {
            desk.refuse(&refusal.to_string());
            None
        }
    }
}

/// Puts the selected states on the clipboard.
pub fn write(desk: Desk) {
    let Some(text) = text_of(desk) else { return };
    let written = JsFuture::from(window().navigator().clipboard().write_text(&text));
    leptos::task::spawn_local(async move {
        if written.await.is_err() {
            desk.refuse("The browser did not allow copying. Press Ctrl+C on the drawing instead.");
        }
    });
}

/// Adds the states that the clipboard holds.
pub fn read(desk: Desk) {
    let read = JsFuture::from(window().navigator().clipboard().read_text());
    leptos::task::spawn_local(async move {
        match read.await.ok().and_then(|text| text.as_string()) {
            Some(text) => paste(desk, &text),
            None => {
                desk.refuse("The browser did not allow it. Press Ctrl+V on the drawing instead.");
            }
        }
    });
}

/// Adds the states of a text after the selected one.
fn paste(desk: Desk, text: &str) {
    if let Err(reason) = desk.may(Command::Paste) {
        return desk.refuse(&reason);
    }
    let Some(block) = Block::read(text) else {
        return desk.refuse(
            "The clipboard holds no states. Copy states here, or a text with States from anywhere.",
        );
    };
    let session = desk.session;
    let place = session.place_to_add();
    let added = session.edit(|editing| -> Result<Change, _> { editing.paste(&place, &block) });
    if let Some(state) = desk.subject().filter(|_| added) {
        session.ask().set(Some(Ask::Reveal(state)));
    }
}

/// Whether an event is about the text of a field, of the code, or of a dialog.
fn is_for_text(event: &web_sys::ClipboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    event.default_prevented()
        || target.is_some_and(|target| {
            matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                || target.is_content_editable()
                || target.closest("dialog").ok().flatten().is_some()
        })
}

/// Whether text of the page is marked, which is what a person wants to copy then.
fn has_marked_text() -> bool {
    let window = window();
    let marked = js_sys::Reflect::get(&window, &"getSelection".into())
        .ok()
        .and_then(|ask| ask.dyn_into::<js_sys::Function>().ok())
        .and_then(|ask| ask.call0(&window).ok());
    marked
        .filter(|marked| !marked.is_null())
        .is_some_and(|marked| js_sys::Object::from(marked).to_string().length() > 0)
}
