//! Fields, words, names, errors and resources.

use super::{accept, labels, offers};
use crate::editor::CompletionKind;

/// A machine whose state `A` is this.
fn state(inner: &str) -> String {
    format!(r#"{{"StartAt": "A", "States": {{"A": {inner}, "B": {{"Type": "Succeed"}}}}}}"#)
}

fn first(text: &str, count: usize) -> Vec<String> {
    labels(text).into_iter().take(count).collect()
}

#[test]
fn fields_that_must_stand_come_first_and_those_that_stand_are_left_out() {
    assert_eq!(
        first(&state(r#"{"Type": "Task", |}"#), 3),
        ["Resource", "Next", "End"]
    );
    let with = labels(&state(
        r#"{"Type": "Task", "Resource": "r", "End": true, |}"#,
    ));
    for absent in ["Type", "Resource", "End", "Next"] {
        assert!(!with.iter().any(|label| label == absent), "{absent}");
    }
    assert_eq!(first(&state("{|}"), 1), ["Type"]);
    assert_eq!(first("{|}", 2), ["States", "StartAt"]);
}

#[test]
fn fields_of_the_other_language_and_of_other_types_are_not_offered() {
    let jsonpath = labels(&state(r#"{"Type": "Task", |}"#));
    assert!(jsonpath.contains(&"Parameters".to_owned()));
    assert!(!jsonpath.contains(&"Arguments".to_owned()));
    let jsonata = labels(&state(r#"{"Type": "Task", "QueryLanguage": "JSONata", |}"#));
    assert!(jsonata.contains(&"Arguments".to_owned()));
    assert!(!jsonata.contains(&"ResultPath".to_owned()));
    assert!(!labels(&state(r#"{"Type": "Wait", |}"#)).contains(&"Retry".to_owned()));
}

#[test]
fn fields_that_exclude_one_that_stands_are_not_offered() {
    let wait = labels(&state(r#"{"Type": "Wait", "Seconds": 5, |}"#));
    for absent in ["SecondsPath", "Timestamp", "TimestampPath"] {
        assert!(!wait.iter().any(|label| label == absent), "{absent}");
    }
    let rule = labels(&state(
        r#"{"Type": "Choice", "Choices": [{"Variable": "$.x", "StringEquals": "a", |}]}"#,
    ));
    assert_eq!(rule, ["Next", "Assign", "Comment"]);
}

#[test]
fn an_old_name_is_marked_and_comes_last() {
    let items = offers(&state(r#"{"Type": "Map", |}"#)).items;
    let iterator = items.iter().find(|item| item.label == "Iterator").unwrap();
    assert!(iterator.deprecated);
    assert!(
        items.iter().position(|item| item.label == "Iterator")
            > items.iter().position(|item| item.label == "ItemProcessor")
    );
}

#[test]
fn a_field_comes_with_a_value_of_its_shape() {
    assert_eq!(
        accept(r#"{"States": {}, "Sta|"}"#, "StartAt"),
        r#"{"States": {}, "StartAt": "‹›"}"#
    );
    assert_eq!(
        accept(r#"{"States": {"A": {"Type": "Wait", |}}}"#, "Seconds"),
        r#"{"States": {"A": {"Type": "Wait", "Seconds": ‹60›}}}"#
    );
    assert_eq!(
        accept(
            "{\n  \"States\": {\n    \"A\": {\n      \"Type\": \"Task\",\n      \"Ca|\n    }\n  }\n}",
            "Catch"
        ),
        "{\n  \"States\": {\n    \"A\": {\n      \"Type\": \"Task\",\n      \"Catch\": [\n        {\n          \"ErrorEquals\": [\"‹States.ALL›\"],\n          \"Next\": \"‹›\"\n        }\n      ]\n    }\n  }\n}"
    );
}

#[test]
fn a_name_before_a_value_changes_alone() {
    assert_eq!(
        accept(r#"{"Start|": "A", "States": {}}"#, "StartAt"),
        r#"{"StartAt": "A", "States": {}}"#
    );
}

#[test]
fn missing_commas_are_added_on_both_sides() {
    assert_eq!(
        accept(
            "{\n  \"Comment\": \"x\"\n  \"Sta|\n  \"States\": {}\n}",
            "StartAt"
        ),
        "{\n  \"Comment\": \"x\",\n  \"StartAt\": \"‹›\",\n  \"States\": {}\n}"
    );
}

#[test]
fn a_string_without_its_end_takes_only_what_belongs_to_it() {
    assert_eq!(
        accept(&state(r#"{"Type": "Ta|, "End": true}"#), "Task"),
        state(r#"{"Type": "Task", "End": true}"#)
    );
    assert_eq!(
        accept(r#"{"StartAt": "A", "States": {"A": {"Type": "Ta|"#, "Task"),
        r#"{"StartAt": "A", "States": {"A": {"Type": "Task""#
    );
}

#[test]
fn types_are_offered_with_and_without_quotes() {
    assert_eq!(labels(&state(r#"{"Type": |}"#)).len(), 8);
    assert_eq!(
        labels(&state(r#"{"Type": "P|"}"#)),
        ["Pass", "Parallel", "Map"]
    );
    assert_eq!(
        accept(&state(r#"{"Type": Su|}"#), "Succeed"),
        state(r#"{"Type": "Succeed"}"#)
    );
    assert_eq!(
        accept(&state(r#"{"Type": |"Pass"}"#), "Task"),
        state(r#"{"Type": "Task"}"#)
    );
}

#[test]
fn words_and_booleans_are_offered_where_a_field_takes_them() {
    assert_eq!(labels(r#"{"QueryLanguage": "|"}"#), ["JSONPath", "JSONata"]);
    assert_eq!(labels(&state(r#"{"Type": "Pass", "End": |}"#)), ["true"]);
    assert_eq!(
        labels(&state(
            r#"{"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": |}]}"#
        )),
        ["true", "false"]
    );
    assert_eq!(
        labels(&state(r#"{"Type": "Pass", "Comment": "|"}"#)),
        Vec::<String>::new()
    );
}

#[test]
fn states_are_those_of_the_same_block_and_unreachable_ones_come_first() {
    let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "|"}, "B": {"Type": "Pass", "End": true},
        "P": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "X", "States": {"X": {"Type": "Pass", "Next": "Y"}, "Y": {"Type": "Succeed"}}}]}}}"#;
    assert_eq!(labels(text), ["B", "P", "A"]);
    let inner = text
        .replace('|', "B")
        .replace(r#""Next": "Y""#, r#""Next": "|""#);
    assert_eq!(labels(&inner), ["Y", "X"]);
    let start = text
        .replace('|', "B")
        .replace(r#""StartAt": "X""#, r#""StartAt": "|""#);
    assert_eq!(labels(&start), ["X", "Y"]);
    assert_eq!(
        labels(&state(r#"{"Type": "Choice", "Default": "|"}"#)),
        ["B", "A"]
    );
    assert_eq!(
        labels(&state(r#"{"Type": "Task", "Catch": [{"Next": "|"}]}"#)),
        ["B", "A"]
    );
}

#[test]
fn names_with_quotes_and_umlauts_are_written_with_their_escapes() {
    let text = r#"{"StartAt": "|", "States": {"a\"ü\\": {"Type": "Succeed"}}}"#;
    assert_eq!(accept(text, "a\"ü\\"), text.replacen('|', r#"a\"ü\\"#, 1));
    let typed = r#"{"StartAt": "a\"|xyz\\", "States": {"a\"ü\\": {"Type": "Succeed"}}}"#;
    assert_eq!(accept(typed, "a\"ü\\"), text.replacen('|', r#"a\"ü\\"#, 1));
}

#[test]
fn a_new_state_takes_a_name_that_leads_nowhere_yet() {
    let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Train model"}, "|"}}"#;
    assert_eq!(
        labels(text).first().map(String::as_str),
        Some("Train model")
    );
    assert!(labels(text).contains(&"Lambda task".to_owned()));
    let renamed = r#"{"StartAt": "A", "States": {"|": {"Type": "Pass", "End": true}}}"#;
    assert_eq!(labels(renamed), ["A"]);
}

#[test]
fn a_whole_state_stands_in_one_line_where_the_text_does() {
    assert_eq!(
        accept(r#"{"StartAt": "A", "States": {|}}"#, "Wait state"),
        r#"{"StartAt": "A", "States": {"‹Wait›": {"Type": "Wait", "Seconds": ‹60›, "End": true}}}"#
    );
}

#[test]
fn errors_of_the_resource_come_first_and_states_all_only_alone_and_last() {
    let task = |retry: &str| {
        state(&format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true, "Retry": {retry}}}"#
        ))
    };
    let alone = labels(&task(r#"[{"ErrorEquals": ["|"]}]"#));
    assert_eq!(
        alone.first().map(String::as_str),
        Some("Lambda.ServiceException")
    );
    assert!(alone.contains(&"States.ALL".to_owned()));
    let second = labels(&task(r#"[{"ErrorEquals": ["Mine", "|"]}]"#));
    assert!(!second.contains(&"States.ALL".to_owned()));
    assert!(!second.contains(&"Mine".to_owned()));
    let before = labels(&task(
        r#"[{"ErrorEquals": ["|"]}, {"ErrorEquals": ["Mine"]}]"#,
    ));
    assert!(!before.contains(&"States.ALL".to_owned()));
    assert!(before.contains(&"Mine".to_owned()));
    assert_eq!(
        labels(&task(r#"[{"ErrorEquals": ["States.Ti|"]}]"#))
            .first()
            .map(String::as_str),
        Some("States.Timeout")
    );
}

#[test]
fn resources_come_in_every_way_to_wait_that_they_have() {
    let found = labels(&state(
        r#"{"Type": "Task", "Resource": "arn:aws:states:::states:|"}"#,
    ));
    assert_eq!(
        found,
        [
            "arn:aws:states:::states:startExecution",
            "arn:aws:states:::states:startExecution.sync",
            "arn:aws:states:::states:startExecution.sync:2",
            "arn:aws:states:::states:startExecution.waitForTaskToken",
        ]
    );
    let reader = labels(&state(
        r#"{"Type": "Map", "ItemReader": {"Resource": "|"}}"#,
    ));
    assert_eq!(
        reader,
        [
            "arn:aws:states:::s3:getObject",
            "arn:aws:states:::s3:listObjectsV2"
        ]
    );
    assert_eq!(
        accept(&state(r#"{"Type": "Task", "Resource": "|"}"#), "Activity"),
        state(
            r#"{"Type": "Task", "Resource": "arn:aws:states:‹us-east-1›:‹123456789012›:activity:‹name›"}"#
        )
    );
}

#[test]
fn an_empty_text_becomes_a_workflow() {
    assert_eq!(labels("|"), ["Workflow", "Workflow with JSONPath"]);
    assert!(
        accept("|", "Workflow")
            .starts_with("{\n  \"Comment\": \"‹›\",\n  \"QueryLanguage\": \"JSONata\"")
    );
}

#[test]
fn nothing_is_offered_behind_values_in_comments_and_in_plain_data() {
    for text in [
        r#"{"StartAt": "A"|}"#,
        r#"{"StartAt" |}"#,
        r#"{"StartAt": "A"} |"#,
        "{ // a | b\n}",
        r#"{"States": {"A": {"Type": "Pass", "Result": {"Ne|": 1}}}}"#,
        r#"{"States": {"A": {"Type": "Pass", "Result": "|"}}}"#,
    ] {
        assert_eq!(labels(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn every_offer_says_what_it_is() {
    let items = offers(&state(r#"{"Type": "Task", |}"#)).items;
    let fields = items
        .iter()
        .filter(|item| item.kind == CompletionKind::Field);
    for item in fields {
        assert!(
            !item.documentation.is_empty() && !item.detail.is_empty(),
            "{}",
            item.label
        );
    }
    assert!(items.is_sorted_by(|a, b| a.sort < b.sort));
}

#[test]
fn snippets_have_the_form_of_the_language_server_protocol() {
    let item = offers(r#"{"States": {"A": {"Type": "Pass", "Input|"}}}"#)
        .items
        .remove(0);
    assert_eq!(item.edit.lsp(), r#""InputPath": "\$.${1:}""#);
}

#[test]
fn a_placeholder_is_one_value() {
    let text = state(
        r#"{"Type": "Task", "Resource": ${Function}, "TimeoutSeconds": ${Limit}, "En|": true}"#,
    );
    assert_eq!(labels(&text)[0], "End");
}
