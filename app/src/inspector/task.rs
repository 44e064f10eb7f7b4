//! A Task: what does the work, with what, and how long it is waited for.

use super::action::ActionPicker;
use super::parameters::ParameterForms;
use super::parts::{Section, TextIn};
use super::place::{Place, uses_jsonata};
use super::resource::{self, Worker};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::text::inspector::task as text;
use crate::ui::{Choice, Select, TextField};
use asl::catalog;
use leptos::prelude::*;
use serde_json::json;

/// The forms of a Task.
#[component]
pub(super) fn TaskForms(place: Place) -> impl IntoView {
    let resource = place.text("Resource");
    let worker = Memo::new(move |_| resource::worker(&resource.get()));
    let jsonata = uses_jsonata(place);
    let action =
        Memo::new(move |_| catalog::of_resource(&resource.get()).map(|(action, _)| action));
    view! {
        <Section title=text::WORK>
            <WorkerPicker place=place resource=resource worker=worker/>
            {move || match worker.get() {
                Worker::Service => view! { <ActionPicker place=place resource=resource/> }.into_any(),
                Worker::Function | Worker::Activity | Worker::Other => ().into_any(),
            }}
            <TextIn place=place field="Resource" label=text::RESOURCE hint=text::RESOURCE_HINT mono=true placeholder=text::RESOURCE_EXAMPLE/>
        </Section>
        {move || view! { <ParameterForms place=place resource=resource action=action jsonata=jsonata.get()/> }}
        <Section title=text::AS_WHOM about=place.member("Credentials").way()>
            {move || {
                let role = Slot::new(place.member("Credentials"), "RoleArn", Dynamic::in_payload(jsonata.get()));
                let entry = Entry::text(text::ROLE)
                    .hint(text::ROLE_HINT)
                    .placeholder(text::OWN_ROLE)
                    .start(json!("arn:aws:iam::123456789012:role/my-role"));
                view! { <ValueIn at=role.with_owner() entry=entry/> }
            }}
        </Section>
    }
}

#[component]
fn WorkerPicker(place: Place, resource: Memo<String>, worker: Memo<Worker>) -> impl IntoView {
    let value = Signal::derive(move || {
        match worker.get() {
            Worker::Function => "function",
            Worker::Activity => "activity",
            Worker::Service => "service",
            Worker::Other => "other",
        }
        .to_owned()
    });
    let choices = vec![
        Choice::new("function", text::FUNCTION),
        Choice::new("activity", text::ACTIVITY),
        Choice::new("service", text::SERVICE),
        Choice::new("other", text::OTHER),
    ];
    let change = move |word: String| {
        let wanted = match word.as_str() {
            "function" => "arn:aws:lambda:us-east-1:123456789012:function:my-function",
            "activity" => "arn:aws:states:us-east-1:123456789012:activity:my-activity",
            "service" => "arn:aws:states:::lambda:invoke",
            _ => return,
        };
        place.set("Resource", &json!(wanted));
    };
    let named = move || matches!(worker.get(), Worker::Function | Worker::Activity);
    let rename = move |name: String| {
        let old = resource.get_untracked();
        let keep = old.len() - resource::name(&old).len();
        if let Some(head) = old.get(..keep).filter(|_| !name.trim().is_empty()) {
            place.set("Resource", &json!(format!("{head}{}", name.trim())));
        }
    };
    view! {
        <Select label=text::WORKER choices=choices value=value on_change=change/>
        <Show when=named>
            <TextField
                label=Signal::derive(move || if worker.get() == Worker::Activity { text::ACTIVITY_NAME } else { text::FUNCTION_NAME }.to_owned())
                value=Signal::derive(move || resource::name(&resource.get()).to_owned())
                hint=text::NAME_HINT
                mono=true
                on_change=rename
            />
        </Show>
    }
}
