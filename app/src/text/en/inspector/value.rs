//! A field that takes a fixed value, or one from data.

pub(crate) const REQUIRED: &str = "required";
pub(crate) const YES: &str = "Yes";
pub(crate) const NO: &str = "No";

pub(crate) fn remove(label: &str) -> String {
    format!("Remove {label}")
}

pub(crate) fn take_from_data(label: &str) -> String {
    format!("Take {label} from data")
}
