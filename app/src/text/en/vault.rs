//! What is kept in the browser.

pub(crate) const REFUSED: &str =
    "This browser refuses to keep versions for this page. The draft itself is kept as before.";
pub(crate) const FULL: &str = "This browser's storage for this page is full, so no further version is kept. Delete versions or drafts that you do not need.";

// Why a version was kept.

pub(crate) const OPENED: &str = "When it was opened";
pub(crate) const EDITED: &str = "While it was edited";
pub(crate) const DEPLOYED: &str = "Deployed";
pub(crate) const RESTORING: &str = "Before a version was restored";
pub(crate) const OTHER_TAB: &str = "Before another tab’s changes";
pub(crate) const REPLACED: &str = "Before everything was replaced";
pub(crate) const BY_HAND: &str = "Kept by hand";
