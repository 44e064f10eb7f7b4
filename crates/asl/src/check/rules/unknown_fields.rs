//! `UNKNOWN_FIELD`: a field that such an object does not have (asl-rules 2; feature map 4).

use crate::check::diagnostic::wants_fix;
use crate::check::fields::{Kind, OPERATORS};
use crate::check::view::{Place, View};
use crate::check::{Diagnostic, Fix, words};
use crate::text::{Member, TextEdit};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    // What an untyped state may have, nobody knows.
    for place in view
        .places
        .iter()
        .filter(|place| place.kind != Kind::UntypedState)
    {
        for (index, (member, field)) in place.members().enumerate() {
            if field.is_none() {
                found.push(finding(view, place, index, member, found));
            }
        }
    }
}

fn finding(
    view: &View<'_>,
    place: &Place<'_>,
    index: usize,
    member: &Member,
    found: &[Diagnostic],
) -> Diagnostic {
    let known: Vec<&str> = names(place.kind)
        .filter(|name| place.node.member(name).is_none())
        .collect();
    let meant = if wants_fix(found) {
        words::closest(&member.key, known.iter().copied())
    } else {
        None
    };
    let advice = match meant {
        Some(name) => format!("did you mean {name}?"),
        None => "remove it.".to_owned(),
    };
    let message = match place.kind {
        Kind::State(kind) => {
            let name = view.name(place.state);
            format!(
                "{name} is a {} state, which has no field {}; {advice}",
                kind.name(),
                member.key
            )
        }
        kind => format!(
            "There is no field {} in {}; {advice}",
            member.key,
            kind.noun()
        ),
    };
    Diagnostic::error(
        "UNKNOWN_FIELD",
        member.key_span,
        place.pointer.clone(),
        message,
    )
    .aws(format!("Field '{}' is not supported", member.key))
    .maybe_fix(wants_fix(found).then(|| fix(view, place, index, member, meant)))
}

fn fix(
    view: &View<'_>,
    place: &Place<'_>,
    index: usize,
    member: &Member,
    meant: Option<&str>,
) -> Fix {
    match meant {
        Some(name) => Fix {
            label: format!("Rename to {name}"),
            edits: vec![TextEdit::new(member.key_span, format!("\"{name}\""))],
        },
        None => Fix {
            label: format!("Remove {}", member.key),
            edits: view.document.remove_member(place.node, index),
        },
    }
}

fn names(kind: Kind) -> impl Iterator<Item = &'static str> {
    let operators: &[_] = if kind.is_rule() { OPERATORS } else { &[] };
    kind.fields().chain(operators).map(|field| field.name)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    #[test]
    fn a_misspelt_field_is_renamed_by_its_fix() {
        let text = state(r#"{"Type": "Pass", "Reslt": 5, "End": true}"#);
        let found = only(&text, "UNKNOWN_FIELD");
        assert_eq!(found.fix.unwrap().label, "Rename to Result");
        assert_eq!(found.aws_message, "Field 'Reslt' is not supported");
        clean_after_fix(&text);
    }

    #[test]
    fn a_field_of_another_type_is_removed_by_its_fix() {
        let text = state(r#"{"Type": "Pass", "Branches": [], "End": true}"#);
        assert_eq!(
            only(&text, "UNKNOWN_FIELD").pointer.to_string(),
            "/States/A"
        );
        clean_after_fix(&text);
        for wrong in [
            r#"{"Type": "Succeed", "Assign": {}}"#,
            r#"{"Type": "Wait", "Seconds": 1, "ResultPath": null, "End": true}"#,
            r#"{"Type": "Fail", "OutputPath": "$"}"#,
            r#"{"Type": "Map", "TimeoutSeconds": 5, "End": true, "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}}"#,
        ] {
            assert_eq!(codes(&state(wrong)), ["UNKNOWN_FIELD"], "{wrong}");
        }
    }

    #[test]
    fn fields_of_machines_branches_and_rules_are_known_too() {
        let machine = r#"{"StartAt": "A", "Coment": "", "States": {"A": {"Type": "Succeed"}}}"#;
        assert_eq!(codes(machine), ["UNKNOWN_FIELD"]);
        let branch = r#"{"Type": "Parallel", "End": true, "Branches": [{"StartAt": "B", "TimeoutSeconds": 5, "States": {"B": {"Type": "Succeed"}}}]}"#;
        assert_eq!(codes(&state(branch)), ["UNKNOWN_FIELD"]);
        let rule =
            r#"{"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNul": true, "Next": "A"}]}"#;
        assert!(codes(&state(rule)).contains(&"UNKNOWN_FIELD"));
    }
}
