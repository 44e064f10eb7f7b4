//! A Fail.

pub(crate) const TITLE: &str = "The error";
pub(crate) const NAME_HINT: &str = "Error: what retriers and catchers compare";
pub(crate) const CAUSE: &str = "Cause, for people";
