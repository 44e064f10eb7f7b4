//! Notices of the open pipeline.
