//! What tasks can call: each integration with its words, its parameters and the ways to wait for it, in one table.
//!
//! Checks, completion, the palette, the inspector and the canvas all read it; none keeps a list of its own. It says what
//! can be written in a definition (feature map 11.1 and 11.2), not how a call is made: that is the work of connectors.

mod action;
mod compute;
mod containers;
mod data;
mod learning;
mod messages;
mod parameter;
mod services;
mod storage;

use crate::text::Node;

pub use action::{Action, Answer, Form, Pattern, Subject};
pub use parameter::{Example, Need, Parameter, ParameterKind};
pub use services::{Service, service};

/// The tables, in the palette's order.
const TABLES: [&[Action]; 6] = [
    learning::ACTIONS,
    compute::ACTIONS,
    storage::ACTIONS,
    data::ACTIONS,
    messages::ACTIONS,
    containers::ACTIONS,
];

/// Every action.
pub fn all() -> impl Iterator<Item = &'static Action> {
    TABLES.iter().copied().flatten()
}

/// The actions that Step Functions knows by itself, each with its own form of ARN.
pub fn optimized() -> impl Iterator<Item = &'static Action> {
    all().filter(|action| action.form == Form::Optimized)
}

/// What the reader of a Map can call.
pub fn readers() -> &'static [Action] {
    &storage::READERS
}

/// What the writer of a Map's results can call.
pub fn writers() -> &'static [Action] {
    &storage::WRITERS
}

/// The action of a service in one form, by its name in ARNs.
pub fn find(form: Form, service: &str, name: &str) -> Option<&'static Action> {
    all().find(|action| action.form == form && action.service == service && action.name == name)
}

/// The action that a task's `Resource` calls, with how it waits; none for functions, and for calls that are not listed. An
/// activity counts as the approval; [`asks`] says whether it is one.
pub fn of_resource(resource: &str) -> Option<(&'static Action, Pattern)> {
    if resource.contains(":activity:") {
        return Some((approval(), Pattern::Request));
    }
    let target = resource.split_once(":states:::")?.1;
    let (target, pattern) = Pattern::split(target);
    let (form, target) = match target.strip_prefix("aws-sdk:") {
        Some(target) => (Form::Sdk, target),
        None => (Form::Optimized, target),
    };
    let (service, name) = target.split_once(':')?;
    find(form, service, name).map(|action| (action, pattern))
}

/// Whether a task's request asks a person. Workers of other activities are asked by the same form of ARN.
pub fn asks(request: &Node) -> bool {
    ["Question", "Question.$"]
        .iter()
        .any(|name| request.field(name).is_some())
}

/// The request for a person's decision.
pub const fn approval() -> &'static Action {
    &messages::APPROVAL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{MachineType, Severity, check};
    use crate::text::Document;
    use std::collections::HashSet;

    #[test]
    fn every_action_is_listed_once_and_its_service_has_a_name() {
        let mut seen = HashSet::new();
        for action in all() {
            assert!(
                seen.insert((action.form, action.service, action.name)),
                "{action:?}"
            );
            assert!(service(action.service).is_some(), "{}", action.service);
            assert!(!action.patterns.is_empty(), "{}", action.name);
        }
    }

    #[test]
    fn every_pattern_of_every_action_is_an_arn_that_the_checks_know() {
        let callable = all().filter(|action| action.form != Form::MapData);
        for (action, pattern) in callable.flat_map(|action| {
            action
                .patterns
                .iter()
                .map(move |pattern| (action, *pattern))
        }) {
            let resource = action.resource(pattern);
            assert_eq!(
                of_resource(&resource),
                Some((action, pattern)),
                "{resource}"
            );
            let text = serde_json::json!({
                "QueryLanguage": "JSONata",
                "StartAt": "A",
                "States": {"A": {"Type": "Task", "Resource": resource, "Arguments": "{% $states.context.Task.Token %}", "End": true}},
            });
            let found = check(&Document::parse(text.to_string()), MachineType::Standard);
            let errors: Vec<_> = found
                .iter()
                .filter(|finding| finding.severity == Severity::Error)
                .collect();
            assert!(errors.is_empty(), "{resource}: {errors:?}");
        }
    }

    #[test]
    fn examples_are_values_of_their_parameters_type() {
        for action in all() {
            for parameter in action.parameters {
                let Some(example) = parameter.example.value() else {
                    continue;
                };
                let fits = match parameter.kind {
                    ParameterKind::Text => example.is_string(),
                    ParameterKind::Number => example.is_number(),
                    ParameterKind::Flag => example.is_boolean(),
                    ParameterKind::Object => example.is_object(),
                    ParameterKind::List => example.is_array(),
                    ParameterKind::Any => true,
                };
                assert!(fits, "{} {}", action.name, parameter.name);
            }
        }
    }

    #[test]
    fn what_a_call_cannot_do_without_has_an_example() {
        for action in all() {
            for parameter in action
                .parameters
                .iter()
                .filter(|it| it.need != Need::Optional)
            {
                assert_ne!(
                    parameter.example,
                    Example::None,
                    "{} {}",
                    action.name,
                    parameter.name
                );
            }
        }
    }

    #[test]
    fn a_state_made_of_an_action_has_a_short_name() {
        assert_eq!(
            find(Form::Optimized, "lambda", "invoke")
                .unwrap()
                .state_name(),
            "Invoke function"
        );
    }
}
