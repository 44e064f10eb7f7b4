//! The first tab: what the state does, by its kind, and where it goes on.

use super::findings::notes_at;
use super::parts::Section;
use super::place::Place;
use super::{TYPES, approval, choice, fail, flow, map, parallel, pass, task, wait};
use crate::document::Noted;
use crate::text::common;
use crate::text::inspector::{self, configuration as text};
use crate::ui::{Choice, Kind, Select, TextArea, TextField};
use leptos::prelude::*;
use serde_json::json;

/// The forms of the state's kind.
#[component]
pub(super) fn Configuration(place: Place, kind: Memo<Kind>) -> impl IntoView {
    let forms = move || match kind.get() {
        Kind::Task => view! { <task::TaskForms place=place/> }.into_any(),
        Kind::Person => view! { <approval::ApprovalForms place=place/> }.into_any(),
        Kind::Choice => view! { <choice::ChoiceForms place=place/> }.into_any(),
        Kind::Wait => view! { <wait::WaitForms place=place/> }.into_any(),
        Kind::Pass => view! { <pass::PassForms place=place/> }.into_any(),
        Kind::Fail => view! { <fail::FailForms place=place/> }.into_any(),
        Kind::Parallel => view! { <parallel::ParallelForms place=place/> }.into_any(),
        Kind::Map => view! { <map::MapForms place=place/> }.into_any(),
        Kind::Succeed | Kind::Unknown => ().into_any(),
    };
    let goes_on = move || !matches!(kind.get(), Kind::Choice | Kind::Succeed | Kind::Fail);
    view! {
        {forms}
        {move || goes_on().then(|| view! { <flow::NextForm place=place/> })}
        <Section title=text::TITLE>
            <NoteForm place=place/>
            <TypePicker place=place/>
            <LanguagePicker place=place/>
        </Section>
    }
}

/// What the state's comment says: its note, and the group that it is in.
#[component]
fn NoteForm(place: Place) -> impl IntoView {
    let comment = place.text("Comment");
    let noted = Memo::new(move |_| Noted::read(&comment.get()));
    let group = Signal::derive(move || noted.get().group.unwrap_or_default());
    let take_note = move |entry: String| {
        let state = place.pointer();
        place
            .session
            .edit(|editing| editing.set_note(&state, &entry));
    };
    let take_group = move |entry: String| {
        let states = [place.pointer()];
        place.session.edit(|editing| match entry.trim() {
            "" => editing.ungroup(&states),
            name => editing.group(&states, name),
        });
    };
    view! {
        <TextArea label=inspector::NOTE value=Signal::derive(move || noted.get().note) hint=inspector::NOTE_HINT notes=notes_at(place, &["Comment"]) on_change=take_note/>
        <TextField label=text::GROUP value=group hint=text::GROUP_HINT placeholder=inspector::NONE on_change=take_group/>
    }
}

/// The state's own query language; without one, it has the pipeline's.
#[component]
fn LanguagePicker(place: Place) -> impl IntoView {
    let whole = Place::pipeline(place.session).text("QueryLanguage");
    let choices = Signal::derive(move || {
        let whole = whole.get();
        let inherited = if whole == "JSONata" {
            "JSONata"
        } else {
            "JSONPath"
        };
        let own = place.text("QueryLanguage");
        let mut choices = vec![Choice::new("", text::as_pipeline(inherited))];
        // A pipeline in JSONata cannot hold states in JSONPath; one that says so nevertheless is shown as it is.
        if inherited != "JSONata" || own.get() == "JSONPath" {
            choices.push(Choice::new("JSONPath", "JSONPath"));
        }
        choices.push(Choice::new("JSONata", "JSONata"));
        choices
    });
    let change = move |word: String| {
        place.put(
            "QueryLanguage",
            (!word.is_empty()).then(|| json!(word)).as_ref(),
        );
    };
    view! {
        <Select label=inspector::EXPRESSIONS hint=text::LANGUAGE_HINT choices=choices value=place.text("QueryLanguage") notes=notes_at(place, &["QueryLanguage"]) on_change=change/>
    }
}

#[component]
fn TypePicker(place: Place) -> impl IntoView {
    let choices: Vec<Choice> = TYPES
        .iter()
        .map(|kind| {
            let kind = Kind::of_type(Some(*kind));
            Choice::new(
                kind.label(),
                format!("{}: {}", kind.label(), kind.hint().to_lowercase()),
            )
        })
        .collect();
    let change = move |word: String| {
        let kind = TYPES
            .iter()
            .find(|kind| Kind::of_type(Some(**kind)).label() == word);
        if let Some(kind) = kind {
            place
                .session
                .edit(|editing| editing.change_type(&place.pointer(), *kind));
        }
    };
    view! {
        <Select
            label=common::TYPE
            hint=text::TYPE_HINT
            choices=choices
            value=place.text("Type")
            notes=notes_at(place, &["Type"])
            on_change=change
        />
    }
}
