//! The conversion to JSONata.

use crate::text::words::counted;

pub(crate) const TITLE: &str = "Convert to JSONata";
pub(crate) const FINDINGS: &str = "What needs a look";
pub(crate) const CONVERT: &str = "Convert";
pub(crate) const STAYS: &str = "Stays";
pub(crate) const DIFFERS: &str = "Differs";
pub(crate) const MAY_DIFFER: &str = "May differ";

pub(crate) fn not_changed(error: &str) -> String {
    format!("The text could not be changed: {error}.")
}

fn states(count: usize) -> String {
    counted(count, "state", "states")
}

/// What would be done, in a sentence.
pub(crate) fn plan(converted: usize, left: usize) -> String {
    match (converted, left) {
        (0, 0) => "Nothing here uses JSONPath.".to_owned(),
        (0, left) => format!(
            "Nothing can be converted: {} would stay as before.",
            states(left)
        ),
        (done, 0) => format!("{} would be written in JSONata.", states(done)),
        (done, left) => format!(
            "{} would be written in JSONata, {} would stay as before.",
            states(done),
            states(left)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_says_what_is_converted_and_what_stays() {
        assert_eq!(plan(0, 0), "Nothing here uses JSONPath.");
        assert_eq!(plan(2, 0), "2 states would be written in JSONata.");
        assert_eq!(
            plan(1, 2),
            "1 state would be written in JSONata, 2 states would stay as before."
        );
    }
}
