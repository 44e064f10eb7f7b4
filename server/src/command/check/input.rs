//! Reading what is to be checked.

use std::io::{ErrorKind, Read};
use std::path::Path;

/// The text of a file, or of standard input for `-`. The error is a whole sentence.
pub(super) fn read(file: &str) -> Result<String, String> {
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
    let is_yaml = path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
    });
    if is_yaml {
        return Err(format!(
            "{file} is YAML, and only JSON is read; convert it to JSON first."
        ));
    }
    std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("there is no file {file}."),
        ErrorKind::PermissionDenied => format!("{file} may not be read: permission denied."),
        _ => format!("cannot read {file}: {error}."),
    })
}
