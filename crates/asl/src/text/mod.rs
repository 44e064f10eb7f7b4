//! JSON or YAML text as a tree with spans, and edits that leave the rest of the text as it was.
//!
//! Parsing never fails: it gives as much of a tree as the text allows, and the faults that it met. The tree keeps the
//! order of members, duplicate keys and unknown fields. This module knows nothing of the language's meaning.

mod edit;
mod escapes;
mod format;
mod function;
mod json;
mod literal;
mod node;
mod notation;
mod parse;
mod placeholder;
mod pointer;
mod position;
mod reread;
mod stray;
#[cfg(test)]
mod tests;
mod yaml;

pub(crate) use escapes::Escapes;
pub(crate) use format::Style;
pub use format::json_of;
pub(crate) use function::{function, joined, template_text, unescaped};
pub use notation::Format;
pub use parse::MAX_DEPTH;
pub use placeholder::placeholders;
pub use pointer::PointerError;
pub use position::{LineColumn, Positions};

use json::Json;
use notation::Notation;
use serde_json::Value;
use std::sync::Arc;
use yaml::Yaml;

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
    notation: &'static dyn Notation,
}

/// A value in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value stands, delimiters included.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a [`Node`] holds. Its `Debug` form says of an array or object only how much is in it: a tree may be deeper than a
/// stack that formats it.
#[derive(Clone, PartialEq)]
pub enum NodeKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was written.
    Number(Box<str>),
    /// A string, with its escapes resolved.
    String(Box<str>),
    /// A placeholder outside quotes, as it was written: `${Timeout}`. It stands for a value of any kind.
    Placeholder(Box<str>),
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

/// What is wrong with the text as JSON or YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxFault {
    /// Where.
    pub span: Span,
    /// What was found and what was expected, as a plain sentence.
    pub message: String,
    /// The change that mends this place, where it is evident.
    pub fix: Option<TextEdit>,
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
///
/// RFC 6901 writes the name `0` and the index 0 alike. `FromStr` reads such a token as [`Step::Index`], and every look-up
/// takes an index into an object as the name with these digits, so that nothing is lost on the way through text.
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

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Nothing stands there, or its parent is no object or array.
    #[error("there is nothing at {0}")]
    NoSuchPlace(String),
    /// YAML that is written once for several places, or in a way that no edit can take apart.
    #[error(
        "the value at {0} is written in a way that cannot be edited from here; change it in the text"
    )]
    Tangled(String),
    /// Two edits touch the same text, or one reaches past its end.
    #[error("the edits overlap or reach past the end of the text")]
    Overlap,
}

impl Span {
    /// A range of bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
    /// An empty range, for insertions.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }
    /// Whether an offset lies in the range or at its end, where a cursor can stand.
    pub fn touches(&self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }
}

impl TextEdit {
    /// Replaces `span` by `replacement`.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self {
            span,
            replacement: replacement.into(),
        }
    }
}

/// A value as a text of its own; placeholders outside quotes stay so in JSON.
pub(crate) fn written(node: &Node, format: Format) -> String {
    match format {
        Format::Json => Style::usual("\n").write_node(node, "") + "\n",
        Format::Yaml => yaml::written(node),
    }
}

impl Document {
    /// Reads `text` as a definition in JSON; never fails. Placeholders may stand outside quotes.
    pub fn parse(text: impl Into<Arc<str>>) -> Self {
        Self::read(text.into(), &Json::Template)
    }
    /// Reads `text` as JSON and nothing else, as inputs are read and definitions that are deployed; never fails.
    pub fn parse_strict(text: impl Into<Arc<str>>) -> Self {
        Self::read(text.into(), &Json::Strict)
    }
    /// Reads `text` as YAML; never fails. Broken YAML has faults and as much of a tree as could be read.
    pub fn parse_yaml(text: impl Into<Arc<str>>) -> Self {
        Self::read(text.into(), &Yaml)
    }
    /// Reads `text` in a format; never fails.
    pub fn parse_as(text: impl Into<Arc<str>>, format: Format) -> Self {
        match format {
            Format::Json => Self::parse(text),
            Format::Yaml => Self::parse_yaml(text),
        }
    }

    fn read(text: Arc<str>, notation: &'static dyn Notation) -> Self {
        let (root, faults) = notation.read(&text);
        Self {
            text,
            root,
            faults,
            notation,
        }
    }

    /// How the text is written.
    pub fn format(&self) -> Format {
        self.notation.format()
    }
    /// The text as it was given.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }
    /// The outermost value, when there is any.
    pub fn root(&self) -> Option<&Node> {
        self.root.as_ref()
    }
    /// What is wrong with the text, in order of position; empty for valid JSON or YAML.
    pub fn faults(&self) -> &[SyntaxFault] {
        &self.faults
    }
    /// The text at a span; empty when the span does not fit this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
    /// The text laid out in the usual way: two blanks for each level, a line break at the end. Values, order, quotes and
    /// comments stay. None while the text has faults.
    pub fn formatted(&self) -> Option<String> {
        let is_sound = self.faults.is_empty();
        is_sound.then(|| self.notation.formatted(self))
    }
    /// The value as YAML, in the order of the text; comments are not kept. Without a value, an empty text.
    pub fn to_yaml(&self) -> String {
        self.root().map(yaml::written).unwrap_or_default()
    }
    /// The value as JSON, in the order of the text; comments are not kept. Without a value, an empty text.
    ///
    /// In YAML, a placeholder may be meant as a text or not; it becomes a text in JSON, unless it stands at one of `bare`
    /// ([`crate::check::bare_placeholders`]). One from JSON stays as it was.
    pub fn to_json(&self, bare: &[Span]) -> String {
        let style = Style::usual("\n");
        let bare = (self.format() == Format::Yaml).then_some(bare);
        let write = |root| style.convert(root, bare) + "\n";
        self.root().map(write).unwrap_or_default()
    }
    /// Edits that set the value at `pointer`: replaces what is there, adds the member (after `after`, else last) when
    /// it is missing. Indentation follows the text's own. None when the value is there already.
    ///
    /// # Errors
    ///
    /// When nothing stands around the pointer, or the value is written only once for several places.
    pub fn set(
        &self,
        pointer: &Pointer,
        value: &Value,
        after: Option<&str>,
    ) -> Result<Vec<TextEdit>, EditError> {
        let present = self.get(pointer).and_then(Node::to_value);
        if present.as_ref() == Some(value) {
            return Ok(Vec::new());
        }
        self.notation.set(self, pointer, value, after)
    }
    /// Edits that remove the member or element at `pointer`, with its comma and its line when nothing else stands on it.
    ///
    /// # Errors
    ///
    /// As for [`Document::set`].
    pub fn remove(&self, pointer: &Pointer) -> Result<Vec<TextEdit>, EditError> {
        self.notation.remove(self, pointer)
    }
    /// Edits that give the member at `pointer` another name, its value untouched.
    ///
    /// # Errors
    ///
    /// As for [`Document::set`].
    pub fn rename_key(&self, pointer: &Pointer, name: &str) -> Result<Vec<TextEdit>, EditError> {
        let present = self.get_member(pointer);
        if present.is_some_and(|member| &*member.key == name) {
            return Ok(Vec::new());
        }
        self.notation.rename_key(self, pointer, name)
    }
    /// Edits that add a member to an object of this document, last.
    pub(crate) fn add_member(
        &self,
        style: &Style,
        object: &Node,
        key: &str,
        value: &Value,
    ) -> Vec<TextEdit> {
        self.notation.add_member(self, style, object, key, value)
    }
    /// Edits that remove a member of an object of this document.
    pub(crate) fn remove_member(&self, object: &Node, index: usize) -> Vec<TextEdit> {
        self.notation.remove_member(self, object, index)
    }
    /// The value at `pointer`.
    pub fn get(&self, pointer: &Pointer) -> Option<&Node> {
        let mut node = self.root()?;
        for step in &pointer.0 {
            node = node.child(step)?;
        }
        Some(node)
    }
    /// The member at `pointer`, with its name; none for the root and for elements of arrays.
    pub fn get_member(&self, pointer: &Pointer) -> Option<&Member> {
        let (last, parents) = pointer.0.split_last()?;
        let mut node = self.root()?;
        for step in parents {
            node = node.child(step)?;
        }
        node.member(&last.name())
    }
    /// The innermost value at a byte offset (for the cursor), with the way to it. On a member's name, that is the
    /// member's value.
    pub fn at_offset(&self, offset: usize) -> Option<(Pointer, &Node)> {
        let mut node = self.root().filter(|root| root.span.touches(offset))?;
        let mut steps = Vec::new();
        while let Some((step, child)) = node.child_at(offset) {
            steps.push(step);
            node = child;
        }
        Some((Pointer(steps), node))
    }
}
