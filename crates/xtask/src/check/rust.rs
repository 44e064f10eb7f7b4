//! Format, clippy, tests, documentation, and the language crates as WebAssembly.

use crate::step::{Failure, run};
use crate::{paths, tools};
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(paths::root());
    command
}

/// `cargo fmt --check`
pub(crate) fn format() -> Result<(), Failure> {
    run("format", &mut cargo(&["fmt", "--all", "--check"]))
}

/// Clippy on everything native, and on what runs in the browser as it is built for it.
pub(crate) fn clippy() -> Result<(), Failure> {
    let native = [
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-Dwarnings",
    ];
    run("clippy", &mut cargo(&native))?;
    let browser = [
        "clippy",
        "--locked",
        "--package",
        "app",
        "--package",
        "jsonata-web",
        "--package",
        "asl-bench",
        "--target",
        WASM,
        "--",
        "-Dwarnings",
    ];
    run("clippy", &mut cargo(&browser))
}

/// All native tests, documentation tests included.
pub(crate) fn test() -> Result<(), Failure> {
    run(
        "test",
        &mut cargo(&["test", "--locked", "--workspace", "--quiet"]),
    )
}

/// Documentation, broken links being errors; it is for those who work on the code, so private items are in it.
pub(crate) fn docs() -> Result<(), Failure> {
    let mut command = cargo(&[
        "doc",
        "--locked",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--quiet",
    ]);
    let flags = "-Dwarnings -Arustdoc::private_intra_doc_links";
    run("docs", command.env("RUSTDOCFLAGS", flags))
}

/// Builds the language for the browser, replays there what native tests compare with, and tries its small stack.
pub(crate) fn wasm() -> Result<(), Failure> {
    run(
        "wasm",
        &mut cargo(&["build", "--locked", "--package", "asl", "--target", WASM]),
    )?;
    let mut tests = cargo(&[
        "test",
        "--locked",
        "--package",
        "asl",
        "--target",
        WASM,
        "--test",
        "parity",
        "--test",
        "nesting",
    ]);
    tests.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        tools::wasm_test_runner(),
    );
    run("wasm", &mut tests)
}
