//! `cargo xtask sdk`: renews the list of AWS's calls that the palette finds, from the models that boto3 brings.

use crate::paths;
use crate::step::{Failure, capture, step};
use crate::tools::python;
use std::process::Command;

/// Prints the list.
const SCRIPT: &str = include_str!("sdk.py");
/// Where the studio finds it.
const LIST: &str = "public/catalog/aws-sdk.txt";

/// Writes the list anew.
pub(crate) fn renew() -> Result<(), Failure> {
    let python = python::ensure(python::Use::Clients)?;
    step("List the calls of AWS's APIs", || {
        let list = capture("sdk", Command::new(python).args(["-c", SCRIPT]))?;
        Ok(std::fs::write(paths::root().join(LIST), list)?)
    })
}
