//! The list of findings.

pub(crate) const CLOSE: &str = "Close the problems";
pub(crate) const NONE: &str = "No problems";
pub(crate) const NONE_HINT: &str =
    "AWS would accept this definition. Dry-run it next, to see what it does.";
pub(crate) const NOTHING_TO_MEND: &str = "There is nothing to mend here any more.";
pub(crate) const TITLE: &str = "Problems";

pub(crate) fn line(number: usize) -> String {
    format!("Line {number}")
}
