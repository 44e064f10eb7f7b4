//! What several parts say: buttons, states of waiting, counts.

pub(crate) const ALL_PIPELINES: &str = "All pipelines";
pub(crate) const ASKING_SERVER: &str = "Asking the server…";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const CAUSE: &str = "Cause";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const COPIED: &str = "Copied";
pub(crate) const COPY: &str = "Copy";
pub(crate) const ERROR: &str = "Error";
pub(crate) const EXPRESS: &str = "Express";
pub(crate) const HINT: &str = "Hint";
pub(crate) const HOME_LINK: &str = "Statecraft, all pipelines";
pub(crate) const KEEP_IT: &str = "Keep it";
pub(crate) const LOOKING: &str = "Looking…";
pub(crate) const NAME: &str = "Name";
pub(crate) const PIPELINES: &str = "Pipelines";
pub(crate) const REVIEWS: &str = "Reviews";
pub(crate) const STANDARD: &str = "Standard";
pub(crate) const STANDARD_HINT: &str = "Runs are durable and may take up to a year.";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const TYPE: &str = "Type";
pub(crate) const WARNING: &str = "Warning";

pub(crate) fn states(count: usize) -> String {
    super::words::counted(count, "state", "states")
}

/// What a control does, with its key.
pub(crate) fn with_key(words: &str, key: &str) -> String {
    format!("{words} ({key})")
}

pub(crate) fn at_place(line: usize, column: usize, message: &str) -> String {
    format!("Line {line}, column {column}: {message}")
}
