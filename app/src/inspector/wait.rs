//! A Wait: for a time, to a date, or as the input says.

use super::parts::{QueryIn, Section};
use super::place::{Place, uses_jsonata};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::text::inspector::{self, wait as text};
use crate::ui::{Choice, Select};
use leptos::prelude::*;
use serde_json::{Value, json};

const FIELDS: [(&str, &str); 4] = [
    ("Seconds", text::FIXED),
    ("Timestamp", text::TO_DATE),
    ("SecondsPath", text::FROM_INPUT),
    ("TimestampPath", text::TO_DATE_FROM_INPUT),
];

/// The forms of a Wait.
#[component]
pub(super) fn WaitForms(place: Place) -> impl IntoView {
    let has = FIELDS.map(|(field, _)| (field, place.has(field)));
    let mode = Memo::new(move |_| {
        has.iter()
            .find(|(_, has)| has.get())
            .map_or("", |(field, _)| *field)
            .to_owned()
    });
    let jsonata = uses_jsonata(place);
    let choices = Signal::derive(move || {
        let count = if jsonata.get() { 2 } else { 4 };
        FIELDS
            .iter()
            .take(count)
            .map(|(field, words)| Choice::new(*field, *words))
            .collect()
    });
    let change = move |wanted: String| {
        let start: Value = match wanted.as_str() {
            "Seconds" => json!(60),
            "Timestamp" => json!("2030-01-01T00:00:00Z"),
            "SecondsPath" => json!("$.seconds"),
            _ => json!("$.until"),
        };
        place.together(text::CHANGE_MODE, || {
            let before = mode.get_untracked();
            if !before.is_empty() {
                place.remove(&before);
            }
            place.set(&wanted, &start);
        });
    };
    view! {
        <Section title=text::TITLE>
            <Select label=text::MODE choices=choices value=mode on_change=change/>
            {move || match mode.get().as_str() {
                "Seconds" => view! { <ValueIn at=Slot::new(place, "Seconds", Dynamic::or_never(jsonata.get())) entry=Entry::count(text::TIME).unit(inspector::SECONDS).hint("Seconds").start(json!(60))/> }.into_any(),
                "Timestamp" => view! { <ValueIn at=Slot::new(place, "Timestamp", Dynamic::or_never(jsonata.get())) entry=Entry::text(text::DATE).hint(text::DATE_HINT).start(json!("2030-01-01T00:00:00Z"))/> }.into_any(),
                "SecondsPath" => view! { <QueryIn place=place field="SecondsPath" label=text::SECONDS_PATH hint="SecondsPath"/> }.into_any(),
                "TimestampPath" => view! { <QueryIn place=place field="TimestampPath" label=text::TIMESTAMP_PATH hint="TimestampPath"/> }.into_any(),
                _ => ().into_any(),
            }}
        </Section>
    }
}
