//! The settings of the whole pipeline.

use crate::text::words::counted;

pub(crate) const TITLE: &str = "Pipeline";
pub(crate) const FORMS: &str = "Settings of the pipeline";
pub(crate) const PURPOSE: &str = "What it is for";
pub(crate) const BEGIN_WITH: &str = "Begin with";
pub(crate) const STOP_AFTER: &str = "Stop the whole run after";
pub(crate) const KIND: &str = "Kind";
pub(crate) const RUNS: &str = "Runs";
pub(crate) const MACHINE: &str = "Kind of machine";
pub(crate) const LANGUAGE_HINT: &str =
    "QueryLanguage: how states read and shape data; a state may choose its own";
pub(crate) const CONVERT_HINT: &str =
    "Rewrites all states that use JSONPath; shows first what would change";
pub(crate) const SELECT: &str = "Select a state on the canvas to see its settings.";

pub(crate) fn states(count: usize) -> String {
    format!("Pipeline · {}", counted(count, "state", "states"))
}
