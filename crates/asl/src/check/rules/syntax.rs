//! `INVALID_JSON`, `INVALID_YAML`, `EMPTY_DEFINITION`: the text is no JSON or no YAML.

use crate::check::Diagnostic;
use crate::text::{Document, Format, Pointer, SyntaxFault, TextEdit};

/// Runs before all rules: they need a whole tree.
pub(in crate::check) fn check(document: &Document, found: &mut Vec<Diagnostic>) {
    if document.text().trim().is_empty() {
        let fault = document.faults().first();
        let span = fault.map(|fault| fault.span).unwrap_or_default();
        let fix = fault.and_then(|fault| fault.fix.clone());
        let message = match document.format() {
            Format::Json => {
                "The definition is empty; begin with `{\"StartAt\": …, \"States\": { … }}`."
            }
            Format::Yaml => "The definition is empty; begin with `StartAt: …` and `States:`.",
        };
        let finding = Diagnostic::error("EMPTY_DEFINITION", span, Pointer::root(), message)
            .aws_code("MISSING_DESCRIPTION");
        found.push(match fix {
            Some(edit) => finding.fix(label(&edit), vec![edit]),
            None => finding,
        });
        return;
    }
    for fault in document.faults() {
        let pointer = document
            .at_offset(fault.span.start)
            .map(|(pointer, _)| pointer);
        let finding = Diagnostic::error(
            code(document.format()),
            fault.span,
            pointer.unwrap_or_default(),
            fault.message.clone(),
        );
        let finding = finding
            .aws_code("INVALID_JSON_DESCRIPTION")
            .aws(aws_message(document, fault));
        found.push(match &fault.fix {
            Some(edit) => finding.fix(label(edit), vec![edit.clone()]),
            None => finding,
        });
    }
}

fn code(format: Format) -> &'static str {
    match format {
        Format::Json => "INVALID_JSON",
        Format::Yaml => "INVALID_YAML",
    }
}

fn label(edit: &TextEdit) -> String {
    let text = &edit.replacement;
    match (edit.span.start == edit.span.end, text.is_empty()) {
        (_, true) => "Remove it".to_owned(),
        (true, false) => format!("Add {text}"),
        (false, false) => format!("Write {text}"),
    }
}

/// AWS's reader complains about a bare word in its own words; its other wordings are not recorded.
fn aws_message(document: &Document, fault: &SyntaxFault) -> String {
    let word = document.slice(fault.span);
    if word.starts_with(char::is_alphabetic) && word.chars().all(char::is_alphanumeric) {
        return format!(
            "Unrecognized token '{word}': was expecting (JSON String, Number, Array, Object or token 'null', \
             'true' or 'false')"
        );
    }
    fault.message.clone()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only};

    #[test]
    fn a_text_that_is_no_json_gets_nothing_but_its_faults() {
        assert_eq!(codes(r#"{"StartAt": "A" "States": {}}"#), ["INVALID_JSON"]);
        let found = only(
            r#"{"StartAt": "A", "States": {"A": {"Type": Pass}}}"#,
            "INVALID_JSON",
        );
        assert_eq!(found.pointer.to_string(), "/States/A/Type");
        assert!(found.aws_message.starts_with("Unrecognized token 'Pass'"));
    }

    #[test]
    fn the_fixes_of_evident_mistakes_lead_to_a_sound_definition() {
        for text in [
            r#"{"StartAt": "A" "States": {"A": {"Type": "Succeed"}}}"#,
            r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed",},}}"#,
            r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed""#,
            r#"{"StartAt": "A", "States": {'A': {Type: Succeed}}}"#,
            r#"{"StartAt": "A",{ "States": {"A": {"Type": "Succeed"}}}"#,
            r#"{"StartAt": {"A", "States": {"A": {"Type": "Succeed"}}}"#,
            "{\"StartAt\": \"A\", // first\n \"States\": {\"A\": {\"Type\" \"Pass\", \"End\": True}}}}",
            "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\n}}}",
        ] {
            clean_after_fix(text);
        }
    }

    #[test]
    fn an_empty_text_is_a_missing_definition() {
        for text in ["", " \n "] {
            assert_eq!(
                only(text, "EMPTY_DEFINITION").aws_code,
                Some("MISSING_DESCRIPTION")
            );
            assert!(only(text, "EMPTY_DEFINITION").fix.is_some());
        }
    }

    #[test]
    fn the_place_is_where_the_json_reader_of_aws_stops() {
        let document = crate::text::Document::parse("not a definition string");
        let found = crate::check::check(&document, crate::check::MachineType::Standard);
        let location = found
            .first()
            .and_then(|finding| finding.aws_location(&document));
        let wanted = "[Source: (String)\"not a definition string\"; line: 1, column: 4]";
        assert_eq!(location.as_deref(), Some(wanted));
    }
}
