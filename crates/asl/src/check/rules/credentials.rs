//! `MISSING_ROLE_ARN`: Credentials name the role to take (asl-rules 3.2). `NO_CREDENTIALS_HERE`: an activity takes none.

use crate::check::Diagnostic;
use crate::check::arn::{self, Resource};
use crate::check::fields::{Kind, Language};
use crate::check::view::{Place, View};
use crate::graph::StateType;
use crate::text::{Node, Span};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Task))
    {
        let Some(credentials) = place
            .node
            .field("Credentials")
            .filter(|node| node.is_object())
        else {
            continue;
        };
        if is_activity(place) {
            found.extend(useless(view, place));
            continue;
        }
        if has_role(place) {
            continue;
        }
        let message = format!(
            "Credentials of {} need RoleArn: the role that the task takes.",
            view.name(place.state)
        );
        let span = Span::new(credentials.span.start, credentials.span.start + 1);
        let pointer = place.pointer.join("Credentials");
        found.push(
            Diagnostic::error("MISSING_ROLE_ARN", span, pointer, message)
                .aws("The field 'RoleArn' is required but was missing"),
        );
    }
}

fn is_activity(place: &Place<'_>) -> bool {
    let resource = place.node.field("Resource").and_then(Node::as_str);
    arn::read(resource.unwrap_or_default()) == Resource::Activity
}

fn useless(view: &View<'_>, place: &Place<'_>) -> Option<Diagnostic> {
    let members = place.node.members();
    let index = members
        .iter()
        .position(|member| &*member.key == "Credentials")?;
    let message = format!(
        "{} is done by a worker of its own, which takes no role; remove Credentials.",
        view.name(place.state)
    );
    let span = members.get(index)?.key_span;
    let edits = view.document.remove_member(place.node, index);
    Some(
        Diagnostic::error(
            "NO_CREDENTIALS_HERE",
            span,
            place.pointer.join("Credentials"),
            message,
        )
        .aws("The field 'Credentials' is not supported for activities")
        .fix("Remove Credentials", edits),
    )
}

fn has_role(place: &Place<'_>) -> bool {
    let credentials = place.node.field("Credentials");
    let has = |name| credentials.is_some_and(|credentials| credentials.member(name).is_some());
    has("RoleArn") || (place.language == Language::JsonPath && has("RoleArn.$"))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    #[test]
    fn activities_take_no_role() {
        let text = state(
            r#"{"Type": "Task", "Resource": "arn:aws:states:us-east-1:123456789012:activity:a", "End": true, "TimeoutSeconds": 60,
            "Credentials": {"RoleArn": "arn:aws:iam::123456789012:role/x"}}"#,
        );
        assert_eq!(codes(&text), ["NO_CREDENTIALS_HERE"]);
        clean_after_fix(&text);
    }

    fn task(credentials: &str) -> String {
        state(&format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true, "Credentials": {credentials}}}"#
        ))
    }

    #[test]
    fn credentials_name_a_role() {
        let found = only(&task("{}"), "MISSING_ROLE_ARN");
        assert_eq!(
            found.aws_message,
            "The field 'RoleArn' is required but was missing"
        );
        assert_eq!(found.pointer.to_string(), "/States/A/Credentials");
        assert_eq!(codes(&task(r#"{"Other": "x"}"#)), ["MISSING_ROLE_ARN"]);
        assert_eq!(
            codes(&task(r#"{"RoleArn.$": "$.role"}"#)),
            Vec::<&str>::new()
        );
        assert_eq!(
            codes(&task(r#"{"RoleArn": "arn:aws:iam::123456789012:role/x"}"#)),
            Vec::<&str>::new()
        );
        assert_eq!(codes(&task("null")), ["WRONG_VALUE"]);
    }
}
