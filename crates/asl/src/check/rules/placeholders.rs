//! `INVALID_JSON`: a placeholder outside quotes in a definition that is taken as it stands. AWS's reader stops at the first.

use crate::check::Diagnostic;
use crate::text::{Document, NodeKind, Pointer};

/// Runs before all rules, as for other faults of the text.
pub(in crate::check) fn check(document: &Document, found: &mut Vec<Diagnostic>) {
    if document.open_placeholders().is_empty() {
        return;
    }
    let mut open = Vec::from_iter(document.root());
    while let Some(node) = open.pop() {
        if let NodeKind::Placeholder(text) = &node.kind {
            let pointer = document.at_offset(node.span.start);
            let message = format!("The placeholder {text} must be filled in first.");
            let pointer = pointer.map_or_else(Pointer::root, |(pointer, _)| pointer);
            let finding = Diagnostic::error("INVALID_JSON", node.span, pointer, message);
            found.push(finding.aws_code("INVALID_JSON_DESCRIPTION"));
            return;
        }
        open.extend(node.members().iter().rev().map(|member| &member.value));
        open.extend(node.elements().iter().rev());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::{Diagnostic, MachineType, check, check_deployed};
    use crate::text::Document;

    const TEMPLATE: &str = r#"{"StartAt": "${First}", "TimeoutSeconds": ${Limit}, "States": {
        "A": {"Type": "Task", "Resource": "${Function}", "TimeoutSeconds": "${Limit}",
              "Parameters": {"x.$": "${Path}"}, "Retry": [${Retrier}], "Catch": ${Catchers}, "Next": "B-${Stage}"},
        "B-${Stage}": {"Type": "Wait", "Seconds": ${Seconds}, "Next": ${Next}},
        "C": {"Type": "Pass", "End": ${End}},
        "D": {"Type": "Task", "Resource": {"Fn::GetAtt": ["F", "Arn"]}, "HeartbeatSeconds": {"Ref": "H"}, "End": true}}}"#;

    fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
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
        assert!(codes(&found).contains(&"UNKNOWN_FIELD"), "{found:?}");
    }

    #[test]
    fn a_definition_that_is_deployed_has_none() {
        let found = check_deployed(&Document::parse(TEMPLATE), MachineType::Standard);
        assert_eq!(codes(&found), ["INVALID_JSON"]);
        assert!(found[0].message.contains("${Limit}"));
        let quoted = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "${B}"}, "C": {"Type": "Succeed"}}}"#;
        let found = check_deployed(&Document::parse(quoted), MachineType::Standard);
        assert!(codes(&found).contains(&"UNKNOWN_TARGET"));
        assert_eq!(check(&Document::parse(quoted), MachineType::Standard), []);
    }
}
