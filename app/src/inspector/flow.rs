//! Where the state goes on.

use super::findings::notes_at;
use super::parts::{Section, StatePicker};
use super::place::Place;
use leptos::prelude::*;

/// The next state, or the end.
#[component]
pub(super) fn NextForm(place: Place) -> impl IntoView {
    let change = move |name: String| {
        let next = (!name.is_empty()).then_some(name.as_str());
        place
            .session
            .edit(|editing| editing.set_next(&place.pointer(), next));
    };
    view! {
        <Section title="Then">
            <StatePicker
                label="Go on to"
                hint="Next, or End"
                value=place.text("Next")
                nothing="End here"
                notes=notes_at(place, &["Next", "End"])
                on_change=change
            />
        </Section>
    }
}
