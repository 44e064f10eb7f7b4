//! Diagnostics: what is wrong with a definition, where, and what to do about it. One file for each rule.

use crate::text::{Document, Pointer, Span, TextEdit};

/// What kind of machine a definition is checked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MachineType {
    /// Durable, up to a year.
    #[default]
    Standard,
    /// Short, at most five minutes; refuses `.sync`, `.waitForTaskToken` and activities.
    Express,
}

/// How bad a finding is. Only errors make AWS refuse the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// AWS would refuse the definition.
    Error,
    /// AWS would take it, and it is likely not what was meant.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Our own stable code, for example `UNKNOWN_TARGET`.
    pub code: &'static str,
    /// AWS's code in ValidateStateMachineDefinition, for example `MISSING_TRANSITION_TARGET` (feature map, 9.7).
    pub aws_code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where in the text.
    pub span: Span,
    /// Where in the definition; the canvas marks the state that holds it. AWS's `location` is its text.
    pub pointer: Pointer,
    /// A plain sentence: what is wrong and what to do.
    pub message: String,
    /// AWS's own wording, where recorded (asl-rules 1.1); else as `message`.
    pub aws_message: String,
    /// A change that mends it, with its label ("Connect to Train model").
    pub fix: Option<Fix>,
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the button says.
    pub label: String,
    /// The change.
    pub edits: Vec<TextEdit>,
}

/// All findings, in order of position.
pub fn check(_document: &Document, _machine_type: MachineType) -> Vec<Diagnostic> {
    unimplemented!()
}
