//! The document's verbs: every edit as plain Rust without a DOM, as text edits that leave the rest as it was.
