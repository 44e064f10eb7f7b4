//! The help under the forms.

pub(crate) const TITLE: &str = "Help";
pub(crate) const CLOSE: &str = "Close the help";
pub(crate) const WORDS: &str = "What it is";
pub(crate) const UNKNOWN: &str =
    "The language says nothing of this. The task’s own service defines it.";
pub(crate) const EXAMPLE: &str = "Example";

pub(crate) fn page(title: &str) -> String {
    format!("{title} in AWS’s documentation")
}
