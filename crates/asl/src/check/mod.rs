//! Diagnostics: what is wrong with a definition, where, and what to do about it. One file for each rule.
//!
//! A definition is walked once into a [`view::View`]; every rule in [`rules`] reads it and adds what it finds. Nothing
//! here runs a workflow or evaluates a query, and the work grows with the length of the text.

pub(crate) mod arn;
mod diagnostic;
mod explain;
mod expressions;
pub(crate) mod fields;
mod flow;
mod paths;
mod queries;
mod rules;
pub(crate) mod shape;
mod time;
mod view;
mod walk;
pub(crate) mod words;

pub use explain::{Example, Page, explain, pages};
pub(crate) use rules::error_names::RESERVED;
pub(crate) use rules::exclusive_fields::groups;
pub(crate) use rules::required_fields::required;

use crate::graph::{Outline, Outlined};
use crate::text::{Document, NodeKind, Pointer, Span, TextEdit};
use std::borrow::Cow;

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

/// How bad a finding is, worst first. Only errors make AWS refuse the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// AWS would refuse the definition.
    Error,
    /// AWS would take it, and it is likely not what was meant.
    Warning,
    /// It works, and could be better: something unused, something that may surprise.
    Hint,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Our own stable code, for example `UNKNOWN_TARGET`.
    pub code: &'static str,
    /// AWS's code in ValidateStateMachineDefinition, for example `MISSING_TRANSITION_TARGET` (feature map, 9.7); none for
    /// what AWS does not look at.
    pub aws_code: Option<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    /// Where in the text.
    pub span: Span,
    /// Where in the definition; the canvas marks the state that holds it. [`Diagnostic::aws_location`] gives it as AWS
    /// writes it.
    pub pointer: Pointer,
    /// A plain sentence: what is wrong and what to do.
    pub message: String,
    /// AWS's own wording, where recorded (asl-rules 1.1); else as `message`.
    pub aws_message: String,
    /// The members of the object at `pointer` that are meant, where `pointer` cannot lead to one: those that are missing, or
    /// that exclude each other.
    pub about: Vec<&'static str>,
    /// A change that mends it, with its label ("Connect to Train model").
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Where it is mended: the member that is meant, where `pointer` cannot lead to it, else `pointer`.
    pub fn place(&self) -> Pointer {
        let meant = self.about.first();
        meant.map_or_else(|| self.pointer.clone(), |name| self.pointer.join(*name))
    }
}

/// A change that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the button says.
    pub label: String,
    /// The change.
    pub edits: Vec<TextEdit>,
}

/// What a text is before it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Placeholders in it are still to be filled in; each may stand for whatever belongs there.
    Template,
    /// It is taken as it stands.
    Deployed,
}

/// All findings, in order of position. Placeholders such as `${Timeout}` may stand for whatever belongs there.
///
/// While the text is no JSON or YAML, its faults are all that is reported, as AWS does. Who has the outline of the text as
/// well asks [`check_outlined`].
pub fn check(document: &Document, machine_type: MachineType) -> Vec<Diagnostic> {
    judge(document, None, machine_type, Stage::Template)
}

/// What [`check`] finds, without making an outline of its own.
pub fn check_outlined(outlined: &Outlined, machine_type: MachineType) -> Vec<Diagnostic> {
    let outline = Some(&**outlined.outline());
    judge(outlined.document(), outline, machine_type, Stage::Template)
}

/// The placeholders that stand where the language takes no text, so that quotes around them would be wrong.
pub fn bare_placeholders(document: &Document) -> Vec<Span> {
    let outline = Outline::of(document);
    let view = view::View::of(document, &outline, MachineType::Standard, Stage::Template);
    let fields = view.places.iter().flat_map(|place| {
        let members = place.members();
        members.filter_map(|(member, field)| Some((field?.shape, &member.value)))
    });
    let mut spans = Vec::new();
    for (_, value) in fields.filter(|(shape, _)| !shape.takes_text()) {
        let values = std::iter::once(value).chain(value.elements());
        let bare = values.filter(|value| matches!(value.kind, NodeKind::Placeholder(_)));
        spans.extend(bare.map(|value| value.span));
    }
    spans
}

/// All findings in a definition that is taken as it stands, as AWS takes it: a placeholder is a text like any other. The
/// text is read with [`Document::parse_strict`].
pub fn check_deployed(document: &Document, machine_type: MachineType) -> Vec<Diagnostic> {
    judge(document, None, machine_type, Stage::Deployed)
}

/// `outline` is that of `document`; without one, it is made.
fn judge(
    document: &Document,
    outline: Option<&Outline>,
    machine_type: MachineType,
    stage: Stage,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    rules::syntax::check(document, &mut found);
    if found.is_empty() {
        let outline = match outline {
            Some(outline) => Cow::Borrowed(outline),
            None => Cow::Owned(Outline::of(document)),
        };
        let view = view::View::of(document, &outline, machine_type, stage);
        let expressions = expressions::all(&view);
        let view = view.with(&expressions);
        for rule in rules::ALL {
            rule(&view, &mut found);
        }
    }
    found.sort_by_key(|finding| (finding.span.start, finding.span.end));
    found
}

#[cfg(test)]
mod tests;
