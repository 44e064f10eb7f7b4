//! Forms for the selected state and for the pipeline. Every change goes through a verb of the document, so the text keeps
//! its form and fields that no form knows stay as they are.

mod action;
mod approval;
mod assist;
mod catch;
mod choice;
mod comparison;
mod configuration;
mod convert;
mod data;
mod errors;
mod fail;
mod findings;
mod flow;
mod head;
mod help;
mod map;
mod map_data;
mod parallel;
mod parameters;
mod parts;
mod pass;
mod pipeline;
mod place;
mod raw;
mod resource;
mod retry;
mod slot;
mod task;
mod timeline;
mod value;
mod variables;
mod wait;

pub use convert::ConvertDialog;

use crate::session::{Ask, Session, after_frame};
use crate::text::inspector as text;
use crate::ui::{Choice, Kind, Tabs};
use asl::graph::StateType;
use asl::text::Pointer;
use findings::Findings;
use leptos::prelude::*;
use parts::Beside;
use place::Place;
use std::time::Duration;

/// In a pipeline of more states, the forms follow what is selected when the drawing is painted, and an edit's when it is
/// checked, so that they are made once, with what the checks found.
const MANY: usize = 150;

/// So long after an edit's first frame its checks are done and painted, too, and nobody who edits in a row has gone on to the
/// next one.
const CHECKED: Duration = Duration::from_millis(64);

/// The forms for what is selected.
#[component]
pub fn Inspector(
    /// The pipeline.
    session: Session,
    /// The sample input of its dry run, as typed.
    input: RwSignal<String>,
) -> impl IntoView {
    assist::Sample::provide(session, input);
    let selected = Memo::new(move |_| {
        let state = session
            .selection()
            .with(|selection| selection.primary().cloned())?;
        session
            .outline()
            .with(|outline| outline.find(&state).is_some())
            .then_some(state)
    });
    let shown = RwSignal::new(selected.get_untracked());
    // The state whose forms are open; it keeps them when it gets another name.
    let open = StoredValue::new(None::<Place>);
    let show = move || {
        // The inspector may have been closed meanwhile.
        let (open, state) = (open.try_get_value(), selected.try_get_untracked());
        if let (Some(open), Some(state)) = (open, state)
            && open.map(Place::pointer) != state
        {
            shown.set(state);
        }
    };
    follow_selection(session, selected, show);
    let tab = RwSignal::new(FIRST_TAB.to_owned());
    let topic = help::Topic::provide(session, selected);
    view! {
        <aside class="inspector" aria-label=text::TITLE on:focusin=move |_| topic.follow_focus()>
            {move || {
                let place = shown.get().map(|state| Place::of_state(session, state));
                open.set_value(place);
                match place {
                    Some(place) => view! { <StateForms place=place tab=tab/> }.into_any(),
                    None => view! { <pipeline::PipelineForms session=session/> }.into_any(),
                }
            }}
            <help::HelpPanel topic=topic/>
        </aside>
    }
}

/// Has the forms of what is selected shown: at once, or in a large pipeline when the canvas has shown it. Of edits and
/// selections that follow each other quickly only the last one brings forms.
fn follow_selection(
    session: Session,
    selected: Memo<Option<Pointer>>,
    show: impl Fn() + Copy + 'static,
) {
    let changes = StoredValue::new(0_u32);
    Effect::new(move || {
        selected.track();
        session.outline().track();
        changes.update_value(|count| *count = count.wrapping_add(1));
        let count = changes.get_value();
        let show_if_last = move || {
            if changes.try_get_value() == Some(count) {
                show();
            }
        };
        let many = session
            .outline()
            .with_untracked(|outline| outline.states.len() > MANY);
        match (many, session.is_checked()) {
            (false, _) => show(),
            (true, true) => after_frame(show_if_last),
            (true, false) => after_frame(move || set_timeout(show_if_last, CHECKED)),
        }
    });
}

#[component]
fn StateForms(place: Place, tab: RwSignal<String>) -> impl IntoView {
    let session = place.session;
    let kind = place::kind_of(place);
    provide_context(Beside::of(place));
    follow(kind);
    let tabs = Signal::derive(move || tabs_for(kind.get()));
    let shown = Memo::new(move |_| {
        let wanted = tab.get();
        if tabs.read().iter().any(|tab| *tab.value == *wanted) {
            wanted
        } else {
            FIRST_TAB.to_owned()
        }
    });
    Effect::new(move || {
        if session.ask().get() == Some(Ask::Inspect(place.pointer())) {
            session.ask().set(None);
            head::focus_forms();
        }
    });
    let as_json = RwSignal::new(false);
    Effect::new(move || {
        if session.ask().get() == Some(Ask::Json(place.pointer())) {
            session.ask().set(None);
            as_json.update(|on| *on = !*on);
        }
    });
    let findings = Findings::provide(place);
    let show = move |part: &'static str| {
        as_json.set(part == JSON);
        if part != JSON {
            tab.set(part.to_owned());
        }
    };
    findings::follow(findings, Some(kind), show);
    let problems = Memo::new(move |_| findings.by_tab(kind.get()));
    view! {
        <head::Head place=place kind=kind as_json=as_json/>
        <Show when=move || !as_json.get()>
            <Tabs label=text::TABS tabs=tabs value=shown problems=problems on_change=move |wanted: String| tab.set(wanted)/>
        </Show>
        <findings::Loose findings=findings kind=Some(kind) shown=shown show=Callback::new(show)/>
        <fieldset class="form" prop:disabled=move || session.stale().get() tabindex="-1">
            <legend class="sr">{text::FORMS}</legend>
            <Show when=move || session.stale().get()>
                <p class="form-note" role="status">{text::STALE}</p>
            </Show>
            {move || match part(as_json.get(), &shown.get()) {
                JSON => view! { <raw::RawForm place=place/> }.into_any(),
                "data" => view! { <data::DataForms place=place kind=kind.get()/> }.into_any(),
                "variables" => view! { <variables::VariableForms place=place/> }.into_any(),
                "errors" => view! { <errors::ErrorForms place=place kind=kind.get()/> }.into_any(),
                _ => view! { <configuration::Configuration place=place kind=kind/> }.into_any(),
            }}
        </fieldset>
        <head::Foot place=place/>
    }
}

/// The help goes on to the state that is shown, and to its type.
fn follow(kind: Memo<Kind>) {
    let topic = use_context::<help::Topic>();
    Effect::new(move || {
        kind.track();
        if let Some(topic) = topic {
            topic.follow_selection();
        }
    });
}

/// The tab that every kind of state has.
const FIRST_TAB: &str = "configuration";

/// The state as JSON, in place of the tabs.
const JSON: &str = "json";

/// The part of the forms that is shown.
fn part(as_json: bool, tab: &str) -> &str {
    if as_json { JSON } else { tab }
}

/// Which tabs a kind of state has.
fn tabs_for(kind: Kind) -> Vec<Choice> {
    let mut tabs = vec![Choice::new(FIRST_TAB, text::CONFIGURATION)];
    if kind != Kind::Fail {
        tabs.push(Choice::new("data", text::DATA));
    }
    match kind {
        Kind::Task | Kind::Person | Kind::Parallel | Kind::Map => {
            tabs.push(Choice::new("variables", text::VARIABLES));
            tabs.push(Choice::new("errors", text::ERRORS));
        }
        Kind::Pass | Kind::Choice | Kind::Wait => {
            tabs.push(Choice::new("variables", text::VARIABLES))
        }
        Kind::Succeed | Kind::Fail | Kind::Unknown => {}
    }
    tabs
}

/// The types a state can be changed to, in the palette's order.
const TYPES: [StateType; 8] = [
    StateType::Task,
    StateType::Choice,
    StateType::Parallel,
    StateType::Map,
    StateType::Wait,
    StateType::Pass,
    StateType::Succeed,
    StateType::Fail,
];
