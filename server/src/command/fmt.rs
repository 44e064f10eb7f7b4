//! `statecraft fmt`: definitions laid out in the usual way.
//!
//! Rewrites files, and only those that change; with `--check` it rewrites none and says which would change. Standard input
//! is answered on standard output.

use super::{input, output};
use std::path::Path;
use std::process::ExitCode;

/// What `statecraft fmt` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Values, order, quotes and comments stay. Exits 0 when all is done, 1 when --check found a file that would \
change, 2 when a file could not be read, written or understood; such a file stays as it is."
)]
pub(crate) struct FmtArgs {
    /// Definitions to lay out, JSON or YAML; `-` is standard input
    #[arg(required = true)]
    files: Vec<String>,
    /// Change nothing, and name the files that would change
    #[arg(long)]
    check: bool,
}

/// What became of a file.
enum Outcome {
    Same,
    Differs,
    Failed(String),
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: FmtArgs) -> ExitCode {
    let (mut failed, mut differs) = (false, false);
    for file in &args.files {
        match lay_out(file, args.check) {
            Outcome::Same => {}
            Outcome::Differs => {
                differs = true;
                let name = input::display_name(file);
                failed |= args.check && !output::print("fmt", &format!("{name}\n"));
            }
            Outcome::Failed(message) => {
                failed = true;
                eprintln!("statecraft fmt: {message}");
            }
        }
    }
    match (failed, differs && args.check) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(1),
        (false, false) => ExitCode::SUCCESS,
    }
}

fn lay_out(file: &str, only_check: bool) -> Outcome {
    let document = match input::definition(file) {
        Ok(document) => document,
        Err(message) => return Outcome::Failed(message),
    };
    let Some(text) = document.formatted() else {
        let faults = input::faults(file, &document);
        return Outcome::Failed(format!("cannot lay out what is broken:\n{faults}"));
    };
    let is_same = text == **document.text();
    let outcome = if is_same {
        Outcome::Same
    } else {
        Outcome::Differs
    };
    if only_check {
        return outcome;
    }
    if file == "-" {
        return match output::print("fmt", &text) {
            true => outcome,
            false => Outcome::Failed("standard output could not be written.".to_owned()),
        };
    }
    if is_same {
        return outcome;
    }
    match replace(Path::new(file), &text) {
        Ok(()) => outcome,
        Err(error) => Outcome::Failed(format!("cannot write {file}: {error}.")),
    }
}

/// Puts a whole new file in the place of the old one, so that no half of it is ever seen.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let file = file.canonicalize()?;
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = file.with_file_name(name);
    let written = std::fs::write(&beside, text)
        .and_then(|()| std::fs::set_permissions(&beside, std::fs::metadata(&file)?.permissions()))
        .and_then(|()| std::fs::rename(&beside, &file));
    if written.is_err() {
        // What is left of it is of no use.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }

    #[test]
    fn files_are_laid_out_in_place_once() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text, wanted) in [
            ("a.asl.json", "{\"a\":1}", "{\n  \"a\": 1\n}\n"),
            ("a.asl.yaml", "a:   1 # x", "a: 1 # x\n"),
        ] {
            let path = file(&folder, name, text);
            assert!(matches!(lay_out(&path, true), Outcome::Differs));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
            assert!(matches!(lay_out(&path, false), Outcome::Differs));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), wanted);
            assert!(matches!(lay_out(&path, false), Outcome::Same));
        }
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 2, "no other file stays");
    }

    #[test]
    fn a_broken_file_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(&folder, "a.json", "{");
        let Outcome::Failed(message) = lay_out(&path, false) else {
            panic!("it should fail")
        };
        assert!(message.contains("a.json:1:1: The object"), "{message}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{");
    }
}
