//! The history of versions.

pub(crate) const TITLE: &str = "Versions";

// The list.

pub(crate) const KEEP_LABEL: &str = "Keep the present text as a version";
pub(crate) const NOTE_EXAMPLE: &str = "Note, such as: before the audit";
pub(crate) const KEEP: &str = "Keep this version";
pub(crate) const DEPLOYED: &str = "Deployed";
pub(crate) const DEPLOYED_HINT: &str = "What new runs use, as this browser knows it";
pub(crate) const NOT_LISTED: &str = "The server did not answer, so its versions are not listed.";
pub(crate) const PUBLISHED: &str = "Published on the server";
pub(crate) const READING: &str = "Reading the versions…";
pub(crate) const IN_BROWSER: &str = "In this browser";
pub(crate) const BROKEN: &str = "The code has a fault";

pub(crate) fn published(number: &str) -> String {
    format!("Version {number}")
}

pub(crate) fn none_kept(key: &str) -> String {
    format!(
        "None yet. One is kept when you work for some minutes, deploy or restore. Keep one by hand above, or with {key}."
    )
}

/// How large a version is, and what changed in it.
pub(crate) fn facts(size: &str, changed: &str) -> String {
    format!("{size} · {changed}")
}

// The version that is looked at.

pub(crate) const NONE: &str = "No version yet";
pub(crate) const NONE_HINT: &str =
    "Versions of this pipeline appear here as you work: what changed, and a way back.";
pub(crate) const COMPARE: &str = "Compare";
pub(crate) const COMPARE_WITH: &str = "with";
pub(crate) const READING_TEXT: &str = "Reading the text…";
pub(crate) const PRESENT: &str = "Present text";
pub(crate) const A_VERSION: &str = "A version";
pub(crate) const TEXT_GONE: &str = "The text of this version is gone.";

/// A version of this browser in a list of choices.
pub(crate) fn kept_at(when: &str, title: &str) -> String {
    format!("{when} — {title}")
}

pub(crate) const RESTORE: &str = "Restore this version";
pub(crate) const RESTORE_HINT: &str =
    "Takes the place of the present text, which is kept as a version; one undo brings it back";
pub(crate) const READ_ONLY: &str =
    "Nothing can be changed here. Open the pipeline in a wide window.";
pub(crate) const SAME_TEXT: &str = "The draft has this very text";
pub(crate) const NO_TEXT: &str = "Its text is not here";

// Naming and deleting.

pub(crate) const NOTE: &str = "Note";
pub(crate) const NOTE_HINT: &str = "A name stays longest";
pub(crate) const DELETE: &str = "Delete…";
pub(crate) const DELETE_QUESTION: &str = "Delete this version for good?";
pub(crate) const DELETE_NOW: &str = "Delete this version";

// What was done.

pub(crate) const KEPT: &str = "Version kept";

pub(crate) fn deleted(title: &str) -> String {
    format!("Deleted: {title}")
}

/// The step, as undo names it.
pub(crate) fn restoring(title: &str) -> String {
    format!("Restore “{title}”")
}

pub(crate) fn restored(title: &str) -> String {
    format!("Restored: {title}. Undo brings back what was here.")
}
