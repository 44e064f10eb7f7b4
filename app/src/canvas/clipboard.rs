//! States on the clipboard: plain ASL, so that they can be pasted into any editor, and from any text with `States`.
//!
//! The browser's own copy, cut and paste events work without a permission; the commands of menus have to ask for one.

use crate::commands::{Command, Desk};
use crate::document::Block;
use crate::opening::{self, Found};
use crate::text::canvas as words;
use crate::ui;
use asl::text::Pointer;
use leptos::ev;
use leptos::prelude::*;
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
    if is_for_text(event) || ui::has_marked_text() || desk.may(command).is_err() {
        return;
    }
    let (Some(data), Some(copied)) = (event.clipboard_data(), Copied::take(desk)) else {
        return;
    };
    if data.set_data("text/plain", &copied.text).is_ok() {
        event.prevent_default();
        copied.done(desk, command);
    }
}

fn pasted(desk: Desk, event: &web_sys::ClipboardEvent) {
    let Some(data) = event.clipboard_data().filter(|_| !is_for_text(event)) else {
        return;
    };
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        event.prevent_default();
        let fault = Callback::new(move |text: String| desk.refuse(&text));
        opening::read(&file, Callback::new(move |found| desk.open(found)), fault);
    } else if let Ok(text) = data.get_data("text/plain") {
        event.prevent_default();
        paste(desk, &text);
    }
}

/// States on their way to the clipboard.
struct Copied {
    states: Vec<Pointer>,
    count: usize,
    text: String,
}

impl Copied {
    /// The selected states.
    fn take(desk: Desk) -> Option<Self> {
        let states = desk.selected();
        match desk.session.consider(|editing| editing.copy(&states)) {
            Ok(block) => Some(Self {
                count: block.len(),
                text: block.text(),
                states,
            }),
            Err(refusal) => {
                desk.refuse(&refusal.to_string());
                None
            }
        }
    }

    /// The clipboard holds them: says so, and takes states that were cut out of the pipeline.
    fn done(self, desk: Desk, command: Command) {
        desk.session.say(words::copied(self.count));
        if command == Command::Cut {
            desk.session
                .edit(|editing| editing.remove_states(&self.states));
        }
    }
}

/// Puts the selected states on the clipboard.
pub fn copy(desk: Desk) {
    write(desk, Command::Copy);
}

/// Moves the selected states to the clipboard; they stay where the browser does not allow it.
pub fn cut(desk: Desk) {
    write(desk, Command::Cut);
}

fn write(desk: Desk, command: Command) {
    let Some(copied) = Copied::take(desk) else {
        return;
    };
    let written = JsFuture::from(window().navigator().clipboard().write_text(&copied.text));
    leptos::task::spawn_local(async move {
        match written.await {
            Ok(_) => copied.done(desk, command),
            Err(_) => desk.refuse(&words::may_not_copy(command.key())),
        }
    });
}

/// Adds the states that the clipboard holds.
pub fn read(desk: Desk) {
    let read = JsFuture::from(window().navigator().clipboard().read_text());
    leptos::task::spawn_local(async move {
        match read.await.ok().and_then(|text| text.as_string()) {
            Some(text) => paste(desk, &text),
            None => desk.refuse(&words::may_not_paste(Command::Paste.key())),
        }
    });
}

/// Adds the states of a text after the selected one. A template is opened instead, as a pipeline of its own.
fn paste(desk: Desk, text: &str) {
    if let Ok(found @ Found::Template(_)) = opening::judge(words::PASTED_TEMPLATE, text.to_owned())
    {
        return desk.open(found);
    }
    if let Err(reason) = desk.may(Command::Paste) {
        return desk.refuse(&reason);
    }
    let Some(block) = Block::read(text) else {
        return desk.refuse(words::NO_STATES_TO_PASTE);
    };
    let place = desk.session.place_to_add();
    desk.session
        .edit_and_show(|editing| editing.paste(&place, &block));
}

/// Whether an event is about the text of a field, of the code, or of a dialog.
fn is_for_text(event: &web_sys::ClipboardEvent) -> bool {
    event.default_prevented() || ui::is_for_text(event)
}
