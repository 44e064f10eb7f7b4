//! The list of states and actions that can be dragged to the canvas or inserted.
//!
//! It only lists and carries: where a dropped state goes is decided on the canvas, what it looks like by
//! [`crate::document::Blueprint`].

mod find;

use crate::document::Blueprint;
use crate::session::{Carry, Session};
use crate::ui::{Glyph, Icon, Kind, KindSquare};
use find::{Group, found};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How far the pointer moves before a press becomes a drag, in pixels.
const SLACK: f64 = 4.0;

/// The kind that a blueprint is drawn as.
pub fn kind_of(blueprint: Blueprint) -> Kind {
    if blueprint == Blueprint::Reviewer {
        Kind::Person
    } else {
        Kind::of_type(Some(blueprint.kind()))
    }
}

/// The searchable list of what can be added to a session's pipeline.
#[component]
pub fn Palette(
    /// The pipeline.
    session: Session,
) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let groups = Memo::new(move |_| found(&wanted.get()));
    // Enter adds the first match, Escape empties the field.
    let keys = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            if let Some(first) = groups
                .with_untracked(|groups| groups.first().and_then(|group| group.1.first().copied()))
            {
                event.prevent_default();
                add(session, first);
            }
        }
        "Escape" if !wanted.get_untracked().is_empty() => {
            event.stop_propagation();
            wanted.set(String::new());
        }
        _ => {}
    };
    view! {
        <aside class="palette" aria-label="States and actions">
            <label class="field find">
                <Icon glyph=Glyph::Search/>
                <input
                    type="search"
                    placeholder="Find a state or an action"
                    aria-label="Find a state or an action"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || wanted.get()
                    on:input=move |event| wanted.set(event_target_value(&event))
                    on:keydown=keys
                />
            </label>
            <div class="palette-list">
                {move || groups.get().into_iter().map(|(group, items)| view! { <GroupView session=session group=group items=items/> }).collect_view()}
                {move || groups.with(Vec::is_empty).then(|| view! { <p class="palette-none">"Nothing by that name. Try \"wait\" or \"lambda\"."</p> })}
            </div>
            <CarriedGhost session=session/>
        </aside>
    }
}

#[component]
fn GroupView(session: Session, group: Group, items: Vec<Blueprint>) -> impl IntoView {
    view! {
        <section aria-label=group.label()>
            <h3>{group.label()}</h3>
            <ul>{items.into_iter().map(|item| view! { <li><ItemView session=session item=item/></li> }).collect_view()}</ul>
        </section>
    }
}

/// One kind: a click or Enter adds it, a drag carries it to the canvas.
#[component]
fn ItemView(session: Session, item: Blueprint) -> impl IntoView {
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
            add(session, item);
        }
    };
    view! {
        <button
            type="button"
            class="palette-item"
            title=format!("{}: click to add it after the selected state, or drag it", item.label())
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=move |_| give_up()
            on:keydown=move |event| { if event.key() == "Escape" { give_up(); } }
            on:click=click
        >
            <KindSquare kind=kind_of(item)/>
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

/// Adds a state after the selected one, and shows it.
fn add(session: Session, item: Blueprint) {
    if session.add_state(item)
        && let Some(state) = session
            .selection()
            .with_untracked(|all| all.primary().cloned())
    {
        session.ask().set(Some(crate::session::Ask::Reveal(state)));
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
                    <span class="body"><span class="name"><span>{item.name()}</span></span><span class="sub"><span>{item.hint()}</span></span></span>
                </div>
            }
        })
    }
}
