//! Where a state goes on.

pub(crate) const TITLE: &str = "Then";
pub(crate) const NEXT_HINT: &str = "Next, or End";
pub(crate) const END: &str = "End here";
