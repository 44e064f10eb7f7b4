//! What a fresh machine lacks: how to find it, and how to get it from the ordinary package registries.
//!
//! Tools go to a cache folder of the user's, keyed by version, so that clones share them and nothing global changes.

mod cargo_tool;
mod chromium;
mod npm;
pub(crate) mod python;
mod wasm_target;

use crate::paths;
use crate::step::Failure;
use std::ffi::OsString;
use std::path::PathBuf;

pub(crate) use chromium::find as find_chromium;

/// Trunk 0.22 needs a newer Rust than ours. A debug build only takes minutes less; it just starts other programs.
const TRUNK: cargo_tool::CargoTool = cargo_tool::CargoTool {
    package: "trunk",
    binary: "trunk",
    version: "0.21.14",
    locked: true,
    arguments: &["--debug", "--no-default-features", "--features", "rustls"],
};

/// Must equal the `wasm-bindgen` in `Cargo.toml`. Its own lock file names a crate that the registry does not serve.
const WASM_BINDGEN: cargo_tool::CargoTool = cargo_tool::CargoTool {
    package: "wasm-bindgen-cli",
    binary: "wasm-bindgen",
    version: "0.2.130",
    locked: false,
    arguments: &["--debug"],
};

/// Finds inputs that break things; needs a nightly compiler when it runs.
pub(crate) const FUZZ: cargo_tool::CargoTool = cargo_tool::CargoTool {
    package: "cargo-fuzz",
    binary: "cargo-fuzz",
    version: "0.13.2",
    locked: true,
    arguments: &["--debug"],
};

/// Sets up what building and running needs.
pub(crate) fn set_up_build() -> Result<(), Failure> {
    wasm_target::ensure()?;
    TRUNK.ensure()?;
    WASM_BINDGEN.ensure()?;
    npm::ensure("app")
}

/// Sets up what the tests need besides.
pub(crate) fn set_up_tests() -> Result<(), Failure> {
    npm::ensure("tests/browser")?;
    chromium::ensure()?;
    python::ensure(python::Use::Clients).map(drop)
}

/// Sets up what the comparison of canvases needs, whose packages are listed in `folder`.
pub(crate) fn set_up_canvases(folder: &std::path::Path) -> Result<(), Failure> {
    npm::ensure(&folder.to_string_lossy())?;
    chromium::ensure()
}

/// Sets up what comparisons with npm jsonata need.
pub(crate) fn set_up_jsonata() -> Result<(), Failure> {
    npm::ensure("tests/jsonata")
}

/// The runner of tests that were compiled for wasm32.
pub(crate) fn wasm_test_runner() -> PathBuf {
    WASM_BINDGEN.folder().join("bin/wasm-bindgen-test-runner")
}

/// `PATH` with our tools first: trunk takes what it finds there and downloads nothing.
pub(crate) fn path() -> Result<OsString, Failure> {
    let mut folders = vec![
        TRUNK.folder().join("bin"),
        WASM_BINDGEN.folder().join("bin"),
        paths::root().join("app/node_modules/.bin"),
    ];
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    std::env::join_paths(folders)
        .map_err(|error| Failure::Other(format!("A folder cannot stand on the PATH: {error}")))
}
