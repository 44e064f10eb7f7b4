//! A Parallel: its branches.

use crate::text::words::counted;

pub(crate) const BRANCHES: &str = "Branches";
pub(crate) const BRANCHES_HINT: &str = "All branches get the same input and run at once. The state gives an array with one result for each.";
pub(crate) const ADD: &str = "Add a branch";

/// A branch by its first state, which an empty one has not.
pub(crate) fn branch(start: &str, count: usize) -> String {
    let start = if start.is_empty() {
        "Empty branch"
    } else {
        start
    };
    format!("{start} · {}", counted(count, "state", "states"))
}

pub(crate) fn remove(number: usize) -> String {
    format!("Remove branch {number}")
}
