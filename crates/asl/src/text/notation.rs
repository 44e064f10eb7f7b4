//! The two notations that definitions are written in, behind one seam: a program that never reads YAML does not contain the
//! code for it.

use super::format::Style;
use super::{Document, EditError, Node, Pointer, SyntaxFault, TextEdit};
use serde_json::Value;

/// How a definition is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2 with its core schema.
    Yaml,
}

impl Format {
    /// By the ending of a file's name: `.yaml` and `.yml` are YAML, `.json` and `.asl` are JSON.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Format::Yaml),
            "json" | "asl" => Some(Format::Json),
            _ => None,
        }
    }

    /// By what a text begins with. A definition is an object, which begins with a brace in JSON, and maybe with a comment
    /// that does not belong there; a quoted name begins an object of YAML. Without any content, it counts as JSON.
    pub fn of_text(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.is_empty() || text.starts_with(['{', '/']) {
            Format::Json
        } else {
            Format::Yaml
        }
    }
}

/// What reading and editing need to know of a notation. Edits are made on documents that it has read.
pub(super) trait Notation: std::fmt::Debug + Sync {
    fn format(&self) -> Format;
    /// As much of a tree as the text allows, and what is wrong with the text.
    fn read(&self, text: &str) -> (Option<Node>, Vec<SyntaxFault>);
    /// The tree of `text`, which `edits` (in order, not overlapping) made of a text without faults whose tree is `before`, when
    /// it is found with less than reading the whole.
    fn reread(&self, _before: Node, _text: &str, _edits: &[&TextEdit]) -> Option<Node> {
        None
    }
    /// The text of a document without faults, laid out in the usual way.
    fn formatted(&self, document: &Document) -> String;
    fn set(
        &self,
        document: &Document,
        pointer: &Pointer,
        value: &Value,
        after: Option<&str>,
    ) -> Result<Vec<TextEdit>, EditError>;
    fn remove(&self, document: &Document, pointer: &Pointer) -> Result<Vec<TextEdit>, EditError>;
    fn rename_key(
        &self,
        document: &Document,
        pointer: &Pointer,
        name: &str,
    ) -> Result<Vec<TextEdit>, EditError>;
    /// Edits that add a member to an object of the document, last.
    fn add_member(
        &self,
        document: &Document,
        style: &Style,
        object: &Node,
        key: &str,
        value: &Value,
    ) -> Vec<TextEdit>;
    /// Edits that remove the member number `index` of an object of the document.
    fn remove_member(&self, document: &Document, object: &Node, index: usize) -> Vec<TextEdit>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_name_and_texts_by_their_beginning() {
        assert_eq!(Format::of_name("a/b.asl.yaml"), Some(Format::Yaml));
        assert_eq!(Format::of_name("b.YML"), Some(Format::Yaml));
        assert_eq!(Format::of_name("b.asl.json"), Some(Format::Json));
        assert_eq!(Format::of_name("-"), None);
        assert_eq!(Format::of_text("\u{feff} {\"a\": 1}"), Format::Json);
        assert_eq!(Format::of_text(" \n"), Format::Json);
        assert_eq!(Format::of_text("# x\nStartAt: A\n"), Format::Yaml);
        assert_eq!(Format::of_text("\"StartAt\": A\n"), Format::Yaml);
    }
}
