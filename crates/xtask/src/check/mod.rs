//! Everything that CI runs, step by step. A failed step does not hide the next: all run, then the failed ones are named.

pub(crate) mod browser;
mod clients;
mod conformance;
mod coverage;
mod dependencies;
mod jsonata;
mod licences;
mod locks;
mod parity;
mod rust;
mod texts;

use crate::step::{Failure, say, step};
use crate::{front, paths, release, tools, torture};
use std::path::PathBuf;
use std::time::Instant;

/// One named part of `check`.
struct Part {
    name: &'static str,
    says: &'static str,
    needs: Needs,
    run: fn() -> Result<(), Failure>,
}

/// What must be set up before a part can run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// The tools that build.
    Build,
    /// And those of the tests.
    Tests,
}

/// In order of what they cost, so that a slip shows early; the last ones use what the builds before them made.
const PARTS: &[Part] = &[
    part("format", "Rust is formatted", Needs::Build, rust::format),
    part(
        "locks",
        "Lock files name no download address",
        Needs::Build,
        locks::check,
    ),
    part(
        "dependencies",
        "Arrows between crates run one way",
        Needs::Build,
        dependencies::check,
    ),
    part(
        "licences",
        "Licences are allowed, key crates stand once",
        Needs::Build,
        licences::check,
    ),
    part(
        "coverage",
        "Each row of the studio's reference has a test or a reason",
        Needs::Build,
        coverage::check,
    ),
    part(
        "texts",
        "The studio's words stand in one place",
        Needs::Build,
        texts::check,
    ),
    part("clippy", "Clippy finds nothing", Needs::Build, rust::clippy),
    part("test", "Native tests", Needs::Build, rust::test),
    part(
        "torture",
        "A server that is killed loses nothing",
        Needs::Build,
        torture::short,
    ),
    part("docs", "Documentation builds", Needs::Build, rust::docs),
    part(
        "wasm",
        "Language crates as WebAssembly, same bytes as native",
        Needs::Build,
        rust::wasm,
    ),
    part("studio", "The studio builds", Needs::Build, front::build),
    part(
        "size",
        "The first view is within its budget",
        Needs::Build,
        front::weigh,
    ),
    part(
        "server",
        "The server builds in release mode",
        Needs::Build,
        release::build_server,
    ),
    part(
        "jsonata",
        "JSONata: what npm jsonata gives, native and as WebAssembly",
        Needs::Build,
        jsonata::check,
    ),
    part(
        "parity",
        "The interpreter as WebAssembly, same bytes as native on generated and recorded cases",
        Needs::Build,
        parity::check,
    ),
    part(
        "clients",
        "The road with boto3",
        Needs::Tests,
        clients::check,
    ),
    part(
        "browser",
        "The road in a real browser",
        Needs::Tests,
        browser::check,
    ),
    part(
        "conformance",
        "Recorded AWS behaviour",
        Needs::Tests,
        conformance::check,
    ),
];

const fn part(
    name: &'static str,
    says: &'static str,
    needs: Needs,
    run: fn() -> Result<(), Failure>,
) -> Part {
    Part {
        name,
        says,
        needs,
        run,
    }
}

/// Where recordings and corpora lie that are not part of the project, when they are there.
pub(crate) fn shared() -> PathBuf {
    let beside = || paths::root().join("../shared");
    std::env::var_os("STATECRAFT_SHARED").map_or_else(beside, PathBuf::from)
}

/// Runs all parts, or those that are named.
pub(crate) fn check(names: &[String]) -> Result<(), Failure> {
    if names.iter().any(|name| name == "--list") {
        PARTS
            .iter()
            .for_each(|part| say(&format!("{:<14}{}", part.name, part.says)));
        return Ok(());
    }
    let parts = chosen(names)?;
    let begin = Instant::now();
    tools::set_up_build()?;
    if parts.iter().any(|part| part.needs == Needs::Tests) {
        tools::set_up_tests()?;
    }
    let failed: Vec<String> = parts.iter().filter_map(|part| failure_of(part)).collect();
    say(&format!(
        "\nAll parts took {:.0} s.",
        begin.elapsed().as_secs_f32()
    ));
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::Several(failed))
    }
}

fn failure_of(part: &Part) -> Option<String> {
    let failure = step(&format!("{}: {}", part.name, part.says), part.run).err()?;
    say(&format!("{failure}"));
    Some(part.name.to_owned())
}

fn chosen(names: &[String]) -> Result<Vec<&'static Part>, Failure> {
    if names.is_empty() {
        return Ok(PARTS.iter().collect());
    }
    let find = |name: &String| {
        PARTS.iter().find(|part| part.name == name).ok_or_else(|| {
            Failure::Other(format!(
                "There is no part `{name}`; `cargo xtask check --list` names them."
            ))
        })
    };
    names.iter().map(find).collect()
}
