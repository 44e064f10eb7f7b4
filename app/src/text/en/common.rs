//! What several parts say: buttons, states of waiting, counts.

pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const COPIED: &str = "Copied";
pub(crate) const COPY: &str = "Copy";
pub(crate) const DELETE: &str = "Delete";
pub(crate) const LOOKING: &str = "Looking…";
pub(crate) const NAME: &str = "Name";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const TYPE: &str = "Type";

/// "1 branch", "3 branches".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
