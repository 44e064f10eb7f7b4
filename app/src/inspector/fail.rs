//! A Fail: the error and its cause, fixed or from the input.

use super::parts::{Section, TextIn};
use super::place::Place;
use crate::ui::Switch;
use leptos::prelude::*;
use serde_json::json;

/// The forms of a Fail.
#[component]
pub(super) fn FailForms(place: Place) -> impl IntoView {
    view! {
        <Section title="The error">
            <Either place=place fixed="Error" path="ErrorPath" label="Name" path_label="Path to the name" start="$.Error"/>
            <Either place=place fixed="Cause" path="CausePath" label="Cause, for people" path_label="Path to the cause" start="$.Cause"/>
        </Section>
    }
}

/// A text that is written here, or taken from the input.
#[component]
fn Either(
    place: Place,
    fixed: &'static str,
    path: &'static str,
    label: &'static str,
    path_label: &'static str,
    start: &'static str,
) -> impl IntoView {
    let from_input = place.has(path);
    let change = move |on: bool| {
        place.together("Change where the error comes from", || {
            if on {
                place.remove(fixed);
                place.set(path, &json!(start));
            } else {
                place.remove(path);
            }
        });
    };
    view! {
        {move || if from_input.get() {
            view! { <TextIn place=place field=path label=path_label hint=path mono=true/> }.into_any()
        } else {
            view! { <TextIn place=place field=fixed label=label hint=fixed long={fixed == "Cause"} mono={fixed == "Error"}/> }.into_any()
        }}
        <Switch label="Take it from the input" on=from_input hint=path on_change=change/>
    }
}
