//! `MISSING_ARGUMENTS`: a task that calls a service without what the service needs (feature map 11.2). AWS refuses it: an
//! integration has `Parameters` or `Arguments`, and in them the fields without which there is no such call.

use crate::catalog::{Action, Need, Parameter};
use crate::check::Diagnostic;
use crate::check::arn::{self, Resource};
use crate::check::expressions;
use crate::check::fields::{Kind, Language};
use crate::check::view::{Place, View};
use crate::graph::StateType;
use crate::text::{Node, Span};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let tasks = view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Task));
    for place in tasks {
        let resource = place.node.field("Resource").and_then(Node::as_str);
        let Some(text) = resource else { continue };
        let Resource::Optimized { action, pattern } = arn::read(text) else {
            continue;
        };
        // A call that cannot be made in this way has a finding of its own.
        if action.patterns.contains(&pattern) {
            task(view, place, text, action, found);
        }
    }
}

fn task(
    view: &View<'_>,
    place: &Place<'_>,
    resource: &str,
    action: &Action,
    found: &mut Vec<Diagnostic>,
) {
    let (field, other) = match place.language {
        Language::JsonPath => ("Parameters", "Arguments"),
        Language::Jsonata => ("Arguments", "Parameters"),
    };
    let Some(request) = place.node.field(field) else {
        // The field of the other language has a finding of its own.
        if place.node.member(other).is_none() {
            found.push(without_request(view, place, resource, field));
        }
        return;
    };
    let is_computed = request
        .as_str()
        .is_some_and(|text| expressions::inside(text).is_some());
    if is_computed || view.is_open(request) || !request.is_object() {
        return;
    }
    for name in needed(action) {
        let is_there =
            request.member(name).is_some() || request.member(&format!("{name}.$")).is_some();
        if !is_there {
            found.push(without_member(view, place, request, (field, name)));
        }
    }
}

/// What AWS looks for.
fn needed(action: &Action) -> impl Iterator<Item = &'static str> {
    let checked = |parameter: &&Parameter| parameter.need == Need::Checked;
    action
        .parameters
        .iter()
        .filter(checked)
        .map(|parameter| parameter.name)
}

fn without_request(
    view: &View<'_>,
    place: &Place<'_>,
    resource: &str,
    field: &'static str,
) -> Diagnostic {
    let message = format!(
        "{} calls a service without saying what for; add {field}.",
        view.name(place.state)
    );
    let start = place.node.span.start;
    let span = Span::new(start, start + 1);
    Diagnostic::error("MISSING_ARGUMENTS", span, place.pointer.clone(), message)
        .about(vec![field])
        .aws(format!(
            "{field} field is required for resource ARN: {resource}"
        ))
}

fn without_member(
    view: &View<'_>,
    place: &Place<'_>,
    request: &Node,
    (field, name): (&str, &'static str),
) -> Diagnostic {
    let message = format!("{} needs {name} in its {field}.", view.name(place.state));
    let span = Span::new(request.span.start, request.span.start + 1);
    Diagnostic::error(
        "MISSING_ARGUMENTS",
        span,
        place.pointer.join(field),
        message,
    )
    .about(vec![name])
    .aws(format!("The field '{name}' is required but was missing"))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only, state};

    fn task(rest: &str) -> String {
        state(&format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", {rest} "End": true}}"#
        ))
    }

    #[test]
    fn a_call_says_what_it_is_for() {
        let found = only(&task(""), "MISSING_ARGUMENTS");
        assert_eq!(
            found.aws_message,
            "Parameters field is required for resource ARN: arn:aws:states:::lambda:invoke"
        );
        let found = only(
            &task(r#""Parameters": {"Payload": 1},"#),
            "MISSING_ARGUMENTS",
        );
        assert_eq!(
            found.aws_message,
            "The field 'FunctionName' is required but was missing"
        );
        assert_eq!(found.pointer.to_string(), "/States/A/Parameters");
    }

    #[test]
    fn what_is_computed_is_left_alone() {
        for good in [
            r#""Parameters": {"FunctionName.$": "$.f"},"#,
            r#""QueryLanguage": "JSONata", "Arguments": "{% $states.input %}","#,
            r#""QueryLanguage": "JSONata", "Arguments": {"FunctionName": "{% $states.input.f %}"},"#,
        ] {
            assert_eq!(codes(&task(good)), Vec::<&str>::new(), "{good}");
        }
    }
}
