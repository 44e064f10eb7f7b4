//! JSON and YAML of one definition: converting, telling which one a text is, and comparing across them.

use super::{Change, Editing, Refusal, difference, invert};
use crate::text::document as words;
use asl::check::bare_placeholders;
use asl::text::{Document, Format, Node, Span, TextEdit};
use std::sync::{Arc, OnceLock};

/// What a deployment sends of a definition: JSON. One that is written in JSON is sent as it stands.
pub fn sent(document: &Document) -> String {
    match document.format() {
        Format::Json => document.text().to_string(),
        Format::Yaml => document.to_json(&bare_placeholders(document)),
    }
}

/// The text as a file in a notation. None while it has faults and would have to be converted.
pub fn written(document: &Document, notation: Format) -> Option<String> {
    if document.format() == notation {
        return Some(document.text().to_string());
    }
    let is_whole = document.faults().is_empty();
    is_whole.then(|| match notation {
        Format::Json => sent(document),
        Format::Yaml => document.to_yaml(),
    })
}

/// The same text, read in a notation.
pub(super) fn read_as(document: Document, notation: Format) -> Document {
    if document.format() == notation {
        document
    } else {
        Document::parse_as(document.text().clone(), notation)
    }
}

/// The text that counts as saved, and what it says, worked out when it is first compared with another notation.
#[derive(Debug, Clone)]
pub(super) struct Saved {
    text: Arc<str>,
    said: OnceLock<String>,
}

impl Saved {
    pub(super) fn new(text: Arc<str>) -> Self {
        Self {
            text,
            said: OnceLock::new(),
        }
    }

    /// Whether a text is the saved one, or YAML that says the same.
    pub(super) fn is_said_by(&self, document: &Document) -> bool {
        *self.text == **document.text()
            || document.format() == Format::Yaml
                && document.faults().is_empty()
                && *self.said.get_or_init(|| laid_out(&self.text)) == sent(document)
    }
}

/// A definition as JSON in the usual layout, for comparing what two texts say.
pub fn laid_out(text: &str) -> String {
    let document = Document::parse_as(text, Format::of_text(text));
    document.to_json(&bare_placeholders(&document))
}

impl Editing {
    /// Writes the whole definition in another notation. Comments stay behind. Refused while the text is broken.
    pub fn convert(&self, notation: Format) -> Result<Change, Refusal> {
        self.whole()?;
        let (before, text) = (self.notation(), self.text());
        if before == notation {
            return Ok(Change::default());
        }
        let (after, word) = match notation {
            Format::Json => (sent(self.document()), "JSON"),
            Format::Yaml => (self.document().to_yaml(), "YAML"),
        };
        let edits: Vec<TextEdit> = difference(text, &after).into_iter().collect();
        Ok(Change {
            inverse: invert(text, &edits),
            edits,
            label: words::write_as(word),
            notations: Some((before, notation)),
            ..Change::default()
        })
    }

    /// How many comments the text has; only YAML has any.
    pub fn comments(&self) -> usize {
        match self.notation() {
            Format::Json => 0,
            Format::Yaml => comments(self.document()),
        }
    }

    /// A text after typing, in the notation that it is in: the present one, unless everything was replaced, or it is
    /// broken in this one and whole in the other.
    pub(super) fn in_its_notation(&self, edits: &[TextEdit], after: Document) -> Document {
        let told = Format::of_text(after.text());
        if told == after.format() {
            return after;
        }
        let other = Document::parse_as(after.text().clone(), told);
        let is_whole = other.faults().is_empty() && other.root().is_some_and(Node::is_object);
        if is_whole || replaces_all(self.text(), edits) {
            other
        } else {
            after
        }
    }
}

/// Whether nothing but blanks is left of a text.
fn replaces_all(text: &str, edits: &[TextEdit]) -> bool {
    let [edit] = edits else { return false };
    let is_blank = |part: Option<&str>| part.is_none_or(|part| part.trim().is_empty());
    is_blank(text.get(..edit.span.start)) && is_blank(text.get(edit.span.end..))
}

/// Counts the signs that begin a comment: those behind a blank or at the beginning of a line, outside all texts.
fn comments(document: &Document) -> usize {
    let texts = texts(document);
    let mut before = '\n';
    let mut count = 0;
    let mut in_comment = false;
    for (at, c) in document.text().char_indices() {
        in_comment &= c != '\n';
        if c == '#' && before.is_whitespace() && !in_comment && !holds(&texts, at) {
            in_comment = true;
            count += 1;
        }
        before = c;
    }
    count
}

/// Where names and plain values stand, in order.
fn texts(document: &Document) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Vec<&Node> = document.root().into_iter().collect();
    while let Some(node) = open.pop() {
        if !(node.is_object() || node.is_array()) {
            found.push(node.span);
        }
        for member in node.members() {
            found.push(member.key_span);
            open.push(&member.value);
        }
        open.extend(node.elements());
    }
    found.sort();
    found
}

fn holds(spans: &[Span], at: usize) -> bool {
    let index = spans.partition_point(|span| span.start <= at);
    let before = index.checked_sub(1).and_then(|index| spans.get(index));
    before.is_some_and(|span| at < span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "# The only step\nStartAt: A\nStates:\n  A:\n    Type: Wait # idle\n    Comment: 'no # comment'\n    Seconds: ${Pause}\n    End: true\n";

    #[test]
    fn converting_there_and_back_says_the_same_and_undo_crosses_it() {
        let mut editing = Editing::new(YAML);
        assert_eq!(editing.notation(), Format::Yaml);
        let change = editing.convert(Format::Json).expect("a whole text");
        editing.apply(&change, Vec::new()).expect("applies");
        assert_eq!(editing.notation(), Format::Json);
        assert!(!editing.stale());
        assert!(
            editing.text().contains("\"Seconds\": ${Pause}"),
            "{}",
            editing.text()
        );
        editing.undo();
        assert_eq!(
            (&**editing.text(), editing.notation()),
            (YAML, Format::Yaml)
        );
        editing.redo();
        assert_eq!(editing.notation(), Format::Json);
        let back = editing.convert(Format::Yaml).expect("a whole text");
        editing.apply(&back, Vec::new()).expect("applies");
        assert_eq!(laid_out(editing.text()), laid_out(YAML));
    }

    #[test]
    fn comments_are_counted_outside_texts() {
        assert_eq!(Editing::new(YAML).comments(), 2);
        assert_eq!(Editing::new("{\"Comment\": \" # \"}").comments(), 0);
    }

    #[test]
    fn yaml_that_says_what_is_saved_is_no_change() {
        let mut editing = Editing::new(YAML);
        editing.saved_as(&laid_out(YAML).replace("  ", "\t"));
        assert!(!editing.dirty());
        let mended = YAML.replace("Wait", "Pass");
        editing.set_text(&mended, Vec::new());
        assert!(editing.dirty());
        editing.set_text("StartAt: [", Vec::new());
        assert!(editing.dirty());
    }

    #[test]
    fn a_text_that_is_pasted_over_everything_brings_its_notation() {
        let mut editing = Editing::new("{\"StartAt\": \"A\"}");
        let all = |editing: &Editing, text: &str| {
            vec![TextEdit::new(Span::new(0, editing.text().len()), text)]
        };
        editing.type_in(all(&editing, "StartAt: [broken\nStates:\n"), Vec::new());
        assert_eq!(editing.notation(), Format::Yaml);
        assert!(editing.stale());
        editing.type_in(all(&editing, "{}"), Vec::new());
        assert_eq!(editing.notation(), Format::Json);
        editing.undo();
        editing.undo();
        assert_eq!(editing.notation(), Format::Json);
        assert_eq!(&**editing.text(), "{\"StartAt\": \"A\"}");
    }

    #[test]
    fn what_is_typed_wrongly_does_not_change_the_notation() {
        let mut editing = Editing::new("{\"StartAt\":\"A\",\"States\":{}}");
        editing.set_text("x{\"StartAt\":\"A\",\"States\":{}}", Vec::new());
        assert_eq!(editing.notation(), Format::Json);
        assert!(editing.stale());
    }
}
