//! The page of one run.

pub mod finding;
pub mod marks;
pub mod story;
