//! A Pass: a fixed result, or data put together anew.

use super::parts::{JsonIn, Section};
use super::place::{Place, uses_jsonata};
use crate::text::inspector::{self, pass as text};
use leptos::prelude::*;

/// The forms of a Pass.
#[component]
pub(super) fn PassForms(place: Place) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    view! {
        <Section title=text::TITLE>
            {move || if jsonata.get() {
                view! { <JsonIn place=place field="Output" label=inspector::OUTPUT hint=text::OUTPUT_HINT placeholder=inspector::INPUT rows=5/> }.into_any()
            } else {
                view! {
                    <JsonIn place=place field="Result" label=text::RESULT hint=text::RESULT_HINT placeholder=text::RESULT_NONE rows=4/>
                    <JsonIn place=place field="Parameters" label=text::FROM_INPUT hint=inspector::FROM_PATHS placeholder=inspector::NONE rows=4/>
                }.into_any()
            }}
        </Section>
    }
}
