//! Which scenario files are meant, and which definition each belongs to.

use super::super::files::machine_name;
use std::path::{Path, PathBuf};

const ENDING: &str = ".scenarios.json";

/// Endings of definitions, tried in this order.
const DEFINITIONS: [&str; 6] = [
    ".asl.json",
    ".json",
    ".asl.yaml",
    ".asl.yml",
    ".yaml",
    ".yml",
];

/// The scenario files that the arguments mean, each once, in the order given and by name within a folder.
pub(super) fn scenario_files(given: &[String]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for name in given {
        let path = Path::new(name);
        let files = if path.is_dir() {
            in_folder(path)?
        } else {
            vec![of_file(path)?]
        };
        for file in files {
            if !found.contains(&file) {
                found.push(file);
            }
        }
    }
    Ok(found)
}

fn is_scenario_file(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.ends_with(ENDING))
}

fn of_file(path: &Path) -> Result<PathBuf, String> {
    let shown = path.display();
    if !path.is_file() {
        return Err(format!("there is no file {shown}"));
    }
    if is_scenario_file(path) {
        return Ok(path.to_owned());
    }
    let beside = path.with_file_name(format!("{}{ENDING}", machine_name(path)));
    if beside.is_file() {
        Ok(beside)
    } else {
        let beside = beside.display();
        Err(format!(
            "{shown} has no scenarios: there is no file {beside}"
        ))
    }
}

/// All scenario files in a folder and those inside it; links to folders and hidden folders are not followed.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let (mut open, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = open.pop() {
        let cannot = |error| format!("{} cannot be read: {error}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let (kind, path) = (entry.file_type().map_err(cannot)?, entry.path());
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !is_hidden {
                open.push(path);
            } else if !kind.is_dir() && is_scenario_file(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    if found.is_empty() {
        let folder = folder.display();
        return Err(format!("{folder} holds no file that ends with {ENDING}"));
    }
    Ok(found)
}

/// The definition beside a scenario file.
pub(super) fn definition_of(scenarios: &Path) -> Result<PathBuf, String> {
    let name = machine_name(scenarios);
    let beside = DEFINITIONS
        .iter()
        .map(|ending| scenarios.with_file_name(format!("{name}{ending}")));
    let found = beside.into_iter().find(|path| path.is_file());
    found.ok_or_else(|| {
        let shown = scenarios.display();
        format!("{shown} has no definition: there is no {name}.asl.json beside it")
    })
}
