//! `NO_STATES_MEMBER`: a part of `$states` that is not there: `result` outside of Output and Assign of a Task, Parallel or
//! Map, `errorOutput` outside of a catcher (asl-rules 7). AWS refuses it.

use crate::check::Diagnostic;
use crate::check::expressions::Expression;
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::check::words;
use crate::graph::StateType;
use jsonata::UseKind;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for (expression, uses) in view.expressions() {
        for reference in uses {
            let UseKind::Variable {
                name: "states",
                members,
            } = &reference.kind
            else {
                continue;
            };
            let known = members_at(view, expression);
            let Some(member) = members.first().filter(|member| !known.contains(member)) else {
                continue;
            };
            let span = expression.span(view.document, &reference.span);
            let pointer = expression.pointer(view);
            let message = message(member, known, view, expression);
            found.push(
                Diagnostic::error("NO_STATES_MEMBER", span, pointer, message)
                    .aws_code("UNSUPPORTED_JSONATA_EXPRESSION")
                    .aws(format!("Field '$states.{member}' does not exist.")),
            );
        }
    }
}

/// What `$states` has where an expression stands.
fn members_at(view: &View<'_>, expression: &Expression<'_>) -> &'static [&'static str] {
    let ends = matches!(expression.field, "Output" | "Assign");
    match view.places.get(expression.place).map(|place| place.kind) {
        Some(Kind::State(StateType::Task | StateType::Parallel | StateType::Map)) if ends => {
            &["input", "context", "result"]
        }
        Some(Kind::Catcher) if ends => &["input", "context", "errorOutput"],
        _ => &["input", "context"],
    }
}

fn message(member: &str, known: &[&str], view: &View<'_>, expression: &Expression<'_>) -> String {
    match member {
        "result" => format!(
            "$states.result is the result of a Task, Parallel or Map, in its Output and Assign only; {} of {} cannot read it.",
            expression.field,
            view.name(expression.state)
        ),
        "errorOutput" => {
            "$states.errorOutput is there in the Output and Assign of a catcher only; catch the error and pass it on."
                .to_owned()
        }
        _ => format!(
            "$states has no member \"{member}\" here; it has {}.",
            words::all_of(known)
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only, state};

    const TASK: &str = r#""Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::sqs:sendMessage",
        "Arguments": {"QueueUrl": "q", "MessageBody": "{% $states.input %}"}"#;

    #[test]
    fn results_are_read_where_there_are_some() {
        let good = state(&format!(
            r#"{{{TASK}, "Output": "{{% $states.result %}}", "Assign": {{"x": "{{% [$states.result.a, $x] %}}"}}, "End": true}}"#
        ));
        assert!(!codes(&good).contains(&"NO_STATES_MEMBER"));
        let pass = state(
            r#"{"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.result.a %}", "End": true}"#,
        );
        let found = only(&pass, "NO_STATES_MEMBER");
        assert_eq!(found.aws_message, "Field '$states.result' does not exist.");
        assert_eq!(&pass[found.span.start..found.span.end], "$states.result.a");
    }

    #[test]
    fn errors_are_read_in_catchers() {
        let caught = |field: &str| {
            state(&format!(
                r#"{{{TASK}, {field}, "Next": "B"}}, "B": {{"Type": "Succeed"}}"#
            ))
        };
        let catcher = r#""Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B", "Output": "{% $states.errorOutput.Cause %}"}]"#;
        assert!(!codes(&caught(catcher)).contains(&"NO_STATES_MEMBER"));
        let outside = caught(r#""Output": "{% $states.errorOutput %}""#);
        assert!(codes(&outside).contains(&"NO_STATES_MEMBER"));
        let result = r#""Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B", "Output": "{% $states.result %}"}]"#;
        assert!(codes(&caught(result)).contains(&"NO_STATES_MEMBER"));
    }
}
