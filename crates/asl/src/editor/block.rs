//! Templates as YAML: their JSON is read as a tree and written in block style, with the places to fill in kept.

use super::literal::escaped;
use super::template::{CLOSE, OPEN};
use crate::text::{Document, Member, Node, NodeKind};

/// One level of indentation.
const STEP: usize = 2;

/// Words that YAML does not read as texts, or that some readers do not.
const WORDS: &[&str] = &[
    "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~",
];

/// Whether a text can stand without quotes.
pub(super) fn is_plain(text: &str) -> bool {
    let starts = |c: char| c.is_alphabetic() || matches!(c, '$' | '_' | '/' | '.');
    let belongs = |c: char| c.is_alphanumeric() || " $_/.-:()[]'*@+=".contains(c);
    text.starts_with(starts)
        && text.chars().all(belongs)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// A template in block style. `column` is where the piece begins, `is_value` whether it stands behind a name.
pub(super) fn written(template: &str, column: usize, is_value: bool) -> String {
    let is_members = template.starts_with('"') && template.contains("\": ");
    let json = if is_members {
        format!("{{{template}}}")
    } else {
        template.to_owned()
    };
    let document = Document::parse(json);
    let Some(root) = document.root() else {
        return String::new();
    };
    let mut out = String::new();
    let writer = Writer {
        document: &document,
    };
    if is_members {
        writer.members(&mut out, root.members(), column);
    } else if is_value && !is_inline(root) {
        writer.nested(&mut out, root, column + STEP);
    } else {
        writer.value(&mut out, root, column);
    }
    out
}

struct Writer<'d> {
    document: &'d Document,
}

/// Templates are ours, so that their nesting is bounded.
impl Writer<'_> {
    fn members(&self, out: &mut String, members: &[Member], column: usize) {
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                line(out, column);
            }
            out.push_str(&scalar(&member.key));
            if member.value.is_missing() {
                continue;
            }
            out.push(':');
            if is_inline(&member.value) {
                out.push(' ');
                self.value(out, &member.value, column);
            } else {
                self.nested(out, &member.value, column + STEP);
            }
        }
    }

    /// A collection on lines of its own.
    fn nested(&self, out: &mut String, node: &Node, column: usize) {
        line(out, column);
        self.value(out, node, column);
    }

    fn value(&self, out: &mut String, node: &Node, column: usize) {
        match &node.kind {
            NodeKind::Object(members) if !members.is_empty() => self.members(out, members, column),
            NodeKind::Array(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        line(out, column);
                    }
                    out.push_str("- ");
                    self.value(out, item, column + STEP);
                }
            }
            NodeKind::Object(_) => out.push_str("{}"),
            NodeKind::Array(_) => out.push_str("[]"),
            NodeKind::String(text) if self.document.slice(node.span).starts_with('"') => {
                out.push_str(&scalar(text))
            }
            NodeKind::String(text) | NodeKind::Number(text) | NodeKind::Placeholder(text) => {
                out.push_str(text)
            }
            NodeKind::Null | NodeKind::Bool(_) | NodeKind::Missing => {
                out.push_str(self.document.slice(node.span))
            }
        }
    }
}

fn line(out: &mut String, column: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', column));
}

fn is_inline(node: &Node) -> bool {
    node.members().is_empty() && node.elements().is_empty()
}

/// A text with its places to fill in, in quotes where it needs them.
fn scalar(text: &str) -> String {
    let content: String = text
        .chars()
        .filter(|c| !matches!(*c, OPEN | CLOSE))
        .collect();
    let is_hole = content.is_empty() && !text.is_empty();
    if is_plain(&content) || is_hole {
        return text.to_owned();
    }
    format!("\"{}\"", escaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_written_in_block_style() {
        assert_eq!(written("\"Next\": \"«»\"", 4, false), "Next: «»");
        assert_eq!(
            written(
                "\"Retry\": [\n\t{\n\t\t\"ErrorEquals\": [\"«States.ALL»\"],\n\t\t\"MaxAttempts\": «3»\n\t}\n]",
                2,
                false
            ),
            "Retry:\n    - ErrorEquals:\n        - «States.ALL»\n      MaxAttempts: «3»"
        );
        assert_eq!(written("{\n\t«»\n}", 2, true), "\n    «»");
        assert_eq!(written("\"{% «» %}\"", 2, true), "\"{% «» %}\"");
        assert_eq!(written("true", 2, true), "true");
    }

    #[test]
    fn texts_have_quotes_where_yaml_would_read_something_else() {
        for plain in [
            "Train model",
            "$.a[0].b",
            "arn:aws:states:::lambda:invoke",
            "States.Format('a')",
        ] {
            assert!(is_plain(plain), "{plain}");
        }
        for quoted in [
            "", "yes", "1", "a: b", "a #b", "{% x %}", "- a", "'a'", "a:", "*x", "a,b",
        ] {
            assert!(!is_plain(quoted), "{quoted}");
        }
    }
}
