//! A tool that cargo builds from the crate registry.

use crate::paths;
use crate::step::{Failure, run, step};
use std::path::PathBuf;
use std::process::Command;

/// Which tool, and how it is built.
pub(crate) struct CargoTool {
    /// The crate.
    pub(crate) package: &'static str,
    /// The program in it.
    pub(crate) binary: &'static str,
    /// Exactly this version.
    pub(crate) version: &'static str,
    /// Whether to build with the crate's own lock file.
    pub(crate) locked: bool,
    /// More arguments of `cargo install`.
    pub(crate) arguments: &'static [&'static str],
}

impl CargoTool {
    /// Where it is installed; the version is part of the name.
    pub(crate) fn folder(&self) -> PathBuf {
        paths::tools().join(format!("{}-{}", self.binary, self.version))
    }

    /// Builds and installs it unless it is there and answers with its version.
    pub(crate) fn ensure(&self) -> Result<(), Failure> {
        if self.is_installed() {
            return Ok(());
        }
        let name = format!(
            "Install {} {} (takes minutes, once)",
            self.package, self.version
        );
        step(&name, || run(&name, &mut self.install()))
    }

    fn is_installed(&self) -> bool {
        let program = self.folder().join("bin").join(self.binary);
        Command::new(program)
            .arg("--version")
            .output()
            .is_ok_and(|output| {
                String::from_utf8_lossy(&output.stdout)
                    .split_whitespace()
                    .any(|w| w == self.version)
            })
    }

    fn install(&self) -> Command {
        let mut command = Command::new("cargo");
        command
            .args([
                "install",
                self.package,
                "--version",
                self.version,
                "--force",
                "--quiet",
            ])
            .arg("--root")
            .arg(self.folder())
            .args(self.arguments)
            .args(self.locked.then_some("--locked"))
            // A target folder of ours, kept across tools, would only grow; cargo's own temporary one goes away.
            .env_remove("CARGO_TARGET_DIR");
        command
    }
}
