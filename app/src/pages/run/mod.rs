//! The page of one run: what happened, where, and every value on the way.

mod address;
mod detail;
pub mod drawn;
mod events;
pub mod finding;
mod head;
pub mod marks;
pub mod model;
mod states;
pub mod story;
pub mod timeline;
mod values;

use crate::canvas::Canvas;
use crate::pages::parts::{self, Frame, Load};
use crate::pages::paths;
use crate::session::Ask;
use crate::text::common;
use crate::text::pages::{self as shared, run as text};
use crate::ui::{Choice, Glyph, Tabs};
use asl::text::Pointer;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{Feed, Model};
use std::collections::HashMap;
use std::sync::Arc;

/// The page of one run.
#[component]
pub fn RunPage() -> impl IntoView {
    let params = use_params_map();
    let names = Memo::new(move |_| {
        let params = params.read();
        (
            params.get("name").unwrap_or_default(),
            params.get("run").unwrap_or_default(),
        )
    });
    move || {
        let (machine, run) = names.get();
        view! { <OneRun machine=machine run=run /> }
    }
}

#[component]
fn OneRun(machine: String, run: String) -> impl IntoView {
    let model = Model::open(&machine, &run);
    let crumbs = vec![
        (common::PIPELINES.to_owned(), Some(paths::home())),
        (machine.clone(), Some(paths::studio(&machine))),
        (shared::RUNS.to_owned(), Some(paths::runs(&machine))),
        (run, None),
    ];
    let actions = move || view! { <head::Actions model=model /> };
    view! {
        <Frame crumbs=crumbs actions=actions>
            {move || match &*model.detail.read() {
                Load::Asked => view! { <main class="page-body"><p class="t3" role="status">{text::OPENING}</p></main> }.into_any(),
                Load::Failed(error) if error.is_missing() => missing(&machine).into_any(),
                Load::Failed(error) => view! {
                    <main class="page-body">{parts::trouble(error, move || model.read())}</main>
                }.into_any(),
                Load::Here(_) => ().into_any(),
            }}
            <Show when=move || matches!(&*model.detail.read(), Load::Here(_))>
                <Shown model=model />
            </Show>
        </Frame>
    }
}

fn missing(machine: &str) -> impl IntoView + use<> {
    let runs = paths::runs(machine);
    view! {
        <main class="page-body">
            <div class="empty">
                <span class="empty-icon">{parts::icon(Glyph::Search)}</span>
                <h1>{text::MISSING}</h1>
                <p>{text::MISSING_HINT}</p>
                <a class="btn" href=runs>{text::ALL_RUNS}</a>
            </div>
        </main>
    }
}

/// Which state is shown in detail: the one selected, else the one that matters most.
fn selected(model: Model) -> Memo<Option<Arc<str>>> {
    Memo::new(move |_| {
        let outline = model.session.outline().get();
        let picked = model
            .session
            .selection()
            .read()
            .primary()
            .and_then(|p| outline.find(p));
        picked
            .map(|ix| Arc::clone(&outline.states[ix.0].name))
            .or_else(|| states::most_telling(&model.marks.read()))
    })
}

/// Selects a state of the drawing by its name.
fn select(model: Model, name: &str) {
    if let Some(place) = place_of(model, name) {
        model.session.select(place);
    }
}

fn place_of(model: Model, name: &str) -> Option<Pointer> {
    let outline = model.session.outline().get_untracked();
    let state = outline.states.iter().find(|state| *state.name == *name);
    state.map(|state| state.pointer.clone())
}

/// A drawing that is too large to be seen whole follows the state that is shown in detail, until a hand moves it.
fn follow(model: Model, picked: Memo<Option<Arc<str>>>, is_led: StoredValue<bool>) {
    Effect::new(move || {
        let place = picked.get().filter(|_| model.drawn.get());
        let place = place.and_then(|name| place_of(model, &name));
        if let Some(place) = place.filter(|_| !is_led.get_value()) {
            model.session.ask().set(Some(Ask::Show(place)));
        }
    });
}

#[component]
fn Shown(model: Model) -> impl IntoView {
    let tab = RwSignal::new(address::TABS[0].to_owned());
    address::follow(model, tab);
    let picked = selected(model);
    let is_led = StoredValue::new(false);
    let lead = move || is_led.set_value(true);
    follow(model, picked, is_led);
    let tabs = vec![
        Choice::new("states", text::STATES),
        Choice::new("events", text::EVENTS),
        Choice::new("values", text::VALUES),
    ];
    let counts = Signal::derive(move || {
        HashMap::from([
            ("states", model.marks.read().states.len()),
            ("events", model.log.read().events.len()),
        ])
    });
    view! {
        <main class="run-page">
            <head::Head model=model />
            <section class="run-live" aria-label=text::DRAWING on:pointerdown:capture=move |_| lead() on:wheel:capture=move |_| lead() on:keydown:capture=move |_| lead()>
                <Show when=move || model.drawn.get() fallback=|| view! { <p class="t3 run-note">{text::DRAWING_COMES}</p> }>
                    <Canvas session=model.session read_only=true />
                </Show>
            </section>
            <div class="run-side">
                <div class="run-tabs">
                    <Tabs label=text::TABS tabs=tabs counts=counts value=tab on_change=move |t| tab.set(t) />
                    <span class="end"></span>
                    {move || (model.feed.get() == Feed::Asking && model.is_running()).then(asking)}
                </div>
                {move || match tab.read().as_str() {
                    "events" => view! { <events::Events model=model /> }.into_any(),
                    "values" => view! { <values::InputOutput model=model /> }.into_any(),
                    _ => view! {
                        <states::States model=model picked=picked />
                        <detail::Detail model=model picked=picked />
                    }.into_any(),
                }}
            </div>
        </main>
    }
}

fn asking() -> impl IntoView {
    view! {
        <span class="t3 sm row" title=text::NOT_LIVE_HINT>
            {parts::icon(Glyph::Retry)}{text::NOT_LIVE}
        </span>
    }
}
