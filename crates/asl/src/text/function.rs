//! Functions of CloudFormation that mean a text with placeholders: `{"Ref": "A"}` is `${A}`, `{"Fn::GetAtt": ["A", "Arn"]}` is `${A.Arn}`.
//! Those that choose or look up (`Fn::If`, `Fn::FindInMap`) only CloudFormation can compute.

use super::{Node, NodeKind};

/// A value as a text with placeholders; none where only CloudFormation can compute it.
pub(crate) fn template_text(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::String(text) | NodeKind::Number(text) | NodeKind::Placeholder(text) => {
            Some(text.to_string())
        }
        NodeKind::Bool(flag) => Some(flag.to_string()),
        NodeKind::Object(_) => {
            let (name, value) = function(node)?;
            of_function(name, value)
        }
        NodeKind::Null | NodeKind::Array(_) | NodeKind::Missing => None,
    }
}

/// The function of CloudFormation that an object is, with its argument.
pub(crate) fn function(node: &Node) -> Option<(&str, &Node)> {
    match node.members() {
        [only] if node.is_placeholder() => Some((&only.key, &only.value)),
        _ => None,
    }
}

fn of_function(name: &str, value: &Node) -> Option<String> {
    match name {
        "Ref" => Some(format!("${{{}}}", value.as_str()?)),
        "Fn::GetAtt" => match value.elements() {
            [resource, attribute] => Some(format!(
                "${{{}.{}}}",
                resource.as_str()?,
                attribute.as_str()?
            )),
            _ => Some(format!("${{{}}}", value.as_str()?)),
        },
        "Fn::Sub" => match value.elements() {
            [text, variables] => Some(filled(&unescaped(text.as_str()?), variables)),
            _ => template_text(value).map(|text| unescaped(&text)),
        },
        "Fn::Join" => joined(value),
        _ => None,
    }
}

/// `["-", [a, b]]` as one text.
pub(crate) fn joined(value: &Node) -> Option<String> {
    let [between, parts] = value.elements() else {
        return None;
    };
    if !parts.is_array() {
        return None;
    }
    let parts: Option<Vec<String>> = parts.elements().iter().map(template_text).collect();
    parts.map(|parts| parts.join(between.as_str().unwrap_or_default()))
}

/// `${!A}` stands for `${A}` as it is in `Fn::Sub`.
pub(crate) fn unescaped(text: &str) -> String {
    text.replace("${!", "${")
}

/// The text with the variables of a `Fn::Sub` in their places, where these have texts.
fn filled(text: &str, variables: &Node) -> String {
    let mut text = text.to_owned();
    for variable in variables.members() {
        if let Some(value) = template_text(&variable.value) {
            text = text.replace(&format!("${{{}}}", variable.key), &value);
        }
    }
    text
}
