//! The road with a real boto3 client.

use crate::step::{Failure, run};
use crate::{paths, tools};
use std::process::Command;

/// Runs the client tests.
pub(crate) fn check() -> Result<(), Failure> {
    let mut command = Command::new(tools::python::ensure(tools::python::Use::Clients)?);
    command
        .args([
            "-m",
            "unittest",
            "discover",
            "--start-directory",
            "tests/clients",
            "--pattern",
            "*.py",
        ])
        .env("STATECRAFT_BIN", paths::statecraft())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(paths::root());
    run("clients", &mut command)
}
