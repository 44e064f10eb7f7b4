//! `INVALID_LABEL`, `DUPLICATE_LABEL`: labels of Maps become part of names (asl-rules 11; feature map, ASL-417).

use crate::check::Diagnostic;
use crate::check::fields::Kind;
use crate::check::view::View;
use crate::graph::StateType;
use std::collections::HashSet;

const LONGEST: usize = 40;
const FORBIDDEN: &str = "?*<>{}[]:;,\\|^~$#%&`\"";

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for place in view
        .places
        .iter()
        .filter(|place| place.kind == Kind::State(StateType::Map))
    {
        let Some(node) = place.node.field("Label") else {
            continue;
        };
        let Some(label) = node.as_str() else { continue };
        let pointer = || place.pointer.join("Label");
        if let Some(message) = fault(label) {
            found.push(
                Diagnostic::error("INVALID_LABEL", node.span, pointer(), message)
                    .aws_code("INVALID_LABEL_NAME"),
            );
        }
        if !seen.insert(label) {
            let message =
                format!("Another Map has the label \"{label}\", too; give this one its own.");
            found.push(
                Diagnostic::error("DUPLICATE_LABEL", node.span, pointer(), message)
                    .aws_code("DUPLICATE_LABEL_NAME")
                    .aws(format!("Duplicate Label name: {label}")),
            );
        }
    }
}

fn fault(label: &str) -> Option<String> {
    let length = label.chars().count();
    if length == 0 {
        return Some("A label must not be empty; remove it or give it a name.".to_owned());
    }
    if length > LONGEST {
        return Some(format!(
            "This label has {length} characters; shorten it to at most {LONGEST}."
        ));
    }
    let wrong = |c: &char| c.is_whitespace() || c.is_control() || FORBIDDEN.contains(*c);
    let found = label.chars().find(wrong)?;
    Some(format!(
        "A label cannot hold the character {found:?}; use letters, digits, - and _."
    ))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn labels_are_short_and_plain() {
        assert_eq!(fault("train-2"), None);
        assert_eq!(fault(&"a".repeat(40)), None);
        for bad in ["", "a b", "a?", "a\u{7f}", "a\\", "\u{9f}"] {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
        assert!(fault(&"a".repeat(41)).is_some());
    }
}
