//! The list of states, actions and patterns that can be dragged to the canvas or inserted.
//!
//! It only lists and carries: where a dropped state goes is decided on the canvas, what it looks like by
//! [`crate::document::Blueprint`] and [`crate::document::Pattern`].

mod find;
mod picture;
pub mod search;

pub use find::more;

use crate::calls::Calls;
use crate::commands::Command;
use crate::document::{Addition, Blueprint, Pattern};
use crate::session::{Ask, Carry, Session};
use crate::text::palette as text;
use crate::ui::{Choice, Glyph, Icon, Kind, KindSquare, Tabs};
use find::{Found, Group, Tab, found, listed, used};
use leptos::html;
use leptos::prelude::*;
use picture::Picture;
use wasm_bindgen::JsCast;

/// How far the pointer moves before a press becomes a drag, in pixels.
const SLACK: f64 = 4.0;

/// The kind that something to add is drawn as.
pub fn kind_of(addition: impl Into<Addition>) -> Kind {
    match addition.into() {
        Addition::State(Blueprint::REVIEWER) | Addition::Pattern(Pattern::Approval) => Kind::Person,
        Addition::State(blueprint) => Kind::of_type(Some(blueprint.kind())),
        Addition::Pattern(Pattern::ValidateAndGate | Pattern::Split | Pattern::CircuitBreaker) => {
            Kind::Choice
        }
        Addition::Pattern(Pattern::FanOut) => Kind::Map,
        Addition::Pattern(Pattern::Poll) => Kind::Wait,
        Addition::Pattern(Pattern::RetryWithAlert | Pattern::BlueGreen) => Kind::Task,
    }
}

/// The searchable list of what can be added to a session's pipeline.
#[component]
pub fn Palette(
    /// The pipeline.
    session: Session,
) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let tab = RwSignal::new(Tab::Flow);
    let tabs: Vec<Choice> = Tab::ALL
        .into_iter()
        .map(|tab| Choice::new(tab.label(), tab.label()))
        .collect();
    let used = Memo::new(move |_| {
        let document = session.outlined().get();
        session.outline().with(|outline| used(outline, &document))
    });
    let calls = Calls::so_far();
    let answer = Memo::new(move |_| match wanted.get().trim() {
        "" => Found {
            groups: used.with(|used| listed(tab.get(), used)),
            left: 0,
        },
        typed => found(typed, calls.get()),
    });
    let is_search = move || !wanted.read().trim().is_empty();
    Effect::new(move || {
        if is_search() {
            calls.load();
        }
    });
    let groups = Memo::new(move |_| answer.with(|answer| answer.groups.clone()));
    let left = move || answer.with(|answer| answer.left);
    // A tab of one group says its name already.
    let is_tab = move || wanted.with_untracked(|wanted| wanted.trim().is_empty());
    view! {
        <aside class="palette" aria-label=text::TITLE on:keydown=move |event| walk(&event)>
            <Find session=session wanted=wanted groups=groups/>
            <Show when=move || wanted.read().trim().is_empty()>
                <Tabs
                    label=text::TABS
                    tabs=tabs.clone()
                    value=Signal::derive(move || tab.get().label().to_owned())
                    on_change=move |label: String| if let Some(chosen) = Tab::from_label(&label) { tab.set(chosen) }
                />
            </Show>
            <div class="palette-list">
                {move || groups.get().into_iter().enumerate().map(|(at, group)| view! { <GroupView session=session group=group is_first=at == 0 is_tab=is_tab()/> }).collect_view()}
                {move || (left() > 0).then(|| view! { <p class="palette-none">{text::more_calls(left())}</p> })}
                {move || (is_search() && calls.are_missing()).then(|| view! { <p class="palette-none" role="status">{text::CALLS_MISSING}</p> })}
                {move || groups.with(Vec::is_empty).then(|| view! { <p class="palette-none">{text::NONE}</p> })}
            </div>
            <CarriedGhost session=session/>
        </aside>
    }
}

/// The search: Enter adds the best match, Escape empties it, an arrow leads to the list.
#[component]
fn Find(session: Session, wanted: RwSignal<String>, groups: Memo<Vec<Group>>) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let (Some(field), Some(Ask::Palette)) = (field.get(), session.ask().get()) {
            // A field that cannot take the focus keeps it where it was.
            let _ = field.focus();
            field.select();
            session.ask().set(None);
        }
    });
    let keys = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            let first = |groups: &Vec<Group>| {
                groups
                    .first()
                    .and_then(|group| group.items.first().copied())
            };
            if let Some(first) = groups.with_untracked(first) {
                event.prevent_default();
                session.add_state(first);
            }
        }
        "Escape" if !wanted.get_untracked().is_empty() => {
            event.stop_propagation();
            wanted.set(String::new());
        }
        _ => {}
    };
    view! {
        <label class="field find" title=Command::FindToAdd.tip(text::FIND)>
            <Icon glyph=Glyph::Search/>
            <input
                node_ref=field
                type="search"
                placeholder=text::FIND_LABEL
                aria-label=text::FIND_LABEL
                aria-keyshortcuts=Command::FindToAdd.key()
                autocomplete="off"
                spellcheck="false"
                prop:value=move || wanted.get()
                on:input=move |event| wanted.set(event_target_value(&event))
                on:keydown=keys
            />
            <kbd aria-hidden="true">{Command::FindToAdd.key()}</kbd>
        </label>
    }
}

/// Arrows, Home and End lead along the list; above its first item is the search.
fn walk(event: &web_sys::KeyboardEvent) {
    let Some(palette) = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let stops = focusable(&palette);
    let active = document().active_element();
    let present = stops.iter().position(|stop| {
        active
            .as_ref()
            .is_some_and(|active| active.is_same_node(Some(stop)))
    });
    let Some(present) = present else { return };
    let next = match event.key().as_str() {
        "ArrowDown" => present + 1,
        "ArrowUp" => present.saturating_sub(1),
        "Home" if present > 0 => 1,
        "End" if present > 0 => stops.len() - 1,
        _ => return,
    };
    if let Some(stop) = stops.get(next) {
        event.prevent_default();
        // An item that cannot take the focus keeps it where it was.
        let _ = stop.focus();
    }
}

/// The search and the items, in order.
fn focusable(palette: &web_sys::Element) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = palette.query_selector_all("input, .palette-item") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

#[component]
fn GroupView(session: Session, group: Group, is_first: bool, is_tab: bool) -> impl IntoView {
    let items = group.items.into_iter().enumerate();
    let said = is_tab && Tab::from_label(group.label).is_some();
    view! {
        <section aria-label=group.label>
            <h3 class:sr=said>{group.label}</h3>
            <ul>{items.map(|(at, item)| view! { <li><ItemView session=session item=item is_first=is_first && at == 0/></li> }).collect_view()}</ul>
        </section>
    }
}

/// One thing to add: a click or Enter adds it, a drag carries it to the canvas. The list is one tab stop.
#[component]
fn ItemView(session: Session, item: Addition, is_first: bool) -> impl IntoView {
    let pressed = StoredValue::new(None::<(f64, f64)>);
    let carried = StoredValue::new(false);
    let down = move |event: web_sys::PointerEvent| {
        if event.button() == 0 {
            pressed.set_value(Some(at(&event)));
            carried.set_value(false);
            capture(&event);
        }
    };
    let moved = move |event: web_sys::PointerEvent| {
        let (Some(from), to) = (pressed.get_value(), at(&event)) else {
            return;
        };
        if carried.get_value() || (to.0 - from.0).hypot(to.1 - from.1) > SLACK {
            carried.set_value(true);
            session.carried().set(Some(Carry {
                blueprint: item,
                x: to.0,
                y: to.1,
                dropped: false,
            }));
        }
    };
    let up = move |event: web_sys::PointerEvent| {
        pressed.set_value(None);
        // Escape took the drag back: then nothing is carried any more.
        if carried.get_value() && session.carried().get_untracked().is_some() {
            let (x, y) = at(&event);
            session.carried().set(Some(Carry {
                blueprint: item,
                x,
                y,
                dropped: true,
            }));
        }
    };
    let give_up = move || {
        pressed.set_value(None);
        session.carried().set(None);
    };
    let click = move |_| {
        if !carried.try_update_value(std::mem::take).unwrap_or(false) {
            session.add_state(item);
        }
    };
    view! {
        <button
            type="button"
            class="palette-item"
            class:pattern=matches!(item, Addition::Pattern(_))
            tabindex=if is_first { "0" } else { "-1" }
            title=text::item_title(item.label())
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=move |_| give_up()
            on:keydown=move |event| { if event.key() == "Escape" { give_up(); } }
            on:click=click
        >
            {match item {
                Addition::State(_) => view! { <KindSquare kind=kind_of(item)/> }.into_any(),
                Addition::Pattern(pattern) => view! { <Picture pattern=pattern/> }.into_any(),
            }}
            <span class="words">{item.label()}<small>{item.hint()}</small></span>
            <Icon glyph=Glyph::Drag/>
        </button>
    }
}

fn at(event: &web_sys::PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Lets the item hear the pointer wherever it goes.
fn capture(event: &web_sys::PointerEvent) {
    if let Some(item) = event
        .current_target()
        .and_then(|item| item.dyn_into::<web_sys::Element>().ok())
    {
        // Without capture the drag would end at the item's border.
        let _ = item.set_pointer_capture(event.pointer_id());
    }
}

/// What is carried, under the pointer.
#[component]
fn CarriedGhost(session: Session) -> impl IntoView {
    let carried = Memo::new(move |_| session.carried().get().map(|carry| carry.blueprint));
    let style = move || {
        let (x, y) = session
            .carried()
            .get()
            .map(|carry| (carry.x, carry.y))
            .unwrap_or_default();
        format!("translate:{:.0}px {:.0}px", x + 16.0, y + 14.0)
    };
    move || {
        carried.get().map(|item| {
            view! {
                <div class=format!("carried node ghost {}", kind_of(item).class()) style=style aria-hidden="true">
                    <span class="sq"><Icon glyph=kind_of(item).glyph()/></span>
                    <span class="body"><span class="name"><span>{item.label()}</span></span><span class="sub"><span>{item.hint()}</span></span></span>
                </div>
            }
        })
    }
}
