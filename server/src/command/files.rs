//! The files of a dry run, for `run` and `test`: definitions, inputs, mock files. Errors are whole messages that begin with
//! the file and, where there is one, line and column.

use super::input::document;
use asl::definition::{DefinitionError, StateMachine};
use asl::dry_run::mocks::{Case, MockConfig};
use asl::dry_run::{FileError, SampleObjects};
use asl::text::{Document, LineColumn, Positions, SyntaxFault};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A definition that can be run.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) document: Document,
    pub(super) machine: Arc<StateMachine>,
}

/// The text of a file.
pub(super) fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))
}

/// Reads a definition, JSON or YAML; says everything that keeps it from being run.
pub(super) fn definition(file: &Path) -> Result<Definition, String> {
    filled_definition(file, &BTreeMap::new())
}

/// The same with placeholders filled in.
pub(super) fn filled_definition(
    file: &Path,
    values: &BTreeMap<String, String>,
) -> Result<Definition, String> {
    let name = file.display().to_string();
    let mut document = document(&name, read(file)?);
    if !values.is_empty() {
        document = Document::parse_as(document.substitute(values), document.format());
    }
    let positions = Positions::new(document.text().clone());
    let faults = document.faults();
    if !faults.is_empty() {
        let lines = faults.iter().map(|fault| syntax(&name, &positions, fault));
        return Err(cannot_run(&name, lines));
    }
    match StateMachine::build(&document) {
        Ok(machine) => Ok(Definition {
            document,
            machine: Arc::new(machine),
        }),
        Err(errors) => {
            let lines = errors
                .iter()
                .map(|error| fault(&name, &document, &positions, error));
            Err(cannot_run(&name, lines))
        }
    }
}

fn cannot_run(name: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    format!("{name} cannot be run:\n  {}", lines.join("\n  "))
}

fn syntax(name: &str, positions: &Positions, fault: &SyntaxFault) -> String {
    let at = positions.line_column(fault.span.start);
    format!("{}: {}", place(name, at), fault.message)
}

fn fault(
    name: &str,
    document: &Document,
    positions: &Positions,
    error: &DefinitionError,
) -> String {
    match document.get(&error.pointer) {
        Some(node) => {
            let at = positions.line_column(node.span.start);
            format!("{}: {error}", place(name, at))
        }
        None => format!("{name}: {error}"),
    }
}

fn place(name: &str, at: LineColumn) -> String {
    format!("{name}:{}:{}", at.line, at.column)
}

/// What is wrong with a file, with the file's name before it.
pub(super) fn wrong(file: &Path, error: &FileError) -> String {
    let name = file.display().to_string();
    match error.at {
        Some(at) => format!("{}: {error}", place(&name, at)),
        None => format!("{name}: {error}"),
    }
}

/// JSON text, or `@FILE` that holds it.
pub(super) fn input(given: &str) -> Result<Arc<str>, String> {
    match given.strip_prefix('@') {
        Some(file) => input_file(Path::new(file)),
        None => json(given, "the input"),
    }
}

/// A file that holds JSON.
pub(super) fn input_file(file: &Path) -> Result<Arc<str>, String> {
    json(&read(file)?, &format!("the input in {}", file.display()))
}

fn json(text: &str, place: &str) -> Result<Arc<str>, String> {
    match serde_json::from_str::<Value>(text) {
        Ok(_) => Ok(Arc::from(text.trim())),
        Err(error) => Err(format!("{place} is no JSON: {error}")),
    }
}

/// The file's name without its endings: `train.asl.json` and `train.scenarios.json` are about the machine `train`.
pub(super) fn machine_name(file: &Path) -> String {
    let name = file.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or("machine");
    let stem = [".json", ".yaml", ".yml"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    let stem = stem.strip_suffix(".asl").unwrap_or(stem);
    let stem = stem.strip_suffix(".scenarios").unwrap_or(stem);
    if stem.is_empty() {
        "machine".to_owned()
    } else {
        stem.to_owned()
    }
}

/// The objects in a folder: each folder in it is a bucket, and the files inside are its objects. Links are not followed.
pub(super) fn objects(folder: &Path) -> Result<SampleObjects, String> {
    let mut objects = SampleObjects::default();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        let cannot = |error| format!("{} cannot be read: {error}", inner.display());
        for entry in std::fs::read_dir(&inner).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let (kind, path) = (entry.file_type().map_err(cannot)?, entry.path());
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file()
                && let Some((bucket, key)) = bucket_and_key(folder, &path)
            {
                let bytes = std::fs::read(&path)
                    .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
                objects.put(&bucket, &key, &bytes);
            }
        }
    }
    Ok(objects)
}

/// `None` for a file beside the buckets.
fn bucket_and_key(folder: &Path, file: &Path) -> Option<(String, String)> {
    let way = file.strip_prefix(folder).ok()?;
    let steps: Vec<_> = way.iter().map(|step| step.to_string_lossy()).collect();
    let (bucket, key) = steps.split_first().filter(|(_, key)| !key.is_empty())?;
    Some((bucket.to_string(), key.join("/")))
}

/// Reads a mock file.
pub(super) fn mocks(file: &Path) -> Result<MockConfig, String> {
    MockConfig::parse(&read(file)?).map_err(|error| wrong(file, &error))
}

/// Which case of a mock file is meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// The machine's name in the file; when it is not there, the only machine of the file is meant.
    pub(super) machine: &'a str,
    /// The case; when none is given, the only one of the machine is meant.
    pub(super) case: Option<&'a str>,
}

/// Finds a case, and makes sure that it mocks only states that can be mocked.
pub(super) fn case(
    file: &Path,
    config: &MockConfig,
    wanted: Wanted<'_>,
    machine: &StateMachine,
) -> Result<Case, String> {
    let shown = file.display();
    let name = machine_in(config, wanted.machine).ok_or_else(|| {
        let names: Vec<&str> = config.machines().collect();
        let names = names.join(", ");
        format!(
            "{shown} has no cases for \"{}\", only for: {names}",
            wanted.machine
        )
    })?;
    let cases = config.cases(name);
    let known = cases.join(", ");
    let chosen = match (wanted.case, cases.as_slice()) {
        (Some(wanted), _) => wanted,
        (None, [only]) => only.as_str(),
        (None, []) => return Err(format!("{shown} has no case for \"{name}\"")),
        (None, _) => return Err(format!("choose one of the cases with --case: {known}")),
    };
    let case = config.case(name, chosen);
    let case = case.ok_or_else(|| format!("{shown} has no case \"{chosen}\", only: {known}"))?;
    let unknown = case
        .states()
        .find(|state| machine.state_named(state).is_none());
    match unknown {
        None => Ok(case),
        Some(state) => Err(format!(
            "the case \"{chosen}\" in {shown} mocks \"{state}\", but the definition has no such state"
        )),
    }
}

/// The machine of this name in a mock file, or the only one.
pub(super) fn machine_in<'a>(config: &'a MockConfig, wanted: &'a str) -> Option<&'a str> {
    let machines: Vec<&str> = config.machines().collect();
    match machines.as_slice() {
        names if names.contains(&wanted) => Some(wanted),
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_named_after_its_file() {
        let name = |file: &str| machine_name(Path::new(file));
        assert_eq!(name("a/b/train.asl.json"), "train");
        assert_eq!(name("train.scenarios.json"), "train");
        assert_eq!(name("train.asl.yaml"), "train");
        assert_eq!(name("train.json"), "train");
        assert_eq!(name("train"), "train");
    }

    #[test]
    fn an_input_that_is_no_json_is_refused_with_the_place() {
        assert_eq!(input(" [1] ").as_deref(), Ok("[1]"));
        assert!(input("{").is_err_and(|message| message.starts_with("the input is no JSON")));
        assert!(input("@/no/such/file").is_err_and(|message| message.contains("cannot be read")));
    }

    #[test]
    fn the_folders_in_a_folder_are_buckets_and_files_beside_them_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("bucket/a");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(inner.join("b.json"), "[1]").unwrap();
        std::fs::write(folder.path().join("note.txt"), "").unwrap();
        let found = objects(folder.path()).unwrap();
        assert_eq!(found.get("bucket", "a/b.json"), Some(&b"[1]"[..]));
        assert_eq!(found.keys("note.txt").count(), 0);
        assert!(objects(&folder.path().join("none")).is_err());
    }

    #[test]
    fn every_fault_of_a_definition_is_said_with_line_and_column() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("m.asl.json");
        let message = |text: &str| {
            std::fs::write(&file, text).unwrap();
            definition(&file).unwrap_err()
        };
        let targets = message(
            "{\n  \"StartAt\": \"A\",\n  \"States\": {\"A\": {\"Type\": \"Pass\",\n    \"Next\": \"B\"}}\n}",
        );
        assert!(
            targets.contains("m.asl.json:4:13: There is no state \"B\""),
            "{targets}"
        );
        let open = message(
            "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Wait\", \"Seconds\": ${S}, \"End\": true}}}",
        );
        assert!(open.contains("The placeholder ${S} must be filled in first"));
        let values = BTreeMap::from([("S".to_owned(), "5".to_owned())]);
        assert!(filled_definition(&file, &values).is_ok());
        let syntax = message("{\n  \"StartAt\" \"A\"}");
        assert!(syntax.contains("m.asl.json:2:"), "{syntax}");
    }
}
