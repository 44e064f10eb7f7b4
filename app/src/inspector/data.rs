//! What comes in, what is kept, what goes on.

use super::parts::{JsonIn, QueryIn, Section};
use super::place::{Place, uses_jsonata};
use crate::ui::{Kind, Switch};
use leptos::prelude::*;
use serde_json::{Value, json};

/// The filters of a state's data, in the order in which they work.
#[component]
pub(super) fn DataForms(place: Place, kind: Kind) -> impl IntoView {
    let jsonata = uses_jsonata(place);
    move || {
        if jsonata.get() {
            view! { <Expressions place=place kind=kind/> }.into_any()
        } else {
            view! { <Paths place=place kind=kind/> }.into_any()
        }
    }
}

#[component]
fn Expressions(place: Place, kind: Kind) -> impl IntoView {
    let has_arguments = matches!(kind, Kind::Task | Kind::Person | Kind::Parallel);
    view! {
        {has_arguments.then(|| view! {
            <Section title="1. What the work gets">
                <JsonIn place=place field="Arguments" label="Arguments" hint="Arguments: {% … %} holds an expression; $states.input is the input" placeholder="The state's input" rows=5/>
            </Section>
        })}
        <Section title=if has_arguments { "2. What goes on" } else { "What goes on" }>
            <JsonIn place=place field="Output" label="Output" hint="Output: $states.result is the result" placeholder="The result" rows=5/>
        </Section>
    }
}

#[component]
fn Paths(place: Place, kind: Kind) -> impl IntoView {
    let works = matches!(kind, Kind::Task | Kind::Person | Kind::Parallel | Kind::Map);
    let keeps = works || kind == Kind::Pass;
    view! {
        <Section title="What comes in">
            <PathField place=place field="InputPath" label="Use this part of the input" hint="InputPath: a path; null gives an empty object" nothing="Nothing of the input"/>
            {(keeps && kind != Kind::Map).then(|| view! {
                <JsonIn place=place field="Parameters" label="Put together for the work" hint="Parameters: a name ending in .$ takes its value from a path" placeholder="The input as it is" rows=4/>
            })}
        </Section>
        {works.then(|| view! {
            <Section title="What the work gives">
                <JsonIn place=place field="ResultSelector" label="Keep of the result" hint="ResultSelector: paths here look at the result" placeholder="The whole result" rows=4/>
            </Section>
        })}
        <Section title="What goes on">
            {keeps.then(|| view! {
                <PathField place=place field="ResultPath" label="Put the result at" hint="ResultPath: where in the input the result goes; $ replaces the input, null drops the result" nothing="Drop the result, pass the input on"/>
            })}
            <PathField place=place field="OutputPath" label="Pass this part on" hint="OutputPath: a path; null gives an empty object" nothing="Nothing"/>
        </Section>
    }
}

/// A path, or null, which means something of its own.
#[component]
fn PathField(
    place: Place,
    field: &'static str,
    label: &'static str,
    hint: &'static str,
    nothing: &'static str,
) -> impl IntoView {
    let is_null = place.read(field, |node| {
        node.and_then(asl::text::Node::to_value) == Some(Value::Null)
    });
    let change = move |on: bool| {
        place.put(field, on.then_some(json!(null)).as_ref());
    };
    view! {
        <Show when=move || !is_null.get()>
            <QueryIn place=place field=field label=label hint=hint placeholder="$, all of it"/>
        </Show>
        <Switch label=nothing on=is_null hint=hint on_change=change/>
    }
}
