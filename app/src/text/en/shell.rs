//! The frame of all pages: faults, leaving, unknown addresses.

pub(crate) const NOT_FOUND: &str = "There is no page at this address";
pub(crate) const NOT_FOUND_HINT: &str = "The link may be old, or a letter of it is missing.";

pub(crate) fn fault(details: &str) -> String {
    format!(
        "The studio met a fault of its own and cannot go on. Your work is kept in this browser: load the page again. ({details})"
    )
}
