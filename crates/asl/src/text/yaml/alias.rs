//! Anchors and aliases: an alias is a copy of what its anchor stands before. All copies together have a budget, so that a
//! short text cannot become a huge tree.

use crate::text::{Member, Node, NodeKind, Span};
use std::collections::HashMap;

/// How many values all copies together may have.
const BUDGET: usize = 100_000;

/// The anchors that were read so far, by the parser's number for them.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    known: HashMap<usize, Anchor>,
    spent: usize,
}

#[derive(Debug)]
struct Anchor {
    node: Node,
    size: Size,
}

#[derive(Debug, Clone, Copy)]
struct Size {
    values: usize,
    depth: usize,
}

/// Why an alias cannot be written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It stands inside the value that it repeats.
    Circle,
    /// The copies would take too much room.
    Budget,
}

impl Anchors {
    /// Remembers the value of an anchor; 0 stands for none.
    pub(super) fn remember(&mut self, id: usize, node: &Node) {
        if id == 0 {
            return;
        }
        let left = BUDGET.saturating_sub(self.spent);
        let Some(size) = measure(node, left) else {
            self.spent = BUDGET;
            return;
        };
        self.spent += size.values;
        let node = node.clone();
        self.known.insert(id, Anchor { node, size });
    }

    /// A copy of an anchor's value, all of which stands at `span`; `room` is how much deeper values may nest here.
    pub(super) fn copy(&mut self, id: usize, span: Span, room: usize) -> Result<Node, Refusal> {
        let Some(anchor) = self.known.get(&id) else {
            return Err(if self.spent < BUDGET {
                Refusal::Circle
            } else {
                Refusal::Budget
            });
        };
        if self.spent + anchor.size.values > BUDGET || anchor.size.depth > room {
            self.spent = BUDGET;
            return Err(Refusal::Budget);
        }
        self.spent += anchor.size.values;
        Ok(at(&anchor.node, span))
    }
}

/// How many values a tree has and how deep they nest; none when there are more than `limit`.
fn measure(node: &Node, limit: usize) -> Option<Size> {
    let mut size = Size {
        values: 0,
        depth: 0,
    };
    let mut open = vec![(node, 1)];
    while let Some((node, depth)) = open.pop() {
        size.values += 1;
        size.depth = size.depth.max(depth);
        if size.values > limit {
            return None;
        }
        let members = node.members().iter().map(|member| &member.value);
        open.extend(
            members
                .chain(node.elements())
                .map(|inner| (inner, depth + 1)),
        );
    }
    Some(size)
}

/// A copy of `node` that stands at `span`, with all that is in it. Depth is bounded by the reader.
fn at(node: &Node, span: Span) -> Node {
    let kind = match &node.kind {
        NodeKind::Array(items) => {
            NodeKind::Array(items.iter().map(|item| at(item, span)).collect())
        }
        NodeKind::Object(members) => NodeKind::Object(
            members
                .iter()
                .map(|member| Member {
                    key: member.key.clone(),
                    key_span: span,
                    value: at(&member.value, span),
                })
                .collect(),
        ),
        kind @ (NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Placeholder(_)
        | NodeKind::Missing) => kind.clone(),
    };
    Node { span, kind }
}
