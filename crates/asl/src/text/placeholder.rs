//! Placeholders: values that only a deployment knows. `${Name}` is filled in by the DefinitionSubstitutions of SAM, CDK and
//! CloudFormation, and `{"Ref": …}` or `{"Fn::Sub": …}` by the template that a definition stands in. Nothing here fills them in
//! but [`Document::substitute`].

use super::{Document, Member, Node, NodeKind};
use std::collections::BTreeMap;

/// Where the search for the end of a placeholder stops, in bytes.
const LONGEST: usize = 256;

/// What stands before the name.
const OPEN: &str = "${";

/// Begins the text that stands for a placeholder outside quotes in a plain value: a character that Unicode reserves for
/// use inside a program.
const MARK: char = '\u{fdd0}';

/// A placeholder outside quotes as part of a plain value.
pub(super) fn in_value(text: &str) -> String {
    format!("{MARK}{text}")
}

/// The placeholder that a text in a plain value stands for.
pub(super) fn of_value(text: &str) -> Option<&str> {
    let placeholder = text.strip_prefix(MARK)?;
    length(placeholder).map(|_| placeholder)
}

/// The length of the placeholder at the beginning of `text`, braces included.
pub(super) fn length(text: &str) -> Option<usize> {
    let name = text.strip_prefix(OPEN)?;
    let end = name
        .bytes()
        .take(LONGEST)
        .position(|byte| !is_name_byte(byte))?;
    let closes = end > 0 && name.as_bytes().get(end) == Some(&b'}');
    closes.then_some(OPEN.len() + end + 1)
}

/// Names of parameters and resources, their attributes, and lists of them. JSONata's `${ "a": 1 }` is something else.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.:,-".contains(&byte)
}

/// The names of the placeholders in `text`, in order.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        // One character is found faster than a text, and most texts have none.
        while let Some(at) = rest.find('$') {
            let found = rest.get(at..)?;
            if let Some(length) = length(found) {
                rest = found.get(length..)?;
                return found.get(OPEN.len()..length - 1);
            }
            rest = found.get(1..)?;
        }
        None
    })
}

impl Node {
    /// Whether only a deployment knows the value: a placeholder outside quotes, a text with one in it, or a function of
    /// CloudFormation.
    pub fn is_placeholder(&self) -> bool {
        match &self.kind {
            NodeKind::Placeholder(_) => true,
            NodeKind::String(text) => placeholders(text).next().is_some(),
            NodeKind::Object(members) => is_function(members),
            NodeKind::Null
            | NodeKind::Bool(_)
            | NodeKind::Number(_)
            | NodeKind::Array(_)
            | NodeKind::Missing => false,
        }
    }
}

/// `{"Ref": …}`, `{"Fn::GetAtt": …}`
fn is_function(members: &[Member]) -> bool {
    let [only] = members else { return false };
    &*only.key == "Ref" || only.key.starts_with("Fn::")
}

impl Document {
    /// The names of the placeholders that stand outside quotes, each once, in order. Nothing can run before they are
    /// filled in, since they may stand for a value of any kind.
    pub fn open_placeholders(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        if !self.text.contains(OPEN) {
            return names;
        }
        let mut open: Vec<&Node> = self.root().into_iter().collect();
        while let Some(node) = open.pop() {
            if let NodeKind::Placeholder(text) = &node.kind {
                let new: Vec<&str> = placeholders(text)
                    .filter(|name| !names.contains(name))
                    .collect();
                names.extend(new);
            }
            open.extend(node.members().iter().rev().map(|member| &member.value));
            open.extend(node.elements().iter().rev());
        }
        names
    }

    /// The text with the placeholders of these names filled in, inside and outside of quotes, as CloudFormation does it:
    /// as plain text. Other placeholders stay.
    pub fn substitute(&self, values: &BTreeMap<String, String>) -> String {
        // Without a limit there is always a text.
        filled(&self.text, values, usize::MAX).unwrap_or_default()
    }
}

/// A text with the placeholders of these names filled in, each once: what is filled in is not looked at again. None when it
/// would be longer than `limit` bytes.
pub(crate) fn filled(
    text: &str,
    values: &BTreeMap<String, String>,
    limit: usize,
) -> Option<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let (before, found) = rest.split_at(at);
        filled.push_str(before);
        let length = length(found).unwrap_or(OPEN.len());
        let (whole, after) = found.split_at(length);
        let name = whole.get(OPEN.len()..length.saturating_sub(1));
        let value = name.and_then(|name| values.get(name));
        filled.push_str(value.map_or(whole, String::as_str));
        if filled.len() > limit {
            return None;
        }
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        placeholders(text).collect()
    }

    #[test]
    fn placeholders_have_plain_names() {
        assert_eq!(
            names("a ${B} ${C.Arn}${AWS::Region}"),
            ["B", "C.Arn", "AWS::Region"]
        );
        for none in [
            "${",
            "${}",
            "${a b}",
            "${ \"a\": 1 }",
            "$ {a}",
            "${a",
            "${a${",
        ] {
            assert_eq!(names(none), [""; 0], "{none}");
        }
        assert_eq!(names("${a${b}"), ["b"]);
    }

    #[test]
    fn a_deployment_knows_what_functions_and_placeholders_stand_for() {
        let document = Document::parse(
            r#"[${A}, "arn:${B}", {"Ref": "C"}, {"Fn::Sub": "d"}, "e", {"Ref": 1, "x": 2}, 5]"#,
        );
        assert_eq!(document.faults(), &[]);
        let known: Vec<bool> = document
            .root()
            .map(Node::elements)
            .unwrap_or_default()
            .iter()
            .map(Node::is_placeholder)
            .collect();
        assert_eq!(known, [true, true, true, true, false, false, false]);
        assert_eq!(document.open_placeholders(), ["A"]);
    }

    #[test]
    fn values_are_filled_in_everywhere_and_the_rest_stays() {
        let document = Document::parse(r#"{"a": ${A}, "b": "x${A}y", "c": "${B} ${"}"#);
        let values = BTreeMap::from([("A".to_owned(), "30".to_owned())]);
        assert_eq!(
            document.substitute(&values),
            r#"{"a": 30, "b": "x30y", "c": "${B} ${"}"#
        );
    }
}
