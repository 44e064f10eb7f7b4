//! A Pass: a fixed result, or data put together anew.

use super::parts::{JsonIn, Section};
use super::place::{Place, uses_jsonata};
use leptos::prelude::*;

/// The forms of a Pass.
#[component]
pub(super) fn PassForms(place: Place) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    view! {
        <Section title="Data">
            {move || if jsonata.get() {
                view! { <JsonIn place=place field="Output" label="Output" hint="Output: {% … %} holds an expression" placeholder="The state's input" rows=5/> }.into_any()
            } else {
                view! {
                    <JsonIn place=place field="Result" label="A fixed result" hint="Result: what the state gives, as it is" placeholder="None: the input passes through" rows=4/>
                    <JsonIn place=place field="Parameters" label="Or put together from the input" hint="Parameters: a name ending in .$ takes its value from a path" placeholder="None" rows=4/>
                }.into_any()
            }}
        </Section>
    }
}
