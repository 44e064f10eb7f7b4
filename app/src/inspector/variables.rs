//! Variables that the state sets.

use super::parts::{JsonIn, Section};
use super::place::Place;
use leptos::prelude::*;

/// What the state keeps in variables.
#[component]
pub(super) fn VariableForms(place: Place) -> impl IntoView {
    view! {
        <Section title="Variables" about=place.member("Assign").way()>
            <p class="sm t2">"Variables last from here to the end of the run (or of the branch). Later states read them as "<code>"$name"</code>"."</p>
            <JsonIn place=place field="Assign" label="Set" hint="Assign: names and values; in JSONPath a name ending in .$ takes its value from a path" placeholder="{ \"bestScore.$\": \"$.score\" }" rows=5/>
        </Section>
    }
}
