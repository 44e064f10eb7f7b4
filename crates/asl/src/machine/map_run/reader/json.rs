//! JSON files and JSON Lines.

use super::{Object, ReaderError, address, text};
use serde_json::Value;

/// The array or object in a JSON file, or the one to which the pointer leads.
pub(super) fn read(object: &Object, pointer: Option<&str>) -> Result<Value, ReaderError> {
    let unreadable = |error: serde_json::Error| ReaderError::Unreadable {
        object: address(object),
        format: "JSON",
        reason: error.to_string(),
    };
    let mut value: Value = serde_json::from_str(text(object, "JSON")?).map_err(unreadable)?;
    if let Some(pointer) = pointer {
        let gone = || ReaderError::NoSuchPointer(pointer.to_owned(), address(object));
        value = value.pointer_mut(pointer).ok_or_else(gone)?.take();
    }
    match value {
        Value::Array(_) | Value::Object(_) => Ok(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(ReaderError::NotIterable)
        }
    }
}

/// One value for each line that is not blank.
pub(super) fn read_lines(object: &Object, most: usize) -> Result<Value, ReaderError> {
    let lines = text(object, "JSONL")?.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty()).take(most);
    let values = lines.map(|(index, line)| {
        serde_json::from_str(line).map_err(|error| ReaderError::Unreadable {
            object: address(object),
            format: "JSONL",
            reason: format!("line {}: {error}", index + 1),
        })
    });
    values.collect::<Result<_, _>>().map(Value::Array)
}
