//! The configuration of a pipeline.
