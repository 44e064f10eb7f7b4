//! AWS's three warnings about texts that look like queries and are not: `NO_DOLLAR`, `NO_PATH`, `PASS_RESULT_IS_STATIC`
//! (feature map 9.7).

use super::template_keys::templates;
use crate::check::Diagnostic;
use crate::check::fields::{Kind, Language};
use crate::check::shape::Shape;
use crate::check::view::{Place, View};
use crate::graph::StateType;
use crate::text::{Node, TextEdit};
use serde_json::Value;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in view
        .places
        .iter()
        .filter(|place| place.language == Language::JsonPath)
    {
        for field in templates(place.kind) {
            if let Some(template) = place.node.field(field) {
                no_dollar(place, field, template, found);
            }
        }
        no_path(place, found);
        if place.kind == Kind::State(StateType::Pass) {
            static_result(place, found);
        }
    }
}

/// Whether a text was most likely meant to be evaluated.
fn looks_like_a_query(text: &str) -> bool {
    let path = text.strip_prefix("$$").or_else(|| text.strip_prefix('$'));
    let is_path = path.is_some_and(|rest| rest.starts_with('.') || rest.starts_with('['));
    is_path || (text.starts_with("States.") && text.ends_with(')'))
}

fn no_dollar(place: &Place<'_>, field: &str, template: &Node, found: &mut Vec<Diagnostic>) {
    let mut open = vec![template];
    while let Some(node) = open.pop() {
        for member in node
            .members()
            .iter()
            .filter(|member| !member.key.ends_with(".$"))
        {
            open.push(&member.value);
            let Some(text) = member
                .value
                .as_str()
                .filter(|text| looks_like_a_query(text))
            else {
                continue;
            };
            let message = format!(
                "`{text}` stays plain text here; write \"{}.$\" to have it evaluated.",
                member.key
            );
            let key = Value::from(format!("{}.$", member.key)).to_string();
            let edits = vec![TextEdit::new(member.key_span, key)];
            found.push(
                Diagnostic::warning(
                    "NO_DOLLAR",
                    member.key_span,
                    place.pointer.join(field),
                    message,
                )
                .aws_code("NO_DOLLAR")
                .fix(format!("Rename to {}.$", member.key), edits),
            );
        }
        open.extend(node.elements());
    }
}

/// Fields that take a text and have a partner ending in `Path`.
fn no_path(place: &Place<'_>, found: &mut Vec<Diagnostic>) {
    for (member, field) in place.members() {
        let Some(field) = field.filter(|field| field.shape == Shape::Text) else {
            continue;
        };
        let Some(text) = member
            .value
            .as_str()
            .filter(|text| looks_like_a_query(text))
        else {
            continue;
        };
        let partner = format!("{}Path", member.key);
        if place.kind.field(&partner).is_none() {
            continue;
        }
        let message = format!(
            "`{text}` stays plain text in {}; use {partner} to have it evaluated.",
            field.name
        );
        let edits = vec![TextEdit::new(member.key_span, format!("\"{partner}\""))];
        found.push(
            Diagnostic::warning(
                "NO_PATH",
                member.value.span,
                place.pointer.join(&*member.key),
                message,
            )
            .aws_code("NO_PATH")
            .fix(format!("Use {partner}"), edits),
        );
    }
}

fn static_result(place: &Place<'_>, found: &mut Vec<Diagnostic>) {
    let Some(result) = place.node.field("Result") else {
        return;
    };
    let mut open = vec![result];
    while let Some(node) = open.pop() {
        if node.as_str().is_some_and(looks_like_a_query) {
            let message =
                "Result is never evaluated, so this stays plain text; use Parameters instead.";
            let pointer = place.pointer.join("Result");
            let finding = Diagnostic::warning("PASS_RESULT_IS_STATIC", node.span, pointer, message);
            found.push(finding.aws_code("PASS_RESULT_IS_STATIC"));
        }
        open.extend(node.members().iter().map(|member| &member.value));
        open.extend(node.elements());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, state};

    #[test]
    fn texts_that_look_like_queries_are_pointed_out() {
        let parameters =
            state(r#"{"Type": "Pass", "Parameters": {"a": "$.x", "b": "$5"}, "End": true}"#);
        assert_eq!(codes(&parameters), ["NO_DOLLAR"]);
        clean_after_fix(&parameters);
        let fail = state(r#"{"Type": "Fail", "Cause": "$.reason"}"#);
        assert_eq!(codes(&fail), ["NO_PATH"]);
        clean_after_fix(&fail);
        let result = state(r#"{"Type": "Pass", "Result": {"a": ["$.x"]}, "End": true}"#);
        assert_eq!(codes(&result), ["PASS_RESULT_IS_STATIC"]);
    }
}
