//! Values as YAML in block style: plain scalars where they mean what they say to every reader, quotes where they are
//! needed, block scalars for texts of several lines.

use super::scalar::{self, Room};
use crate::text::format::Style;
use crate::text::{Member, Node, NodeKind};

/// Collections nested more deeply than this are written in flow style, so that indentation cannot outgrow the content.
const DEEPEST_BLOCK: usize = 100;

/// Names that are longer need the explicit form (YAML 1.2, 7.4.2 allows 1,024 characters).
const LONGEST_NAME: usize = 1_000;

/// How collections are indented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Habits {
    /// Blanks for each level, from 1 to 9.
    pub(super) unit: usize,
    /// Blanks before the dash of a list in an object.
    pub(super) list: usize,
}

impl Default for Habits {
    fn default() -> Self {
        Self { unit: 2, list: 2 }
    }
}

/// Writes values; a text never ends with a line break of its own.
pub(super) struct Writer {
    pub(super) habits: Habits,
    /// Whether nothing may follow on the line of the last word, so that block scalars can be used.
    pub(super) blocks: bool,
    out: String,
}

/// The value as a whole text.
pub(super) fn document(node: &Node) -> String {
    let mut writer = Writer::new(Habits::default(), true);
    if is_block(node) {
        writer.collection(node, 0, 0);
    } else {
        // At the outermost level, the indentation of a block scalar could not be told.
        writer.blocks = false;
        writer.inline(node, 0);
    }
    writer.out.push('\n');
    writer.out
}

/// Whether a value takes lines of its own.
pub(super) fn is_block(node: &Node) -> bool {
    !node.members().is_empty() || !node.elements().is_empty()
}

impl Writer {
    pub(super) fn new(habits: Habits, blocks: bool) -> Self {
        Self {
            habits,
            blocks,
            out: String::new(),
        }
    }

    /// What was written.
    pub(super) fn into_text(self) -> String {
        self.out
    }

    /// A filled object or list, whose entries begin at a column; the first one stands where the text is already.
    pub(super) fn collection(&mut self, node: &Node, column: usize, depth: usize) {
        match &node.kind {
            NodeKind::Object(members) => self.object(members, column, depth),
            NodeKind::Array(items) => self.list(items, column, depth),
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::String(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Missing => {}
        }
    }

    fn object(&mut self, members: &[Member], column: usize, depth: usize) {
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                self.line(column);
            }
            self.member(&member.key, &member.value, column, depth);
        }
    }

    /// A name and its value, the name at a column.
    pub(super) fn member(&mut self, key: &str, value: &Node, column: usize, depth: usize) {
        if key.chars().count() > LONGEST_NAME {
            self.out.push_str("? ");
            self.out.push_str(&scalar::name(key));
            self.line(column);
        } else {
            self.out.push_str(&scalar::name(key));
        }
        self.out.push(':');
        self.value(value, column, depth);
    }

    /// What stands after the colon of a name at a column.
    pub(super) fn value(&mut self, value: &Node, column: usize, depth: usize) {
        if !is_block(value) || depth >= DEEPEST_BLOCK {
            self.out.push(' ');
            self.inline(value, column);
            return;
        }
        let inner = column
            + if value.is_array() {
                self.habits.list
            } else {
                self.habits.unit
            };
        self.line(inner);
        self.collection(value, inner, depth + 1);
    }

    fn list(&mut self, items: &[Node], column: usize, depth: usize) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.line(column);
            }
            self.dash(item, column, depth);
        }
    }

    /// An element with its dash, which stands at a column.
    pub(super) fn dash(&mut self, item: &Node, column: usize, depth: usize) {
        self.out.push('-');
        self.item(item, column, depth);
    }

    /// What stands after a dash at a column.
    pub(super) fn item(&mut self, item: &Node, column: usize, depth: usize) {
        self.out.push(' ');
        if is_block(item) && depth < DEEPEST_BLOCK {
            self.collection(item, column + 2, depth + 1);
        } else {
            self.inline(item, column);
        }
    }

    /// A value that begins on this line, in a collection whose entries begin at a column.
    pub(super) fn inline(&mut self, node: &Node, column: usize) {
        match &node.kind {
            NodeKind::String(text) => {
                let room = Room {
                    column: column + self.habits.unit,
                    unit: self.habits.unit,
                    blocks: self.blocks,
                };
                self.out.push_str(&scalar::text(text, room));
            }
            NodeKind::Placeholder(text) => self.out.push_str(&scalar::placeholder(text)),
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::Array(_)
            | NodeKind::Object(_)
            | NodeKind::Missing => {
                let text = Style::flow().write_node(node, "");
                self.out.push_str(&scalar::printable(&text));
            }
        }
    }

    /// A new line that begins at a column.
    pub(super) fn line(&mut self, column: usize) {
        self.out.push('\n');
        self.blanks(column);
    }

    pub(super) fn blanks(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    pub(super) fn space(&mut self) {
        self.out.push(' ');
    }
}
