//! How the text around an edit is written, and new values written the same way.

use super::placeholder::of_value;
use super::{Document, Node, Span};
use serde_json::Value;

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

    /// `value` as it would stand in a line that is indented by `indent`.
    pub(super) fn write(&self, value: &Value, indent: &str) -> String {
        let mut out = String::new();
        self.write_to(&mut out, value, indent);
        out
    }

    /// A member as it would stand in the text.
    pub(super) fn write_member(&self, key: &str, value: &Value, indent: &str) -> String {
        format!("{}{}{}", quote(key), self.colon, self.write(value, indent))
    }

    fn write_to(&self, out: &mut String, value: &Value, indent: &str) {
        match value {
            Value::Object(map) if !map.is_empty() => {
                let items = map.iter().map(|(key, value)| (Some(key.as_str()), value));
                self.write_items(out, ('{', '}'), items, indent);
            }
            Value::Array(items) if !items.is_empty() => {
                let style = if is_short(items) {
                    self.in_one_line()
                } else {
                    self.clone()
                };
                style.write_items(
                    out,
                    ('[', ']'),
                    items.iter().map(|value| (None, value)),
                    indent,
                );
            }
            Value::String(text) => match of_value(text) {
                Some(placeholder) => out.push_str(placeholder),
                None => out.push_str(&quote(text)),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
            Value::Object(_) => out.push_str("{}"),
            Value::Array(_) => out.push_str("[]"),
        }
    }

    fn write_items<'v>(
        &self,
        out: &mut String,
        (open, close): (char, char),
        items: impl Iterator<Item = (Option<&'v str>, &'v Value)>,
        indent: &str,
    ) {
        let inner = self.unit.as_ref().map(|unit| format!("{indent}{unit}"));
        let separator = if self.colon.ends_with(' ') { ", " } else { "," };
        let padding = if self.colon.ends_with(' ') && open == '{' {
            " "
        } else {
            ""
        };
        out.push(open);
        for (index, (key, value)) in items.enumerate() {
            match &inner {
                Some(inner) => {
                    out.push_str(if index > 0 { "," } else { "" });
                    out.push_str(self.newline);
                    out.push_str(inner);
                }
                None => out.push_str(if index > 0 { separator } else { padding }),
            }
            if let Some(key) = key {
                out.push_str(&quote(key));
                out.push_str(&self.colon);
            }
            self.write_to(out, value, inner.as_deref().unwrap_or(indent));
        }
        match &inner {
            Some(_) => {
                out.push_str(self.newline);
                out.push_str(indent);
            }
            None => out.push_str(padding),
        }
        out.push(close);
    }
}

/// `text` as a JSON string.
pub(super) fn quote(text: &str) -> String {
    Value::from(text).to_string()
}

fn is_short(items: &[Value]) -> bool {
    let plain = items
        .iter()
        .all(|item| !item.is_array() && !item.is_object());
    plain
        && items
            .iter()
            .map(|item| item.to_string().len() + 2)
            .sum::<usize>()
            <= SHORT_ARRAY
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
        if let Some(child) = first_child(node) {
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
