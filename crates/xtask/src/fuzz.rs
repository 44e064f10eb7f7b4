//! `cargo xtask fuzz TARGET`: looks for inputs that break what must not break.
//!
//! It needs a nightly compiler (`rustup toolchain install nightly`) and is not part of `check`. Where the corpora are present, `seeds` takes from them
//! what it begins with; what it has found so far is kept in the target folder and used again. A finding becomes a named test.

mod seeds;

use crate::paths;
use crate::step::{Failure, run, say};
use crate::tools::FUZZ;
use std::path::Path;
use std::process::Command;

/// What can be fuzzed: a name, the folder of its package, the target in it.
const TARGETS: &[(&str, &str, &str)] = &[
    ("jsonata", "crates/jsonata/fuzz", "evaluate"),
    ("definition", "crates/asl/fuzz", "definition"),
    ("jsonpath", "crates/asl/fuzz", "jsonpath"),
    ("template", "crates/asl/fuzz", "template"),
    ("notation", "crates/asl/fuzz", "notation"),
];

/// Minutes, when none are said.
const MINUTES: &str = "20";

/// Runs one target: `TARGET [MINUTES]`.
pub(crate) fn fuzz(arguments: &[String]) -> Result<(), Failure> {
    let name = arguments.first().map(String::as_str);
    let Some((name, folder, target)) = TARGETS.iter().find(|(known, ..)| Some(*known) == name)
    else {
        let names: Vec<&str> = TARGETS.iter().map(|(known, ..)| *known).collect();
        return Err(Failure::Other(format!(
            "Say what to fuzz: {}.",
            names.join(", ")
        )));
    };
    let minutes = arguments.get(1).map_or(MINUTES, String::as_str);
    let Ok(minutes) = minutes.parse::<u32>() else {
        return Err(Failure::Other(format!(
            "`{minutes}` is no number of minutes."
        )));
    };
    FUZZ.ensure()?;
    let corpus = paths::target().join("fuzz").join(name);
    std::fs::create_dir_all(&corpus)?;
    seeds::plant(name, &corpus)?;
    say(&format!(
        "Fuzzing {name} for {minutes} minutes; the inputs are kept in {}.",
        corpus.display()
    ));
    run("fuzz", &mut command(folder, target, &corpus, minutes))
}

fn command(folder: &str, target: &str, corpus: &Path, minutes: u32) -> Command {
    let folder = paths::root().join(folder);
    let mut command = Command::new(FUZZ.folder().join("bin/cargo-fuzz"));
    command
        .args(["run", "--fuzz-dir"])
        .arg(&folder)
        .arg(target)
        .arg(corpus)
        .arg("--")
        .arg(format!("-max_total_time={}", minutes * 60))
        .arg(format!("-dict={}", folder.join("tokens.dict").display()))
        .arg(format!(
            "-artifact_prefix={}/",
            paths::target().join("fuzz").display()
        ))
        .args(["-max_len=4096", "-timeout=10", "-rss_limit_mb=1024"])
        .env("RUSTUP_TOOLCHAIN", "nightly")
        .env("CARGO_TARGET_DIR", paths::target().join("fuzz-build"))
        .current_dir(folder);
    command
}
