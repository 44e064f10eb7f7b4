//! Drafts in the browser, their names and settings.
