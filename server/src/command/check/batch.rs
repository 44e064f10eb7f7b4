//! Many definitions at once: JSON lines in, JSON lines out, in the same order.

use super::{Checked, json, machine_type};
use crate::command::input;
use asl::check::MachineType;
use asl::text::{Document, Node};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;

/// Answers every line of the files, or of standard input when none is named.
pub(super) fn run(files: &[String], default: MachineType) -> ExitCode {
    let mut failed = false;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let stdin = ["-".to_owned()];
    for file in if files.is_empty() { &stdin } else { files } {
        match answer_all(file, default, &mut out) {
            Ok(understood) => failed |= !understood,
            Err(message) => {
                failed = true;
                eprintln!("statecraft check: {message}");
            }
        }
    }
    if failed {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    }
}

/// Whether every line was understood; an error when reading or writing broke off.
fn answer_all(file: &str, default: MachineType, out: &mut impl Write) -> Result<bool, String> {
    if file == "-" {
        return answer_lines(std::io::stdin().lock(), default, out);
    }
    let text = input::text(file)?;
    answer_lines(BufReader::new(text.as_bytes()), default, out)
}

/// Reads line by line, so that a pipe of any length needs little memory.
pub(super) fn answer_lines(
    mut lines: impl BufRead,
    default: MachineType,
    out: &mut impl Write,
) -> Result<bool, String> {
    let mut understood = true;
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = lines
            .read_until(b'\n', &mut line)
            .map_err(|error| format!("cannot read the lines: {error}."))?;
        if length == 0 {
            return Ok(understood);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = answer(&line, default);
        understood &= answer.get("error").is_none();
        let written = writeln!(out, "{answer}").and_then(|()| out.flush());
        if let Err(error) = written {
            return Err(format!("cannot write the answers: {error}."));
        }
    }
}

fn answer(line: &[u8], default: MachineType) -> Value {
    let Ok(text) = std::str::from_utf8(line) else {
        return json!({"id": null, "error": "The line is not UTF-8 text."});
    };
    let request = Document::parse(text.trim());
    if let Some(fault) = request.faults().first() {
        return json!({"id": null, "error": format!("The line is no JSON: {}", fault.message)});
    }
    let field = |name| request.root().and_then(|root: &Node| root.field(name));
    let id = field("id").and_then(Node::to_value).unwrap_or_default();
    let Some(definition) = field("definition") else {
        return json!({"id": id, "error": "The line has no \"definition\"."});
    };
    let machine_type = match field("type").filter(|value| !value.is_null()) {
        None => default,
        Some(value) => match value.as_str().and_then(machine_type) {
            Some(machine_type) => machine_type,
            None => return json!({"id": id, "error": "\"type\" must be STANDARD or EXPRESS."}),
        },
    };
    // A definition that stands in the line as an object is checked as it is written there.
    let text = definition
        .as_str()
        .unwrap_or_else(|| request.slice(definition.span));
    let checked = Checked::new(String::new(), Document::parse(text), machine_type);
    json!({"id": id, "valid": checked.is_valid(), "diagnostics": json::diagnostics(&checked)})
}
