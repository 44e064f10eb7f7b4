//! What happens to the text around the converted fields, and to the languages of machine and states.

use crate::convert::{Code, Scope, to_jsonata};
use crate::text::{Document, Pointer};

const MACHINE: &str = r#"{
    "Comment": "kept",
    "StartAt": "A",
    "States": {
        "A": { "Type": "Pass", "Comment": "one line",   "InputPath": "$.a", "Next": "M" },
        "M": {
            "Type": "Map",
            "ItemsPath": "$.list",
            "ItemProcessor": {
                "StartAt": "I",
                "States": {
                    "I": {"Type": "Pass", "OutputPath": "$.x", "End": true}
                }
            },
            "ResultPath": null,
            "End": true
        }
    }
}
"#;

fn pointer(text: &str) -> Pointer {
    text.parse().unwrap()
}

fn after(text: &str, scope: &Scope) -> String {
    let document = Document::parse(text);
    let conversion = to_jsonata(&document, scope);
    document
        .apply(&conversion.edits)
        .unwrap()
        .text()
        .to_string()
}

#[test]
fn everything_that_is_not_converted_stays_as_written() {
    let expected = r#"{
    "Comment": "kept",
    "QueryLanguage": "JSONata",
    "StartAt": "A",
    "States": {
        "A": { "Type": "Pass", "Comment": "one line",   "Output": "{% $states.input.a %}", "Next": "M" },
        "M": {
            "Type": "Map",
            "Items": "{% $states.input.list %}",
            "ItemProcessor": {
                "StartAt": "I",
                "States": {
                    "I": {"Type": "Pass", "Output": "{% $states.input.x %}", "End": true}
                }
            },
            "Output": "{% $states.input %}",
            "End": true
        }
    }
}
"#;
    assert_eq!(after(MACHINE, &Scope::Machine), expected);
}

#[test]
fn a_single_state_says_its_language_and_leaves_those_inside() {
    let text = after(MACHINE, &Scope::State(pointer("/States/M")));
    assert!(text.contains(
        r#""Type": "Map",
            "QueryLanguage": "JSONata",
            "Items": "{% $states.input.list %}","#
    ));
    assert!(text.contains(r#""I": {"Type": "Pass", "OutputPath": "$.x", "End": true}"#));
    assert!(text.contains(r#""InputPath": "$.a""#));
}

#[test]
fn a_converted_machine_stays_as_it_is() {
    let text = after(MACHINE, &Scope::Machine);
    let document = Document::parse(text.as_str());
    let again = to_jsonata(&document, &Scope::Machine);
    assert!(again.edits.is_empty() && again.findings.is_empty());
}

#[test]
fn one_state_that_cannot_be_converted_keeps_the_machine_in_json_path() {
    let text = MACHINE.replace(r#""InputPath": "$.a""#, r#""InputPath": "$..[0]""#);
    let document = Document::parse(text.as_str());
    let conversion = to_jsonata(&document, &Scope::Machine);
    assert_eq!(conversion.left, [pointer("/States/A")]);
    let new = document.apply(&conversion.edits).unwrap();
    assert!(new.root().unwrap().field("QueryLanguage").is_none());
    for state in ["/States/M", "/States/M/ItemProcessor/States/I"] {
        let node = new.get(&pointer(state)).unwrap();
        assert_eq!(
            node.field("QueryLanguage").and_then(|node| node.as_str()),
            Some("JSONata")
        );
    }
}

#[test]
fn a_written_language_is_replaced_or_removed() {
    let text = r#"{"QueryLanguage":"JSONPath","StartAt":"A","States":{"A":{"QueryLanguage":"JSONPath","Type":"Succeed"}}}"#;
    assert_eq!(
        after(text, &Scope::Machine),
        r#"{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Succeed"}}}"#
    );
    assert_eq!(
        after(text, &Scope::State(pointer("/States/A"))),
        r#"{"QueryLanguage":"JSONPath","StartAt":"A","States":{"A":{"QueryLanguage":"JSONata","Type":"Succeed"}}}"#
    );
}

#[test]
fn fields_that_go_away_take_their_commas_along() {
    let text = r#"{"StartAt":"A","States":{"A":{"InputPath":"$","OutputPath":"$","Type":"Pass","ResultPath":"$","End":true}}}"#;
    assert_eq!(
        after(text, &Scope::Machine),
        r#"{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","End":true}}}"#
    );
}

#[test]
fn what_cannot_be_read_is_not_converted() {
    for (text, scope) in [
        ("{", Scope::Machine),
        (
            r#"{"StartAt":"A","States":{"A":{"Type":"Pass"}}}"#,
            Scope::Machine,
        ),
        (MACHINE, Scope::State(pointer("/States/Nobody"))),
    ] {
        let conversion = to_jsonata(&Document::parse(text), &scope);
        assert!(conversion.edits.is_empty());
        assert!(
            conversion
                .findings
                .iter()
                .all(|finding| finding.code == Code::Unreadable),
            "{text}"
        );
        assert!(!conversion.findings.is_empty(), "{text}");
    }
}

#[test]
fn yaml_keeps_its_comments() {
    let text = "# a machine\nStartAt: A\nStates:\n  A: # first\n    Type: Pass\n    InputPath: $.a # where from\n    ResultPath: $.b\n    \
                End: true # last\n";
    let document = Document::parse_yaml(text);
    let conversion = to_jsonata(&document, &Scope::Machine);
    assert!(conversion.left.is_empty(), "{:?}", conversion.findings);
    let new = document.apply(&conversion.edits).unwrap();
    for kept in [
        "# a machine",
        "QueryLanguage: JSONata",
        "  A: # first",
        "    Output: ",
        "    End: true # last",
    ] {
        assert!(new.text().contains(kept), "{kept} in {}", new.text());
    }
    assert!(!new.text().contains("Path"), "{}", new.text());
}
