//! The history of versions.
