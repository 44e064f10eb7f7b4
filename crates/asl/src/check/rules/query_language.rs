//! `WRONG_QUERY_LANGUAGE`: a field of the other language; `LANGUAGE_DOWNGRADE`: JSONPath inside a JSONata workflow
//! (asl-rules 1, 2).

use crate::check::Diagnostic;
use crate::check::diagnostic::wants_fix;
use crate::check::fields::Language;
use crate::check::view::{Place, View};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    fields(view, found);
    if view.language == Language::Jsonata {
        downgrades(view, found);
    }
}

fn fields(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    // Of a state that cannot use its language at all, AWS says nothing else.
    let uses_its_language = |place: &&Place<'_>| {
        view.language == Language::JsonPath || place.language == Language::Jsonata
    };
    for place in view.places.iter().filter(uses_its_language) {
        for (index, (member, field)) in place.members().enumerate() {
            let only = field.and_then(|field| field.only);
            if only != Some(place.language.other()) {
                continue;
            }
            let (language, needed) = (place.language.name(), place.language.other().name());
            let message = format!(
                "{} uses {language}, and {} belongs to {needed}; remove it or change QueryLanguage.",
                view.name(place.state),
                member.key
            );
            let finding = Diagnostic::error("WRONG_QUERY_LANGUAGE", member.key_span, place.pointer.clone(), message)
                .aws(format!(
                    "The QueryLanguage is set to '{language}', but field '{}' is only supported for the '{needed}' \
                     QueryLanguage",
                    member.key
                ));
            let finding = if wants_fix(found) {
                finding.fix(
                    format!("Remove {}", member.key),
                    view.document.remove_member(place.node, index),
                )
            } else {
                finding
            };
            found.push(finding);
        }
    }
}

fn downgrades(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for state in view
        .states()
        .filter(|state| view.language_of(state.node) == Language::JsonPath)
    {
        let members = state.node.members();
        let Some(index) = members
            .iter()
            .position(|member| &*member.key == "QueryLanguage")
        else {
            continue;
        };
        let span = members
            .get(index)
            .map_or(state.outline.name_span, |member| member.span());
        let message = format!(
            "\"{}\" cannot use JSONPath, because the whole workflow uses JSONata; remove its QueryLanguage.",
            state.outline.name
        );
        found.push(
            Diagnostic::error(
                "LANGUAGE_DOWNGRADE",
                span,
                state.outline.pointer.clone(),
                message,
            )
            .aws(
                "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
            )
            .fix(
                "Remove QueryLanguage",
                view.document.remove_member(state.node, index),
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    #[test]
    fn fields_of_the_other_language_are_refused() {
        let text = state(r#"{"Type": "Pass", "Output": 5, "End": true}"#);
        assert_eq!(
            only(&text, "WRONG_QUERY_LANGUAGE").aws_message,
            "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage"
        );
        clean_after_fix(&text);
        let text = state(
            r#"{"Type": "Pass", "QueryLanguage": "JSONata", "ResultPath": "$.x", "End": true}"#,
        );
        assert_eq!(codes(&text), ["WRONG_QUERY_LANGUAGE"]);
    }

    #[test]
    fn a_jsonata_workflow_has_no_jsonpath_state() {
        let text = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Succeed", "QueryLanguage": "JSONPath"}}}"#;
        let found = only(text, "LANGUAGE_DOWNGRADE");
        assert_eq!(found.pointer.to_string(), "/States/A");
        clean_after_fix(text);
    }

    #[test]
    fn a_downgraded_state_is_not_asked_for_its_fields() {
        let text = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "QueryLanguage": "JSONPath",
            "Output": 1, "End": true}}}"#;
        assert_eq!(codes(text), ["LANGUAGE_DOWNGRADE"]);
    }

    #[test]
    fn a_jsonpath_state_inside_a_jsonata_map_is_fine() {
        let text = state(
            r#"{"Type": "Map", "QueryLanguage": "JSONata", "End": true, "ItemProcessor": {"StartAt": "B", "States": {
                "B": {"Type": "Pass", "InputPath": "$.x", "End": true}}}}"#,
        );
        assert_eq!(codes(&text), Vec::<&str>::new());
    }
}
