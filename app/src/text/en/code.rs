//! The code pane.

pub(crate) const OPENING: &str = "Opening the code editor…";
pub(crate) const PLAIN: &str = "The code editor could not be loaded, so this is a plain text field. Load the page again to try once more.";
pub(crate) const PLAIN_TEXT: &str = "Definition";

pub(crate) const FORMAT: &str = "Format";
pub(crate) const FORMAT_HINT: &str = "Lay the text out (Shift+Alt+F)";
pub(crate) const FORMATTED_ALREADY: &str = "The text is laid out already.";
pub(crate) const NOTATION: &str = "Notation";
pub(crate) const SUGGEST_KEYS: &str = "Ctrl+Space";
pub(crate) const SUGGEST: &str = " suggests";

pub(crate) const KEEP_YAML: &str = "Keep YAML";
pub(crate) const TO_JSON: &str = "Write it as JSON";

pub(crate) fn comments_go(count: usize) -> String {
    match count {
        1 => "JSON has no comments, so the one in this text goes away. Undo brings them back."
            .to_owned(),
        count => format!(
            "JSON has no comments, so the {count} in this text go away. Undo brings them back."
        ),
    }
}

pub(crate) fn rename(name: &str) -> String {
    format!("Rename to {name}")
}
