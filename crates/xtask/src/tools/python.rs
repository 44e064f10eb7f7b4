//! Python environments of the project's own: for the tests with real AWS clients, and for the peer of the benchmark.

use crate::paths;
use crate::step::{Failure, read, run, step};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What an environment is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// boto3 and the AWS CLI, for tests.
    Clients,
    /// moto's server, for the benchmark of the engine.
    Peer,
}

impl Use {
    fn requirements(self) -> &'static str {
        match self {
            Self::Clients => "tests/clients/requirements.txt",
            Self::Peer => "tests/load/requirements.txt",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Clients => "target/python",
            Self::Peer => "target/python-peer",
        }
    }

    fn holds(self) -> &'static str {
        match self {
            Self::Clients => "boto3",
            Self::Peer => "moto",
        }
    }
}

/// The environment's `python`, made and filled when it is missing or made from other requirements.
pub(crate) fn ensure(wanted: Use) -> Result<PathBuf, Failure> {
    let requirements = read(&paths::root().join(wanted.requirements()))?;
    let folder = paths::root().join(wanted.folder());
    let (python, stamp) = (
        folder.join("bin/python"),
        folder.join("installed-requirements"),
    );
    if std::fs::read(&stamp).is_ok_and(|installed| installed == requirements) {
        return Ok(python);
    }
    step(
        &format!("Make a Python environment with {}", wanted.holds()),
        || {
            let make = &mut Command::new("python3");
            run(
                "Make a Python environment",
                make.args(["-m", "venv", "--clear"]).arg(&folder),
            )?;
            install(&python, wanted)?;
            Ok(std::fs::write(&stamp, &requirements)?)
        },
    )?;
    Ok(python)
}

fn install(python: &Path, wanted: Use) -> Result<(), Failure> {
    let mut install = Command::new(python);
    install
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            wanted.requirements(),
        ])
        .current_dir(paths::root());
    run(&format!("Install {}", wanted.holds()), &mut install)
}
