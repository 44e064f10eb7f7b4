//! Tags: those of YAML's own schema, and CloudFormation's short forms of its functions, which only a deployment can
//! compute. Other tags are faults.

use crate::text::{Member, Node, NodeKind, Span};
use granit_parser::Tag;

/// CloudFormation's functions that have a short form; all but `Ref` and `Condition` are `Fn::` in the long one.
const FUNCTIONS: [&str; 21] = [
    "And",
    "Base64",
    "Cidr",
    "Condition",
    "Equals",
    "FindInMap",
    "ForEach",
    "GetAtt",
    "GetAZs",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Ref",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
];

/// What a tag makes of the value that it stands before.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// Nothing beyond what it is already.
    Plain,
    /// A text, whatever it looks like.
    Text,
    /// A function of CloudFormation, by the name of its long form.
    Function { name: String, span: Span },
    /// Nothing that a definition could hold.
    Unknown { shown: String, span: Span },
}

impl Meaning {
    pub(super) fn of(tag: Option<&Tag>, span: Option<Span>) -> Self {
        let Some(tag) = tag else {
            return Meaning::Plain;
        };
        let span = span.unwrap_or_default();
        if let Some(name) = tag.core_suffix() {
            return match name {
                "str" => Meaning::Text,
                "int" | "float" | "bool" | "null" | "seq" | "map" => Meaning::Plain,
                other => Meaning::Unknown {
                    shown: format!("!!{other}"),
                    span,
                },
            };
        }
        match (tag.handle(), tag.suffix()) {
            ("!", "") | ("", "!") => Meaning::Text,
            ("!", name @ ("Ref" | "Condition")) => Meaning::Function {
                name: name.to_owned(),
                span,
            },
            ("!", name) if FUNCTIONS.contains(&name) => Meaning::Function {
                name: format!("Fn::{name}"),
                span,
            },
            (_, _) => Meaning::Unknown {
                shown: tag.to_string(),
                span,
            },
        }
    }
}

/// A function's long form: an object with one member, whose name stands where the tag does.
pub(super) fn long_form(name: &str, tag: Span, content: Node) -> Node {
    let span = Span::new(tag.start, content.span.end.max(tag.end));
    let value = if name == "Fn::GetAtt" {
        attribute(content)
    } else {
        content
    };
    let member = Member {
        key: name.into(),
        key_span: tag,
        value,
    };
    Node {
        span,
        kind: NodeKind::Object(vec![member]),
    }
}

/// `Resource.Attribute` is short for a list of the two.
fn attribute(content: Node) -> Node {
    let Some((resource, name)) = content.as_str().and_then(|text| text.split_once('.')) else {
        return content;
    };
    let span = content.span;
    let item = |text: &str| Node {
        span,
        kind: NodeKind::String(text.into()),
    };
    Node {
        span,
        kind: NodeKind::Array(vec![item(resource), item(name)]),
    }
}
