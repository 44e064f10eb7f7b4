//! Menus, built on the browser's own popovers: one that opens under a button, and one that opens at a point of the window.

use super::menu_list::{focus_first, place_at, place_in_window, walk};
use super::{
    fresh_id,
    icon::{Glyph, Icon},
};
use gloo::events::{EventListener, EventListenerOptions};
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A button that opens a menu. Escape and a click elsewhere close it.
#[component]
pub fn Menu(
    /// The button's name (and words, unless it is an icon alone).
    #[prop(into)]
    label: Signal<String>,
    /// The button's icon.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// Whether the button shows only its icon.
    #[prop(optional)]
    icon_only: bool,
    /// [`MenuItem`]s.
    children: ChildrenFn,
) -> impl IntoView {
    let id = fresh_id("menu");
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let toggle = move |_| {
        if let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) {
            place_at(&button, &list);
            // Fails only when the element left the page meanwhile.
            let _ = list.toggle_popover();
            open.set(list.matches(":popover-open").unwrap_or(false));
            focus_first(&list);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let list_is_walked = list.get_untracked().is_some_and(|list| walk(&list, &event));
        if list_is_walked {
            event.prevent_default();
        } else if event.key() == "Tab" {
            // The focus is on the button then, and goes on from there.
            close(list);
        }
    };
    view! {
        <button
            node_ref=button
            type="button"
            class="btn quiet"
            class:icon=icon_only
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=move || icon_only.then(|| label.get())
            title=move || icon_only.then(|| label.get())
            on:click=toggle
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph/> })}
            {move || (!icon_only).then(|| label.get())}
        </button>
        <div
            node_ref=list
            id=id
            class="menu"
            role="menu"
            popover="auto"
            aria-label=move || label.get()
            on:click=move |_| close(list)
            on:keydown=keys
            on:toggle=move |_| open.set(list.get_untracked().is_some_and(|list| list.matches(":popover-open").unwrap_or(false)))
        >
            {move || children()}
        </div>
    }
}

fn close(list: NodeRef<html::Div>) {
    if let Some(list) = list.get_untracked() {
        // Already closed: nothing to do.
        let _ = list.hide_popover();
    }
}

/// A menu at a point of the window while there is one. A click elsewhere closes it; Escape and Tab close it, too, and give the focus back.
#[component]
pub fn PointMenu(
    /// What it is called.
    label: &'static str,
    /// Whether the name is shown over the lines.
    #[prop(optional)]
    titled: bool,
    /// The point.
    at: (f64, f64),
    /// Takes it away.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
    /// Gives the focus back.
    #[prop(into)]
    on_leave: UnsyncCallback<()>,
    /// [`MenuItem`]s.
    children: Children,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(list) = list.get() {
            // Fails only when the element left the page meanwhile.
            let _ = list.show_popover();
            place_in_window(&list, at);
            focus_first(&list);
        }
    });
    close_elsewhere(list, on_close);
    let keys = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        let list_is_walked = list.get_untracked().is_some_and(|list| walk(&list, &event));
        let is_left = matches!(event.key().as_str(), "Escape" | "Tab");
        if is_left {
            on_close.run(());
            on_leave.run(());
        }
        if list_is_walked || is_left {
            event.prevent_default();
        }
    };
    let own = |event: &web_sys::Event| event.stop_propagation();
    view! {
        <div
            node_ref=list
            class="menu at-point"
            role="menu"
            popover="manual"
            aria-label=label
            on:keydown=keys
            on:pointerdown=move |event| own(&event)
            on:dblclick=move |event| own(&event)
            on:wheel=move |event| own(&event)
            on:contextmenu=move |event| { own(&event); event.prevent_default(); }
        >
            {titled.then(|| view! { <p class="menu-title" aria-hidden="true">{label}</p> })}
            {children()}
        </div>
    }
}

/// Closes a menu when something else is pressed, before that answers: it may open another one.
fn close_elsewhere(list: NodeRef<html::Div>, on_close: UnsyncCallback<()>) {
    let listener = EventListener::new_with_options(
        &document(),
        "pointerdown",
        EventListenerOptions::run_in_capture_phase(),
        move |event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            let list = list.try_get_untracked().flatten();
            if list.is_some_and(|list| !list.contains(target.as_ref())) {
                on_close.run(());
            }
        },
    );
    let held = StoredValue::new_local(Some(listener));
    on_cleanup(move || {
        let _ = held.try_update_value(Option::take);
    });
}

/// One line of a menu.
#[component]
pub fn MenuItem(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// What it does.
    #[prop(into)]
    on_press: UnsyncCallback<()>,
    /// Its icon.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// The class of a state type's hue, in which the icon is shown.
    #[prop(optional)]
    hue: &'static str,
    /// More words under what it says.
    #[prop(optional)]
    hint: &'static str,
    /// Why it cannot be used now; it can be read, and does nothing.
    #[prop(default = None)]
    reason: Option<String>,
    /// The key that does the same.
    #[prop(optional)]
    keys: &'static str,
    /// Whether it destroys something.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    let cannot = reason.is_some();
    let more = reason.unwrap_or_else(|| hint.to_owned());
    let press = move |event: web_sys::MouseEvent| {
        if cannot {
            // The menu stays open.
            event.stop_propagation();
        } else {
            on_press.run(());
        }
    };
    let icon = glyph.map(|glyph| match hue {
        "" => view! { <Icon glyph=glyph/> }.into_any(),
        hue => {
            view! { <span class=format!("sq {hue}")><Icon glyph=glyph size="s"/></span> }.into_any()
        }
    });
    view! {
        <button type="button" role="menuitem" class:danger=danger aria-disabled=cannot.then_some("true") tabindex="-1" on:click=press>
            {icon}
            <span class="grow">{move || label.get()}{(!more.is_empty()).then(|| view! { <small>{more}</small> })}</span>
            {(!keys.is_empty()).then(|| view! { <kbd>{keys}</kbd> })}
        </button>
    }
}
