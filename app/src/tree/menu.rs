//! The menu of a line of the tree: the commands for its state.

use crate::commands::{Command, Desk};
use crate::text::tree as text;
use crate::ui::MenuItem;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

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
    move || {
        open.get()
            .map(|at| view! { <Commands desk=desk open=open at=at on_close=on_close/> })
    }
}

#[component]
fn Commands(
    desk: Desk,
    open: RwSignal<Option<(f64, f64)>>,
    at: (f64, f64),
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(list) = list.get() {
            // Fails only when the element left the page meanwhile.
            let _ = list.show_popover();
            keep_inside(&list, at);
            focus(&list, 0);
        }
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        match event.key().as_str() {
            "ArrowDown" => focus(&list, 1),
            "ArrowUp" => focus(&list, -1),
            "Escape" | "Tab" => {
                open.set(None);
                on_close.run(());
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let line = move |command: Command| {
        let reason = desk.may(command).err();
        let label = match &reason {
            Some(reason) => format!("{}: {reason}", command.words()),
            None => command.words().to_owned(),
        };
        let press = move |()| {
            open.set(None);
            on_close.run(());
            desk.run(command);
        };
        view! { <MenuItem label=label glyph=command.glyph() keys=command.key() disabled=reason.is_some() danger=command == Command::Delete on_press=press/> }
    };
    let toggled = move |_| {
        let is_open = list
            .get_untracked()
            .is_some_and(|list| list.matches(":popover-open").unwrap_or(false));
        if !is_open && open.try_get_untracked().flatten().is_some() {
            open.set(None);
        }
    };
    view! {
        <div node_ref=list class="menu" role="menu" popover="auto" aria-label=text::LINE_MENU on:keydown=keys on:toggle=toggled>
            {COMMANDS.map(line).collect_view()}
        </div>
    }
}

/// Puts the menu at a point, inside the window.
fn keep_inside(list: &web_sys::HtmlElement, (x, y): (f64, f64)) {
    let size = |size: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        size.ok().and_then(|size| size.as_f64()).unwrap_or(1024.0)
    };
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let left = x.min(width - f64::from(list.offset_width()) - 8.0).max(8.0);
    let top = y
        .min(height - f64::from(list.offset_height()) - 8.0)
        .max(8.0);
    let style = web_sys::HtmlElement::style(list);
    for (name, value) in [
        ("inset", "auto".to_owned()),
        ("left", format!("{left:.0}px")),
        ("top", format!("{top:.0}px")),
    ] {
        // The names are fixed and valid.
        let _ = style.set_property(name, &value);
    }
}

/// Moves the focus among the lines; 0 takes the first.
fn focus(list: &web_sys::HtmlElement, step: isize) {
    let Ok(found) = list.query_selector_all("[role=menuitem]:not(:disabled)") else {
        return;
    };
    let items: Vec<web_sys::HtmlElement> = (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect();
    let active = document().active_element();
    let is_active = |item: &web_sys::HtmlElement| {
        let active = active.as_ref();
        active.is_some_and(|active| active.is_same_node(Some(item)))
    };
    let count = items.len().cast_signed().max(1);
    let next = items.iter().position(is_active).map_or(0, |present| {
        (present.cast_signed() + step).rem_euclid(count)
    });
    if let Some(item) = items.get(next.cast_unsigned()) {
        // An item that cannot take the focus keeps it where it was.
        let _ = item.focus();
    }
}
