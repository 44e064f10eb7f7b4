//! `NO_TASK_TOKEN`: a task that waits for its token without handing it out (feature map, INT-04). AWS does not look.

use crate::check::Diagnostic;
use crate::check::arn::{self, Pattern, Resource};
use crate::check::fields::{Kind, Language};
use crate::check::view::{Place, View};
use crate::graph::StateType;
use crate::text::Node;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Task))
    {
        let Some(resource) = place.node.field("Resource") else {
            continue;
        };
        if !waits(resource) || hands_out_token(view, place) {
            continue;
        }
        let token = match place.language {
            Language::JsonPath => "\"TaskToken.$\": \"$$.Task.Token\" to its Parameters",
            Language::Jsonata => "$states.context.Task.Token to its Arguments",
        };
        let message = format!(
            "{} waits for an answer that nobody can give; add {token}.",
            view.name(place.state)
        );
        found.push(Diagnostic::warning(
            "NO_TASK_TOKEN",
            resource.span,
            place.pointer.join("Resource"),
            message,
        ));
    }
}

fn waits(resource: &Node) -> bool {
    match arn::read(resource.as_str().unwrap_or_default()) {
        Resource::Optimized { pattern, .. } | Resource::Sdk { pattern } => {
            pattern == Pattern::Callback
        }
        Resource::NoArn
        | Resource::Function
        | Resource::Activity
        | Resource::UnknownService { .. }
        | Resource::UnknownApi { .. }
        | Resource::Malformed { .. } => false,
    }
}

/// Whether the request mentions the token, the whole context or a variable, which may hold it.
fn hands_out_token(view: &View<'_>, place: &Place<'_>) -> bool {
    let request = match place.language {
        Language::JsonPath => place.node.field("Parameters"),
        Language::Jsonata => place.node.field("Arguments"),
    };
    let Some(request) = request else { return false };
    let text = view.document.slice(request.span);
    ["Task", "\"$$\"", "states.context", "$states"]
        .iter()
        .any(|part| text.contains(part))
        || has_variable(text)
}

fn has_variable(text: &str) -> bool {
    let starts = text
        .match_indices('$')
        .filter_map(|(at, _)| text.get(at + 1..)?.chars().next());
    starts.into_iter().any(unicode_ident::is_xid_start)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    fn task(parameters: &str) -> Vec<&'static str> {
        let found = codes(&state(&format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 9, "End": true, "Parameters": {parameters}}}"#
        )));
        let tokens = found.into_iter().filter(|code| *code == "NO_TASK_TOKEN");
        tokens.collect()
    }

    #[test]
    fn a_task_that_waits_hands_out_its_token() {
        assert_eq!(
            task(r#"{"QueueUrl": "q", "MessageBody": {"Token.$": "$$.Task.Token"}}"#),
            Vec::<&str>::new()
        );
        assert_eq!(
            task(r#"{"QueueUrl": "q", "MessageBody.$": "$saved.token"}"#),
            Vec::<&str>::new()
        );
        assert_eq!(
            task(r#"{"QueueUrl": "q", "MessageBody": {"x.$": "$.x"}}"#),
            ["NO_TASK_TOKEN"]
        );
    }
}
