//! Findings as SARIF 2.1.0, which code review tools read.

use super::Checked;
use asl::check::{Diagnostic, Severity, explain};
use asl::text::Span;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// One log with one run.
pub(super) fn report(checked: &[Checked]) -> String {
    let codes: BTreeSet<&str> = checked
        .iter()
        .flat_map(|file| &file.found)
        .map(|finding| finding.code)
        .collect();
    let rules: Value = codes.iter().map(|code| rule(code)).collect();
    let results: Value = checked
        .iter()
        .flat_map(|file| file.found.iter().map(move |finding| result(file, finding)))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "statecraft",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A code with its page, as review tools show it.
fn rule(code: &str) -> Value {
    match explain(code) {
        None => json!({"id": code}),
        Some(page) => json!({
            "id": code,
            "shortDescription": {"text": page.title()},
            "fullDescription": {"text": page.meaning()},
            "help": {"text": page.text, "markdown": page.text},
        }),
    }
}

fn result(file: &Checked, finding: &Diagnostic) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    };
    let mut result = json!({
        "ruleId": finding.code,
        "level": level,
        "message": {"text": finding.message},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": uri(&file.name)},
                "region": region(file, finding.span),
            },
            "logicalLocations": [{"fullyQualifiedName": finding.pointer.to_string()}],
        }],
    });
    if let (Some(fix), Some(object)) = (&finding.fix, result.as_object_mut()) {
        let replacements: Value = fix
            .edits
            .iter()
            .map(|edit| {
                json!({
                    "deletedRegion": region(file, edit.span),
                    "insertedContent": {"text": edit.replacement},
                })
            })
            .collect();
        let change =
            json!({"artifactLocation": {"uri": uri(&file.name)}, "replacements": replacements});
        object.insert(
            "fixes".to_owned(),
            json!([{"description": {"text": fix.label}, "artifactChanges": [change]}]),
        );
    }
    result
}

fn region(file: &Checked, span: Span) -> Value {
    let start = file.positions.line_column(span.start);
    let end = file.positions.line_column(span.end);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A file name as a relative or absolute URI reference.
fn uri(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
