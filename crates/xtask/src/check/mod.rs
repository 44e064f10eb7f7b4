//! Everything that CI runs, step by step. A failed step does not hide the next: all run, then the failed ones are named.

pub(crate) mod browser;
mod clients;
mod conformance;
mod dependencies;
mod licences;
mod locks;
mod rust;

use crate::step::{Failure, say, step};
use crate::{front, release, tools};
use std::time::Instant;

/// One named part of `check`.
struct Part {
    name: &'static str,
    says: &'static str,
    run: fn() -> Result<(), Failure>,
}

/// In order of what they cost, so that a slip shows early; the last ones use what the builds before them made.
const PARTS: &[Part] = &[
    Part {
        name: "format",
        says: "Rust is formatted",
        run: rust::format,
    },
    Part {
        name: "locks",
        says: "Lock files name no download address",
        run: locks::check,
    },
    Part {
        name: "dependencies",
        says: "Arrows between crates run one way",
        run: dependencies::check,
    },
    Part {
        name: "licences",
        says: "Licences are allowed, key crates stand once",
        run: licences::check,
    },
    Part {
        name: "clippy",
        says: "Clippy finds nothing",
        run: rust::clippy,
    },
    Part {
        name: "test",
        says: "Native tests",
        run: rust::test,
    },
    Part {
        name: "docs",
        says: "Documentation builds",
        run: rust::docs,
    },
    Part {
        name: "wasm",
        says: "Language crates as WebAssembly, same bytes as native",
        run: rust::wasm,
    },
    Part {
        name: "studio",
        says: "The studio builds",
        run: front::build,
    },
    Part {
        name: "size",
        says: "The first view is within its budget",
        run: front::weigh,
    },
    Part {
        name: "server",
        says: "The server builds in release mode",
        run: release::build_server,
    },
    Part {
        name: "clients",
        says: "The road with boto3",
        run: clients::check,
    },
    Part {
        name: "browser",
        says: "The road in a real browser",
        run: browser::check,
    },
    Part {
        name: "conformance",
        says: "Recorded AWS behaviour",
        run: conformance::check,
    },
];

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
    tools::set_up_tests()?;
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
