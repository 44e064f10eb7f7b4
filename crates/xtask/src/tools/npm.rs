//! Packages of the npm registry, exactly as a folder's `package-lock.json` says.

use crate::paths;
use crate::step::{Failure, read, run, step};
use std::path::Path;
use std::process::Command;

/// Installs the packages of `folder` unless the same lock file was installed before.
pub(crate) fn ensure(folder: &str) -> Result<(), Failure> {
    let folder_path = paths::root().join(folder);
    let lock = read(&folder_path.join("package-lock.json"))?;
    let stamp = folder_path.join("node_modules/.installed-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let name = format!("Install the npm packages of {folder}/");
    step(&name, || {
        run(&name, &mut install(&folder_path))?;
        Ok(std::fs::write(&stamp, &lock)?)
    })
}

/// Install scripts stay off: none of our packages needs one, and some would download.
fn install(folder: &Path) -> Command {
    let mut command = Command::new("npm");
    command
        .args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .current_dir(folder);
    command
}
