//! Functions of CloudFormation that mean a text with placeholders: `{"Ref": "A"}` is `${A}`, `{"Fn::GetAtt": ["A", "Arn"]}` is `${A.Arn}`.
//! Those that choose or look up (`Fn::If`, `Fn::FindInMap`) only CloudFormation can compute.

use super::placeholder::filled;
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
            [text, variables] => {
                with_variables(text.as_str()?, variables).map(|text| unescaped(&text))
            }
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

/// The longest text that variables are filled into. Templates are smaller; without a limit, variables in variables could double
/// a text at each level.
const LONGEST: usize = 1 << 20;

/// The text with the variables of a `Fn::Sub` in their places, where these have texts; none when it gets too long.
fn with_variables(text: &str, variables: &Node) -> Option<String> {
    let values = variables.members().iter().filter_map(|variable| {
        let value = template_text(&variable.value)?;
        Some((variable.key.to_string(), value))
    });
    filled(text, &values.collect(), LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    fn text_of(value: &str) -> Option<String> {
        template_text(Document::parse(value).root().unwrap())
    }

    #[test]
    fn a_variable_is_filled_in_once_and_an_escaped_name_is_none() {
        let value = r#"{"Fn::Sub": ["${A}-${!A}-${B}", {"A": "${B}", "B": "b"}]}"#;
        assert_eq!(text_of(value).as_deref(), Some("${B}-${A}-b"));
    }

    #[test]
    fn variables_in_variables_do_not_grow_without_end() {
        let mut value = r#""xxxxxxxxxxxxxxxx""#.to_owned();
        for _ in 0..100 {
            value = format!(r#"{{"Fn::Sub": ["${{x}}${{x}}", {{"x": {value}}}]}}"#);
        }
        assert!(text_of(&value).is_none_or(|text| text.len() <= LONGEST));
    }
}
