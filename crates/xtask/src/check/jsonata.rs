//! Random expressions: what npm jsonata gives, the engine gives, natively and as WebAssembly.
//!
//! The seed is fixed, so that a run is the same everywhere; `STATECRAFT_SEED` and `STATECRAFT_COUNT` ask for others.

use crate::step::{Failure, run};
use crate::web_engine::{self, Engine, Goal};
use crate::{paths, release, tools};
use std::process::Command;

/// Compares the three on the same expressions.
pub(crate) fn check() -> Result<(), Failure> {
    tools::set_up_jsonata()?;
    release::build_server()?;
    let module = web_engine::build(Engine::Jsonata, Goal::Size)?;
    let mut node = Command::new("node");
    node.arg("tests/jsonata/differential.mjs")
        .arg("--native")
        .arg(paths::statecraft())
        .arg("--web")
        .arg(&module)
        .current_dir(paths::root());
    run("jsonata", &mut node)
}
