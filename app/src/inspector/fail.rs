//! A Fail: the error and its cause, fixed or from data.

use super::parts::Section;
use super::place::{Place, uses_jsonata};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use leptos::prelude::*;

/// The forms of a Fail.
#[component]
pub(super) fn FailForms(place: Place) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    view! {
        <Section title="The error">
            {move || {
                let dynamic = Dynamic::of_field(jsonata.get());
                view! {
                    <ValueIn at=Slot::new(place, "Error", dynamic) entry=Entry::text("Name").hint("Error: what retriers and catchers compare")/>
                    <ValueIn at=Slot::new(place, "Cause", dynamic) entry=Entry::prose("Cause, for people").hint("Cause")/>
                }
            }}
        </Section>
    }
}
