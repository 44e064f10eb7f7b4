//! The tree of states.

pub(crate) const ALL: &str = "States of this pipeline";
pub(crate) const FIND: &str = "Find a state of this pipeline";
pub(crate) const LINE_MENU: &str = "State";
pub(crate) const LIST: &str = "States";
pub(crate) const NONE: &str = "No states yet. Add one, and it is listed here.";
pub(crate) const NONE_FOUND: &str = "No state is called that.";

pub(crate) fn branch(number: usize) -> String {
    format!("Branch {number}")
}
