//! Values in few words and characters.

use serde_json::Value;

/// How many characters of a value are shown.
const SHOWN: usize = 200;

/// What a value is; empty when it is not known.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "",
        Value::Bool(_) => "Boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A value as JSON text, cut short.
pub(super) fn preview(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}
