//! The menu of a line of the tree: the commands for its state.

use crate::commands::{Command, Desk};
use crate::text::tree as text;
use crate::ui::{MenuItem, PointMenu};
use leptos::callback::Callable;
use leptos::prelude::*;

/// What can be done with a state from the tree.
const COMMANDS: [Command; 10] = [
    Command::Inspect,
    Command::Rename,
    Command::Copy,
    Command::Cut,
    Command::Duplicate,
    Command::WrapInParallel,
    Command::WrapInMap,
    Command::Breakpoint,
    Command::ShowCode,
    Command::Delete,
];

/// The menu, open at a point of the page while there is one. `on_close` takes the focus back where nothing else did.
#[component]
pub(super) fn LineMenu(
    desk: Desk,
    open: RwSignal<Option<(f64, f64)>>,
    #[prop(into)] on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let line = move |command: Command| {
        let press = move || {
            open.set(None);
            on_close.run(());
            desk.run(command);
        };
        view! { <MenuItem label=command.words() glyph=command.glyph() keys=command.key() reason=desk.may(command).err() danger=command == Command::Delete on_press=press/> }
    };
    move || {
        open.get().map(|at| view! {
            <PointMenu label=text::LINE_MENU at=at on_close=move || open.set(None) on_leave=move || on_close.run(())>
                {COMMANDS.map(line).collect_view()}
            </PointMenu>
        })
    }
}
