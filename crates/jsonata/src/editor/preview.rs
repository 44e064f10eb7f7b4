//! Values in a few words: the beginning of their JSON text. The work is bounded by the length of what is shown, not by the value.

use crate::number::to_precision_text;
use crate::value::Value;

/// The JSON text of a value, cut to about so many characters.
pub(super) fn preview(value: &Value<'_>, width: usize) -> String {
    let mut writer = Writer {
        text: String::new(),
        width,
    };
    writer.value(value);
    if writer.is_full() {
        let cut = writer
            .text
            .char_indices()
            .nth(width)
            .map_or(writer.text.len(), |(at, _)| at);
        writer.text.truncate(cut);
        writer.text.push('…');
    }
    writer.text
}

/// The kind of a value, with its size where it has one.
pub(super) fn kind(value: &Value<'_>) -> String {
    match value {
        Value::Array(array) => format!("array of {}", array.len()),
        other => other.kind().to_owned(),
    }
}

struct Writer {
    text: String,
    width: usize,
}

impl Writer {
    /// Bytes are at least as many as characters, so nothing is cut too early by more than the longest characters ask for.
    fn is_full(&self) -> bool {
        self.text.len() > self.width && self.text.chars().nth(self.width).is_some()
    }

    /// Recursion is bounded, since each level writes a character.
    fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Undefined => self.text.push_str("undefined"),
            Value::Null => self.text.push_str("null"),
            Value::Bool(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Value::Number(number) => self.text.push_str(&to_precision_text(*number)),
            Value::Text(text) => self.quoted(text),
            Value::Function(_) => self.text.push_str("function"),
            Value::Array(array) => {
                let items = array.iter().map(|item| (None, item));
                self.members(['[', ']'], &mut items.into_iter());
            }
            Value::Object(object) => {
                let members = object
                    .iter()
                    .map(|(name, value)| (Some(name.to_string()), value));
                self.members(['{', '}'], &mut members.into_iter());
            }
        }
    }

    fn members<'a>(
        &mut self,
        [open, close]: [char; 2],
        members: &mut dyn Iterator<Item = (Option<String>, Value<'a>)>,
    ) {
        self.text.push(open);
        for (index, (name, value)) in members.enumerate() {
            if self.is_full() {
                return;
            }
            if index > 0 {
                self.text.push_str(", ");
            }
            if let Some(name) = name {
                self.quoted(&name);
                self.text.push_str(": ");
            }
            self.value(&value);
        }
        self.text.push(close);
    }

    fn quoted(&mut self, text: &str) {
        let end = text
            .char_indices()
            .nth(self.width)
            .map_or(text.len(), |(at, _)| at);
        let shown = serde_json::to_string(text.get(..end).unwrap_or_default());
        self.text.push_str(&shown.unwrap_or_default());
    }
}
