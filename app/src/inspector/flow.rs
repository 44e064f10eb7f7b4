//! Where the state goes on.

use super::findings::notes_at;
use super::parts::{Section, StatePicker};
use super::place::Place;
use crate::text::inspector::{self, flow as text};
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
        <Section title=text::TITLE>
            <StatePicker
                label=inspector::GO_ON_TO
                hint=text::NEXT_HINT
                value=place.text("Next")
                nothing=text::END
                notes=notes_at(place, &["Next", "End"])
                on_change=change
            />
        </Section>
    }
}
