//! Judges definitions before they are kept, and words the findings as AWS does (asl-rules 1.1, feature map 9.7).

use super::error::AwsError;
use asl::check::{Diagnostic, MachineType, Severity, check_deployed};
use asl::text::Document;
use serde_json::{Value, json};

/// A finding, in AWS's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// Error or warning.
    pub(super) severity: Severity,
    code: &'static str,
    message: String,
    location: Option<String>,
}

impl Finding {
    /// None for what AWS does not look at.
    fn new(document: &Document, diagnostic: Diagnostic) -> Option<Self> {
        let location = diagnostic.aws_location(document);
        Some(Self {
            severity: diagnostic.severity,
            code: diagnostic.aws_code?,
            message: diagnostic.aws_message,
            location,
        })
    }

    /// As ValidateStateMachineDefinition answers it.
    pub(super) fn to_wire(&self) -> Value {
        let severity = match self.severity {
            Severity::Error => "ERROR",
            Severity::Warning | Severity::Hint => "WARNING",
        };
        let mut wire = json!({"severity": severity, "code": self.code, "message": self.message});
        if let (Some(object), Some(location)) = (wire.as_object_mut(), &self.location) {
            object.insert("location".to_owned(), json!(location));
        }
        wire
    }

    /// As CreateStateMachine names it.
    fn to_text(&self) -> String {
        let location = self.location.as_deref().unwrap_or("null");
        format!("{}: {} at {location}", self.code, self.message)
    }
}

/// All findings. Runs beside the other requests, since a long definition takes a while.
pub(super) async fn findings(
    definition: String,
    machine_type: MachineType,
) -> Result<Vec<Finding>, AwsError> {
    let work = tokio::task::spawn_blocking(move || judge(definition, machine_type));
    work.await
        .map_err(|_| AwsError::Internal("The definition could not be checked".into()))
}

fn judge(definition: String, machine_type: MachineType) -> Vec<Finding> {
    let document = Document::parse_strict(definition);
    let found = check_deployed(&document, machine_type);
    // The JSON reader of AWS stops at the first fault.
    let count = if document.faults().is_empty() {
        found.len()
    } else {
        1
    };
    let mut found: Vec<Finding> = found
        .into_iter()
        .take(count)
        .filter_map(|diagnostic| Finding::new(&document, diagnostic))
        .collect();
    // What has no place of its own comes last.
    found.sort_by_key(|finding| finding.location.is_none());
    found
}

/// How many errors a refusal names.
const MOST_NAMED: usize = 100;

/// Refuses a definition with errors in it, naming them.
pub(super) async fn must_pass(definition: &str, machine_type: MachineType) -> Result<(), AwsError> {
    let found = findings(definition.to_owned(), machine_type).await?;
    let errors = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let texts: Vec<String> = errors.map(Finding::to_text).take(MOST_NAMED).collect();
    if texts.is_empty() {
        return Ok(());
    }
    Err(AwsError::InvalidDefinition(texts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_name_their_place_as_aws_does() {
        let definition = r#"{"StartAt": "A", "States": {"A": {"Type": "Choice", "Default": "A",
            "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "Q"}]}}}"#;
        let found = judge(definition.to_owned(), MachineType::Standard);
        let texts: Vec<String> = found.iter().map(Finding::to_text).collect();
        assert_eq!(
            texts,
            [
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: Q at /States/A/Choices[0]/Next",
                "MISSING_END_STATE: Workflow has no terminal state at null",
            ]
        );
        let wire: Vec<Value> = found.iter().map(Finding::to_wire).collect();
        assert_eq!(wire[0]["location"], "/States/A/Choices[0]/Next");
        assert_eq!(wire[1].get("location"), None);
    }

    #[test]
    fn a_text_that_is_no_json_has_one_finding() {
        let found = judge("not a definition string".to_owned(), MachineType::Standard);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, "INVALID_JSON_DESCRIPTION");
    }
}
