//! `INVALID_CHOICE_RULE`: a JSONPath rule is one test of one variable, or one of And, Or and Not (asl-rules 12).

use crate::check::Diagnostic;
use crate::check::fields::{Kind, Language, OPERATORS};
use crate::check::view::{Place, View};
use crate::check::words;
use crate::text::Span;

const COMBINATORS: [&str; 3] = ["And", "Or", "Not"];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let rules = view
        .places
        .iter()
        .filter(|place| place.kind.is_rule() && place.language == Language::JsonPath);
    for place in rules {
        if let Some(message) = fault(place) {
            let start = place.node.span.start;
            let span = Span::new(start, start + 1);
            let pointer = place.pointer.clone();
            found.push(
                Diagnostic::error("INVALID_CHOICE_RULE", span, pointer, message).aws(
                    "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]",
                ),
            );
        }
    }
}

fn fault(place: &Place<'_>) -> Option<String> {
    let names = || place.node.members().iter().map(|member| &*member.key);
    let tests: Vec<&str> = names()
        .filter(|name| OPERATORS.iter().any(|field| field.name == *name))
        .collect();
    let combinators: Vec<&str> = names().filter(|name| COMBINATORS.contains(name)).collect();
    let has_variable = place.node.member("Variable").is_some();
    let what = if place.kind == Kind::Rule {
        "This rule"
    } else {
        "This inner rule"
    };
    match (combinators.as_slice(), tests.as_slice()) {
        ([_], []) if has_variable => Some(format!(
            "{what} combines other rules; move its Variable into them."
        )),
        ([_], []) => None,
        ([], [_]) if has_variable => None,
        ([], [test]) => Some(format!(
            "{what} compares with {test}, but has no Variable; say what is compared."
        )),
        ([], []) => Some(format!(
            "{what} tests nothing; add a Variable with a comparison such as NumericGreaterThan, or And, Or or Not."
        )),
        (combinators, tests) => {
            let all: Vec<&str> = combinators.iter().chain(tests).copied().collect();
            Some(format!(
                "{what} has {}; keep one, and combine several with And.",
                words::all_of(&all)
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes;

    fn rule(text: &str) -> Vec<&'static str> {
        codes(&format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Choice", "Choices": [{text}]}}, "B": {{"Type": "Succeed"}}}}}}"#
        ))
    }

    #[test]
    fn a_rule_is_one_test_or_one_combination() {
        for good in [
            r#"{"Variable": "$.x", "IsNull": true, "Next": "B"}"#,
            r#"{"Not": {"Variable": "$.x", "NumericLessThanPath": "$.y"}, "Next": "B"}"#,
            r#"{"And": [{"Or": [{"Variable": "$.x", "StringMatches": "a*"}]}], "Next": "B"}"#,
        ] {
            assert_eq!(rule(good), Vec::<&str>::new(), "{good}");
        }
        for bad in [
            r#"{"Next": "B"}"#,
            r#"{"Variable": "$.x", "Next": "B"}"#,
            r#"{"IsNull": true, "Next": "B"}"#,
            r#"{"Variable": "$.x", "IsNull": true, "IsString": true, "Next": "B"}"#,
            r#"{"Variable": "$.x", "IsNull": true, "And": [{"Variable": "$.x", "IsNull": true}], "Next": "B"}"#,
            r#"{"And": [{}], "Next": "B"}"#,
        ] {
            assert_eq!(rule(bad), ["INVALID_CHOICE_RULE"], "{bad}");
        }
    }

    #[test]
    fn inner_rules_lead_nowhere() {
        let text = r#"{"Not": {"Variable": "$.x", "IsNull": true, "Next": "B"}, "Next": "B"}"#;
        assert_eq!(rule(text), ["UNKNOWN_FIELD"]);
        assert!(rule(r#"{"Variable": "$.x", "IsNull": true}"#).contains(&"MISSING_FIELD"));
    }

    #[test]
    fn paths_of_rules_are_refused_in_the_words_of_aws() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "B", "Choices":
            [{"Variable": "x", "IsNull": true, "Next": "B"}]}, "B": {"Type": "Succeed"}}}"#;
        let found = crate::check::tests::only(text, "INVALID_PATH");
        assert_eq!(
            found.aws_message,
            "Value is not a Reference Path: Reference path didn't start with '$'"
        );
    }

    #[test]
    fn operands_have_the_type_of_their_test() {
        for bad in [
            r#"{"Variable": "$.x", "NumericEquals": "1", "Next": "B"}"#,
            r#"{"Variable": "$.x", "StringEquals": 1, "Next": "B"}"#,
            r#"{"Variable": "$.x", "IsPresent": 1, "Next": "B"}"#,
            r#"{"Variable": "$.x", "TimestampLessThan": "x", "Next": "B"}"#,
            r#"{"Variable": "$.x", "StringEqualsPath": null, "Next": "B"}"#,
        ] {
            assert_eq!(rule(bad), ["WRONG_VALUE"], "{bad}");
        }
    }
}
