//! The JSONata engine, native and as WebAssembly, beside npm jsonata and jsonata-core.

use crate::step::{Failure, run, step};
use crate::web_engine::{self, Engine, Goal};
use crate::{paths, tools};
use std::path::PathBuf;
use std::process::Command;

/// Builds all engines and prints the tables.
pub(crate) fn bench() -> Result<(), Failure> {
    tools::set_up_build()?;
    tools::set_up_jsonata()?;
    let (small, fast, packed) = step("Build the engine as WebAssembly", || {
        let small = web_engine::build(Engine::Jsonata, Goal::Size)?;
        let packed = web_engine::packed_size(&small)?;
        let fast = web_engine::build(Engine::Jsonata, Goal::Speed)?;
        Ok((small, fast, packed))
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
