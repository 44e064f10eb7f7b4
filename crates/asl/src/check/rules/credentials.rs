//! `MISSING_ROLE_ARN`: Credentials name the role to take (asl-rules 3.2).

use crate::check::Diagnostic;
use crate::check::fields::{Kind, Language};
use crate::check::view::{Place, View};
use crate::graph::StateType;
use crate::text::Span;

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

fn has_role(place: &Place<'_>) -> bool {
    let credentials = place.node.field("Credentials");
    let has = |name| credentials.is_some_and(|credentials| credentials.member(name).is_some());
    has("RoleArn") || (place.language == Language::JsonPath && has("RoleArn.$"))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only, state};

    fn task(credentials: &str) -> String {
        state(&format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true, "Credentials": {credentials}}}"#
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
