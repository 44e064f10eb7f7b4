//! How the text around an edit is written, and new values written the same way.

use super::{Document, Node, NodeKind, Span};
use serde_json::Value;
use std::collections::HashSet;

/// Arrays of plain values stay on one line up to this many characters.
const SHORT_ARRAY: usize = 80;

/// The habits of a text.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    /// One level of indentation; none for a text in one line.
    pub(crate) unit: Option<String>,
    /// How lines end.
    pub(crate) newline: &'static str,
    /// What stands between a name and its value.
    pub(crate) colon: String,
}

impl Style {
    /// The habits of `document`; two blanks when it shows none.
    pub(super) fn of(document: &Document) -> Self {
        let text: &str = document.text();
        let newline = match text.find('\n') {
            Some(at) if text.get(..at).is_some_and(|before| before.ends_with('\r')) => "\r\n",
            _ => "\n",
        };
        let root = document.root();
        let has_content = root.is_some_and(|root| first_child(root).is_some());
        let unit = match root.and_then(|root| find_unit(document, root)) {
            Some(unit) => Some(unit),
            None if has_content && !text.trim().contains('\n') => None,
            None => Some("  ".to_owned()),
        };
        let colon = root.and_then(|root| colon_of(document, root));
        let default = if unit.is_none() { ":" } else { ": " };
        Self {
            unit,
            newline,
            colon: colon.unwrap_or_else(|| default.to_owned()),
        }
    }

    /// The same, without line breaks.
    pub(super) fn in_one_line(&self) -> Self {
        Self {
            unit: None,
            ..self.clone()
        }
    }

    /// JSON as it is usually written: two blanks for each level.
    pub(super) fn usual(newline: &'static str) -> Self {
        Self {
            unit: Some("  ".to_owned()),
            newline,
            colon: ": ".to_owned(),
        }
    }

    /// JSON in one line, which is YAML in flow style as well.
    pub(super) fn flow() -> Self {
        Self::usual("\n").in_one_line()
    }

    /// `value` as it would stand in a line that is indented by `indent`.
    pub(super) fn write(&self, value: &Value, indent: &str) -> String {
        self.write_node(&Node::of_value(value), indent)
    }

    /// The same of a value in a tree.
    pub(super) fn write_node(&self, node: &Node, indent: &str) -> String {
        let mut writer = Writer::default();
        writer.value(self, node, indent, 0);
        writer.out
    }

    /// A value from elsewhere as a text of its own, its placeholders in quotes unless they stand at one of `bare`.
    pub(super) fn convert(&self, node: &Node, bare: Option<&[Span]>) -> String {
        let mut writer = Writer {
            bare: bare.map(|spans| spans.iter().copied().collect()),
            ..Writer::default()
        };
        writer.value(self, node, "", 0);
        writer.out
    }

    /// The value of a document of JSON, its texts and numbers as they stand there.
    pub(super) fn rewrite(&self, document: &Document, node: &Node) -> String {
        let mut writer = Writer {
            source: Some(document),
            ..Writer::default()
        };
        writer.value(self, node, "", 0);
        writer.out
    }

    /// A member as it would stand in the text.
    pub(super) fn write_member(&self, key: &str, value: &Value, indent: &str) -> String {
        format!("{}{}{}", quote(key), self.colon, self.write(value, indent))
    }
}

/// A plain value as JSON in the usual layout, with a line break at the end. Placeholders that [`Node::to_value`] found outside
/// quotes stand outside quotes again.
pub fn json_of(value: &Value) -> String {
    Style::usual("\n").convert(&Node::of_value(value), None) + "\n"
}

/// Values nested more deeply than this stand in one line, so that indentation cannot outgrow the content.
const DEEPEST_LINES: usize = 100;

#[derive(Default)]
struct Writer<'d> {
    /// Where the values stand, when their texts are to stay as they are.
    source: Option<&'d Document>,
    /// The placeholders that stand without quotes; none when all do.
    bare: Option<HashSet<Span>>,
    out: String,
}

impl Writer<'_> {
    fn value(&mut self, style: &Style, node: &Node, indent: &str, depth: usize) {
        match &node.kind {
            NodeKind::Object(members) if !members.is_empty() => {
                let items = members
                    .iter()
                    .map(|member| (Some((&*member.key, member.key_span)), &member.value));
                self.items(style, ('{', '}'), items, indent, depth);
            }
            NodeKind::Array(items) if !items.is_empty() => {
                let all = items.iter().map(|item| (None, item));
                if is_short(items) {
                    self.items(&style.in_one_line(), ('[', ']'), all, indent, depth);
                } else {
                    self.items(style, ('[', ']'), all, indent, depth);
                }
            }
            NodeKind::String(text) => self.text(text, node.span),
            NodeKind::Placeholder(text) if self.is_quoted(node.span) => {
                self.out.push_str(&quote(text));
            }
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Array(_)
            | NodeKind::Object(_)
            | NodeKind::Missing => self.out.push_str(word(node)),
        }
    }

    fn is_quoted(&self, placeholder: Span) -> bool {
        let bare = self.bare.as_ref();
        bare.is_some_and(|bare| !bare.contains(&placeholder))
    }

    fn text(&mut self, text: &str, span: Span) {
        match self.source {
            Some(document) => self.out.push_str(document.slice(span)),
            None => self.out.push_str(&quote(text)),
        }
    }

    fn items<'v>(
        &mut self,
        style: &Style,
        (open, close): (char, char),
        items: impl Iterator<Item = (Option<(&'v str, Span)>, &'v Node)>,
        indent: &str,
        depth: usize,
    ) {
        let unit = style.unit.as_ref().filter(|_| depth < DEEPEST_LINES);
        let inner = unit.map(|unit| format!("{indent}{unit}"));
        let spaced = style.colon.ends_with(' ');
        let separator = if spaced { ", " } else { "," };
        let padding = if spaced && open == '{' { " " } else { "" };
        self.out.push(open);
        for (index, (key, value)) in items.enumerate() {
            match &inner {
                Some(inner) => {
                    self.out.push_str(if index > 0 { "," } else { "" });
                    self.out.push_str(style.newline);
                    self.out.push_str(inner);
                }
                None => self
                    .out
                    .push_str(if index > 0 { separator } else { padding }),
            }
            if let Some((key, span)) = key {
                self.text(key, span);
                self.out.push_str(&style.colon);
            }
            self.value(style, value, inner.as_deref().unwrap_or(indent), depth + 1);
        }
        match &inner {
            Some(_) => {
                self.out.push_str(style.newline);
                self.out.push_str(indent);
            }
            None => self.out.push_str(padding),
        }
        self.out.push(close);
    }
}

/// A value without anything in it, as JSON.
fn word(node: &Node) -> &str {
    match &node.kind {
        NodeKind::Bool(true) => "true",
        NodeKind::Bool(false) => "false",
        NodeKind::Number(text) | NodeKind::Placeholder(text) => text,
        NodeKind::Array(_) => "[]",
        NodeKind::Object(_) => "{}",
        NodeKind::String(text) => text,
        NodeKind::Null | NodeKind::Missing => "null",
    }
}

/// `text` as a JSON string.
pub(super) fn quote(text: &str) -> String {
    Value::from(text).to_string()
}

fn is_short(items: &[Node]) -> bool {
    let plain = items
        .iter()
        .all(|item| !item.is_array() && !item.is_object());
    let length = |item: &Node| match &item.kind {
        NodeKind::String(text) => quote(text).len() + 2,
        _ => word(item).len() + 2,
    };
    plain && items.iter().map(length).sum::<usize>() <= SHORT_ARRAY
}

/// The blanks at the beginning of the line of `offset`, and whether nothing else stands before it there.
pub(super) fn line_indent(text: &str, offset: usize) -> (&str, bool) {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    (line.get(..blanks).unwrap_or_default(), blanks == line.len())
}

/// Where the first member or element of a value stands.
pub(super) fn first_child(node: &Node) -> Option<Span> {
    let member = node.members().first().map(|member| member.key_span);
    member.or_else(|| node.elements().first().map(|item| item.span))
}

/// The first step of indentation from a value to what stands in it on a line of its own.
fn find_unit(document: &Document, root: &Node) -> Option<String> {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        // On one line there is no step, and a text of one line would be read again for each value.
        let in_lines = |child: &Span| {
            document
                .slice(Span::new(node.span.start, child.start))
                .contains('\n')
        };
        if let Some(child) = first_child(node).filter(in_lines) {
            let (outer, _) = line_indent(document.text(), node.span.start);
            let (inner, own_line) = line_indent(document.text(), child.start);
            let step = inner
                .strip_prefix(outer)
                .filter(|step| own_line && !step.is_empty());
            if let Some(step) = step {
                return Some(step.to_owned());
            }
        }
        open.extend(node.members().iter().rev().map(|member| &member.value));
        open.extend(node.elements().iter().rev());
    }
    None
}

fn colon_of(document: &Document, root: &Node) -> Option<String> {
    let member = root.members().first()?;
    let between = document.slice(Span::new(member.key_span.end, member.value.span.start));
    let plain = between.trim() == ":" && !between.contains('\n');
    plain.then(|| between.to_owned())
}
