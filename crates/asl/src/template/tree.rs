//! Values made for a template.

use crate::text::{Member, Node, NodeKind, Span};

fn node(kind: NodeKind) -> Node {
    Node {
        span: Span::default(),
        kind,
    }
}

/// A text.
pub(super) fn text(text: &str) -> Node {
    node(NodeKind::String(text.into()))
}

/// True or false.
pub(super) fn flag(flag: bool) -> Node {
    node(NodeKind::Bool(flag))
}

/// A whole number.
pub(super) fn number(number: u32) -> Node {
    node(NodeKind::Number(number.to_string().into()))
}

/// A list.
pub(super) fn list(items: impl IntoIterator<Item = Node>) -> Node {
    node(NodeKind::Array(items.into_iter().collect()))
}

/// An object, in this order.
pub(super) fn object<'k>(members: impl IntoIterator<Item = (&'k str, Node)>) -> Node {
    let members = members.into_iter().map(|(key, value)| Member {
        key: key.into(),
        key_span: Span::default(),
        value,
    });
    node(NodeKind::Object(members.collect()))
}

/// The same value with other texts.
pub(super) fn with_texts(value: &Node, other: &impl Fn(&str) -> Node) -> Node {
    mapped(value, &|node| node.as_str().map(other))
}

/// The same value with every value for which `other` has another one in its place.
pub(super) fn mapped(value: &Node, other: &impl Fn(&Node) -> Option<Node>) -> Node {
    if let Some(other) = other(value) {
        return other;
    }
    let kind = match &value.kind {
        NodeKind::Array(items) => {
            NodeKind::Array(items.iter().map(|item| mapped(item, other)).collect())
        }
        NodeKind::Object(members) => NodeKind::Object(
            members
                .iter()
                .map(|member| Member {
                    key: member.key.clone(),
                    key_span: member.key_span,
                    value: mapped(&member.value, other),
                })
                .collect(),
        ),
        NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Placeholder(_)
        | NodeKind::Missing => value.kind.clone(),
    };
    Node {
        span: value.span,
        kind,
    }
}
