//! A Fail: the error and its cause, fixed or from data.

use super::parts::Section;
use super::place::{Place, uses_jsonata};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::text::common;
use crate::text::inspector::fail as text;
use leptos::prelude::*;

/// The forms of a Fail.
#[component]
pub(super) fn FailForms(place: Place) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    view! {
        <Section title=text::TITLE>
            {move || {
                let dynamic = Dynamic::of_field(jsonata.get());
                view! {
                    <ValueIn at=Slot::new(place, "Error", dynamic) entry=Entry::text(common::NAME).hint(text::NAME_HINT)/>
                    <ValueIn at=Slot::new(place, "Cause", dynamic) entry=Entry::prose(text::CAUSE).hint("Cause")/>
                }
            }}
        </Section>
    }
}
