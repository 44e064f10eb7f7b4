//! What the tests of the rules share, and tests of all rules together.

use super::*;
use crate::text::Document;
use std::fmt::Write;

fn found(text: &str) -> Vec<Diagnostic> {
    check(&Document::parse(text), MachineType::Standard)
}

/// The codes of all findings, in order.
pub(super) fn codes(text: &str) -> Vec<&'static str> {
    found(text).iter().map(|finding| finding.code).collect()
}

/// The codes of what AWS refuses, in order.
pub(super) fn errors(text: &str) -> Vec<&'static str> {
    let found = found(text).into_iter();
    found
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.code)
        .collect()
}

/// The only finding with a code.
pub(super) fn only(text: &str, code: &str) -> Diagnostic {
    let mut with_code: Vec<_> = found(text)
        .into_iter()
        .filter(|finding| finding.code == code)
        .collect();
    assert_eq!(with_code.len(), 1, "{:?}", codes(text));
    with_code.remove(0)
}

/// A machine with one state, `A`.
pub(super) fn state(text: &str) -> String {
    format!(r#"{{"StartAt": "A", "States": {{"A": {text}}}}}"#)
}

/// Applies every fix, one after the other, and claims that nothing is left to find.
pub(super) fn clean_after_fix(text: &str) {
    let mut document = Document::parse(text);
    for _ in 0..10 {
        let findings = check(&document, MachineType::Standard);
        if findings.is_empty() {
            return;
        }
        let fix = findings.iter().find_map(|finding| finding.fix.clone());
        document = document.apply(&fix.expect("a fix").edits).unwrap();
    }
    panic!(
        "still {:?} in {}",
        check(&document, MachineType::Standard),
        document.text()
    );
}

#[test]
fn with_an_outline_at_hand_the_same_is_found() {
    let block = r#"{"StartAt": "B", "States": {"B": {"Type": "Pass", "InputPath": "$.b"}, "B": {"Type": "Pass", "Next": "X"}}}"#;
    let nested = format!(
        r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Succeed"}}, "M": {{"Type": "Map", "Iterator": {block}, "Next": "A"}},
        "A": {{"Type": "Parallel", "Parameters": {{"a": 1}}, "Next": "U", "Branches": [1, {block}, {block}]}},
        "U": {{"Branches": [{block}], "ItemProcessor": {block}}}, "": 1}}}}"#
    );
    let aliases = "StartAt: A\nStates:\n  A: &a {Type: Pass, Next: B}\n  B: *a\n  C: {Type: Parallel, Branches: [&b {StartAt: D, States: {D: *a}}, *b]}\n";
    let documents = [
        nested.as_str(),
        "{}",
        "[1]",
        "",
        r#"{"StartAt": 1, "States": [2]}"#,
    ]
    .map(Document::parse)
    .into_iter()
    .chain([Document::parse_yaml(aliases)]);
    for document in documents {
        let alone = check(&document, MachineType::Express);
        assert!(!alone.is_empty(), "{}", document.text());
        let outlined = Outlined::of(document.into());
        assert_eq!(check_outlined(&outlined, MachineType::Express), alone);
    }
}

#[test]
fn a_sound_definition_has_no_findings() {
    let text = r#"{
      "Comment": "Train, validate, decide",
      "StartAt": "Validate",
      "States": {
        "Validate": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Parameters": {"FunctionName": "validate", "Payload.$": "$"}, "ResultPath": "$.checked",
          "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "IntervalSeconds": 2, "BackoffRate": 2.0}],
          "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed"}],
          "Next": "Good?"},
        "Good?": {"Type": "Choice", "Default": "Failed", "Choices": [
          {"Variable": "$.score", "NumericGreaterThanEquals": 0.85, "Next": "Wait"}]},
        "Wait": {"Type": "Wait", "Seconds": 5, "Next": "Done"},
        "Done": {"Type": "Succeed"},
        "Failed": {"Type": "Fail", "Error": "Bad", "Cause": "The data were refused"}
      }
    }"#;
    assert_eq!(codes(text), Vec::<&str>::new());
}

#[test]
fn findings_come_in_order_of_position_and_lie_within_the_text() {
    let text = r#"{"States": {"A": {"Type": "Wait", "Foo": 1, "Next": "B"}, "C": 5}, "StartAt": "X", "Z": 1}"#;
    let found = found(text);
    assert!(found.len() > 4);
    assert!(found.is_sorted_by_key(|finding| finding.span.start));
    for finding in found {
        assert!(text.get(finding.span.start..finding.span.end).is_some());
        assert!(finding.message.ends_with(['.', '?']), "{}", finding.message);
    }
}

#[test]
fn a_large_definition_full_of_faults_stays_manageable() {
    let mut text = String::from(r#"{"StartAt": "s0", "States": {"#);
    for at in 0..5_000 {
        write!(
            text,
            r#""s{at}": {{"Type": "Pass", "Nxt": "s{}", "Next": "t{at}"}},"#,
            at + 1
        )
        .unwrap();
    }
    text.push_str(r#""end": {"Type": "Succeed"}}}"#);
    assert!(found(&text).len() >= 10_000);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_check_panic(text in "[\\[\\]{}\",:$%.a1 \n-]{0,60}") {
        let document = Document::parse(text);
        for finding in check(&document, MachineType::Express) {
            proptest::prop_assert!(document.text().get(finding.span.start..finding.span.end).is_some());
            finding.aws_location(&document);
        }
    }

    #[test]
    fn mangled_definitions_are_checked_without_a_panic(cut in 0..600_usize, junk in "[{}\\[\\]\",:a1]{0,3}") {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B":
            {"Type": "Choice", "Choices": [{"And": [{"Variable": "$.x", "NumericLessThan": 5}], "Next": "C"}], "Default": "C"},
            "C": {"Type": "Wait", "Seconds": 5, "End": true}}}, "Retry": [{"ErrorEquals": ["States.ALL"]}], "End": true}}}"#;
        let at = cut.min(text.len());
        let broken = format!("{}{junk}{}", &text[..at], &text[(at + 1).min(text.len())..]);
        let document = Document::parse(broken);
        for finding in check(&document, MachineType::Standard) {
            if let Some(fix) = finding.fix {
                proptest::prop_assert!(document.apply(&fix.edits).is_ok());
            }
        }
    }
}

const TEMPLATE: &str = r#"{"StartAt": "${First}", "TimeoutSeconds": ${Limit}, "States": {
    "A": {"Type": "Task", "Resource": "${Function}", "TimeoutSeconds": "${Limit}",
          "Parameters": {"x.$": "${Path}"}, "Retry": [${Retrier}], "Catch": ${Catchers}, "Next": "B-${Stage}"},
    "B-${Stage}": {"Type": "Wait", "Seconds": ${Seconds}, "Next": ${Next}},
    "C": {"Type": "Pass", "End": ${End}},
    "D": {"Type": "Task", "Resource": {"Fn::GetAtt": ["F", "Arn"]}, "HeartbeatSeconds": {"Ref": "H"}, "End": true}}}"#;

fn codes_of(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_template_may_have_placeholders_wherever_a_value_stands() {
    let found = check(&Document::parse(TEMPLATE), MachineType::Standard);
    assert_eq!(found, []);
}

#[test]
fn the_other_checks_still_work_beside_placeholders() {
    let text = TEMPLATE.replace("\"Seconds\"", "\"Secs\"");
    let found = check(&Document::parse(text), MachineType::Standard);
    assert!(codes_of(&found).contains(&"UNKNOWN_FIELD"), "{found:?}");
}

#[test]
fn a_definition_that_is_deployed_has_none() {
    let found = check_deployed(&Document::parse_strict(TEMPLATE), MachineType::Standard);
    assert!(codes_of(&found).iter().all(|code| *code == "INVALID_JSON"));
    assert!(found[0].message.contains("${Limit}"));
    let quoted = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "${B}"}, "C": {"Type": "Succeed"}}}"#;
    let found = check_deployed(&Document::parse_strict(quoted), MachineType::Standard);
    assert!(codes_of(&found).contains(&"UNKNOWN_TARGET"));
    assert_eq!(check(&Document::parse(quoted), MachineType::Standard), []);
}

#[test]
fn fixes_mend_yaml_as_well() {
    let text = "StartAt: A  # first\nStates:\n  A:\n    Type: Pas\n    Coment: x\n    Result: 1\n    Next: b\n  B:\n    Type: Wait\n    Seconds: \"5\"\n    Foo: {a: 1}\n    Foo: 2\n    Next: C\n    End: true\n  C:\n    Type: Succeed\n";
    let mut document = Document::parse_yaml(text);
    for _ in 0..20 {
        let found = check(&document, MachineType::Standard);
        let fixes = found.into_iter().filter_map(|finding| finding.fix);
        let Some(fix) = fixes.into_iter().find(|fix| !fix.edits.is_empty()) else {
            break;
        };
        document = document.apply(&fix.edits).unwrap();
        assert_eq!(document.faults(), &[], "{}: {}", fix.label, document.text());
    }
    assert_eq!(
        check(&document, MachineType::Standard),
        [],
        "{}",
        document.text()
    );
    assert!(document.text().contains("StartAt: A  # first\n"));
}

#[test]
fn a_fault_in_an_expression_of_yaml_has_its_place_in_the_block() {
    let text = "QueryLanguage: JSONata\nStartAt: A\nStates:\n  A:\n    Type: Pass\n    Output: |-\n      {% $x\n        + ) %}\n    End: true\n";
    let document = Document::parse_yaml(text);
    let found = check(&document, MachineType::Standard);
    let lines: Vec<usize> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| text[..finding.span.start].matches('\n').count() + 1)
        .collect();
    assert_eq!(lines, [8], "{found:?}");
}
