//! When it takes too long or fails: time limits, retries, what happens when it still fails.

use super::catch::Catchers;
use super::parts::Section;
use super::place::{Place, uses_jsonata};
use super::retry::Retriers;
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
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
            <Section title="Time limits">
                {move || {
                    let dynamic = Dynamic::of_field(jsonata.get());
                    view! {
                        <ValueIn at=Slot::new(place, "TimeoutSeconds", dynamic) entry=Entry::count("Stop after").unit("seconds").from(1.0).placeholder("No limit").hint("TimeoutSeconds: the state then fails with States.Timeout").start(json!(300))/>
                        <ValueIn at=Slot::new(place, "HeartbeatSeconds", dynamic) entry=Entry::count("Expect a sign of life every").unit("seconds").from(1.0).placeholder("Not checked").hint("HeartbeatSeconds: less than TimeoutSeconds").start(json!(60))/>
                    }
                }}
            </Section>
        })}
        <Retriers place=place/>
        <Catchers place=place/>
    }
}
