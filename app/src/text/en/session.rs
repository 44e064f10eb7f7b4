//! Notices of the open pipeline.

pub(crate) const DRAWN_DOWN: &str = "Drawn down the page";
pub(crate) const DRAWN_TO_THE_RIGHT: &str = "Drawn to the right";

pub(crate) fn redone(step: &str) -> String {
    format!("Done again: {step}")
}

pub(crate) fn undone(step: &str) -> String {
    format!("Undone: {step}")
}
