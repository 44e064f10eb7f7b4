//! The language, by theme. Each expected text was seen to be what the reference implementation gives, unless it is about limits or positions.

mod common;
mod corpus;
mod findings;
mod functions;
mod limits;
mod operators;
mod paths;
