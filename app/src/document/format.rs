//! Laying a text out in the usual way, as the smallest edits that do it.

use super::{Change, Editing, Refusal, difference, invert};
use crate::text::document as words;
use asl::text::{Span, TextEdit};

impl Editing {
    /// Lays the text out in the usual way; values, order and comments stay. Refused while the text is broken.
    pub fn format(&self) -> Result<Change, Refusal> {
        self.whole()?;
        let text = self.text();
        let after = self
            .document()
            .formatted()
            .unwrap_or_else(|| text.to_string());
        let edits = match spaces(text, &after) {
            Some(edits) => edits,
            None => difference(text, &after).into_iter().collect(),
        };
        Ok(Change {
            inverse: invert(text, &edits),
            edits,
            label: words::FORMAT.to_owned(),
            ..Change::default()
        })
    }
}

/// The edits between two texts that differ only in blanks and line breaks; none when they differ in more.
fn spaces(before: &str, after: &str) -> Option<Vec<TextEdit>> {
    let (mut old, mut new) = (0, 0);
    let mut edits = Vec::new();
    while old < before.len() || new < after.len() {
        let (old_gap, new_gap) = (gap(before.get(old..)?), gap(after.get(new..)?));
        if old_gap != new_gap {
            edits.push(TextEdit::new(Span::new(old, old + old_gap.len()), new_gap));
        }
        (old, new) = (old + old_gap.len(), new + new_gap.len());
        let (old_word, new_word) = (word(before.get(old..)?), word(after.get(new..)?));
        let length = old_word
            .bytes()
            .zip(new_word.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        // Each round gets on in both texts, or they differ in more than blanks.
        if length == 0 && !(old_word.is_empty() && new_word.is_empty()) {
            return None;
        }
        (old, new) = (old + length, new + length);
    }
    Some(edits)
}

/// The blanks at the beginning of a text.
fn gap(text: &str) -> &str {
    &text[..text.len() - text.trim_start().len()]
}

/// What stands at the beginning of a text, up to the next blank.
fn word(text: &str) -> &str {
    &text[..text.find(char::is_whitespace).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const CRAMPED: &str =
        r#"{"StartAt":"Ä b","States":{"Ä b":{"Type":"Wait","Seconds":1,"End":true}}}"#;

    #[test]
    fn formatting_changes_nothing_but_blanks_and_can_be_taken_back() {
        let mut editing = Editing::new(CRAMPED);
        let change = editing.format().expect("a whole text");
        assert!(change.edits.len() > 5);
        for edit in &change.edits {
            assert!(edit.replacement.trim().is_empty());
        }
        editing.apply(&change, Vec::new()).expect("applies");
        assert_eq!(editing.text().lines().count(), 10);
        assert!(editing.format().expect("whole").is_empty());
        editing.undo();
        assert_eq!(&**editing.text(), CRAMPED);
    }

    #[test]
    fn a_broken_text_is_not_formatted() {
        let refused = Editing::new("{\n  \"a\": }").format();
        assert_eq!(refused, Err(Refusal::Broken { line: 2 }));
    }
}
