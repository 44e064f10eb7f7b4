//! The drawing of pipelines: what it is like and how long it takes, beside dugong.
//!
//! The work, the bars and the table are those of `crates/layout-bench`; everything is measured natively.

use crate::paths;
use crate::step::{Failure, run, step};
use std::process::Command;

/// Measures and prints.
pub(crate) fn bench() -> Result<(), Failure> {
    step("Build the drawing", build)?;
    let mut measure = Command::new(paths::target().join("release/layout-bench"));
    run("Draw", &mut measure)
}

fn build() -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "build",
            "--release",
            "--locked",
            "--package",
            "layout-bench",
        ])
        .current_dir(paths::root());
    run("Build the drawing", &mut cargo)
}
