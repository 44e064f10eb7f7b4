//! Reading the files that subcommands are given.

use asl::text::{Document, Format, Positions};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The text of a file, or of standard input for `-`. The error is a whole sentence.
pub(super) fn text(file: &str) -> Result<String, String> {
    let bytes = if file == "-" {
        read_stdin()
    } else {
        read_file(file)
    }?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!(
            "{} is not UTF-8 text (byte {at}); save it as UTF-8.",
            display_name(file)
        )
    })
}

/// The definition in a file, JSON or YAML by the ending of its name, else by its beginning. The error is a whole sentence.
pub(super) fn definition(file: &str) -> Result<Document, String> {
    Ok(document(file, text(file)?))
}

/// The text of a file, read as its name says, else as it begins.
pub(super) fn document(file: &str, text: String) -> Document {
    let format = Format::of_name(file).unwrap_or_else(|| Format::of_text(&text));
    Document::parse_as(text, format)
}

/// The faults of a text, each with its place, one in a line.
pub(super) fn faults(file: &str, document: &Document) -> String {
    let positions = Positions::new(document.text().clone());
    let lines = document.faults().iter().map(|fault| {
        let place = positions.line_column(fault.span.start);
        let name = display_name(file);
        format!("{name}:{}:{}: {}", place.line, place.column, fault.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// How a file is called in the findings.
pub(super) fn display_name(file: &str) -> String {
    if file == "-" {
        "<stdin>".to_owned()
    } else {
        file.to_owned()
    }
}

fn read_stdin() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| format!("cannot read standard input: {error}."))?;
    Ok(bytes)
}

fn read_file(file: &str) -> Result<Vec<u8>, String> {
    let path = Path::new(file);
    if path.is_dir() {
        return Err(format!(
            "{file} is a directory; name the definition files in it."
        ));
    }
    std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("there is no file {file}."),
        ErrorKind::PermissionDenied => format!("{file} may not be read: permission denied."),
        _ => format!("cannot read {file}: {error}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreadable_inputs_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        std::fs::write(path("latin.json"), [b'"', 0xe4, b'"']).unwrap();
        for (name, says) in [
            ("missing.json", "no file"),
            ("", "directory"),
            ("latin.json", "UTF-8"),
        ] {
            let message = text(&path(name)).unwrap_err();
            assert!(
                message.contains(says) && message.ends_with('.'),
                "{message}"
            );
        }
    }

    #[test]
    fn the_format_follows_the_name_and_else_the_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let format = |name: &str, content: &str| {
            let path = folder.path().join(name).to_string_lossy().into_owned();
            std::fs::write(&path, content).unwrap();
            definition(&path).unwrap().format()
        };
        assert_eq!(format("a.asl.yaml", "{}"), Format::Yaml);
        assert_eq!(format("a.asl.json", "StartAt: A"), Format::Json);
        assert_eq!(format("a", "StartAt: A"), Format::Yaml);
        assert_eq!(format("b", " {}"), Format::Json);
    }

    #[test]
    fn faults_are_told_with_file_line_and_column() {
        let document = Document::parse_yaml("a: 1\nb: @\n");
        let told = faults("-", &document);
        assert!(told.starts_with("<stdin>:2:4: `@` cannot begin"), "{told}");
    }
}
