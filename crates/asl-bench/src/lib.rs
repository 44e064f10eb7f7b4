//! The language under measurement: generated definitions, and the same work natively and as WebAssembly.
//!
//! `cargo xtask bench language` runs it. What it deliberately does not do: ship, decide anything, read a clock in the library.

pub mod definitions;
mod web;
pub mod work;

pub use web::{Work, work_names};
