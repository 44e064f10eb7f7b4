//! JSON text as a tree with spans, and edits that leave the rest of the text as it was.
//!
//! Parsing never fails: it gives as much of a tree as the text allows, and the faults that it met. The tree keeps the
//! order of members, duplicate keys and unknown fields. This module knows nothing of the language's meaning.

use std::sync::Arc;

/// A range of bytes in a text; `start <= end`, both on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

/// A text and what was understood of it.
#[derive(Debug, Clone)]
pub struct Document {
    text: Arc<str>,
    root: Option<Node>,
    faults: Vec<SyntaxFault>,
}

/// A value in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value stands, delimiters included.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was written.
    Number(Box<str>),
    /// A string, with its escapes resolved.
    String(Box<str>),
    /// An array.
    Array(Vec<Node>),
    /// An object: members in written order, duplicates included.
    Object(Vec<Member>),
    /// A place where a value should stand and does not.
    Missing,
}

/// A name and its value inside an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The name, with its escapes resolved.
    pub key: Box<str>,
    /// Where the name stands, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// What is wrong with the text as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxFault {
    /// Where.
    pub span: Span,
    /// What was found and what was expected, as a plain sentence.
    pub message: String,
}

/// One step from a value to a value inside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into an object, by name.
    Key(Arc<str>),
    /// Into an array, by zero-based index.
    Index(usize),
}

/// The way from the root of a document to a value; `Display` and `FromStr` use RFC 6901 (`/States/Train/Retry/0`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Pointer(pub Vec<Step>);

/// Replace the text at `span` by `replacement`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// What goes away; empty for an insertion.
    pub span: Span,
    /// What comes instead.
    pub replacement: String,
}

impl Document {
    /// Reads `text`; never fails.
    pub fn parse(text: impl Into<Arc<str>>) -> Self {
        let _text: Arc<str> = text.into();
        unimplemented!()
    }
    /// The text as it was given.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }
    /// The outermost value, when there is any.
    pub fn root(&self) -> Option<&Node> {
        self.root.as_ref()
    }
    /// What is wrong with the text as JSON, in order of position; empty for valid JSON.
    pub fn faults(&self) -> &[SyntaxFault] {
        &self.faults
    }
    /// The value at `pointer`.
    pub fn get(&self, _pointer: &Pointer) -> Option<&Node> {
        unimplemented!()
    }
    /// The innermost value at a byte offset (for the cursor), with the way to it.
    pub fn at_offset(&self, _offset: usize) -> Option<(Pointer, &Node)> {
        unimplemented!()
    }
    /// Edits that set the value at `pointer`: replaces what is there, adds the member (after `after`, else last) when
    /// it is missing. Indentation follows the text's own.
    pub fn set(&self, _pointer: &Pointer, _value: &serde_json::Value, _after: Option<&str>) -> Result<Vec<TextEdit>, EditError> {
        unimplemented!()
    }
    /// Edits that remove the member or element at `pointer`, with its comma and its line when nothing else stands on it.
    pub fn remove(&self, _pointer: &Pointer) -> Result<Vec<TextEdit>, EditError> {
        unimplemented!()
    }
    /// Edits that give the member at `pointer` another name, its value untouched.
    pub fn rename_key(&self, _pointer: &Pointer, _name: &str) -> Result<Vec<TextEdit>, EditError> {
        unimplemented!()
    }
    /// Applies edits (none overlapping, any order) and reads the result.
    pub fn apply(&self, _edits: &[TextEdit]) -> Result<Document, EditError> {
        unimplemented!()
    }
}

impl Node {
    /// The value as plain JSON, when all of it is there. The last of duplicate members wins.
    pub fn to_value(&self) -> Option<serde_json::Value> {
        unimplemented!()
    }
    /// The member named `key` of an object (the last, when it is there twice).
    pub fn member(&self, _key: &str) -> Option<&Member> {
        unimplemented!()
    }
    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        unimplemented!()
    }
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Nothing stands there, or its parent is no object or array.
    #[error("there is nothing at {0}")]
    NoSuchPlace(String),
    /// Two edits touch the same text, or one reaches past its end.
    #[error("the edits overlap or reach past the end of the text")]
    Overlap,
}
