//! When it takes too long or fails: time limits, retries, what happens when it still fails.

use super::catch::Catchers;
use super::parts::Section;
use super::place::{Place, uses_jsonata};
use super::retry::Retriers;
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::text::inspector::{self, errors as text};
use crate::ui::Kind;
use leptos::prelude::*;
use serde_json::json;

/// The forms of the errors tab.
#[component]
pub(super) fn ErrorForms(place: Place, kind: Kind) -> impl IntoView {
    let limits = matches!(kind, Kind::Task | Kind::Person);
    let jsonata = uses_jsonata(place);
    view! {
        {limits.then(|| view! {
            <Section title=text::TITLE>
                {move || {
                    let dynamic = Dynamic::of_field(jsonata.get());
                    view! {
                        <ValueIn at=Slot::new(place, "TimeoutSeconds", dynamic) entry=Entry::count(text::STOP_AFTER).unit(inspector::SECONDS).from(1.0).placeholder(inspector::NO_LIMIT).hint(text::STOP_AFTER_HINT).start(json!(300))/>
                        <ValueIn at=Slot::new(place, "HeartbeatSeconds", dynamic) entry=Entry::count(text::HEARTBEAT).unit(inspector::SECONDS).from(1.0).placeholder(text::NOT_CHECKED).hint(text::HEARTBEAT_HINT).start(json!(60))/>
                    }
                }}
            </Section>
        })}
        <Retriers place=place/>
        <Catchers place=place/>
    }
}
