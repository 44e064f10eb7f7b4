//! The language under test and under measurement: generated definitions and cases, and the same work natively and as WebAssembly.
//!
//! `cargo xtask bench language` and `cargo xtask check parity` run it. What it deliberately does not do: ship, decide anything, read a clock in
//! the library.

pub mod case;
pub mod cases;
pub mod definitions;
pub mod draw;
pub mod random;
pub mod trace;
mod web;
pub mod work;
pub mod world;

pub use web::{Work, trace_of, work_names};
