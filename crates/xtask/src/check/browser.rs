//! The whole road in Debian's Chromium, against the real server.

use crate::step::{Failure, run};
use crate::{front, paths, tools};
use std::path::Path;
use std::process::Command;

/// Runs the browser tests.
pub(crate) fn check() -> Result<(), Failure> {
    run("browser", &mut node_tests()?)
}

/// Runs them with screenshots on.
pub(crate) fn take_shots(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    run("screenshots", node_tests()?.env("STATECRAFT_SHOTS", folder))
}

fn node_tests() -> Result<Command, Failure> {
    let folder = paths::root().join("tests/browser");
    let mut command = Command::new("node");
    // One after the other: each has its own browser and server, and a busy machine would only make them wait.
    command
        .args(["--test", "--test-concurrency=1"])
        .current_dir(&folder);
    let tests = front::files(&folder)?.into_iter().filter(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".test.mjs") && !name.contains("node_modules")
    });
    command
        .args(tests)
        .env("STATECRAFT_BIN", paths::statecraft());
    if let Some(chromium) = tools::find_chromium() {
        command.env("CHROMIUM", chromium);
    }
    Ok(command)
}
