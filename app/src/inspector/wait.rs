//! A Wait: for a time, to a date, or as the input says.

use super::parts::{QueryIn, Section};
use super::place::{Place, uses_jsonata};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::ui::{Choice, Select};
use leptos::prelude::*;
use serde_json::{Value, json};

const FIELDS: [(&str, &str); 4] = [
    ("Seconds", "A fixed time"),
    ("Timestamp", "To a date"),
    ("SecondsPath", "A time from the input"),
    ("TimestampPath", "To a date from the input"),
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
        place.together("Change the wait", || {
            let before = mode.get_untracked();
            if !before.is_empty() {
                place.remove(&before);
            }
            place.set(&wanted, &start);
        });
    };
    view! {
        <Section title="Wait">
            <Select label="How long" choices=choices value=mode on_change=change/>
            {move || match mode.get().as_str() {
                "Seconds" => view! { <ValueIn at=Slot::new(place, "Seconds", Dynamic::or_never(jsonata.get())) entry=Entry::count("Time").unit("seconds").hint("Seconds").start(json!(60))/> }.into_any(),
                "Timestamp" => view! { <ValueIn at=Slot::new(place, "Timestamp", Dynamic::or_never(jsonata.get())) entry=Entry::text("Date").hint("Timestamp: RFC 3339, for example 2030-01-01T00:00:00Z").start(json!("2030-01-01T00:00:00Z"))/> }.into_any(),
                "SecondsPath" => view! { <QueryIn place=place field="SecondsPath" label="Path to the number of seconds" hint="SecondsPath"/> }.into_any(),
                "TimestampPath" => view! { <QueryIn place=place field="TimestampPath" label="Path to the date" hint="TimestampPath"/> }.into_any(),
                _ => ().into_any(),
            }}
        </Section>
    }
}
