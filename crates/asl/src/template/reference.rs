//! Texts with placeholders as the functions of CloudFormation that mean the same.

use super::tree::{list, object, text};
use crate::text::{Node, placeholders};

/// A text with placeholders as a value of a template.
pub(super) fn value_of(written: &str) -> Node {
    let mut names = placeholders(written);
    let Some(first) = names.next() else {
        return text(written);
    };
    if written.len() != first.len() + "${}".len() {
        return object([("Fn::Sub", text(written))]);
    }
    match first.split_once('.').filter(|_| !first.contains("::")) {
        Some((resource, attribute)) => {
            object([("Fn::GetAtt", list([text(resource), text(attribute)]))])
        }
        None => object([("Ref", text(first))]),
    }
}
