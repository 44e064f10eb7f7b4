//! Variables that the state sets.

use super::parts::{JsonIn, Section};
use super::place::Place;
use crate::document::Part;
use crate::text::inspector::{self, variables as text};
use leptos::prelude::*;

/// What the state keeps in variables.
#[component]
pub(super) fn VariableForms(place: Place) -> impl IntoView {
    view! {
        <Section title=inspector::VARIABLES about=place.member("Assign").way() add=(text::ADD.to_owned(), place.adding(Part::Variable))>
            <p class="sm t2">{text::INTRO}<code>{text::INTRO_NAME}</code>{text::INTRO_END}</p>
            <JsonIn place=place field="Assign" label=text::SET hint=text::SET_HINT placeholder=text::SET_EXAMPLE rows=5/>
        </Section>
    }
}
