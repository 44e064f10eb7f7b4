//! The interpreter as WebAssembly gives the bytes that it gives natively: histories, effects, stored forms, findings.
//!
//! The cases are those of `crates/asl-bench`: authored and random ones, and recorded executions where they are present.

use super::shared;
use crate::paths;
use crate::step::{Failure, run, say};
use crate::web_engine::{self, Engine, Goal};
use std::process::{Command, Stdio};

/// Compares both on all cases.
pub(crate) fn check() -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release", "--locked", "--package", "asl-bench"])
        .current_dir(paths::root());
    run("Build it natively", &mut cargo)?;
    let module = web_engine::build(Engine::Language, Goal::Size)?;
    let mut native = Command::new(paths::target().join("release/bench-cases"));
    let recordings = shared().join("conformance/aws-cases.jsonl");
    if recordings.is_file() {
        native.arg(&recordings);
    } else {
        say("  There are no recordings; generated cases are compared.");
    }
    let mut native = native.stdout(Stdio::piped()).spawn()?;
    let mut node = Command::new("node");
    node.arg("tests/language/parity.mjs")
        .arg(&module)
        .current_dir(paths::root());
    if let Some(cases) = native.stdout.take() {
        node.stdin(cases);
    }
    run("parity", &mut node)?;
    if native.wait()?.success() {
        Ok(())
    } else {
        Err(Failure::Other("bench-cases failed.".to_owned()))
    }
}
