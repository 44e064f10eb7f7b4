//! `DUPLICATE_STATE_NAME`: names of states are unique in the whole machine, inner blocks included (asl-rules 1).

use crate::check::Diagnostic;
use crate::check::view::View;
use crate::text::{Member, Node, Pointer};
use std::collections::HashMap;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (_, block, node) in view.blocks() {
        let members = node.field("States").map(Node::members).unwrap_or_default();
        for member in members {
            let before = *first.entry(&member.key).or_insert(member.key_span.start);
            if before != member.key_span.start {
                found.push(finding(member, &block.pointer));
            }
        }
    }
}

fn finding(member: &Member, block: &Pointer) -> Diagnostic {
    let message = format!(
        "There is another state named \"{}\"; give this one a name of its own, also when they are in different branches.",
        member.key
    );
    let pointer = block.join("States").join(&*member.key);
    Diagnostic::error("DUPLICATE_STATE_NAME", member.key_span, pointer, message)
        .aws_code("DUPLICATE_STATE_NAME")
        .aws(format!("Duplicate State name: {}", member.key))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only};

    #[test]
    fn a_name_counts_once_in_the_whole_machine() {
        let same_block =
            r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "A": {"Type": "Succeed"}}}"#;
        assert_eq!(codes(same_block), ["DUPLICATE_STATE_NAME"]);
        let inner = r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "End": true,
            "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}]}}}"#;
        assert_eq!(
            only(inner, "DUPLICATE_STATE_NAME").pointer.to_string(),
            "/States/A/Branches/0/States/A"
        );
    }
}
