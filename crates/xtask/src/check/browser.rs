//! The whole road in Debian's Chromium, against the real server.

use crate::step::{Failure, run};
use crate::{front, paths, tools};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the browser tests.
pub(crate) fn check() -> Result<(), Failure> {
    run("browser", &mut node_tests()?)
}

/// Takes pictures of the main pages and runs the tests with pictures on; renews the picture of the README.
pub(crate) fn take_screenshots(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    let mut pages = node(&["screenshots.mjs"]);
    run("pages", pages.env("STATECRAFT_SHOTS", folder))?;
    run("tests", node_tests()?.env("STATECRAFT_SHOTS", folder))?;
    let readme = paths::root().join("tests/shots/studio.png");
    std::fs::copy(folder.join("studio.png"), readme)?;
    Ok(())
}

fn node_tests() -> Result<Command, Failure> {
    // One after the other: each has its own browser and server, and a busy machine would only make them wait.
    let mut command = node(&["--test", "--test-concurrency=1"]);
    let tests = front::files(&folder())?.into_iter().filter(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".test.mjs") && !name.contains("node_modules")
    });
    command.args(tests);
    Ok(command)
}

fn folder() -> PathBuf {
    paths::root().join("tests/browser")
}

/// Node in the folder of the tests, which finds the server and the browser.
fn node(arguments: &[&str]) -> Command {
    let mut command = Command::new("node");
    command
        .args(arguments)
        .current_dir(folder())
        .env("STATECRAFT_BIN", paths::statecraft());
    if let Some(chromium) = tools::find_chromium() {
        command.env("CHROMIUM", chromium);
    }
    command
}
