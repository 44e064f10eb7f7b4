//! Forms for the selected state and for the pipeline. Every change goes through a verb of the document, so the text keeps
//! its form and fields that no form knows stay as they are.

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

use crate::session::{Ask, Session, after_frame};
use crate::ui::{Choice, Kind, Tabs};
use asl::graph::StateType;
use asl::text::Pointer;
use findings::Findings;
use leptos::prelude::*;
use parts::Beside;
use place::Place;

/// In a pipeline of more states, the forms follow what is selected when the drawing is painted.
const MANY: usize = 150;

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
    Effect::new(move || {
        let state = selected.get();
        let many = session
            .outline()
            .with_untracked(|outline| outline.states.len() > MANY);
        let show = move || {
            // The inspector may have been closed meanwhile.
            if shown
                .try_get_untracked()
                .is_some_and(|shown| shown != state)
            {
                shown.set(state);
            }
        };
        if many { after_frame(show) } else { show() }
    });
    let tab = RwSignal::new(FIRST_TAB.to_owned());
    view! {
        <aside class="inspector" aria-label="Inspector">
            {move || match shown.get() {
                Some(state) => view! { <StateForms session=session state=state tab=tab/> }.into_any(),
                None => view! { <pipeline::PipelineForms session=session/> }.into_any(),
            }}
        </aside>
    }
}

#[component]
fn StateForms(session: Session, state: Pointer, tab: RwSignal<String>) -> impl IntoView {
    let place = Place::new(session, state.clone());
    let kind = place::kind_of(session, &state);
    provide_context(Beside::of(session, state.clone()));
    let tabs = Signal::derive(move || tabs_for(kind.get()));
    let shown = Memo::new(move |_| {
        let wanted = tab.get();
        if tabs.read().iter().any(|tab| *tab.value == *wanted) {
            wanted
        } else {
            FIRST_TAB.to_owned()
        }
    });
    let here = state.clone();
    Effect::new(move || {
        if session.ask().get() == Some(Ask::Inspect(here.clone())) {
            session.ask().set(None);
            head::focus_forms();
        }
    });
    let as_json = RwSignal::new(false);
    let findings = Findings::provide(session, Some(state.clone()));
    let show = move |part: &'static str| {
        as_json.set(part == JSON);
        if part != JSON {
            tab.set(part.to_owned());
        }
    };
    let of_state = Some((state.clone(), kind));
    findings::follow(findings, of_state.clone(), show);
    let counted = state.clone();
    let problems = Memo::new(move |_| findings.by_tab(&counted, kind.get()));
    view! {
        <head::Head place=place state=state.clone() kind=kind as_json=as_json/>
        <Show when=move || !as_json.get()>
            <Tabs label="Parts of this state" tabs=tabs value=shown problems=problems on_change=move |wanted: String| tab.set(wanted)/>
        </Show>
        <findings::Loose findings=findings state=of_state shown=shown show=Callback::new(show)/>
        <fieldset class="form" prop:disabled=move || session.stale().get() tabindex="-1">
            <legend class="sr">"Settings of the selected state"</legend>
            <Show when=move || session.stale().get()>
                <p class="form-note" role="status">"The code has a fault, so the forms wait. Mend it in the code view first."</p>
            </Show>
            {move || match part(as_json.get(), &shown.get()) {
                JSON => view! { <raw::RawForm place=place/> }.into_any(),
                "data" => view! { <data::DataForms place=place kind=kind.get()/> }.into_any(),
                "variables" => view! { <variables::VariableForms place=place/> }.into_any(),
                "errors" => view! { <errors::ErrorForms place=place kind=kind.get()/> }.into_any(),
                _ => view! { <configuration::Configuration place=place kind=kind/> }.into_any(),
            }}
        </fieldset>
        <head::Foot session=session state=place.pointer()/>
    }
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
    let mut tabs = vec![Choice::new(FIRST_TAB, "Configuration")];
    if kind != Kind::Fail {
        tabs.push(Choice::new("data", "Input & output"));
    }
    match kind {
        Kind::Task | Kind::Person | Kind::Parallel | Kind::Map => {
            tabs.push(Choice::new("variables", "Variables"));
            tabs.push(Choice::new("errors", "Errors"));
        }
        Kind::Pass | Kind::Choice | Kind::Wait => tabs.push(Choice::new("variables", "Variables")),
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
