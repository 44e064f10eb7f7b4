//! Deploying a pipeline.

pub mod approvals;
pub mod diff;
