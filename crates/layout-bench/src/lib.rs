//! The drawing of pipelines under measurement: definitions that are hard to draw, the canvas benchmark's graph, real
//! definitions where they are present, and the same pipelines drawn by dugong, which is dagre in Rust.
//!
//! `cargo xtask bench layout` runs it. What it deliberately does not do: ship, decide anything, read a clock in the library.

pub mod corpus;
pub mod dagre;
pub mod hard;
pub mod pipeline;
pub mod random;
