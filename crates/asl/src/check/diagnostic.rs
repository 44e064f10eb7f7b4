//! How findings are put together, and how AWS writes them.

use super::{Diagnostic, Fix, Severity};
use crate::text::{Document, Pointer, Span, Step, TextEdit};
use std::fmt::Write;

/// After so many findings, no more fixes are looked for: nobody mends a broken file one by one.
const MAX_FIXES: usize = 100;

/// Characters of a text that AWS's JSON reader repeats in a location.
const QUOTED_SOURCE: usize = 500;

impl Diagnostic {
    /// A finding for which AWS refuses the definition.
    pub(super) fn error(
        code: &'static str,
        span: Span,
        pointer: Pointer,
        message: impl Into<String>,
    ) -> Self {
        let message = message.into();
        Self {
            code,
            aws_code: Some("SCHEMA_VALIDATION_FAILED"),
            severity: Severity::Error,
            span,
            pointer,
            aws_message: message.clone(),
            message,
            about: Vec::new(),
            fix: None,
        }
    }
    /// A finding that AWS passes over.
    pub(super) fn warning(
        code: &'static str,
        span: Span,
        pointer: Pointer,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            aws_code: None,
            ..Self::error(code, span, pointer, message)
        }
    }
    /// Something that works and could be better.
    pub(super) fn hint(
        code: &'static str,
        span: Span,
        pointer: Pointer,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Hint,
            ..Self::warning(code, span, pointer, message)
        }
    }
    /// The same with AWS's code.
    pub(super) fn aws_code(self, aws_code: &'static str) -> Self {
        Self {
            aws_code: Some(aws_code),
            ..self
        }
    }
    /// The same with AWS's wording.
    pub(super) fn aws(self, message: impl Into<String>) -> Self {
        Self {
            aws_message: message.into(),
            ..self
        }
    }
    /// The same with the members that it is about.
    pub(super) fn about(self, about: Vec<&'static str>) -> Self {
        Self { about, ..self }
    }
    /// The same with a change that mends it.
    pub(super) fn fix(self, label: impl Into<String>, edits: Vec<TextEdit>) -> Self {
        Self {
            fix: Some(Fix {
                label: label.into(),
                edits,
            }),
            ..self
        }
    }
    /// The same with a change, when there is one.
    pub(super) fn maybe_fix(self, fix: Option<Fix>) -> Self {
        Self {
            fix: fix.or(self.fix),
            ..self
        }
    }

    /// AWS's `location`: `/States/Route/Choices[0]/Next`, `/` for the machine, the place in the source for faults of
    /// JSON, and none where AWS gives none.
    pub fn aws_location(&self, document: &Document) -> Option<String> {
        match self.aws_code? {
            "INVALID_JSON_DESCRIPTION" => Some(self.source_location(document)),
            "MISSING_END_STATE" | "MISSING_DESCRIPTION" => None,
            _ => Some(pointer_location(&self.pointer)),
        }
    }

    /// The finding in a refusal of AWS: `CODE: message at location`; none for what AWS does not look at.
    pub fn aws_text(&self, document: &Document) -> Option<String> {
        let location = self.aws_location(document);
        let location = location.as_deref().unwrap_or("null");
        Some(format!(
            "{}: {} at {location}",
            self.aws_code?, self.aws_message
        ))
    }

    /// A place in a text that is no JSON, as the JSON reader of AWS writes it: after the last character that it read.
    fn source_location(&self, document: &Document) -> String {
        let text = document.text();
        let before = document.slice(Span::new(0, self.span.end));
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        let length = text.chars().count();
        let shown: String = text.chars().take(QUOTED_SOURCE).collect();
        let cut = length.saturating_sub(QUOTED_SOURCE);
        let rest = if cut > 0 {
            format!("[truncated {cut} chars]")
        } else {
            String::new()
        };
        format!("[Source: (String)\"{shown}\"{rest}; line: {line}, column: {column}]")
    }
}

/// Whether fixes are still worth looking for.
pub(super) fn wants_fix(found: &[Diagnostic]) -> bool {
    found.len() < MAX_FIXES
}

fn pointer_location(pointer: &Pointer) -> String {
    let mut text = String::new();
    for step in &pointer.0 {
        // Writing to a String cannot fail.
        let _ = match step {
            Step::Key(key) => write!(text, "/{key}"),
            Step::Index(index) => write!(text, "[{index}]"),
        };
    }
    if text.is_empty() {
        "/".to_owned()
    } else {
        text
    }
}
