//! Judges definitions before they are kept, and words the findings as AWS does (asl-rules 1.1, feature map 9.7).

use super::error::AwsError;
use asl::check::{Diagnostic, MachineType, Severity, check};
use asl::text::Document;
use serde_json::{Value, json};

/// A finding, with AWS's location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// Error or warning.
    pub(super) severity: Severity,
    code: &'static str,
    message: String,
    location: String,
}

impl Finding {
    fn new(document: &Document, diagnostic: Diagnostic) -> Self {
        let location = location(document, &diagnostic);
        let Diagnostic {
            severity,
            aws_code: code,
            aws_message: message,
            ..
        } = diagnostic;
        Self {
            severity,
            code,
            message,
            location,
        }
    }

    /// As ValidateStateMachineDefinition answers it.
    pub(super) fn to_wire(&self) -> Value {
        let severity = match self.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        };
        json!({"severity": severity, "code": self.code, "message": self.message, "location": self.location})
    }
}

/// All findings. Runs beside the other requests, since a long definition takes a while.
pub(super) async fn findings(
    definition: String,
    machine_type: MachineType,
) -> Result<Vec<Finding>, AwsError> {
    let work = tokio::task::spawn_blocking(move || {
        let document = Document::parse(definition);
        let found = check(&document, machine_type);
        found
            .into_iter()
            .map(|diagnostic| Finding::new(&document, diagnostic))
            .collect()
    });
    work.await
        .map_err(|_| AwsError::Internal("The definition could not be checked".into()))
}

/// Refuses a definition with an error in it, naming the first.
pub(super) async fn must_pass(definition: &str, machine_type: MachineType) -> Result<(), AwsError> {
    let found = findings(definition.to_owned(), machine_type).await?;
    match found
        .into_iter()
        .find(|finding| finding.severity == Severity::Error)
    {
        None => Ok(()),
        Some(Finding {
            code,
            message,
            location,
            ..
        }) => Err(AwsError::InvalidDefinition(format!(
            "{code}: {message} at {location}"
        ))),
    }
}

/// A pointer into the definition, or line and column where the text is no JSON.
fn location(document: &Document, diagnostic: &Diagnostic) -> String {
    if diagnostic.aws_code == "INVALID_JSON_DESCRIPTION" {
        let (line, column) = line_and_column(document.text(), diagnostic.span.start);
        return format!("[line: {line}, column: {column}]");
    }
    let pointer = diagnostic.pointer.to_string();
    if pointer.is_empty() {
        "/".to_owned()
    } else {
        pointer
    }
}

/// Both counted from one; columns in characters.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        assert_eq!(line_and_column("{\n  ü x", 0), (1, 1));
        assert_eq!(line_and_column("{\n  ü x", 7), (2, 5));
        assert_eq!(line_and_column("{}", 99), (1, 3));
    }
}
