//! The rights that a pipeline needs.
