//! What comes in: files, links, templates.

use super::words::counted;

pub(crate) const DROP: &str = "Drop the definition or template to open it";

pub(crate) fn too_large(file: &str) -> String {
    format!("{file} is larger than 1 MiB, the most that a definition or a template may have.")
}

pub(crate) fn unreadable(file: &str) -> String {
    format!("{file} could not be read.")
}

pub(crate) fn no_text(file: &str) -> String {
    format!("{file} is no text file, so it cannot be a definition.")
}

pub(crate) fn no_definition(file: &str) -> String {
    format!(
        "{file} is no definition. A definition has StartAt and States, a template of SAM or CloudFormation has Resources, in JSON or YAML; one in JSON begins with {{."
    )
}

pub(crate) const TEMPLATE_NOT_KEPT: &str = "This browser refuses to keep the template while its machines are shown. Allow this page to store data, or open a definition instead.";

// Why a link cannot be made or opened.

pub(crate) const LINK_TOO_LARGE: &str =
    "The pipeline is too large for a link. Download it as JSON and send the file instead.";
pub(crate) const LINK_TOO_LONG: &str =
    "The link is longer than any that the studio makes. Ask for the file instead.";
pub(crate) const LINK_DAMAGED: &str = "A part of the link is missing or was changed on its way. Copy it again, whole; some programs cut long links.";
pub(crate) const LINK_NEWER: &str = "The link was made by a newer studio, and this one cannot read it. Open it there, or ask for the file.";

// The page at `/open`.

pub(crate) const PAGE: &str = "Open";
pub(crate) const OPENING: &str = "Opening the pipeline…";
pub(crate) const LINK_REFUSED: &str = "This link cannot be opened";
pub(crate) const NOT_KEPT: &str = "The pipeline cannot be kept";
pub(crate) const NOTHING: &str = "There is nothing to open";
pub(crate) const NOTHING_HINT: &str =
    "Open a file or a template on the start page, or use a link that holds a pipeline.";
pub(crate) const TEMPLATE_FAULTS: &str =
    "The template's text has faults, so some machines may be missing or incomplete.";

/// How many state machines a template holds.
pub(crate) fn machines(count: usize) -> String {
    match count {
        0 => "It holds no state machine that could be read: no resource of the type AWS::Serverless::StateMachine or AWS::StepFunctions::StateMachine.".to_owned(),
        1 => "It holds one state machine.".to_owned(),
        _ => format!("It holds {count} state machines. Pick the one to work on; it opens as a draft of its own."),
    }
}

pub(crate) fn open(machine: &str) -> String {
    format!("Open {machine}")
}

pub(crate) fn elsewhere(file: &str) -> String {
    format!("Its definition is in another file: {file}. Open that file instead.")
}

pub(crate) fn placeholders(count: usize) -> String {
    counted(count, "placeholder", "placeholders")
}

pub(crate) fn errors(count: usize) -> String {
    counted(count, "error", "errors")
}
