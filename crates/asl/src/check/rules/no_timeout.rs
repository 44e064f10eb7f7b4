//! `NO_TIMEOUT`: a task that waits for somebody else, without an end. AWS waits up to a year (feature map, API-906).

use crate::check::Diagnostic;
use crate::check::arn::{self, Pattern, Resource};
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::graph::StateType;
use crate::text::Node;

const LIMITS: [&str; 4] = [
    "TimeoutSeconds",
    "TimeoutSecondsPath",
    "HeartbeatSeconds",
    "HeartbeatSecondsPath",
];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let root = view.document.root();
    if root.is_some_and(|root| root.member("TimeoutSeconds").is_some()) {
        return;
    }
    let tasks = view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Task));
    for place in tasks {
        let Some(resource) = place.node.field("Resource") else {
            continue;
        };
        let Some(whom) = waits_for(resource) else {
            continue;
        };
        if LIMITS.iter().any(|name| place.node.member(name).is_some()) {
            continue;
        }
        let message = format!(
            "{} waits for {whom} for up to a year; set TimeoutSeconds, or HeartbeatSeconds for what reports in between.",
            view.name(place.state)
        );
        let pointer = place.pointer.join("Resource");
        found.push(Diagnostic::hint(
            "NO_TIMEOUT",
            resource.span,
            pointer,
            message,
        ));
    }
}

fn waits_for(resource: &Node) -> Option<&'static str> {
    match arn::read(resource.as_str()?) {
        Resource::Activity => Some("a worker"),
        Resource::Optimized { pattern, .. } | Resource::Sdk { pattern } => match pattern {
            Pattern::Callback => Some("an answer"),
            Pattern::Request | Pattern::Sync | Pattern::Sync2 => None,
        },
        Resource::NoArn
        | Resource::Function
        | Resource::UnknownService { .. }
        | Resource::UnknownApi { .. }
        | Resource::Malformed { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    fn task(resource: &str, limit: &str) -> String {
        state(&format!(
            r#"{{"Type": "Task", "Resource": "{resource}", {limit} "End": true,
            "Parameters": {{"QueueUrl": "q", "MessageBody": {{"Token.$": "$$.Task.Token"}}}}}}"#
        ))
    }

    const ASKS: &str = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";

    #[test]
    fn who_waits_for_others_says_how_long() {
        assert_eq!(codes(&task(ASKS, "")), ["NO_TIMEOUT"]);
        assert_eq!(
            codes(&task(
                "arn:aws:states:us-east-1:123456789012:activity:a",
                ""
            )),
            ["NO_TIMEOUT"]
        );
        assert_eq!(
            codes(&task(ASKS, r#""TimeoutSeconds": 60,"#)),
            Vec::<&str>::new()
        );
        assert_eq!(
            codes(&task("arn:aws:states:::sqs:sendMessage", "")),
            Vec::<&str>::new()
        );
        let limited = task(ASKS, "").replacen('{', r#"{"TimeoutSeconds": 60, "#, 1);
        assert_eq!(codes(&limited), Vec::<&str>::new());
    }
}
