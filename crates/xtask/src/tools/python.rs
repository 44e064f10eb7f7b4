//! A Python environment of the project's own for the tests with real AWS clients.

use crate::paths;
use crate::step::{Failure, read, run, step};
use std::path::PathBuf;
use std::process::Command;

const REQUIREMENTS: &str = "tests/clients/requirements.txt";

/// The environment's `python`, made and filled when it is missing or made from other requirements.
pub(crate) fn ensure() -> Result<PathBuf, Failure> {
    let requirements = read(&paths::root().join(REQUIREMENTS))?;
    let folder = paths::root().join("target/python");
    let (python, stamp) = (
        folder.join("bin/python"),
        folder.join("installed-requirements"),
    );
    if std::fs::read(&stamp).is_ok_and(|installed| installed == requirements) {
        return Ok(python);
    }
    step("Make a Python environment with boto3", || {
        let make = &mut Command::new("python3");
        run(
            "Make a Python environment",
            make.args(["-m", "venv", "--clear"]).arg(&folder),
        )?;
        let mut install = Command::new(&python);
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            REQUIREMENTS,
        ]);
        run("Install boto3", install.current_dir(paths::root()))?;
        Ok(std::fs::write(&stamp, &requirements)?)
    })?;
    Ok(python)
}
