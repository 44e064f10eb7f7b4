//! The head of the inspector (icon, name, what it is, more acts) and its foot (line in the code).

use super::parts::name_of;
use super::place::Place;
use crate::commands::{Command, CommandItem, Desk};
use crate::session::Ask;
use crate::text::common;
use crate::text::inspector::{self, head as text};
use crate::ui::{ExplainButton, Glyph, IconButton, Kind, KindSquare, Menu, MenuItem};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Icon, name field and menu of the selected state.
#[component]
pub(super) fn Head(
    place: Place,
    kind: Memo<Kind>,
    /// Whether the state is shown as JSON instead of forms.
    as_json: RwSignal<bool>,
) -> impl IntoView {
    let resource = place.text("Resource");
    let what = move || match kind.get() {
        Kind::Task => text::task(&super::resource::words(&resource.get())),
        Kind::Person => text::ASKS.to_owned(),
        kind => kind.label().to_owned(),
    };
    let desk = use_context::<Desk>();
    view! {
        <header class="inspector-head">
            <KindSquare kind=kind/>
            <div class="inspector-title">
                <NameField place=place/>
                <span class="sm t2 clip">{what}</span>
            </div>
            <div class="head-tools">
            {desk.map(|desk| view! { <IconButton label=text::TEST glyph=Glyph::Play on_press=move || desk.run(Command::TestState)/> })}
            <ExplainButton label=text::HELP at=String::new()/>
            <IconButton label=inspector::SHOW_AS_JSON glyph=Glyph::Code pressed=Signal::derive(move || as_json.get()) on_press=move || as_json.update(|on| *on = !*on)/>
            <Menu label=text::MORE glyph=Glyph::Dots icon_only=true>
                {desk.map(|desk| view! { <MenuItem label=inspector::CONVERT glyph=Command::ConvertState.glyph() on_press=move || desk.run(Command::ConvertState)/> })}
                {
                    let state = Signal::derive(move || place.state());
                    let line = move |command: Command| desk.map(|desk| view! { <CommandItem desk=desk command=command state=state/> });
                    [Command::TestState, Command::ShowCode, Command::Duplicate, Command::Delete].map(line).collect_view()
                }
            </Menu>
            </div>
        </header>
    }
}

/// The state's name, which is also its heading. A refused name stays in the field with the reason under it.
#[component]
fn NameField(place: Place) -> impl IntoView {
    let session = place.session;
    let name = Memo::new(move |_| name_of(&place.state()));
    let input = NodeRef::<html::Input>::new();
    let error = RwSignal::new(None::<String>);
    Effect::new(move || {
        if session.ask().get() == Some(Ask::Rename(place.pointer()))
            && let Some(input) = input.get()
        {
            session.ask().set(None);
            // The field is on the page, so it takes the focus.
            let _ = input.focus();
            input.select();
        }
    });
    let take = move |event: web_sys::Event| {
        // The browser tells of the end of an entry also when its field has just gone.
        if input.try_get_untracked().flatten().is_none() {
            return;
        }
        let entry = event_target_value(&event);
        match session.consider(|editing| editing.rename(&place.pointer(), entry.trim())) {
            Ok(change) => {
                error.set(None);
                session.apply(&change);
            }
            Err(refusal) => error.set(Some(refusal.to_string())),
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        if event.key() == "Escape" {
            input.set_value(&name.get_untracked());
            error.set(None);
        }
        if matches!(event.key().as_str(), "Escape" | "Enter") {
            let _ = input.blur();
        }
    };
    view! {
        <input
            node_ref=input
            class="name-field"
            aria-label=common::NAME
            title=text::NAME_HINT
            autocomplete="off"
            spellcheck="false"
            prop:value=name
            aria-invalid=move || error.with(Option::is_some).to_string()
            on:change=take
            on:keydown=keys
        />
        <p class="field-error" role="alert" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
    }
}

/// Where the state stands in the code.
#[component]
pub(super) fn Foot(place: Place) -> impl IntoView {
    let session = place.session;
    let line = Memo::new(move |_| {
        let start = session.outline().with(|outline| {
            outline
                .find(&place.state())
                .map(|found| outline.states[found.0].span.start)
        });
        let text = session.document().with(|document| document.text().clone());
        start.and_then(|start| text.get(..start).map(|head| head.matches('\n').count() + 1))
    });
    let stops = Memo::new(move |_| {
        session
            .breakpoints()
            .with(|points| points.contains(&place.state()))
    });
    let toggle = move |_| {
        let state = place.pointer();
        session.breakpoints().update(|points| {
            if !points.remove(&state) {
                points.insert(state);
            }
        });
    };
    view! {
        <footer class="inspector-foot">
            <button type="button" class="btn quiet" aria-pressed=move || stops.get().to_string() title=Command::Breakpoint.tip(text::STOP_HINT) on:click=toggle>
                <crate::ui::Icon glyph=Glyph::Breakpoint/>
                {move || if stops.get() { text::STOPS } else { text::STOP }}
            </button>
            <button type="button" class="end sm t3 line-link" on:click=move |_| session.ask().set(Some(Ask::Code(place.pointer())))>
                {move || line.get().map(text::line)}
            </button>
        </footer>
    }
}

/// Moves the focus into the forms.
pub(super) fn focus_forms() {
    let form = document().query_selector(".inspector .form").ok().flatten();
    if let Some(form) = form.and_then(|form| form.dyn_into::<web_sys::HtmlElement>().ok()) {
        // The form takes the focus; where it cannot, the focus stays.
        let _ = form.focus();
    }
}

/// Moves the focus to the state's name, which is selected, so that typing replaces it.
pub(super) fn focus_name() {
    let name = document()
        .query_selector(".inspector .name-field")
        .ok()
        .flatten();
    if let Some(name) = name.and_then(|name| name.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        // Where it cannot take the focus, the focus stays.
        let _ = name.focus();
        name.select();
    }
}
