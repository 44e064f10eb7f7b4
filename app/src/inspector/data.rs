//! What comes in, what is kept, what goes on.

use super::findings::notes_at;
use super::parts::{JsonIn, QueryIn, Section};
use super::place::{Place, uses_jsonata};
use crate::text::inspector::{self, data as text};
use crate::ui::{FieldGroup, Kind, Switch};
use leptos::prelude::*;
use serde_json::{Value, json};

/// The filters of a state's data, in the order in which they work.
#[component]
pub(super) fn DataForms(place: Place, kind: Kind) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    move || {
        if jsonata.get() {
            view! { <Expressions place=place kind=kind/> }.into_any()
        } else {
            view! { <Paths place=place kind=kind/> }.into_any()
        }
    }
}

#[component]
fn Expressions(place: Place, kind: Kind) -> impl IntoView {
    let has_arguments = matches!(kind, Kind::Task | Kind::Person | Kind::Parallel);
    view! {
        {has_arguments.then(|| view! {
            <Section title=text::GETS_FIRST>
                <JsonIn place=place field="Arguments" label=text::ARGUMENTS hint=text::ARGUMENTS_HINT placeholder=inspector::INPUT rows=5/>
            </Section>
        })}
        <Section title=if has_arguments { text::GOES_ON_SECOND } else { text::GOES_ON }>
            <JsonIn place=place field="Output" label=inspector::OUTPUT hint=text::OUTPUT_HINT placeholder=text::RESULT rows=5/>
        </Section>
    }
}

#[component]
fn Paths(place: Place, kind: Kind) -> impl IntoView {
    let works = matches!(kind, Kind::Task | Kind::Person | Kind::Parallel | Kind::Map);
    let keeps = works || kind == Kind::Pass;
    view! {
        <Section title=text::COMES_IN>
            <PathField place=place field="InputPath" label=text::INPUT_PATH hint=text::INPUT_PATH_HINT nothing=text::NO_INPUT/>
            {(keeps && kind != Kind::Map).then(|| view! {
                <JsonIn place=place field="Parameters" label=text::PARAMETERS hint=inspector::FROM_PATHS placeholder=text::INPUT_AS_IT_IS rows=4/>
            })}
        </Section>
        {works.then(|| view! {
            <Section title=text::GIVES>
                <JsonIn place=place field="ResultSelector" label=text::SELECTOR hint=text::SELECTOR_HINT placeholder=text::WHOLE_RESULT rows=4/>
            </Section>
        })}
        <Section title=text::GOES_ON>
            {keeps.then(|| view! {
                <PathField place=place field="ResultPath" label=text::RESULT_PATH hint=text::RESULT_PATH_HINT nothing=text::DROP_RESULT/>
            })}
            <PathField place=place field="OutputPath" label=text::OUTPUT_PATH hint=text::OUTPUT_PATH_HINT nothing=text::NOTHING/>
        </Section>
    }
}

/// A path, or null, which means something of its own.
#[component]
fn PathField(
    place: Place,
    field: &'static str,
    label: &'static str,
    hint: &'static str,
    nothing: &'static str,
) -> impl IntoView {
    let is_null = place.read(field, |node| {
        node.and_then(asl::text::Node::to_value) == Some(Value::Null)
    });
    let change = move |on: bool| {
        place.put(field, on.then_some(json!(null)).as_ref());
    };
    view! {
        <Show when=move || !is_null.get() fallback=move || view! { <FieldGroup label=label hint=hint notes=notes_at(place, &[field])/> }>
            <QueryIn place=place field=field label=label hint=hint placeholder=text::ALL/>
        </Show>
        <Switch label=nothing on=is_null hint=hint on_change=change/>
    }
}
