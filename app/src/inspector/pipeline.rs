//! Settings of the whole pipeline, shown when nothing is selected.

use super::findings::{self, Findings, Loose, notes_at};
use super::parts::{NumberIn, Section, TextIn};
use super::place::Place;
use crate::commands::{Command, Desk};
use crate::session::Session;
use crate::text::inspector::{self, pipeline as text};
use crate::ui::{Button, Choice, Glyph, Icon, Segmented, Select};
use asl::check::MachineType;
use leptos::prelude::*;
use serde_json::json;

/// The pipeline's own forms.
#[component]
pub(super) fn PipelineForms(session: Session) -> impl IntoView {
    let place = Place::pipeline(session);
    let findings = Findings::provide(place);
    let nowhere = |_: &'static str| {};
    findings::follow(findings, None, nowhere);
    if let Some(topic) = use_context::<super::help::Topic>() {
        topic.follow_selection();
    }
    let desk = use_context::<Desk>();
    let states = Memo::new(move |_| session.outline().with(|outline| outline.states.len()));
    view! {
        <header class="inspector-head">
            <span class="sq pass"><Icon glyph=Glyph::Design/></span>
            <div class="inspector-title">
                <strong class="clip">{move || session.name().get()}</strong>
                <span class="sm t2">{move || text::states(states.get())}</span>
            </div>
        </header>
        <Loose findings=findings kind=None shown=Signal::stored(String::new()) show=Callback::new(nowhere)/>
        <fieldset class="form plain" prop:disabled=move || session.stale().get()>
            <legend class="sr">{text::FORMS}</legend>
            <Section title=text::TITLE>
                <TextIn place=place field="Comment" label=text::PURPOSE hint=inspector::NOTE_HINT long=true/>
                <StartPicker place=place/>
                <NumberIn place=place field="TimeoutSeconds" label=text::STOP_AFTER unit=inspector::SECONDS hint="TimeoutSeconds" placeholder=inspector::NO_LIMIT least=1.0/>
            </Section>
            <Section title=text::KIND>
                <TypePicker session=session/>
                <LanguagePicker place=place/>
                {desk.map(|desk| view! { <Button label=inspector::CONVERT title=text::CONVERT_HINT on_press=move || desk.run(Command::Convert)/> })}
            </Section>
            <section>
                <p class="sm t3">{text::SELECT}</p>
            </section>
        </fieldset>
    }
}

#[component]
fn StartPicker(place: Place) -> impl IntoView {
    let outline = place.session.outline();
    let choices = Memo::new(move |_| {
        outline.with(|outline| {
            let block = outline.blocks.first();
            let states = block
                .map(|block| block.states.as_slice())
                .unwrap_or_default();
            states
                .iter()
                .map(|state| &outline.states[state.0].name)
                .map(|name| Choice::new(name.clone(), name.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Select label=text::BEGIN_WITH choices=choices value=place.text("StartAt") hint="StartAt" notes=notes_at(place, &["StartAt"]) on_change=move |name: String| { place.set("StartAt", &json!(name)); }/>
    }
}

#[component]
fn TypePicker(session: Session) -> impl IntoView {
    let value = Signal::derive(move || match session.machine_type().get() {
        MachineType::Standard => "standard".to_owned(),
        MachineType::Express => "express".to_owned(),
    });
    let change = move |word: String| {
        session.machine_type().set(if word == "express" {
            MachineType::Express
        } else {
            MachineType::Standard
        });
        session.check_soon();
    };
    view! {
        <div>
            <span class="label">{text::RUNS}</span>
            <Segmented label=text::MACHINE small=true choices=vec![Choice::new("standard", inspector::STANDARD), Choice::new("express", inspector::EXPRESS)] value=value on_change=change/>
        </div>
    }
}

#[component]
fn LanguagePicker(place: Place) -> impl IntoView {
    let language = place.text("QueryLanguage");
    let value = Signal::derive(move || {
        if language.get().is_empty() {
            "JSONPath".to_owned()
        } else {
            language.get()
        }
    });
    view! {
        <Select
            label=inspector::EXPRESSIONS
            hint=text::LANGUAGE_HINT
            choices=vec![Choice::new("JSONPath", "JSONPath"), Choice::new("JSONata", "JSONata")]
            value=value
            notes=notes_at(place, &["QueryLanguage"])
            on_change=move |word: String| { place.set("QueryLanguage", &json!(word)); }
        />
    }
}
