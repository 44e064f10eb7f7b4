//! The JSONata engine as WebAssembly for Node: built, given its JavaScript, weighed.

use crate::front::brotli;
use crate::step::{Failure, read, run};
use crate::{paths, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the module is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goal {
    /// As a visitor of a page would download it.
    Size,
    /// As fast as it gets: what is lost to size.
    Speed,
}

impl Goal {
    fn profile(self) -> &'static str {
        match self {
            Self::Size => "studio",
            Self::Speed => "studio-fast",
        }
    }
}

/// Builds the module and gives the JavaScript file that Node loads.
pub(crate) fn build(goal: Goal) -> Result<PathBuf, Failure> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--locked", "--package", "jsonata-web", "--target"])
        .args(["wasm32-unknown-unknown", "--profile", goal.profile()])
        .current_dir(paths::root());
    run("Build the engine as WebAssembly", &mut cargo)?;
    let built = paths::target()
        .join("wasm32-unknown-unknown")
        .join(goal.profile())
        .join("jsonata_web.wasm");
    let folder = paths::target().join("jsonata-web").join(goal.profile());
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen
        .args(["--target", "nodejs", "--out-dir"])
        .args([&folder, &built])
        .env("PATH", tools::path()?);
    run("Give it its JavaScript", &mut bindgen)?;
    Ok(folder.join("jsonata_web.js"))
}

/// Bytes of the module of `build` after `wasm-opt -Oz` and brotli.
pub(crate) fn packed_size(javascript: &Path) -> Result<usize, Failure> {
    let module = javascript.with_file_name("jsonata_web_bg.wasm");
    let small = javascript.with_file_name("jsonata_web_small.wasm");
    let mut shrink = Command::new("wasm-opt");
    shrink
        .args(["-Oz", "--all-features"])
        .arg(&module)
        .arg("-o")
        .arg(&small)
        .env("PATH", tools::path()?);
    run("Shrink the module", &mut shrink)?;
    Ok(brotli(&read(&small)?)?.len())
}
