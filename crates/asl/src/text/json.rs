//! JSON as a notation: reading in `parse`, editing in `edit`.

use super::format::Style;
use super::notation::{Format, Notation};
use super::reread::reread;
use super::{Document, EditError, Node, Pointer, SyntaxFault, TextEdit, parse};
use serde_json::Value;

/// JSON, read with patience.
#[derive(Debug)]
pub(super) enum Json {
    /// With placeholders outside quotes.
    Template,
    /// As it is deployed: placeholders outside quotes are faults.
    Strict,
}

impl Json {
    /// Whether placeholders may stand outside quotes.
    fn placeholders(&self) -> bool {
        match self {
            Json::Template => true,
            Json::Strict => false,
        }
    }
}

impl Notation for Json {
    fn format(&self) -> Format {
        Format::Json
    }
    fn read(&self, text: &str) -> (Option<Node>, Vec<SyntaxFault>) {
        parse::parse(text, self.placeholders())
    }
    fn reread(&self, mut before: Node, text: &str, edits: &[&TextEdit]) -> Option<Node> {
        reread(&mut before, text, edits, self.placeholders()).then_some(before)
    }
    fn formatted(&self, document: &Document) -> String {
        let style = Style::usual(Style::of(document).newline);
        let written = document.root().map(|root| style.rewrite(document, root));
        written.unwrap_or_default() + style.newline
    }
    fn set(
        &self,
        document: &Document,
        pointer: &Pointer,
        value: &Value,
        after: Option<&str>,
    ) -> Result<Vec<TextEdit>, EditError> {
        document.set_in_json(pointer, value, after)
    }
    fn remove(&self, document: &Document, pointer: &Pointer) -> Result<Vec<TextEdit>, EditError> {
        document.remove_in_json(pointer)
    }
    fn rename_key(
        &self,
        document: &Document,
        pointer: &Pointer,
        name: &str,
    ) -> Result<Vec<TextEdit>, EditError> {
        document.rename_in_json(pointer, name)
    }
    fn add_member(
        &self,
        document: &Document,
        style: &Style,
        object: &Node,
        key: &str,
        value: &Value,
    ) -> Vec<TextEdit> {
        document.insert_member(style, object, object.members(), key, value, None)
    }
    fn remove_member(&self, document: &Document, object: &Node, index: usize) -> Vec<TextEdit> {
        document
            .removal(object, index)
            .map(|span| TextEdit::new(span, ""))
            .into_iter()
            .collect()
    }
}
