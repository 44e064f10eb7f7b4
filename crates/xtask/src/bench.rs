//! `cargo xtask bench NAME`: how fast things are, beside others that do the same.
//!
//! It prints tables and says which bars are met. A machine's mood is no fault of the code, so nothing fails because it is slow.

use crate::step::{Failure, run, step};
use crate::web_engine::{self, Goal};
use crate::{paths, tools};
use std::path::PathBuf;
use std::process::Command;

const NAMES: &str = "jsonata";

/// Runs one comparison.
pub(crate) fn bench(arguments: &[String]) -> Result<(), Failure> {
    match arguments.first().map(String::as_str) {
        Some("jsonata") => jsonata(),
        _ => Err(Failure::Other(format!("Say what to measure: {NAMES}."))),
    }
}

/// The engine, native and as WebAssembly, beside npm jsonata and jsonata-core.
fn jsonata() -> Result<(), Failure> {
    tools::set_up_build()?;
    tools::set_up_jsonata()?;
    let (small, fast, packed) = step("Build the engine as WebAssembly", || {
        let small = web_engine::build(Goal::Size)?;
        let packed = web_engine::packed_size(&small)?;
        Ok((small, web_engine::build(Goal::Speed)?, packed))
    })?;
    let peer = step("Build the engine and its peer natively", build_peer)?;
    let mut node = Command::new("node");
    node.arg("tests/jsonata/bench/bench.mjs")
        .arg("--peer")
        .arg(&peer)
        .arg("--small")
        .arg(&small)
        .arg("--fast")
        .arg(&fast)
        .args(["--packed", &packed.to_string()])
        .current_dir(paths::root());
    step("Measure", || run("bench", &mut node))
}

/// The peer is a package on its own, so that the project never depends on the other engine.
fn build_peer() -> Result<PathBuf, Failure> {
    let target = paths::target().join("jsonata-peer");
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release", "--target-dir"])
        .arg(&target)
        .current_dir(paths::root().join("tests/jsonata/peer"));
    run("Build the peer", &mut cargo)?;
    Ok(target.join("release/jsonata-peer"))
}
