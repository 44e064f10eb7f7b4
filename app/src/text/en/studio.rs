//! The studio around the drawing: its head, panels, keys.

use super::words::counted;

pub(crate) const CANNOT_OPEN: &str = "This pipeline cannot be opened";
pub(crate) const UNKNOWN_HINT: &str =
    "It is neither on the server nor among the drafts in this browser.";

pub(crate) fn opening(name: &str) -> String {
    format!("Opening {name}…")
}

/// The title of the page of a pipeline.
pub(crate) fn page(name: &str) -> String {
    format!("{name} · Statecraft")
}

pub(crate) fn unknown(name: &str) -> String {
    format!("There is no pipeline named “{name}”")
}

// The top bar.

pub(crate) const DRAFT: &str = "Draft";
pub(crate) const DRAFT_HINT: &str = "Not deployed yet. Kept in this browser.";
pub(crate) const MORE: &str = "More";
pub(crate) const NOT_KEPT: &str = "Not kept";
pub(crate) const NOT_KEPT_HINT: &str = "This browser could not keep the latest changes.";
pub(crate) const UNSAVED: &str = "Unsaved changes";
pub(crate) const UNSAVED_HINT: &str = "Differs from what is deployed. Kept in this browser.";
pub(crate) const VIEW: &str = "View";
pub(crate) const VIEW_CODE: &str = "Code";
pub(crate) const VIEW_CONFIG: &str = "Config";
pub(crate) const VIEW_DESIGN: &str = "Design";
pub(crate) const VIEW_SPLIT: &str = "Split";
pub(crate) const WHERE: &str = "Where you are";

pub(crate) fn problems(count: usize) -> String {
    match count {
        0 => "No problems".to_owned(),
        count => counted(count, "problem", "problems"),
    }
}

/// What undo and redo do next.
pub(crate) fn step(command: &str, step: &str) -> String {
    format!("{command}: {step}")
}

// The panels.

pub(crate) const CODE_WIDTH: &str = "Width of the code";
pub(crate) const DRAWER_HEIGHT: &str = "Height of the drawer";
pub(crate) const INSPECTOR_WIDTH: &str = "Width of the inspector";
pub(crate) const LEFT: &str = "Panel at the left";
pub(crate) const LEFT_ADD: &str = "Add";
pub(crate) const LEFT_STATES: &str = "States";
pub(crate) const MIDDLE: &str = "Pipeline";
pub(crate) const PALETTE_WIDTH: &str = "Width of the palette";
pub(crate) const SHOW_INSPECTOR: &str = "Show the inspector";
pub(crate) const SHOW_PALETTE: &str = "Show the palette";

// Keeping.

pub(crate) const CHANGED_ELSEWHERE: &str =
    "This pipeline was changed in another tab. Undo brings back what was here.";
