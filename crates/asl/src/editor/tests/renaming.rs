//! Names, their uses, and renaming.

use super::cursor;
use crate::editor::{RenameError, definition_at, references, rename};
use crate::text::Document;

/// The text with another name for what stands at the cursor.
fn renamed(text: &str, name: &str) -> Result<String, RenameError> {
    let (text, offset) = cursor(text);
    let edits = rename(&text, offset, name)?;
    Ok(Document::parse(text).apply(&edits)?.text().to_string())
}

const FLOW: &str = r#"{"StartAt": "A", "States": {
    "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "B"},
    "B": {"Type": "Task", "Resource": "r", "Next": "B", "Catch": [{"ErrorEquals": ["B"], "Next": "B"}]}}}"#;

#[test]
fn a_state_is_renamed_with_all_that_leads_to_it() {
    let expected = FLOW
        .replace("\"Next\": \"B\"", "\"Next\": \"N\\\"1\"")
        .replace("\"Default\": \"B\"", "\"Default\": \"N\\\"1\"")
        .replace("    \"B\": {", "    \"N\\\"1\": {");
    for place in ["    \"|B\": {", "\"Next\": \"|B\""] {
        let text = FLOW.replacen(&place.replace('|', ""), place, 1);
        assert_eq!(
            renamed(&text, "N\"1").as_deref(),
            Ok(expected.as_str()),
            "{place}"
        );
    }
    let start = FLOW.replacen("\"A\"", "\"|A\"", 1);
    assert_eq!(
        renamed(&start, "First"),
        Ok(FLOW.replace("\"A\"", "\"First\""))
    );
}

#[test]
fn a_state_is_not_renamed_to_what_exists() {
    let text = FLOW.replacen("\"A\"", "\"|A\"", 1);
    assert_eq!(renamed(&text, "B"), Err(RenameError::Taken("B".to_owned())));
    assert_eq!(renamed(&text, ""), Err(RenameError::Length));
    assert_eq!(renamed(&text, "A"), Ok(FLOW.to_owned()));
    assert_eq!(
        renamed(&FLOW.replacen("IsNull", "Is|Null", 1), "X"),
        Err(RenameError::Nothing)
    );
}

#[test]
fn a_definition_is_found_from_a_use() {
    let text = FLOW.replacen("\"Default\": \"B\"", "\"Default\": \"B|\"", 1);
    let (text, offset) = cursor(&text);
    let spans = definition_at(&text, offset);
    assert_eq!(spans.len(), 1);
    assert_eq!(&text[spans[0].start - 5..spans[0].end], "\n    \"B\"");
    assert_eq!(
        references(&text, offset).map(|names| names.references.len()),
        Some(4)
    );
}

const DATA: &str = r#"{"StartAt": "A", "States": {
    "A": {"Type": "Pass", "Assign": {"rate": 1, "other.$": "$.rate"}, "Next": "P"},
    "P": {"Type": "Parallel", "Next": "D", "Branches": [{"StartAt": "X", "States": {
        "X": {"Type": "Pass", "Parameters": {"a.$": "States.Array($rate, $rate.x, $other, 'text $rate')", "rate": "$rate"}, "End": true}}}]},
    "D": {"Type": "Map", "Next": "J", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Y",
        "States": {"Y": {"Type": "Pass", "Assign": {"rate": 2}, "Next": "Z"}, "Z": {"Type": "Pass", "InputPath": "$rate", "End": true}}}},
    "J": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": {"x": "{% \"ä\" & $rate & $states.input.rate & '$rate' %}"}, "End": true}}}"#;

#[test]
fn a_variable_is_renamed_in_its_block_and_in_those_inside() {
    let expected = DATA
        .replacen("{\"rate\": 1", "{\"fee\": 1", 1)
        .replace("($rate, $rate.x", "($fee, $fee.x")
        .replace("& $rate &", "& $fee &");
    for place in ["{\"|rate\": 1", "($r|ate", "& $rate| &"] {
        let text = DATA.replacen(&place.replace('|', ""), place, 1);
        assert_eq!(
            renamed(&text, "fee").as_deref(),
            Ok(expected.as_str()),
            "{place}"
        );
    }
    let inner = DATA.replacen("{\"rate\": 2", "{\"r|ate\": 2", 1);
    let expected = DATA
        .replacen("{\"rate\": 2", "{\"fee\": 2", 1)
        .replace("\"InputPath\": \"$rate\"", "\"InputPath\": \"$fee\"");
    assert_eq!(renamed(&inner, "fee"), Ok(expected));
}

#[test]
fn a_variable_takes_the_names_of_identifiers_that_are_free() {
    let text = DATA.replacen("{\"rate\": 1", "{\"|rate\": 1", 1);
    assert_eq!(renamed(&text, "a b"), Err(RenameError::NoIdentifier));
    assert_eq!(renamed(&text, "states"), Err(RenameError::NoIdentifier));
    assert_eq!(
        renamed(&text, "other"),
        Err(RenameError::Taken("other".to_owned()))
    );
    let key = DATA.replacen("\"other.$\"", "\"oth|er.$\"", 1);
    assert_eq!(
        renamed(&key, "z").map(|text| text.contains("\"z.$\": \"$.rate\"")),
        Ok(true)
    );
}
