//! What changed between two definitions.
