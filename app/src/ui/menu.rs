//! Menus that open under a button, built on the browser's own popovers: Escape and a click elsewhere close them.

use super::{
    fresh_id,
    icon::{Glyph, Icon},
};
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A button that opens a menu.
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
            place(&button, &list);
            // Fails only when the element left the page meanwhile.
            let _ = list.toggle_popover();
            open.set(list.matches(":popover-open").unwrap_or(false));
            focus_item(&list, 0);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        let step = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        focus_item(&list, step);
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

/// What a list needs at least under its button, in pixels; with less it opens above, where there is more.
const ROOM: f64 = 240.0;

/// Puts the list under the button, or above it where there is more room, inside the window.
pub(super) fn place(button: &web_sys::HtmlElement, list: &web_sys::HtmlElement) {
    let rect = button.get_bounding_client_rect();
    place_between(button, (rect.top(), rect.bottom()), list);
}

/// The same for what reaches from `top` to `bottom` in an element.
pub(super) fn place_between(
    element: &web_sys::HtmlElement,
    (top, bottom): (f64, f64),
    list: &web_sys::HtmlElement,
) {
    let rect = element.get_bounding_client_rect();
    let size = |size: Result<wasm_bindgen::JsValue, _>| size.ok().and_then(|size| size.as_f64());
    let width = size(window().inner_width()).unwrap_or(1024.0);
    let height = size(window().inner_height()).unwrap_or(768.0);
    let (above, below) = (top - 12.0, height - bottom - 12.0);
    let is_above = below < ROOM && above > below;
    let (edge, distance, room) = match is_above {
        true => ("bottom", height - top + 4.0, above),
        false => ("top", bottom + 4.0, below),
    };
    let style = web_sys::HtmlElement::style(list);
    let (side, gap) = if rect.left() > width / 2.0 {
        ("right", width - rect.right())
    } else {
        ("left", rect.left())
    };
    for (name, value) in [
        ("inset", "auto".to_owned()),
        (edge, format!("{distance}px")),
        (side, format!("{gap}px")),
        ("max-height", format!("min(70dvh, {room}px)")),
    ] {
        // The names are fixed and valid.
        let _ = style.set_property(name, &value);
    }
}

/// Moves the focus among the items: 0 takes the first, otherwise forward or backward from the one in focus.
fn focus_item(list: &web_sys::HtmlElement, step: i32) {
    let Ok(items) = list.query_selector_all("[role=menuitem]:not(:disabled)") else {
        return;
    };
    let count = items.length().cast_signed();
    let active = document().active_element();
    let in_focus = |index: i32| {
        let item = items.item(index.cast_unsigned());
        active
            .as_ref()
            .is_some_and(|active| active.is_same_node(item.as_ref()))
    };
    let present = (0..count).find(|index| in_focus(*index));
    let next = present.map_or(0, |present| (present + step).rem_euclid(count.max(1)));
    if let Some(item) = items
        .item(next.cast_unsigned())
        .and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // An item that cannot take the focus keeps it where it was.
        let _ = item.focus();
    }
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
    /// Whether it cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The key that does the same.
    #[prop(optional)]
    keys: &'static str,
    /// Whether it destroys something.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    view! {
        <button
            type="button"
            role="menuitem"
            class:danger=danger
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph/> })}
            <span class="grow">{move || label.get()}</span>
            {(!keys.is_empty()).then(|| view! { <kbd>{keys}</kbd> })}
        </button>
    }
}
