//! A Map: how its rounds run, what they are about, how many failures it bears.

use super::findings::{PartNotes, notes_at};
use super::map_data::{Batches, Reader, Writer};
use super::parts::{JsonIn, PickIn, QueryIn, Section, TextIn};
use super::place::{Place, uses_jsonata};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::text::inspector::{self, map as text};
use crate::ui::{Choice, Select};
use asl::catalog::ParameterKind;
use leptos::prelude::*;
use serde_json::json;

/// The forms of a Map.
#[component]
pub(super) fn MapForms(place: Place) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    let distributed = place.read("", |map| {
        let mode = map.and_then(|map| {
            map.field("ItemProcessor")?
                .field("ProcessorConfig")?
                .field("Mode")
        });
        mode.and_then(asl::text::Node::as_str) == Some("DISTRIBUTED")
    });
    // What only distributed Maps have is also shown where it stands in an inline one, so that it can be taken out.
    let has = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"].map(|field| place.has(field));
    let is_large = Memo::new(move |_| distributed.get() || has.iter().any(|has| has.get()));
    view! {
        <Section title=text::ROUNDS about=place.member("ItemProcessor").way()>
            <PartNotes place=place.member("ItemProcessor")/>
            <Mode place=place distributed=distributed/>
            {move || view! { <Rounds place=place jsonata=jsonata.get() distributed=is_large.get()/> }}
        </Section>
        {move || is_large.get().then(|| view! { <Reader place=place jsonata=jsonata.get()/> })}
        <Section title=text::ITEMS>
            {move || if jsonata.get() {
                view! { <ValueIn at=Slot::new(place, "Items", Dynamic::Expression) entry=Entry::json(text::OVER).hint(text::OVER_HINT).placeholder(inspector::INPUT).start(json!([]))/> }.into_any()
            } else {
                view! { <QueryIn place=place field="ItemsPath" label=text::OVER hint=text::OVER_PATH_HINT placeholder=text::WHOLE_INPUT/> }.into_any()
            }}
            <JsonIn place=place field="ItemSelector" label=text::SELECTOR hint=text::SELECTOR_HINT placeholder=text::ITEM rows=3/>
        </Section>
        {move || is_large.get().then(|| view! {
            <Batches place=place jsonata=jsonata.get()/>
            <Writer place=place jsonata=jsonata.get()/>
        })}
    }
}

#[component]
fn Mode(place: Place, distributed: Memo<bool>) -> impl IntoView {
    let choices = vec![
        Choice::new("INLINE", text::INLINE),
        Choice::new("DISTRIBUTED", text::DISTRIBUTED),
    ];
    let value = Signal::derive(move || {
        if distributed.get() {
            "DISTRIBUTED"
        } else {
            "INLINE"
        }
        .to_owned()
    });
    let change = move |word: String| {
        if place.has("Iterator").get_untracked() {
            return place.session.say(text::HAS_ITERATOR);
        }
        let config = if word == "DISTRIBUTED" {
            json!({ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" })
        } else {
            json!({ "Mode": "INLINE" })
        };
        place.set("ItemProcessor/ProcessorConfig", &config);
    };
    view! { <Select label=text::MODE hint="ItemProcessor.ProcessorConfig.Mode" choices=choices value=value notes=notes_at(place, &["ItemProcessor/ProcessorConfig/Mode"]) on_change=change/> }
}

#[component]
fn Rounds(place: Place, jsonata: bool, distributed: bool) -> impl IntoView {
    let dynamic = Dynamic::of_field(jsonata);
    let percentage = Entry::new(ParameterKind::Number, text::FAILURES)
        .from(0.0)
        .to(100.0)
        .unit("%")
        .hint("ToleratedFailurePercentage")
        .placeholder(inspector::NONE)
        .start(json!(5));
    let count = Entry::count(text::FAILURES_COUNT)
        .unit(text::UNIT)
        .hint("ToleratedFailureCount")
        .placeholder(inspector::NONE);
    view! {
        <ValueIn at=Slot::new(place, "MaxConcurrency", dynamic) entry=Entry::count(text::AT_ONCE).hint(text::AT_ONCE_HINT).placeholder(inspector::NO_LIMIT).start(json!(10))/>
        {distributed.then(|| view! {
            <PickIn place=place field="ItemProcessor/ProcessorConfig/ExecutionType" label=text::KIND hint="ExecutionType" choices=&[("STANDARD", inspector::STANDARD), ("EXPRESS", inspector::EXPRESS)]/>
            <ValueIn at=Slot::new(place, "ToleratedFailurePercentage", dynamic) entry=percentage/>
            <ValueIn at=Slot::new(place, "ToleratedFailureCount", dynamic) entry=count/>
            <TextIn place=place field="Label" label=text::LABEL hint=text::LABEL_HINT placeholder=text::LABEL_NONE/>
        })}
    }
}
