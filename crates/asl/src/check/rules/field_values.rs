//! `WRONG_VALUE`: a field with a value of the wrong kind, outside its range, or not among its words.
//! `INVALID_PATH`: a text that is no path where one belongs (asl-rules 4).

use crate::check::diagnostic::wants_fix;
use crate::check::fields::{Field, Language};
use crate::check::shape::Misfit;
use crate::check::view::{Place, View};
use crate::check::{Diagnostic, queries};
use crate::text::{Member, Node, TextEdit};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in &view.places {
        for (member, field) in place.members() {
            let Some(field) = field else {
                continue;
            };
            if field.only == Some(place.language.other())
                || is_expression(field, place, &member.value)
                || view.is_open(&member.value)
            {
                continue;
            }
            if let Some(misfit) = field.shape.misfit(field.name, &member.value) {
                found.push(wrong_value(place, member, misfit, found));
                continue;
            }
            let path = view.queries.path(&member.value);
            if let Some(fault) = queries::fault(field.shape, &member.value, path) {
                found.push(invalid_path(place, member, &fault));
            }
        }
    }
}

/// Whether a JSONata expression stands where one may.
fn is_expression(field: &Field, place: &Place<'_>, value: &Node) -> bool {
    let is_text = value
        .as_str()
        .is_some_and(|text| text.starts_with("{%") && text.ends_with("%}"));
    field.expression && place.language == Language::Jsonata && is_text
}

fn wrong_value(
    place: &Place<'_>,
    member: &Member,
    misfit: Misfit,
    found: &[Diagnostic],
) -> Diagnostic {
    let message = format!("{} {}.", member.key, misfit.wants);
    let pointer = place.pointer.join(&*member.key);
    let finding = Diagnostic::error("WRONG_VALUE", member.value.span, pointer, message);
    let finding = match misfit.aws {
        Some(aws) => finding.aws(aws),
        None => finding,
    };
    match misfit.instead.filter(|_| wants_fix(found)) {
        Some(text) => finding.fix(
            format!("Write {text}"),
            vec![TextEdit::new(member.value.span, text)],
        ),
        None => finding,
    }
}

fn invalid_path(place: &Place<'_>, member: &Member, fault: &queries::Fault) -> Diagnostic {
    let message = format!("{}: {}", member.key, fault.message);
    let pointer = place.pointer.join(&*member.key);
    Diagnostic::error("INVALID_PATH", member.value.span, pointer, message).aws(fault.aws.clone())
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    #[test]
    fn values_of_the_wrong_kind_are_refused_and_mended_where_evident() {
        for (text, mended) in [
            (r#"{"Type": "pass", "End": true}"#, true),
            (r#"{"Type": "Pass", "End": "true"}"#, true),
            (r#"{"Type": "Wait", "Seconds": "10", "End": true}"#, true),
            (r#"{"Type": "Wait", "Seconds": 1.5, "End": true}"#, false),
            (r#"{"Type": "Wait", "Seconds": -1, "End": true}"#, false),
            (r#"{"Type": "Pass", "Comment": 5, "End": true}"#, false),
            (
                r#"{"Type": "Parallel", "Branches": [], "End": true}"#,
                false,
            ),
            (
                r#"{"Type": "Wait", "Timestamp": "tomorrow", "End": true}"#,
                false,
            ),
        ] {
            assert!(codes(&state(text)).contains(&"WRONG_VALUE"), "{text}");
            if mended {
                clean_after_fix(&state(text));
            }
        }
    }

    #[test]
    fn aws_wording_is_kept_where_it_is_known() {
        let unknown = only(&state(r#"{"Type": "Taks"}"#), "WRONG_VALUE");
        assert_eq!(
            unknown.aws_message,
            "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]"
        );
        assert_eq!(unknown.pointer.to_string(), "/States/A/Type");
        let time = only(
            &state(r#"{"Type": "Wait", "Timestamp": "x", "End": true}"#),
            "WRONG_VALUE",
        );
        assert_eq!(time.aws_message, "String does not match RFC3339 timestamp");
    }

    #[test]
    fn expressions_stand_for_numbers_in_jsonata_only() {
        let wait = |language: &str| {
            state(&format!(
                r#"{{"Type": "Wait", "QueryLanguage": "{language}", "Seconds": "{{% 5 %}}", "End": true}}"#
            ))
        };
        assert_eq!(codes(&wait("JSONata")), Vec::<&str>::new());
        assert_eq!(codes(&wait("JSONPath")), ["WRONG_VALUE"]);
    }

    #[test]
    fn paths_begin_with_a_dollar() {
        let found = only(
            &state(r#"{"Type": "Pass", "InputPath": "x", "End": true}"#),
            "INVALID_PATH",
        );
        assert_eq!(found.aws_message, "Value must be a valid JSONPath.");
        for text in [
            r#"{"Type": "Pass", "ResultPath": "x", "End": true}"#,
            r#"{"Type": "Wait", "SecondsPath": "x", "End": true}"#,
            r#"{"Type": "Pass", "InputPath": "States.Array(1)", "End": true}"#,
        ] {
            assert_eq!(codes(&state(text)), ["INVALID_PATH"], "{text}");
        }
        assert_eq!(
            codes(&state(
                r#"{"Type": "Pass", "InputPath": null, "ResultPath": null, "End": true}"#
            )),
            Vec::<&str>::new()
        );
    }
}
