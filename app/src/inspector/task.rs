//! A Task: what does the work, with what, and how long it is waited for.

use super::parameters::ParameterForms;
use super::parts::{Section, TextIn};
use super::place::{Place, uses_jsonata};
use super::resource::{self, Patience, Worker};
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
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
        <Section title="Work">
            <WorkerPicker place=place resource=resource worker=worker/>
            {move || match worker.get() {
                Worker::Service => view! { <ActionPicker place=place resource=resource/> }.into_any(),
                Worker::Function | Worker::Activity | Worker::Other => ().into_any(),
            }}
            <TextIn place=place field="Resource" label="Resource" hint="Resource: the ARN of what does the work" mono=true placeholder="arn:aws:…"/>
        </Section>
        {move || view! { <ParameterForms place=place action=action jsonata=jsonata.get()/> }}
        <Section title="As whom">
            {move || {
                let role = Slot::new(place.member("Credentials"), "RoleArn", Dynamic::in_payload(jsonata.get()));
                let entry = Entry::text("Role")
                    .hint("Credentials.RoleArn: the role that this task works as, also of another account")
                    .placeholder("The pipeline's own role")
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
        Choice::new("function", "A Lambda function"),
        Choice::new("activity", "An activity: people, or a worker of yours"),
        Choice::new("service", "A service's action"),
        Choice::new("other", "Something else"),
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
        <Select label="Who does it" choices=choices value=value on_change=change/>
        <Show when=named>
            <TextField
                label=Signal::derive(move || if worker.get() == Worker::Activity { "Activity" } else { "Function" }.to_owned())
                value=Signal::derive(move || resource::name(&resource.get()).to_owned())
                hint="The last part of the ARN"
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
            (Patience::Request, "Until the request was taken"),
            (Patience::Job, "Until the job is done"),
            (Patience::Callback, "Until somebody sends the answer"),
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
        <Select label="Action" choices=actions() value=bare on_change=set_action/>
        <Select
            label="Wait"
            hint="The end of the resource: .sync waits for the job, .waitForTaskToken for an answer with the token $$.Task.Token"
            choices=waits
            value=Signal::derive(move || resource::patience(&resource.get()).word().to_owned())
            on_change=set_wait
        />
    }
}
