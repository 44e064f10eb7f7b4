//! A Map: what it repeats over, how many at once, how many failures it bears.

use super::parts::{JsonIn, NumberIn, Section, TextIn};
use super::place::{Place, uses_jsonata};
use leptos::prelude::*;

/// The forms of a Map.
#[component]
pub(super) fn MapForms(place: Place) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    let mode = place.text("ItemProcessor/ProcessorConfig/Mode");
    view! {
        <Section title="Items">
            {move || if jsonata.get() {
                view! { <JsonIn place=place field="Items" label="Repeat over" hint="Items: an array, or an expression that gives one" placeholder="The state's input" rows=2/> }.into_any()
            } else {
                view! { <TextIn place=place field="ItemsPath" label="Repeat over" hint="ItemsPath: leads to an array in the input" placeholder="$, the whole input" mono=true/> }.into_any()
            }}
            <JsonIn place=place field="ItemSelector" label="What each round gets" hint="ItemSelector: $$.Map.Item.Value is the item, $$.Map.Item.Index its number" placeholder="The item itself" rows=3/>
        </Section>
        <Section title="Rounds">
            <div class="g2">
                <NumberIn place=place field="MaxConcurrency" label="At once" hint="MaxConcurrency: 0 sets no limit" placeholder="No limit"/>
                <NumberIn place=place field="ToleratedFailurePercentage" label="Failures it bears" unit="%" hint="ToleratedFailurePercentage (distributed maps)" placeholder="None" most=100.0 whole=false/>
            </div>
            <div class="g2">
                <NumberIn place=place field="ToleratedFailureCount" label="Or as a number" unit="items" hint="ToleratedFailureCount (distributed maps)" placeholder="None"/>
            </div>
            <p class="sm t3">{move || if mode.get() == "DISTRIBUTED" {
                "Each round is a run of its own (distributed)."
            } else {
                "All rounds belong to this run (inline); then failures it bears do not count."
            }}</p>
        </Section>
    }
}
