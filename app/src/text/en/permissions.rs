//! The rights that a pipeline needs.

pub(crate) const TITLE: &str = "Permissions";
pub(crate) const COPY: &str = "Copy the policy";
pub(crate) const COPIED: &str = "The policy is on the clipboard.";
pub(crate) const NOT_COPIED: &str =
    "The browser did not allow copying. Download the template, which has the policy.";
pub(crate) const SHOW_STATE: &str = "Show it on the canvas";

// What the rights are, on the whole.

pub(crate) const NEEDED: &str = "The least that the pipeline's role needs to run, and why. Regions and accounts that the definition does not name are open (*).";
pub(crate) const NONE_NEEDED: &str = "The pipeline calls nothing, so its role needs no rights.";
pub(crate) const UNKNOWN: &str =
    "No rights of the pipeline's own role could be derived. What is known of them stands below.";

pub(crate) fn assumed_role(role: &str) -> String {
    format!("What the role {role} needs")
}

pub(crate) fn condition(key: &str, values: &[String]) -> String {
    format!("{key} is {}", values.join(" or "))
}

/// What [`condition`] gives, in one line.
pub(crate) fn conditions(all: &[String]) -> String {
    format!("Where {}", all.join(", "))
}
