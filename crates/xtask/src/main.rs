//! What a person types: set-up, build, checks, benchmarks.
fn main() {}
