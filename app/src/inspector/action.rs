//! The action of a service that a Task calls, and how long it is waited for: from the catalogue, or any call of a service that is called by
//! Step Functions' SDK integration.

use super::place::Place;
use super::resource::{self, Patience};
use crate::calls::Calls;
use crate::document::{Call, sdk_call};
use crate::text::inspector::task as text;
use crate::ui::{Choice, Select};
use asl::catalog::{self, Action, Form, Pattern};
use leptos::prelude::*;
use serde_json::json;

/// What can be picked for a resource without its way to wait. What the catalogue describes comes first for the service that is called, then its
/// other calls, then the actions of other services; the resource itself is always among them, so that it is told in words.
fn choices(bare: &str, calls: &[Call]) -> Vec<Choice> {
    let service = sdk_call(bare).map(|(service, _)| service);
    let is_own = |action: &&Action| action.form == Form::Sdk && Some(action.service) == service;
    let callable =
        catalog::all().filter(|action| matches!(action.form, Form::Optimized | Form::Sdk));
    let (own, others): (Vec<&Action>, Vec<&Action>) = callable.partition(is_own);
    let calls = calls.iter().filter(|call| Some(call.service) == service);
    let mut choices: Vec<Choice> = own.into_iter().map(of_catalog).collect();
    choices.extend(
        calls.map(|call| Choice::new(call.resource(), text::action(call.title, call.name))),
    );
    choices.extend(others.into_iter().map(of_catalog));
    if let Some(choice) = unlisted(bare)
        && choices.iter().all(|known| known.value != choice.value)
    {
        choices.insert(0, choice);
    }
    choices
}

fn of_catalog(action: &Action) -> Choice {
    let service = action
        .service()
        .map_or(action.service, |service| service.short);
    Choice::new(
        action.resource(Pattern::Request),
        text::action(service, action.title),
    )
}

/// A call that no list has, or whose list is not here.
fn unlisted(bare: &str) -> Option<Choice> {
    let (service, name) = sdk_call(bare)?;
    let service = catalog::service(service).map_or(service, |it| it.short);
    Some(Choice::new(bare, text::action(service, &name)))
}

/// The resource with another action, waited for in the same way where that exists.
fn with_action(resource: &str, arn: &str) -> String {
    let patience = resource::patience(resource);
    if resource::ways(arn).contains(&patience) {
        return resource::with_patience(arn, patience);
    }
    let known = catalog::of_resource(arn);
    known.map_or_else(
        || arn.to_owned(),
        |(action, _)| action.resource(action.usual_pattern()),
    )
}

/// The ways to wait that can be picked for a resource.
fn waits(resource: &str) -> Vec<Choice> {
    let ways = resource::ways(resource).into_iter();
    let words = |patience| match patience {
        Patience::Request => text::WAIT_REQUEST,
        Patience::Job => text::WAIT_JOB,
        Patience::Callback => text::WAIT_CALLBACK,
    };
    ways.map(|patience| Choice::new(patience.word(), words(patience)))
        .collect()
}

/// Which action, and how long it is waited for.
#[component]
pub(super) fn ActionPicker(place: Place, resource: Memo<String>) -> impl IntoView {
    let calls = Calls::so_far();
    let is_sdk = Memo::new(move |_| sdk_call(&resource.get()).is_some());
    Effect::new(move || {
        if is_sdk.get() {
            calls.load();
        }
    });
    let bare = Memo::new(move |_| resource::with_patience(&resource.get(), Patience::Request));
    let actions = Memo::new(move |_| choices(&bare.get(), calls.get()));
    let set_action = move |arn: String| {
        place.set(
            "Resource",
            &json!(with_action(&resource.get_untracked(), &arn)),
        );
    };
    let set_wait = move |word: String| {
        let changed =
            resource::with_patience(&resource.get_untracked(), Patience::from_word(&word));
        place.set("Resource", &json!(changed));
    };
    view! {
        <Select label=text::ACTION hint=text::ACTION_HINT choices=actions value=bare on_change=set_action/>
        <Show when=move || is_sdk.get() && calls.are_missing()>
            <p class="sm t3" role="status">{text::CALLS_MISSING}</p>
        </Show>
        <Select
            label=text::WAIT
            hint=text::WAIT_HINT
            choices=Signal::derive(move || waits(&resource.get()))
            value=Signal::derive(move || resource::patience(&resource.get()).word().to_owned())
            on_change=set_wait
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = include_str!("../../../public/catalog/aws-sdk.txt");

    fn label<'a>(choices: &'a [Choice], arn: &str) -> Option<&'a str> {
        let found = choices.iter().find(|choice| *choice.value == *arn);
        found.map(|choice| &*choice.label)
    }

    #[test]
    fn a_call_that_is_not_in_the_catalogue_is_told_in_words_with_and_without_the_list() {
        let stream = "arn:aws:states:::aws-sdk:cloudwatchlogs:createLogStream";
        let acl = "arn:aws:states:::aws-sdk:s3:getBucketAcl";
        let calls = Call::list(LIST);
        assert_eq!(
            label(&choices(stream, &calls), stream),
            Some("CloudWatch Logs: CreateLogStream")
        );
        assert_eq!(
            label(&choices(stream, &[]), stream),
            Some("cloudwatchlogs: CreateLogStream")
        );
        assert_eq!(label(&choices(acl, &[]), acl), Some("S3: GetBucketAcl"));
        let strange = "arn:aws:states:::aws-sdk:s3:doStrangely";
        assert_eq!(
            label(&choices(strange, &calls), strange),
            Some("S3: DoStrangely")
        );
    }

    #[test]
    fn every_call_of_the_service_can_be_picked_once_before_those_of_others() {
        let calls = Call::list(LIST);
        let acl = "arn:aws:states:::aws-sdk:s3:getBucketAcl";
        let choices = choices(acl, &calls);
        let is_own = |choice: &Choice| choice.value.contains(":aws-sdk:s3:");
        let own = choices.iter().take_while(|choice| is_own(choice)).count();
        assert!(own > 80, "{own}");
        assert_eq!(choices.iter().filter(|choice| is_own(choice)).count(), own);
        let mut values: Vec<&str> = choices.iter().map(|choice| &*choice.value).collect();
        values.sort_unstable();
        values.dedup();
        assert_eq!(values.len(), choices.len());
        assert!(label(&choices, "arn:aws:states:::lambda:invoke").is_some());
    }

    #[test]
    fn a_call_waits_for_nothing_or_for_a_token_and_keeps_its_way_with_another_action() {
        let acl = "arn:aws:states:::aws-sdk:s3:getBucketAcl";
        assert_eq!(resource::ways(acl), [Patience::Request, Patience::Callback]);
        let token = with_action(
            "arn:aws:states:::aws-sdk:s3:listBuckets.waitForTaskToken",
            acl,
        );
        assert_eq!(token, format!("{acl}.waitForTaskToken"));
        assert_eq!(resource::ways(&token), resource::ways(acl));
        assert_eq!(
            with_action("arn:aws:states:::glue:startJobRun.sync", acl),
            acl
        );
    }
}
