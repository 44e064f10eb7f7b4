//! The server and the `statecraft` command, in release mode.

use crate::paths;
use crate::step::{Failure, run, step};
use std::process::Command;

/// Builds the `statecraft` command with the studio inside.
pub(crate) fn build_server() -> Result<(), Failure> {
    step("Build the server", || {
        let mut command = Command::new("cargo");
        command.args(["build", "--release", "--locked", "--package", "server"]);
        run("Build the server", command.current_dir(paths::root()))
    })
}
