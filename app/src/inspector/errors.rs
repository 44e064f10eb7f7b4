//! When it takes too long or fails: time limits, retries, what happens when it still fails.

use super::catch::Catchers;
use super::parts::{NumberIn, Section};
use super::place::Place;
use super::retry::Retriers;
use crate::ui::Kind;
use asl::text::Pointer;
use leptos::prelude::*;

/// The forms of the errors tab.
#[component]
pub(super) fn ErrorForms(place: Place, state: Pointer, kind: Kind) -> impl IntoView {
    let limits = matches!(kind, Kind::Task | Kind::Person);
    view! {
        {limits.then(|| view! {
            <Section title="Time limits">
                <div class="g2">
                    <NumberIn place=place field="TimeoutSeconds" label="Stop after" unit="seconds" hint="TimeoutSeconds: the state then fails with States.Timeout" placeholder="No limit" least=1.0/>
                    <NumberIn place=place field="HeartbeatSeconds" label="Expect a sign of life every" unit="seconds" hint="HeartbeatSeconds: less than TimeoutSeconds" placeholder="Not checked" least=1.0/>
                </div>
            </Section>
        })}
        <Retriers place=place/>
        <Catchers place=place state=state/>
    }
}
