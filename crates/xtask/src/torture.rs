//! Kills a server again and again while executions run on it, and looks whether anything was lost (`crates/load`).

use crate::paths;
use crate::step::{Failure, run, step};
use std::process::Command;

/// How hard.
struct Measure {
    executions: &'static str,
    kills: &'static str,
}

const AT_LENGTH: Measure = Measure {
    executions: "2000",
    kills: "50",
};
const SHORT: Measure = Measure {
    executions: "160",
    kills: "8",
};

/// At length; the argument is the seed of chance.
pub(crate) fn at_length(arguments: &[String]) -> Result<(), Failure> {
    let seed = arguments.first().map_or("1", String::as_str);
    torture(&AT_LENGTH, seed)
}

/// What CI runs.
pub(crate) fn short() -> Result<(), Failure> {
    torture(&SHORT, "1")
}

/// Debug builds: only they end themselves at the points around a write.
fn torture(measure: &Measure, seed: &str) -> Result<(), Failure> {
    step("Build a server that can end itself", || {
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "build",
                "--locked",
                "--package",
                "server",
                "--package",
                "load",
            ])
            .current_dir(paths::root());
        run("Build a server that can end itself", &mut cargo)
    })?;
    let programs = paths::target().join("debug");
    let mut load = Command::new(programs.join("load"));
    load.arg("torture")
        .arg("--server")
        .arg(programs.join("statecraft"))
        .args(["--executions", measure.executions])
        .args(["--kills", measure.kills])
        .args(["--seed", seed]);
    run("Torture", &mut load)
}
