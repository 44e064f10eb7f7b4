//! A Task: what does the work, with what, and how long it is waited for.

use super::parameters::ParameterForms;
use super::parts::{Section, TextIn};
use super::place::{Place, uses_jsonata};
use super::resource::{self, Patience, Worker};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::text::inspector::task as text;
use crate::ui::{Choice, Select, TextField};
use asl::catalog::{self, Form, Pattern};
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
        {move || view! { <ParameterForms place=place action=action jsonata=jsonata.get()/> }}
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

/// Every action by its service; any other can be typed.
fn actions() -> Vec<Choice> {
    let callable =
        catalog::all().filter(|action| matches!(action.form, Form::Optimized | Form::Sdk));
    callable
        .map(|action| {
            let service = action
                .service()
                .map_or(action.service, |service| service.short);
            Choice::new(
                action.resource(Pattern::Request),
                format!("{service}: {}", action.title),
            )
        })
        .collect()
}

#[component]
fn ActionPicker(place: Place, resource: Memo<String>) -> impl IntoView {
    let bare = Signal::derive(move || resource::with_patience(&resource.get(), Patience::Request));
    let waits = Signal::derive(move || {
        let known = catalog::of_resource(&resource.get());
        let all = [
            (Patience::Request, text::WAIT_REQUEST),
            (Patience::Job, text::WAIT_JOB),
            (Patience::Callback, text::WAIT_CALLBACK),
        ];
        all.into_iter()
            .filter(|(patience, _)| known.is_none_or(|(action, _)| patience.is_way_of(action)))
            .map(|(patience, words)| Choice::new(patience.word(), words))
            .collect::<Vec<_>>()
    });
    let set_action = move |arn: String| {
        let patience = resource::patience(&resource.get_untracked());
        let changed = match catalog::of_resource(&arn) {
            Some((action, _)) if !patience.is_way_of(action) => {
                action.resource(action.usual_pattern())
            }
            Some(_) | None => resource::with_patience(&arn, patience),
        };
        place.set("Resource", &json!(changed));
    };
    let set_wait = move |word: String| {
        let changed =
            resource::with_patience(&resource.get_untracked(), Patience::from_word(&word));
        place.set("Resource", &json!(changed));
    };
    view! {
        <Select label=text::ACTION choices=actions() value=bare on_change=set_action/>
        <Select
            label=text::WAIT
            hint=text::WAIT_HINT
            choices=waits
            value=Signal::derive(move || resource::patience(&resource.get()).word().to_owned())
            on_change=set_wait
        />
    }
}
