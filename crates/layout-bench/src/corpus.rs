//! Real definitions. They are not part of this repository: they are looked for in the folder named by
//! `STATECRAFT_SHARED`, else beside the repository.

use asl::graph::Outline;
use asl::text::{Document, Pointer};
use rustc_hash::FxHashSet;
use serde_json::Value;
use std::path::PathBuf;

/// Real definitions with their names; nothing where they are absent.
pub fn definitions() -> Option<Vec<(String, Value)>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("STATECRAFT_SHARED").map_or_else(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join("corpora/definitions.jsonl")).ok()?;
    text.lines().map(definition).collect()
}

fn definition(line: &str) -> Option<(String, Value)> {
    let mut line: Value = serde_json::from_str(line).ok()?;
    let name = line.get("id")?.as_str()?.to_owned();
    Some((name, line.get_mut("definition")?.take()))
}

/// The shape of a definition.
pub fn outline(definition: &Value) -> Outline {
    Outline::of(&Document::parse(definition.to_string()))
}

/// All containers.
pub fn containers(outline: &Outline) -> FxHashSet<Pointer> {
    let states = outline.states.iter();
    let containers = states.filter(|state| !state.children.is_empty());
    containers.map(|state| state.pointer.clone()).collect()
}
