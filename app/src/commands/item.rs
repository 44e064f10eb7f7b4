//! A command as a line of a menu.

use super::desk::Desk;
use super::table::Command;
use crate::ui::MenuItem;
use asl::text::Pointer;
use leptos::prelude::*;

/// A line of a [`crate::ui::Menu`] that does a command.
#[component]
pub fn CommandItem(
    /// The page.
    desk: Desk,
    /// What it does.
    command: Command,
    /// The state that it is about, which is selected first; else what is selected.
    #[prop(optional, into)]
    state: Option<Signal<Pointer>>,
) -> impl IntoView {
    let press = move || {
        if let Some(state) = state {
            desk.session.select(state.get_untracked());
        }
        desk.run(command);
    };
    view! {
        <MenuItem
            label=command.words()
            glyph=command.glyph()
            keys=command.key()
            danger=command == Command::Delete
            on_press=press
        />
    }
}
