//! `cargo xtask fuzz TARGET`: looks for inputs that break what must not break.
//!
//! It needs a nightly compiler (`rustup toolchain install nightly`) and is not part of `check`. Where the cases of the reference suite are present they
//! are what it begins with; what it has found so far is kept in the target folder and used again. A finding becomes a named test.

use crate::step::{Failure, run, say};
use crate::tools::FUZZ;
use crate::{check, paths};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What can be fuzzed: a name, the folder of its package, the target in it.
const TARGETS: &[(&str, &str, &str)] = &[("jsonata", "crates/jsonata/fuzz", "evaluate")];

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
    seed(&corpus)?;
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

/// The cases of the reference suite: the expression, a zero byte, the data.
fn seed(corpus: &Path) -> Result<(), Failure> {
    let cases: PathBuf = check::shared().join("corpora/jsonata.jsonl");
    let Ok(text) = std::fs::read_to_string(cases) else {
        return Ok(());
    };
    for (number, line) in text.lines().enumerate() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let expression = case["expr"].as_str().unwrap_or_default();
        std::fs::write(
            corpus.join(format!("case-{number}")),
            format!("{expression}\0{}", case["data"]),
        )?;
    }
    Ok(())
}
