//! What happens when a state still fails: the catch rules.

pub(crate) const TITLE: &str = "If it still fails";
pub(crate) const ADD: &str = "Add a catch rule";
pub(crate) const NONE: &str = "The run fails.";
pub(crate) const PASS_ON: &str = "Pass on";
pub(crate) const PASS_ON_HINT: &str = "Output: $states.errorOutput is the error";
pub(crate) const KEEP_ERROR: &str = "Keep the error in";
pub(crate) const KEEP_ERROR_HINT: &str = "ResultPath: where in the state's input the error goes";
pub(crate) const INSTEAD_OF_INPUT: &str = "$, instead of the input";
pub(crate) const VARIABLES_HINT: &str =
    "Assign: names and values that are kept when this rule takes an error";

pub(crate) fn remove(number: usize) -> String {
    format!("Remove catch rule {number}")
}
