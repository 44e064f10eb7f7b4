//! Our crates as WebAssembly for Node: built, given their JavaScript, weighed.

use crate::front::brotli;
use crate::step::{Failure, read, run};
use crate::{paths, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// `crates/jsonata-web`
    Jsonata,
    /// `crates/asl-bench`
    Language,
}

impl Engine {
    fn package(self) -> &'static str {
        match self {
            Self::Jsonata => "jsonata-web",
            Self::Language => "asl-bench",
        }
    }

    /// The name of its library.
    fn library(self) -> &'static str {
        match self {
            Self::Jsonata => "jsonata_web",
            Self::Language => "asl_bench",
        }
    }
}

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
pub(crate) fn build(engine: Engine, goal: Goal) -> Result<PathBuf, Failure> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--locked", "--lib", "--package", engine.package()])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--profile", goal.profile()])
        .current_dir(paths::root());
    run("Build the engine as WebAssembly", &mut cargo)?;
    let built = paths::target()
        .join("wasm32-unknown-unknown")
        .join(goal.profile())
        .join(format!("{}.wasm", engine.library()));
    let folder = paths::target().join(engine.package()).join(goal.profile());
    let mut bindgen = Command::new("wasm-bindgen");
    bindgen
        .args(["--target", "nodejs", "--out-dir"])
        .args([&folder, &built])
        .env("PATH", tools::path()?);
    run("Give it its JavaScript", &mut bindgen)?;
    Ok(folder.join(format!("{}.js", engine.library())))
}

/// Bytes of the module of `build` after `wasm-opt -Oz` and brotli.
pub(crate) fn packed_size(javascript: &Path) -> Result<usize, Failure> {
    let beside = |ending: &str| {
        let name = javascript.file_stem().unwrap_or_default();
        javascript.with_file_name(format!("{}_{ending}.wasm", name.display()))
    };
    let (module, small) = (beside("bg"), beside("small"));
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
