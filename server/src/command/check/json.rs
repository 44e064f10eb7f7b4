//! Findings for programs.

use super::Checked;
use asl::check::{Diagnostic, Severity};
use serde_json::{Value, json};

/// An array with one object for each file: `{"file", "valid", "diagnostics"}`.
pub(super) fn report(checked: &[Checked]) -> String {
    let files = checked.iter().map(|file| {
        json!({"file": file.name, "valid": file.is_valid(), "diagnostics": diagnostics(file)})
    });
    format!("{:#}\n", Value::Array(files.collect()))
}

/// The findings of a definition. Offsets count bytes; lines and columns count from 1, columns in characters.
pub(super) fn diagnostics(file: &Checked) -> Value {
    file.found
        .iter()
        .map(|finding| diagnostic(file, finding))
        .collect()
}

fn diagnostic(file: &Checked, finding: &Diagnostic) -> Value {
    let start = file.positions.line_column(finding.span.start);
    let end = file.positions.line_column(finding.span.end);
    json!({
        "severity": severity(finding.severity),
        "code": finding.code,
        "message": finding.message,
        "pointer": finding.pointer.to_string(),
        "line": start.line,
        "column": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "offset": finding.span.start,
        "endOffset": finding.span.end,
        "aws": finding.aws_code.map(|code| json!({
            "code": code,
            "message": finding.aws_message,
            "location": finding.aws_location(&file.document),
        })),
        "fix": fix(finding),
    })
}

fn fix(finding: &Diagnostic) -> Value {
    let Some(fix) = &finding.fix else {
        return Value::Null;
    };
    let edits: Value = fix
        .edits
        .iter()
        .map(|edit| {
            json!({"offset": edit.span.start, "endOffset": edit.span.end, "replacement": edit.replacement})
        })
        .collect();
    json!({"label": fix.label, "edits": edits})
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Hint => "HINT",
    }
}
