//! Runs the server that was just built.

use crate::paths;
use crate::step::{Failure, failed, say};
use std::process::Command;

/// Runs `statecraft serve` in the foreground; Ctrl+C ends it.
pub(crate) fn serve(arguments: &[String]) -> Result<(), Failure> {
    say("");
    let mut command = Command::new(paths::statecraft());
    command.arg("serve").args(arguments);
    let status = command.status().map_err(|source| Failure::Start {
        program: paths::statecraft().display().to_string(),
        source,
        advice: "Run `cargo xtask build` again.".to_owned(),
    })?;
    // The server says itself what is wrong (port in use, folder not writable).
    if status.success() {
        Ok(())
    } else {
        Err(failed("statecraft serve", &command))
    }
}
